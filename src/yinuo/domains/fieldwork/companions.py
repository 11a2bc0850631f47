"""Who goes along to sheets, beside the one who leads each visit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from django.db.models import Exists, OuterRef

from yinuo.domains.fieldwork.models import Companion
from yinuo.domains.fieldwork.types import CompanionRow


def companions_of(order_ids: Collection[int]) -> Mapping[int, tuple[CompanionRow, ...]]:
    """By sheet (internal id), in the order named; asked of one without, none. One statement.

    The caller has checked the sheets.
    """
    found: dict[int, tuple[CompanionRow, ...]] = defaultdict(tuple)
    rows = Companion.objects.filter(work_order_id__in=order_ids).select_related("person")
    for one in rows.order_by("id"):
        row = CompanionRow(
            person_id=one.person_id,
            public_id=one.person.public_id,
            name=one.person.name,
            version=one.version,
            began_at=one.began_at,
            ended_at=one.ended_at,
        )
        found[one.work_order_id] = (*found[one.work_order_id], row)
    return found


def goes_along() -> Exists:
    """For rows with a `work_order` and a `person`: whether he goes along to that sheet."""
    return Exists(
        Companion.objects.filter(
            work_order_id=OuterRef("work_order_id"), person_id=OuterRef("person_id")
        )
    )
