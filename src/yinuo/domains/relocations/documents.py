"""The plan of a relocation as a document: to be approved, carried along, accepted."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from yinuo.domains.network.selectors import company_name
from yinuo.domains.network.types import Actor
from yinuo.domains.relocations.selectors import get_relocation
from yinuo.domains.relocations.types import RelocationView, StepEvent, StepRow
from yinuo.platform.rendering import House, render_docx, render_pdf

TEMPLATE = Path(__file__).with_name("plan.typ")
DOCX_TEMPLATE = Path(__file__).with_name("plan.blocks")
LANGUAGES = {"zh": "zh-hans", "en": "en"}


def relocation_pdf(
    actor: Actor, public_id: object, *, language: str, now: datetime
) -> tuple[bytes, str]:
    """The PDF of a visible relocation and its number; `language` is `zh` or `en`.

    Raises NotFound, and RenderingFailed when the document cannot be made.
    """
    house, data = _prepared(actor, public_id, language, now)
    return render_pdf(TEMPLATE, data, house=house), house.number


def relocation_docx(
    actor: Actor, public_id: object, *, language: str, now: datetime
) -> tuple[bytes, str]:
    """The same as a DOCX."""
    house, data = _prepared(actor, public_id, language, now)
    return render_docx(DOCX_TEMPLATE, data, house=house), house.number


def _prepared(
    actor: Actor, public_id: object, language: str, now: datetime
) -> tuple[House, dict[str, Any]]:
    view = get_relocation(actor, public_id)
    with override(LANGUAGES[language]):
        house = House(
            company=company_name(),
            unit=view.row.unit_name,
            title=_("Relocation plan"),
            number=view.row.number,
            note="" if view.approved_by else _("Draft, not approved"),
            language=language,
            made_at=now,
        )
        return house, _data(view)


def _data(view: RelocationView) -> dict[str, Any]:
    row = view.row
    said = _("Interruption planned: %(planned)d min; real: %(real)d min.")
    return {
        "head": [
            {"label": label, "value": value or " ", "wide": wide}
            for label, value, wide in _head(view)
        ],
        "text_title": _("What is moved and why"),
        "text": view.text,
        "steps_title": _("Steps in their order"),
        "steps": _plan(view),
        "compared": said % {"planned": row.planned_minutes, "real": row.real_minutes},
        **_record(view),
        "rule": _(
            "Nothing begins before the customer has approved this plan. When a step fails, the "
            "steps begun are rolled back in reverse order."
        ),
        "signatures": [
            {
                "label": _("Approved by the customer (name, date)"),
                "value": _signed(view.approved_by, view.approved_on),
            },
            {
                "label": _("Accepted by the customer (name, date)"),
                "value": _signed(view.accepted_by, view.accepted_on),
            },
        ],
        "hash": f"SHA-256 {view.content_hash}" if view.content_hash else "",
    }


def _head(view: RelocationView) -> list[tuple[str, str, bool]]:
    row = view.row
    return [
        (_("Customer"), row.customer_name, True),
        (_("Title"), row.title, True),
        (_("From"), _when(row.begins_at), False),
        (_("To"), _when(row.ends_at), False),
        (_("Planned by"), view.planned_by, False),
        (_("Revision"), str(view.revision), False),
    ]


def _plan(view: RelocationView) -> dict[str, Any]:
    return _table(
        (_("No."), 5),
        (_("What"), 22),
        (_("Who, when"), 20),
        (_("Interruption"), 11),
        (_("How it is checked"), 21),
        (_("How it is rolled back"), 21),
        rows=[_step(one) for one in view.steps],
    )


def _record(view: RelocationView) -> dict[str, Any]:
    """What was done in the order of its times; nothing before it began."""
    record = [(step, event) for step in view.steps for event in step.events]
    record.sort(key=lambda pair: pair[1].at)
    columns = ((_("No."), 6), (_("What was done"), 20), (_("When"), 20), (_("Who"), 16))
    return {
        "record_title": _("What was done") if record else "",
        "record": _table(
            *columns,
            (_("Remarks"), 38),
            rows=[_event(step, event) for step, event in record],
        ),
    }


def _table(*columns: tuple[str, int], rows: list[list[str]]) -> dict[str, Any]:
    return {
        "columns": [{"title": title, "width": width, "right": False} for title, width in columns],
        "rows": rows,
    }


def _step(one: StepRow) -> list[str]:
    number = f"{one.position} ∥" if one.is_parallel else str(one.position)
    minutes = _("%(planned)d min") % {"planned": one.interruption_minutes}
    if one.real_minutes is not None:
        minutes += "\n" + _("real: %(real)d min") % {"real": one.real_minutes}
    when = f"{one.who}\n{_when(one.planned_from)}\n– {_when(one.planned_to)}"
    return [number, one.what, when, minutes, one.check_how, one.roll_back]


def _event(step: StepRow, event: StepEvent) -> list[str]:
    words = {
        "started": _("Step started"),
        "done": _("Step done"),
        "failed": _("Step failed"),
        "rolled_back": _("Step rolled back"),
    }
    done = words[event.kind]
    return [str(step.position), done, _when(event.at), event.recorded_by, event.text]


def _signed(name: str, on: Any) -> str:
    return f"{name}, {on.isoformat()}" if name else " "


def _when(at: datetime | None) -> str:
    return f"{at.astimezone(ZoneInfo(settings.TIME_ZONE)):%Y-%m-%d %H:%M}" if at else ""
