"""A published checklist, and one filled in like the inspection of story 3."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image
from tests.factories.company import Member
from tests.factories.work import issue, make_work_order, take

from yinuo.domains.checklists.models import Checklist, TemplateVersion
from yinuo.domains.checklists.services import (
    add_photo,
    answer_lines,
    begin_checklist,
    finish_checklist,
    publish_checklist,
)
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


def finish(by: Member, checklist: Checklist, reason: str = "") -> Checklist:
    """The lines closed."""
    return finish_checklist(
        actor=by.actor,
        checklist_id=checklist.public_id,
        version=Checklist.objects.get(pk=checklist.pk).version,
        unfinished_reason=reason,
        now=datetime.now(UTC),
    )


def picture_bytes() -> bytes:
    """A small photograph."""
    made = BytesIO()
    Image.new("RGB", (8, 8), "white").save(made, "PNG")
    return made.getvalue()


def make_checklists(admin: Member, by: Member, request: Any, another: Any) -> dict[str, Any]:
    """One being filled in with a photograph, a finished one, and one whose open lines wait for the
    next sheet; by the names that tests know them by."""
    alarm, room = publish_template(admin), publish_template(admin, "server_room")
    sheet = make_work_order(by, by, request, "arrived")
    checklist = begin(by, sheet, room)
    photo = add_photo(
        actor=by.actor,
        checklist_id=checklist.public_id,
        item="overview",
        upload=ContentFile(picture_bytes(), name="room.png"),
        now=datetime.now(UTC),
    )
    finished = finish(by, fill(by, begin(by, sheet, alarm), STORY))
    first = make_work_order(by, by, another, "arrived")
    left = fill(by, begin(by, first, alarm), {"host_dust": "yes"})
    finish(by, left, "时间不够")
    following = issue(by, another, after=first)
    take(by, following)
    return {
        "template_id": alarm,
        "inspected_id": sheet,
        "checklist_id": checklist,
        "photograph_id": photo,
        "finished_checklist_id": finished,
        "left_checklist_id": left,
        "next_work_order_id": following,
    }
