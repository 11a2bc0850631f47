"""The statement as a document: every charge with its rule, every penalty with its clause, netted,
in figures and capitals."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from yinuo.domains.billing.block_data import DOCX_TEMPLATE, block_data
from yinuo.domains.billing.charge_types import ChargeView, StatementView
from yinuo.domains.billing.documents import LANGUAGES, price_text
from yinuo.domains.breaches.types import EntryView
from yinuo.domains.network.selectors import company_name
from yinuo.kernel.money import money_text
from yinuo.kernel.plan.wording import number_text
from yinuo.platform.rendering import House, render_docx, render_pdf

TEMPLATE = Path(__file__).with_name("quote.typ")


def statement_pdf(statement: StatementView, language: str) -> bytes:
    """The PDF of a statement in `zh` or `en`, the same bytes every time. Raises RenderingFailed."""
    with override(LANGUAGES[language]):
        house = _house(statement, language)
        return render_pdf(TEMPLATE, statement_data(statement, language), house=house)


def statement_docx(statement: StatementView, language: str) -> bytes:
    """The same as a DOCX. Raises RenderingFailed."""
    with override(LANGUAGES[language]):
        words, house = statement_data(statement, language), _house(statement, language)
        return render_docx(DOCX_TEMPLATE, block_data(words), house=house)


def _house(statement: StatementView, language: str) -> House:
    row = statement.row
    return House(
        company=company_name(),
        unit=row.unit_name,
        title=_("Statement"),
        number=row.number,
        note="",
        language=language,
        made_at=row.issued_at,
    )


def statement_data(statement: StatementView, language: str) -> dict[str, Any]:
    """The words of the document; call it with its language active."""
    row = statement.row
    period = f"{row.starts_on.isoformat()} – {row.ends_on.isoformat()}"
    head = [
        (_("Customer"), row.customer_name, True),
        (_("Period"), period, False),
        (_("Contract"), row.contract_number, False),
    ]
    return {
        "head": [{"label": a, "value": b or "—", "wide": c} for a, b, c in head],
        "columns": [_("Item"), _("Quantity"), _("Unit price"), _("Amount")],
        "lines": [
            *(_line(one, language) for one in statement.charges),
            *(penalty_line(one, language) for one in statement.penalties),
        ],
        "sums": _sums(statement, language),
        "total": {
            "label": _("Left to pay") if statement.penalties else pgettext("sum", "Total"),
            "value": f"{money_text(row.total)} {row.currency}",
        },
        "capitals": {"label": _("In capitals"), "value": row.capitals if language == "zh" else ""},
        "source": "",
        "remarks": {"title": "", "body": ""},
        "signatures": [
            {"label": _("For us (signature, date)"), "value": row.issued_by},
            {"label": _("Confirmed by the customer (signature, date)"), "value": ""},
        ],
    }


def _line(charge: ChargeView, language: str) -> dict[str, str]:
    line = charge.line
    where = " ".join(
        one
        for one in (charge.occurred_on.isoformat(), charge.request_number, charge.work_order_number)
        if one
    )
    said = [where, rule_of(charge, language)]
    if charge.corrects is not None:
        said.append(_("Correction: %(reason)s") % {"reason": charge.reason})
    return {
        "title": line.title.in_language(language),
        "rule": ("；" if language == "zh" else "; ").join(said),
        "quantity": f"{number_text(line.quantity)} {line.unit.in_language(language)}",
        "price": price_text(line.unit_price),
        "amount": money_text(charge.amount),
    }


def rule_of(charge: ChargeView, language: str) -> str:
    """The rule of a charge, and of which whole it is a part when its line was split. Call it with
    the document's language active."""
    rule = charge.line.rule.in_language(language)
    if charge.split is None:
        return rule
    part = _("Part of %(whole)s: split where the goodwill of the contract ends")
    said = [rule, part % {"whole": money_text(charge.line.amount)}]
    return ("；" if language == "zh" else "; ").join(one for one in said if one)


def penalty_line(entry: EntryView, language: str) -> dict[str, str]:
    """A penalty as a line: its clause, when it arose, how it was computed; what we owe is below
    zero. Call it with the document's language active."""
    chinese = language == "zh"
    clause = entry.clause_title_zh if chinese else entry.clause_title_en
    day = entry.incurred_at.astimezone(ZoneInfo(settings.TIME_ZONE)).date().isoformat()
    computed = entry.computation_zh if chinese else entry.computation_en
    number = _("Clause %(number)s") % {"number": entry.clause_number} if entry.clause_number else ""
    said = [one for one in (day, number, computed, entry.reason) if one]
    return {
        "title": _("Penalty: %(clause)s") % {"clause": clause},
        "rule": ("；" if chinese else "; ").join(said),
        "quantity": "",
        "price": "",
        "amount": money_text(-entry.amount),
    }


def _sums(statement: StatementView, language: str) -> list[dict[str, str]]:
    """Charges and penalties each together; none when there is no penalty to net."""
    if not statement.penalties:
        return []
    row = statement.row
    capitals = statement.penalised_capitals if language == "zh" else ""
    penalised = f"{money_text(statement.penalised)} {row.currency}"
    return [
        {
            "label": _("Charges together"),
            "value": f"{money_text(statement.charged)} {row.currency}",
        },
        {"label": _("Penalties together"), "value": f"{penalised}  {capitals}".strip()},
    ]
