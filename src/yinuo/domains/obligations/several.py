"""Facts and obligations of several subjects at once, for lists. The caller has checked them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, QuerySet, Subquery

from yinuo.domains.obligations.models import FactRow, ObligationRow
from yinuo.domains.obligations.selectors import obligation_view
from yinuo.domains.obligations.types import ObligationView

Row = TypeVar("Row", bound=Model)


def with_latest(rows: QuerySet[Row], **facts: str) -> QuerySet[Row]:
    """The rows, each with when a fact last occurred to it: `restored_at="restored"`.

    The rows must have a `public_id` by which they are subjects; None where it never occurred.
    """
    for name, kind in facts.items():
        found = FactRow.objects.filter(subject_id=OuterRef("public_id"), kind=kind)
        latest = found.order_by("-occurred_at").values("occurred_at")[:1]
        rows = rows.annotate(**{name: Subquery(latest)})
    return rows


def with_promise(rows: QuerySet[Row], promise: str, name: str) -> QuerySet[Row]:
    """The rows, each with whether it has a promise of this kind that is not void."""
    found = ObligationRow.objects.filter(subject_id=OuterRef("public_id"), promise=promise)
    rows = rows.annotate(**{name: Exists(found.exclude(state="void"))})
    return rows  # noqa: RET504 # annotate alone loses the type


def obligations_of_subjects(subject_ids: Iterable[UUID]) -> dict[UUID, list[ObligationView]]:
    """Obligations by subject, none left out; one query."""
    found: dict[UUID, list[ObligationView]] = {one: [] for one in subject_ids}
    for row in ObligationRow.objects.filter(subject_id__in=list(found)):
        found[row.subject_id].append(obligation_view(row))
    return found
