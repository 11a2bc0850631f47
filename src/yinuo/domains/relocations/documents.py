"""The plan of a relocation as a document: to be approved, carried along, accepted."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import override

from yinuo.domains.document_templates.in_force import Template, template_in_force
from yinuo.domains.document_templates.kinds import LANGUAGES
from yinuo.domains.network.naming import names_at
from yinuo.domains.network.types import Actor
from yinuo.domains.relocations.document_kinds import RELOCATION
from yinuo.domains.relocations.selectors import get_relocation
from yinuo.domains.relocations.types import RelocationView, StepEvent, StepRow
from yinuo.platform.rendering import House


def relocation_pdf(
    actor: Actor, public_id: object, *, language: str, now: datetime
) -> tuple[bytes, str]:
    """The PDF of a visible relocation and its number; `language` is `zh` or `en`.

    Raises NotFound, and RenderingFailed when the document cannot be made.
    """
    template, house, data = _prepared(actor, public_id, language, now)
    return template.pdf(data, house=house), house.number


def relocation_docx(
    actor: Actor, public_id: object, *, language: str, now: datetime
) -> tuple[bytes, str]:
    """The same as a DOCX."""
    template, house, data = _prepared(actor, public_id, language, now)
    return template.docx(data, house=house), house.number


def _prepared(
    actor: Actor, public_id: object, language: str, now: datetime
) -> tuple[Template, House, dict[str, Any]]:
    view = get_relocation(actor, public_id)
    with override(LANGUAGES[language]):
        at = _worded_at(view, now)
        template = template_in_force(RELOCATION, language, at)
        names = names_at(view.row.unit_id, at)
        house = House(
            company=names.company,
            unit=names.unit,
            title=template.title,
            number=view.row.number,
            note="" if view.approved_by else template.word("draft"),
            language=language,
            made_at=now,
            customer=view.row.customer_name,
            wording=template.wording,
        )
        return template, house, _data(view, template)


def _worded_at(view: RelocationView, now: datetime) -> datetime:
    """Once the customer approved it, it keeps the words and names he approved."""
    if not view.approved_by:
        return now
    return view.approved_at or view.planned_at


def _data(view: RelocationView, template: Template) -> dict[str, Any]:
    row, say = view.row, template.word
    return {
        "head": [
            {"label": say(code), "value": value or " ", "wide": wide}
            for code, value, wide in _head(view)
        ],
        "text_title": say("what_and_why"),
        "text": view.text,
        "steps_title": say("steps"),
        "steps": _plan(view, template),
        "compared": say("compared", planned=row.planned_minutes, real=row.real_minutes),
        **_record(view, template),
        "rule": say("rule"),
        "signatures": [
            {"label": say("approved"), "value": _signed(view.approved_by, view.approved_on)},
            {"label": say("accepted"), "value": _signed(view.accepted_by, view.accepted_on)},
        ],
        "hash": f"SHA-256 {view.content_hash}" if view.content_hash else "",
    }


def _head(view: RelocationView) -> list[tuple[str, str, bool]]:
    row = view.row
    return [
        ("customer", row.customer_name, True),
        ("title", row.title, True),
        ("from", _when(row.begins_at), False),
        ("to", _when(row.ends_at), False),
        ("planned_by", view.planned_by, False),
        ("revision", str(view.revision), False),
    ]


def _plan(view: RelocationView, template: Template) -> dict[str, Any]:
    columns = (
        *(("number", 5), ("what", 22), ("who_when", 20)),
        *(("interruption", 11), ("check", 21), ("roll_back", 21)),
    )
    named = [(template.word(code), width) for code, width in columns]
    return _table(*named, rows=[_step(one, template) for one in view.steps])


def _record(view: RelocationView, template: Template) -> dict[str, Any]:
    """What was done in the order of its times; nothing before it began."""
    record = [(step, event) for step in view.steps for event in step.events]
    record.sort(key=lambda pair: pair[1].at)
    columns = (("number", 6), ("done", 20), ("when", 20), ("who", 16), ("remarks", 38))
    return {
        "record_title": template.word("done") if record else "",
        "record": _table(
            *((template.word(code), width) for code, width in columns),
            rows=[_event(step, event, template) for step, event in record],
        ),
    }


def _table(*columns: tuple[str, int], rows: list[list[str]]) -> dict[str, Any]:
    return {
        "columns": [{"title": title, "width": width, "right": False} for title, width in columns],
        "rows": rows,
    }


def _step(one: StepRow, template: Template) -> list[str]:
    number = f"{one.position} ∥" if one.is_parallel else str(one.position)
    minutes = template.word("minutes", planned=one.interruption_minutes)
    if one.real_minutes is not None:
        minutes += "\n" + template.word("real", real=one.real_minutes)
    when = f"{one.who}\n{_when(one.planned_from)}\n– {_when(one.planned_to)}"
    return [number, one.what, when, minutes, one.check_how, one.roll_back]


def _event(step: StepRow, event: StepEvent, template: Template) -> list[str]:
    done = template.word(f"step_{event.kind}")
    return [str(step.position), done, _when(event.at), event.recorded_by, event.text]


def _signed(name: str, on: Any) -> str:
    return f"{name}, {on.isoformat()}" if name else " "


def _when(at: datetime | None) -> str:
    return f"{at.astimezone(ZoneInfo(settings.TIME_ZONE)):%Y-%m-%d %H:%M}" if at else ""
