"""What work on a product line demands of whoever goes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from yinuo.domains.network.models import Qualification
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.qualification_types import QualificationData
from yinuo.domains.network.selectors import headquarters_id
from yinuo.domains.network.services.capacities import checked_skills
from yinuo.domains.network.types import Actor
from yinuo.domains.network.words import folded, kept_words
from yinuo.platform.errors import Conflict, InvalidInput
from yinuo.platform.journal.work import stored, writing

LONGEST_VISIT = 7 * 24 * 60


def set_qualification(
    *, actor: Actor, data: QualificationData, version: int | None = None, now: datetime
) -> Qualification:
    """Say what work on a product line demands; `version` is None for a line not set yet.

    It counts in the whole company, so it is set at headquarters. Raises InvalidInput per field,
    Conflict when the line was set or changed meanwhile.
    """
    require(actor, Permission.QUALIFICATION_WRITE, headquarters_id())
    columns = _columns(data)
    with writing(actor=actor, now=now) as work:
        key = columns["line_key"]
        row = Qualification.objects.select_for_update().filter(line_key=key).first()
        if row is None:
            row = Qualification.objects.create(**columns)
        elif version is None:
            raise Conflict(details={"yours": None, "present": row.version})
        else:
            stored(row, expected_version=version, changes=columns)
        work.audit("qualification.set", row, after=columns)
        return row


def _columns(data: QualificationData) -> dict[str, Any]:
    line = data.product_line.strip()
    problems: dict[str, str] = {}
    if len(line) > 60:
        problems["product_line"] = _("Use at most %(most)d characters.") % {"most": 60}
    if not 1 <= data.visit_minutes <= LONGEST_VISIT:
        problems["visit_minutes"] = _("Give 1 minute to 7 days.")
    if problems:
        raise InvalidInput(problems)
    return {
        "product_line": line,
        "line_key": folded(line),
        "skills": [[one.name, one.level] for one in checked_skills(data.skills)],
        "person_certified": data.person_certified,
        "unit_certified": data.unit_certified,
        "tools": kept_words(data.tools, "tools"),
        "visit_minutes": data.visit_minutes,
    }
