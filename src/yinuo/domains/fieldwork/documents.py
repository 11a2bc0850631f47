"""The sheet as a document: every line of the form (LV-15), the empty ones left to be filled in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import get_language, override, pgettext
from django.utils.translation import gettext as _

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
from yinuo.domains.network.selectors import company_name
from yinuo.domains.network.types import Actor
from yinuo.kernel.plan.reports import Satisfaction
from yinuo.platform.rendering import House, render_docx, render_pdf
from yinuo.platform.scoped import one_of

TEMPLATE = Path(__file__).with_name("sheet.typ")
DOCX_TEMPLATE = Path(__file__).with_name("sheet.blocks")
LANGUAGES = {"zh": "zh-hans", "en": "en"}
DEFAULT_ZONE = "Asia/Shanghai"


def work_order_pdf(
    actor: Actor, public_id: object, *, language: str, now: datetime
) -> tuple[bytes, str]:
    """The PDF of a visible sheet and its number; `language` is `zh` or `en`.

    What is not filled in yet is printed as empty lines and boxes, so that the paper can be used
    without the product. Raises NotFound, and RenderingFailed when the document cannot be made.
    """
    house, data, strokes = _prepared(actor, public_id, language, now)
    pictures = {"signature": svg_image(strokes).encode()} if strokes else None
    return render_pdf(TEMPLATE, data, house=house, pictures=pictures), house.number


def work_order_docx(
    actor: Actor, public_id: object, *, language: str, now: datetime
) -> tuple[bytes, str]:
    """The same sheet as a DOCX, to be filled in by hand or by an office program."""
    house, data, strokes = _prepared(actor, public_id, language, now)
    pictures = {"signature": png_image(strokes)} if strokes else None
    return render_docx(DOCX_TEMPLATE, data, house=house, pictures=pictures), house.number


def _prepared(
    actor: Actor, public_id: object, language: str, now: datetime
) -> tuple[House, dict[str, Any], Strokes | None]:
    related = ("assignee", "request__site", "request__asset", "customer", "unit")
    order = one_of(visible_work_orders(actor).select_related(*related), public_id)
    signed = order.sign_offs.order_by("-id").first() if order.signed_at else None
    with override(LANGUAGES[language]):
        title = _sheets()[order.form]
        data = _data(order, signed)
    house = House(
        company=company_name(),
        unit=order.unit.name,
        title=title,
        number=order.number,
        note=order.request.number,
        language=language,
        made_at=now,
    )
    return house, data, signed.strokes if signed is not None else None


def _data(order: WorkOrder, signed: SignOff | None) -> dict[str, Any]:
    zone = ZoneInfo(order.request.site.zone if order.request.site else DEFAULT_ZONE)
    return {
        "customer": _customer(order, zone),
        "texts": [
            _text(_("Work asked for"), order.work_wanted, 2),
            _text(_("Present state"), order.present_state, 1),
            _text(_("Handling plan"), order.handling_plan, 1),
            _text(_("Found"), order.findings, 2),
            _text(_("Work done"), order.work_done, 3),
            _text(_("Parts used"), _parts(order), 2),
        ],
        "result": _boxes(_("Result"), _results(order), [order.result]),
        "result_reason": _text(_("Why it is not done"), order.result_reason, 1),
        "remarks": _text(_("Remarks"), order.remarks, 1),
        "statement": _statement(signed, zone),
        "words": {
            "customer_part": _("Customer's part"),
        },
    }


def _customer(order: WorkOrder, zone: ZoneInfo) -> dict[str, Any]:
    asset = order.request.asset
    expected = order.agreed_for or order.service_at
    visit = _span(order.arrived_at, order.finished_at, zone)
    rows = [
        (_("Customer"), order.customer.name, True),
        (_("Contact"), order.contact_name, False),
        (_("Phone"), order.contact_phone, False),
        (_("Address"), order.address, True),
        (_("Service time"), _when(expected, zone), False),
        (_("Agreed way"), order.way, False),
        (_("Engineer"), order.assignee.name if order.assignee else "", False),
        (_("On site"), visit, False),
        (_("People on site"), str(order.persons) if order.finished_at else "", False),
        (_("Asset"), f"{asset.name} {asset.serial}".strip() if asset else "", True),
    ]
    return {
        "rows": [{"label": a, "value": b or " ", "wide": c} for a, b, c in rows],
        "kind": _boxes(_("Customer kind"), _kinds(), [order.customer_kind]),
    }


def _statement(signed: SignOff | None, zone: ZoneInfo) -> dict[str, Any]:
    signer = signed.signer_name if signed else ""
    on_paper = _("Signed on paper, see the attachment.") if signed and signed.file_id else ""
    date = _when(signed.signed_at, zone) if signed else ""
    works = "" if signed is None or signed.works is None else ("yes" if signed.works else "no")
    yes_no = {"yes": _("Works"), "no": _("Does not work")}
    return {
        "boxes": [
            _boxes(_("System tested"), yes_no, [works]),
            _boxes(_("Accessories"), _accessories(), [signed.accessories if signed else ""]),
            _boxes(_("Satisfaction"), _satisfactions(), [signed.satisfaction if signed else ""]),
            _boxes(
                _("Not satisfied with"),
                _dissatisfactions(),
                signed.dissatisfied_with if signed else [],
            ),
        ],
        "suggestions": _text(_("Opinion and suggestions"), signed.suggestions if signed else "", 1),
        "signature": _("Signature"),
        "signer": signer,
        "date_label": _("Date"),
        "date": date,
        "on_paper": on_paper,
        "signatures": [
            {
                "label": _("Signature"),
                "value": " ".join(part for part in (signer, on_paper) if part),
                "picture": "signature",
            },
            {"label": _("Date"), "value": date},
        ],
        "hash": f"SHA-256 {signed.content_hash}" if signed else "",
    }


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


def _sheets() -> dict[str, str]:
    return {
        SheetForm.CONTACT_SHEET: _("Service contact sheet"),
        SheetForm.REPAIR_SHEET: _("Repair sheet"),
    }


def _kinds() -> dict[str, str]:
    return {
        CustomerKind.IN_WARRANTY: _("In warranty"),
        CustomerKind.ANNUAL_CONTRACT: _("Annual contract"),
        CustomerKind.PER_VISIT: _("Per visit"),
        CustomerKind.BY_LETTER: _("By letter of contact"),
    }


def _results(order: WorkOrder) -> dict[str, str]:
    is_chinese = (get_language() or "").startswith("zh")
    found = results_for(order)
    return {one.code: one.title.zh if is_chinese else one.title.en for one in found}


def _accessories() -> dict[str, str]:
    return {
        Accessories.YES: pgettext("accessories", "Handed over"),
        Accessories.NO: pgettext("accessories", "Not handed over"),
        Accessories.NONE: pgettext("accessories", "There are none"),
    }


def _satisfactions() -> dict[str, str]:
    return {
        Satisfaction.VERY_SATISFIED: _("Very satisfied"),
        Satisfaction.SATISFIED: _("Satisfied"),
        Satisfaction.FAIR: _("Fair"),
        Satisfaction.DISSATISFIED: _("Dissatisfied"),
    }


def _dissatisfactions() -> dict[str, str]:
    return {
        Dissatisfaction.ATTITUDE: pgettext("dissatisfied with", "Attitude"),
        Dissatisfaction.SKILL: pgettext("dissatisfied with", "Skill"),
        Dissatisfaction.SPEED: pgettext("dissatisfied with", "Speed"),
    }
