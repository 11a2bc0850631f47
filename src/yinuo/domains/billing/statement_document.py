"""The statement as a document: every charge with its rule, every penalty with its clause, netted,
in figures and capitals."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import override

from yinuo.domains.billing.charge_types import ChargeView, StatementView
from yinuo.domains.billing.document_kinds import STATEMENT
from yinuo.domains.billing.documents import price_text
from yinuo.domains.breaches.types import EntryView
from yinuo.domains.document_templates.in_force import Template, template_in_force
from yinuo.domains.document_templates.kinds import LANGUAGES
from yinuo.domains.network.naming import names_at
from yinuo.kernel.money import money_text
from yinuo.kernel.plan.wording import number_text
from yinuo.platform.rendering import House


def statement_pdf(statement: StatementView, language: str) -> bytes:
    """The PDF of a statement in `zh` or `en`, the same bytes every time. Raises RenderingFailed."""
    with override(LANGUAGES[language]):
        template = template_in_force(STATEMENT, language, statement.row.issued_at)
        house = _house(statement, language, template)
        return template.pdf(statement_data(statement, language, template), house=house)


def statement_docx(statement: StatementView, language: str) -> bytes:
    """The same as a DOCX. Raises RenderingFailed."""
    with override(LANGUAGES[language]):
        template = template_in_force(STATEMENT, language, statement.row.issued_at)
        house = _house(statement, language, template)
        return template.docx(statement_data(statement, language, template), house=house)


def _house(statement: StatementView, language: str, template: Template) -> House:
    row = statement.row
    names = names_at(row.unit_id, row.issued_at)
    return House(
        company=names.company,
        unit=names.unit,
        title=template.title,
        number=row.number,
        note="",
        language=language,
        made_at=row.issued_at,
        customer=row.customer_name,
        wording=template.wording,
    )


def statement_data(statement: StatementView, language: str, template: Template) -> dict[str, Any]:
    """The words of the document; call it with its language active."""
    row, say = statement.row, template.word
    period = f"{row.starts_on.isoformat()} – {row.ends_on.isoformat()}"
    head = [
        ("customer", row.customer_name, True),
        ("period", period, False),
        ("contract", row.contract_number, False),
    ]
    return {
        "head": [{"label": say(a), "value": b or "—", "wide": c} for a, b, c in head],
        "columns": [say(one) for one in ("item", "quantity", "unit_price", "amount")],
        "lines": [
            *(_line(one, language, template) for one in statement.charges),
            *(penalty_line(one, language, template) for one in statement.penalties),
        ],
        "sums": _sums(statement, language, template),
        "total": {
            "label": say("left_to_pay" if statement.penalties else "total"),
            "value": f"{money_text(row.total)} {row.currency}",
        },
        "capitals": {"label": say("capitals"), "value": row.capitals if language == "zh" else ""},
        "source": "",
        "remarks": {"title": "", "body": ""},
        "signatures": [
            {"label": say("for_us"), "value": row.issued_by},
            {"label": say("confirmed"), "value": ""},
        ],
    }


def _line(charge: ChargeView, language: str, template: Template) -> dict[str, str]:
    line = charge.line
    where = " ".join(
        one
        for one in (charge.occurred_on.isoformat(), charge.request_number, charge.work_order_number)
        if one
    )
    said = [where, rule_of(charge, language, template)]
    if charge.corrects is not None:
        said.append(template.word("correction", reason=charge.reason))
    return {
        "title": line.title.in_language(language),
        "rule": ("；" if language == "zh" else "; ").join(said),
        "quantity": f"{number_text(line.quantity)} {line.unit.in_language(language)}",
        "price": price_text(line.unit_price),
        "amount": money_text(charge.amount),
    }


def rule_of(charge: ChargeView, language: str, template: Template) -> str:
    """The rule of a charge, and of which whole it is a part when its line was split. Call it with
    the document's language active."""
    rule = charge.line.rule.in_language(language)
    if charge.split is None:
        return rule
    part = template.word("part", whole=money_text(charge.line.amount))
    said = [rule, part]
    return ("；" if language == "zh" else "; ").join(one for one in said if one)


def penalty_line(entry: EntryView, language: str, template: Template) -> dict[str, str]:
    """A penalty as a line: its clause, when it arose, how it was computed; what we owe is below
    zero. Call it with the document's language active."""
    chinese = language == "zh"
    clause = entry.clause_title_zh if chinese else entry.clause_title_en
    day = entry.incurred_at.astimezone(ZoneInfo(settings.TIME_ZONE)).date().isoformat()
    computed = entry.computation_zh if chinese else entry.computation_en
    number = template.word("clause", number=entry.clause_number) if entry.clause_number else ""
    said = [one for one in (day, number, computed, entry.reason) if one]
    return {
        "title": template.word("penalty", clause=clause),
        "rule": ("；" if chinese else "; ").join(said),
        "quantity": "",
        "price": "",
        "amount": money_text(-entry.amount),
    }


def _sums(statement: StatementView, language: str, template: Template) -> list[dict[str, str]]:
    """Charges and penalties each together; none when there is no penalty to net."""
    if not statement.penalties:
        return []
    row = statement.row
    capitals = statement.penalised_capitals if language == "zh" else ""
    penalised = f"{money_text(statement.penalised)} {row.currency}"
    return [
        {
            "label": template.word("charges"),
            "value": f"{money_text(statement.charged)} {row.currency}",
        },
        {"label": template.word("penalties"), "value": f"{penalised}  {capitals}".strip()},
    ]
