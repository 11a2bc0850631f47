"""A filled checklist as a document: every line that is asked, the empty ones left to a pen."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import override

from yinuo.domains.checklists.document_kinds import CHECKLIST
from yinuo.domains.checklists.policies import visible_checklists
from yinuo.domains.checklists.saying import (
    answer_words,
    count_word,
    in_language,
    limits_words,
    standing_word,
)
from yinuo.domains.checklists.selectors import get_checklist
from yinuo.domains.checklists.types import ChecklistView, LineView
from yinuo.domains.document_templates.in_force import Template, template_in_force
from yinuo.domains.document_templates.kinds import LANGUAGES
from yinuo.domains.fieldwork.selectors import get_work_order_page
from yinuo.domains.fieldwork.strokes import png_image, svg_image
from yinuo.domains.fieldwork.types import SignOffView, WorkOrderPage
from yinuo.domains.network.naming import names_at
from yinuo.domains.network.types import Actor
from yinuo.kernel.checklists import ItemKind
from yinuo.platform.rendering import House
from yinuo.platform.scoped import one_of


def checklist_pdf(
    actor: Actor, public_id: object, *, language: str, now: datetime
) -> tuple[bytes, str]:
    """The PDF of a visible checklist and its name; `language` is `zh` or `en`.

    Every line stands on it; what is open is left to be filled in by hand. Raises NotFound, and
    RenderingFailed when the document cannot be made.
    """
    template, house, data, strokes, name = _prepared(actor, public_id, language, now)
    pictures = {code: svg_image(drawn).encode() for code, drawn in strokes.items()}
    return template.pdf(data, house=house, pictures=pictures), name


def checklist_docx(
    actor: Actor, public_id: object, *, language: str, now: datetime
) -> tuple[bytes, str]:
    """The same as a DOCX."""
    template, house, data, strokes, name = _prepared(actor, public_id, language, now)
    pictures = {code: png_image(drawn) for code, drawn in strokes.items()}
    return template.docx(data, house=house, pictures=pictures), name


def _prepared(
    actor: Actor, public_id: object, language: str, now: datetime
) -> tuple[Template, House, dict[str, Any], dict[str, Any], str]:
    found = get_checklist(actor, public_id)
    sheet = get_work_order_page(actor, found.row.sheet_public_id, now=now)
    signed = next((one for one in sheet.sign_offs if one.is_valid), None)
    # Once it is signed it keeps the words and names it was signed in.
    at = signed.signed_at if signed else now
    with override(LANGUAGES[language]):
        template = template_in_force(CHECKLIST, language, at)
        title = in_language(found.row.template.title)
        data = _data(found, sheet, signed, template)
    names = names_at(sheet.unit_id, at)
    house = House(
        company=names.company,
        unit=names.unit,
        title=title,
        number=sheet.row.number,
        note=sheet.row.request_number,
        language=language,
        made_at=now,
        customer=sheet.row.customer_name,
        wording=template.wording,
    )
    name = f"{sheet.row.number}-{found.row.template.code}"
    return template, house, data, _strokes(actor, found, signed), name


def _strokes(actor: Actor, found: ChecklistView, signed: SignOffView | None) -> dict[str, Any]:
    """Drawn signatures by name: those of lines, and the customer's."""
    drawn = {
        f"line_{line.item.code}": line.answer["strokes"]
        for line in found.lines
        if line.item.kind is ItemKind.SIGNATURE and line.answer
    }
    if signed is not None and signed.path:
        row = one_of(visible_checklists(actor).select_related("sheet"), found.row.public_id)
        sign_off = row.sheet.sign_offs.filter(public_id=signed.public_id).first()
        if sign_off is not None:
            drawn["signature"] = sign_off.strokes
    return drawn


def _data(
    found: ChecklistView, sheet: WorkOrderPage, signed: SignOffView | None, template: Template
) -> dict[str, Any]:
    zone = ZoneInfo(sheet.zone or settings.TIME_ZONE)
    say = template.word
    follow_ups = [line for line in found.lines if line.follow_up]
    return {
        "head": [
            {"label": say(code), "value": value or " ", "wide": wide}
            for code, value, wide in _head(found, sheet, zone)
        ],
        "note": in_language(found.note),
        "columns": _columns(template),
        "sections": [
            {
                "title": in_language(section.section.title),
                "lines": [
                    _line(number, line, template) for number, line in enumerate(section.lines, 1)
                ],
            }
            for section in found.sections
        ],
        "table": _table(found, template),
        "follow_up_title": say("follow_up") if follow_ups else "",
        "follow_ups": [_follow_up(line) for line in follow_ups],
        "follow_up_text": "\n".join(_follow_up(line) for line in follow_ups),
        "left_title": say("left") if found.row.unfinished else "",
        "left_text": _left(found),
        "signatures": _signatures(sheet, signed, zone, template),
        "hash": f"SHA-256 {found.row.content_hash}",
    }


def _columns(template: Template) -> list[str]:
    return [template.word(one) for one in ("number", "item", "answer", "result", "remarks")]


def _head(
    found: ChecklistView, sheet: WorkOrderPage, zone: ZoneInfo
) -> list[tuple[str, str, bool]]:
    row = found.row
    asset = f"{sheet.asset_name} {sheet.asset_serial}".strip()
    version = f"{row.template.code} v{row.template.number}"
    on_site = sheet.times.arrived_at or sheet.row.agreed_for or sheet.row.service_at
    return [
        ("customer", sheet.row.customer_name, True),
        ("contact", sheet.row.contact_name, False),
        ("phone", sheet.row.contact_phone, False),
        ("address", sheet.row.address, True),
        ("service_time", _when(on_site, zone), False),
        ("finished", _when(row.finished_at, zone), False),
        ("engineer", sheet.row.assignee_name, False),
        ("template", version, False),
        ("asset", asset, True),
    ]


def _line(number: int, line: LineView, template: Template) -> dict[str, Any]:
    return {
        "number": str(number),
        "title": in_language(line.item.title),
        "limits": limits_words(line.item),
        "answer": answer_words(line.item, line.answer) or _blank(line, template),
        "standing": standing_word(line) if line.is_answered else "",
        "failed": line.standing.value == "failed",
        "note": line.note,
        "picture": f"line_{line.item.code}" if line.item.kind is ItemKind.SIGNATURE else "",
    }


def _blank(line: LineView, template: Template) -> str:
    """What a pen ticks or fills in."""
    item = line.item
    if item.kind is ItemKind.YES_NO:
        return f"☐ {template.word('yes')}   ☐ {template.word('no')}"
    if item.kind is ItemKind.CHOICE:
        return "   ".join(f"☐ {in_language(one.title)}" for one in item.options)
    unit = in_language(item.unit)
    if item.kind is ItemKind.COUNT:
        return "  ".join(f"{count_word(one)} ____ {unit}".strip() for one in item.counts)
    return f"________ {unit}".strip()


def _table(found: ChecklistView, template: Template) -> dict[str, Any]:
    """The same lines as one table, for the DOCX; a section is a row of its title."""
    rows: list[list[str]] = []
    for section in found.sections:
        rows.append(["", in_language(section.section.title), "", "", ""])
        for number, line in enumerate(section.lines, 1):
            one = _line(number, line, template)
            title = "\n".join(part for part in (one["title"], one["limits"]) if part)
            rows.append([one["number"], title, one["answer"], one["standing"], one["note"]])
    return {
        "columns": [
            {"title": title, "width": width, "right": False}
            for title, width in zip(_columns(template), (6, 38, 28, 12, 16), strict=True)
        ],
        "rows": rows,
    }


def _follow_up(line: LineView) -> str:
    assert line.follow_up is not None
    item = line.item
    title = in_language(item.follow_up) if item.follow_up else in_language(item.title)
    return f"{line.follow_up.request_number}  {title}"


def _left(found: ChecklistView) -> str:
    titles = {line.item.code: in_language(line.item.title) for line in found.lines}
    left = [titles.get(code, code) for code in found.row.unfinished]
    return "\n".join([*left, found.row.unfinished_reason]) if left else ""


def _signatures(
    sheet: WorkOrderPage, signed: SignOffView | None, zone: ZoneInfo, template: Template
) -> list[dict[str, str]]:
    say = template.word
    on_paper = say("on_paper") if signed and signed.file_id else ""
    signer = (
        " ".join(part for part in (signed.part.signer_name, on_paper) if part) if signed else ""
    )
    date = _when(signed.signed_at, zone) if signed else ""
    return [
        {"label": say("in_charge"), "value": sheet.row.assignee_name, "picture": ""},
        {"label": say("customer_signature"), "value": signer, "picture": "signature"},
        {"label": say("date"), "value": date, "picture": ""},
    ]


def _when(at: datetime | None, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}" if at else ""
