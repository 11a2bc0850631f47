"""A published checklist, and one filled in like the inspection of story 3."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.factories.company import Member

from yinuo.domains.checklists.models import Checklist, TemplateVersion
from yinuo.domains.checklists.services import answer_lines, begin_checklist, publish_checklist
from yinuo.domains.checklists.types import LineAnswer

SHIPPED = Path(__file__).parents[2] / "checklists"
# 24 zones checked, 23 normal; battery to be replaced; 16 pairs of beams cleaned, 15 normal.
STORY = {
    "host_dust": "yes",
    "host_zones": {"checked": 24, "normal": 23},
    "host_battery": "to_replace",
    "host_arming": "normal",
    "host_instructions": "clear",
    "host_use": "yes",
    "beams_cleaned": {"checked": 16, "normal": 15},
    "beams_voltage": {"checked": 16, "mended": 1},
    "beams_area": {"checked": 3, "mended": 0},
    "passive_walk": "normal",
    "passive_cleaned": {"checked": 8, "mended": 0},
    "passive_batteries": {"checked": 4, "changed": 2},
    "summary": "主机蓄电池老化，7 号防区误报。",
}


def checklist_source(name: str = "intrusion_alarm") -> str:
    """A checklist file that comes with the product."""
    return (SHIPPED / f"{name}.yaml").read_text("utf-8")


def publish_template(by: Member, name: str = "intrusion_alarm") -> TemplateVersion:
    """That file, published."""
    return publish_checklist(
        actor=by.actor, source=checklist_source(name), source_name=name, now=datetime.now(UTC)
    )


def begin(by: Member, sheet: Any, template: TemplateVersion) -> Checklist:
    """The template begun on a sheet."""
    return begin_checklist(
        actor=by.actor,
        sheet_id=sheet.public_id,
        template_id=template.public_id,
        now=datetime.now(UTC),
    )


def fill(by: Member, checklist: Checklist, answers: dict[str, Any], **more: Any) -> Checklist:
    """Lines saved together."""
    lines = [LineAnswer(item, answer, **more) for item, answer in answers.items()]
    return answer_lines(
        actor=by.actor, checklist_id=checklist.public_id, lines=lines, now=datetime.now(UTC)
    )
