"""The sheet as a document: every line of the form (LV-15), the empty ones left to be filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import get_language, override

from yinuo.domains.document_templates.in_force import Template, template_in_force
from yinuo.domains.document_templates.kinds import LANGUAGES
from yinuo.domains.fieldwork.document_kinds import CONTACT_SHEET, REPAIR_SHEET
from yinuo.domains.fieldwork.models import SignOff, WorkOrder
from yinuo.domains.fieldwork.policies import visible_work_orders
from yinuo.domains.fieldwork.put_in import parts_text
from yinuo.domains.fieldwork.replaced import replaced_lines
from yinuo.domains.fieldwork.results import results_for
from yinuo.domains.fieldwork.strokes import Strokes, png_image, svg_image
from yinuo.domains.fieldwork.types import (
    Accessories,
    CustomerKind,
    Dissatisfaction,
    SheetForm,
)
from yinuo.domains.network.naming import names_at
from yinuo.domains.network.types import Actor
from yinuo.kernel.plan.reports import Satisfaction
from yinuo.platform.rendering import House
from yinuo.platform.scoped import one_of

KINDS = {SheetForm.CONTACT_SHEET: CONTACT_SHEET, SheetForm.REPAIR_SHEET: REPAIR_SHEET}
DEFAULT_ZONE = "Asia/Shanghai"
# What may be ticked, and the code of its word.
_KINDS: dict[str, str] = {
    CustomerKind.IN_WARRANTY: "in_warranty",
    CustomerKind.ANNUAL_CONTRACT: "annual_contract",
    CustomerKind.PER_VISIT: "per_visit",
    CustomerKind.BY_LETTER: "by_letter",
}
_TICKS: dict[str, dict[str, str]] = {
    "tested": {"yes": "works", "no": "works_not"},
    "accessories": {
        Accessories.YES: "accessories_yes",
        Accessories.NO: "accessories_no",
        Accessories.NONE: "accessories_none",
    },
    "satisfaction": {
        Satisfaction.VERY_SATISFIED: "very_satisfied",
        Satisfaction.SATISFIED: "satisfied",
        Satisfaction.FAIR: "fair",
        Satisfaction.DISSATISFIED: "dissatisfied",
    },
    "dissatisfied_with": {
        Dissatisfaction.ATTITUDE: "attitude",
        Dissatisfaction.SKILL: "skill",
        Dissatisfaction.SPEED: "speed",
    },
}


def work_order_pdf(
    actor: Actor, public_id: object, *, language: str, now: datetime
) -> tuple[bytes, str]:
    """The PDF of a visible sheet and its number; `language` is `zh` or `en`.

    What is not filled in yet is printed as empty lines and boxes, so that the paper can be used
    without the product. Raises NotFound, and RenderingFailed when the document cannot be made.
    """
    template, house, data, strokes = _prepared(actor, public_id, language, now)
    pictures = {"signature": svg_image(strokes).encode()} if strokes else None
    return template.pdf(data, house=house, pictures=pictures), house.number


def work_order_docx(
    actor: Actor, public_id: object, *, language: str, now: datetime
) -> tuple[bytes, str]:
    """The same sheet as a DOCX, to be filled in by hand or by an office program."""
    template, house, data, strokes = _prepared(actor, public_id, language, now)
    pictures = {"signature": png_image(strokes)} if strokes else None
    return template.docx(data, house=house, pictures=pictures), house.number


def _prepared(
    actor: Actor, public_id: object, language: str, now: datetime
) -> tuple[Template, House, dict[str, Any], Strokes | None]:
    related = ("assignee", "request__site", "request__asset", "customer")
    order = one_of(visible_work_orders(actor).select_related(*related), public_id)
    signed = order.sign_offs.order_by("-id").first() if order.signed_at else None
    # Once it is signed it keeps the words and names it was signed in.
    at = signed.signed_at if signed else now
    with override(LANGUAGES[language]):
        template = template_in_force(KINDS[SheetForm(order.form)], language, at)
        data, title = _data(order, signed, template), template.title
    names = names_at(order.unit_id, at)
    house = House(
        company=names.company,
        unit=names.unit,
        title=title,
        number=order.number,
        note=order.request.number,
        language=language,
        made_at=now,
        customer=order.customer.name,
        wording=template.wording,
    )
    return template, house, data, signed.strokes if signed is not None else None


def _data(order: WorkOrder, signed: SignOff | None, template: Template) -> dict[str, Any]:
    zone = ZoneInfo(order.request.site.zone if order.request.site else DEFAULT_ZONE)
    say = template.word
    return {
        "customer": _customer(order, zone, template),
        "texts": [
            _text(say("work_wanted"), order.work_wanted, 2),
            _text(say("present_state"), order.present_state, 1),
            _text(say("handling_plan"), order.handling_plan, 1),
            _text(say("findings"), order.findings, 2),
            _text(say("work_done"), order.work_done, 3),
            _text(say("parts_used"), _parts(order), 2),
        ],
        "result": _boxes(say("result"), _results(order), [order.result]),
        "result_reason": _text(say("result_reason"), order.result_reason, 1),
        "remarks": _text(say("remarks"), order.remarks, 1),
        "statement": _statement(signed, zone, template),
        "words": {"customer_part": say("customer_part")},
    }


def _customer(order: WorkOrder, zone: ZoneInfo, template: Template) -> dict[str, Any]:
    asset = order.request.asset
    expected = order.agreed_for or order.service_at
    visit = _span(order.arrived_at, order.finished_at, zone)
    rows = [
        ("customer", order.customer.name, True),
        ("contact", order.contact_name, False),
        ("phone", order.contact_phone, False),
        ("address", order.address, True),
        ("service_time", _when(expected, zone), False),
        ("way", order.way, False),
        ("engineer", order.assignee.name if order.assignee else "", False),
        ("on_site", visit, False),
        ("people", str(order.persons) if order.finished_at else "", False),
        ("asset", f"{asset.name} {asset.serial}".strip() if asset else "", True),
    ]
    kinds = _words(template, _KINDS)
    return {
        "rows": [{"label": template.word(a), "value": b or " ", "wide": c} for a, b, c in rows],
        "kind": _boxes(template.word("customer_kind"), kinds, [order.customer_kind]),
    }


def _statement(signed: SignOff | None, zone: ZoneInfo, template: Template) -> dict[str, Any]:
    say = template.word
    signer = signed.signer_name if signed else ""
    on_paper = say("on_paper") if signed and signed.file_id else ""
    date = _when(signed.signed_at, zone) if signed else ""
    return {
        "boxes": _opinion(signed, template),
        "suggestions": _text(say("suggestions"), signed.suggestions if signed else "", 1),
        "signature": say("signature"),
        "signer": signer,
        "date_label": say("date"),
        "date": date,
        "on_paper": on_paper,
        "signatures": [
            {
                "label": say("signature"),
                "value": " ".join(part for part in (signer, on_paper) if part),
                "picture": "signature",
            },
            {"label": say("date"), "value": date},
        ],
        "hash": f"SHA-256 {signed.content_hash}" if signed else "",
    }


def _opinion(signed: SignOff | None, template: Template) -> list[dict[str, Any]]:
    """What the customer ticks; nothing is ticked before he signed."""
    works = "" if signed is None or signed.works is None else ("yes" if signed.works else "no")
    ticked: dict[str, Sequence[str]] = {
        "tested": [works],
        "accessories": [signed.accessories if signed else ""],
        "satisfaction": [signed.satisfaction if signed else ""],
        "dissatisfied_with": signed.dissatisfied_with if signed else [],
    }
    return [
        _boxes(template.word(code), _words(template, _TICKS[code]), chosen)
        for code, chosen in ticked.items()
    ]


def _words(template: Template, codes: Mapping[str, str]) -> dict[str, str]:
    return {value: template.word(code) for value, code in codes.items()}


def _parts(order: WorkOrder) -> str:
    return "\n".join(filter(None, (replaced_lines(order), parts_text(order))))


def _text(label: str, value: str, empty_lines: int) -> dict[str, Any]:
    return {"label": label, "value": value, "lines": empty_lines}


def _boxes(label: str, words: dict[str, str], ticked: Sequence[str]) -> dict[str, Any]:
    boxes = [{"word": word, "ticked": code in ticked} for code, word in words.items()]
    return {"label": label, "boxes": boxes}


def _when(at: datetime | None, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}" if at else ""


def _span(start: datetime | None, end: datetime | None, zone: ZoneInfo) -> str:
    """From when to when; the day of the end only when it is another one."""
    if start is None or end is None:
        return _when(start, zone)
    first, last = start.astimezone(zone), end.astimezone(zone)
    pattern = "%H:%M" if first.date() == last.date() else "%Y-%m-%d %H:%M"
    return f"{_when(start, zone)} – {last:{pattern}}"


def _results(order: WorkOrder) -> dict[str, str]:
    is_chinese = (get_language() or "").startswith("zh")
    found = results_for(order)
    return {one.code: one.title.zh if is_chinese else one.title.en for one in found}
