"""Generated quotes show the same fen on screen, over the API, as PDF, DOCX and XLSX (G33).

What they should show comes from the second calculator (`tests/kernel/pricing/calculator.py`). By
default two dozen quotes go the whole way. `YINUO_QUOTES=100000` sends so many more through pricing
and every function that forms a shown amount, without writing the files.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override
from tests.factories.documents import rows_of_xlsx, table_of_docx, words_of_docx, words_of_pdf
from tests.kernel.pricing.calculator import lines as lines_fen
from tests.kernel.pricing.calculator import total_fen
from tests.kernel.pricing.generated import drawn, kernel_item, kernel_list

from yinuo.domains.billing.block_data import block_data
from yinuo.domains.billing.document_kinds import QUOTE
from yinuo.domains.billing.documents import quote_data
from yinuo.domains.billing.keeping import kept_line, line_of
from yinuo.domains.billing.paper_forms import PaperForm, quote_paper
from yinuo.domains.billing.types import PriceListRow, QuoteRow, QuoteView
from yinuo.domains.billing.workbooks import quote_rows
from yinuo.domains.document_templates.in_force import Template
from yinuo.kernel.pricing import price
from yinuo.surfaces.api.shapes import billing as shapes
from yinuo.surfaces.assets.templatetags.showing import price as shown_price

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
NOBODY = UUID(int=1)
WHOLE, MORE = 24, int(os.environ.get("YINUO_QUOTES", "200"))
LIST = PriceListRow(1, NOBODY, "generated", 1, "试", "Trial", NOW, "x")


@dataclass(frozen=True)
class Drawn:
    """A quote, and what the second calculator says that its lines and total are, in fen."""

    quote: QuoteView
    lines: list[int]
    total: int

    @property
    def shown(self) -> list[str]:
        """The amounts as people write them."""
        return [text(one) for one in self.lines]


def text(fen: int) -> str:
    return f"{fen // 100:,}.{fen % 100:02d}"


def quotes(seed: int, count: int) -> Iterator[Drawn]:
    random = Random(seed)
    for number in range(count):
        yield drawn_quote(random, number)


def drawn_quote(random: Random, number: int) -> Drawn:
    """Every kind of entry, tiers and zones, odd and zero figures; tax on top, contained or none."""
    entries, items, tax = drawn(random)
    for item in items:
        if random.random() < 0.1:
            item["cost"] = item["base"] = "0.00"
    priced = price(kernel_list(entries, tax), [kernel_item(one) for one in items])
    lines = [fen for item in items for fen in lines_fen(entries[item["code"]], item)]
    total = total_fen(entries, items, tax)
    if tax is not None and not tax["included"]:
        lines.append(total - sum(lines))
    row = QuoteRow(
        public_id=NOBODY,
        number=f"BJ-{number}",
        state="sent",
        title="试",
        customer_public_id=NOBODY,
        customer_name="客户",
        total=priced.total.amount,
        currency="CNY",
        valid_until=date(2026, 12, 31),
        drafted_at=NOW,
        drafted_by="x",
        sent_at=NOW,
        ended_at=None,
        is_late=False,
    )
    nothing: dict[str, Any] = dict.fromkeys(
        (
            "contact_name",
            "contract_number",
            "request_number",
            "remarks",
            "ended_by",
            "ended_reason",
        ),
        "",
    )
    nothing |= dict.fromkeys(("contact_public_id", "contract_public_id", "request_public_id"))
    # Kept as the database keeps them and read again.
    kept = tuple(line_of(kept_line(one)) for one in priced.lines)
    quote = QuoteView(
        row=row, version=1, unit_id=1, unit_name="中心", price_list=LIST, items=(), lines=kept,
        sent_by="x", **nothing,
    )  # fmt: skip
    return Drawn(quote, lines, total)


def holds_in_every_presentation(one: Drawn) -> None:
    """Screen filters, REST shape, words of PDF and DOCX, cells of XLSX."""
    quote, shown, total = one.quote, one.shown, text(one.total)
    assert [shown_price(line.amount) for line in quote.lines] == shown
    assert shown_price(quote.row.total) == total
    rest = [shapes.line(line)["amount"] for line in quote.lines]
    assert rest == [amount.replace(",", "") for amount in shown]
    assert shapes.quote_head(quote.row)["total"] == total.replace(",", "")
    words = quote_data(quote, "zh", Template(QUOTE))
    assert [line["amount"] for line in words["lines"]] == shown
    assert words["total"]["value"] == f"{total} CNY"
    blocks = block_data(words)
    assert [row[3] for row in blocks["lines"]["rows"]] == shown
    assert f"{total} CNY" in blocks["total"]
    cells = [row[4] for row in quote_rows(quote, "zh")]
    assert [fen_of(one) for one in cells] == [*one.lines, one.total]


def fen_of(cell: Any) -> int:
    """A cell of the workbook, which stores figures as binary ones."""
    return round(Decimal(repr(float(cell))) * 100)


@pytest.mark.req("G33", "B-70")
def test_generated_quotes_agree_to_the_fen_in_every_presentation() -> None:
    with override("zh-hans"):
        for one in quotes(20261122, MORE):
            holds_in_every_presentation(one)


@pytest.mark.req("G33", "B-70", "B-71")
@pytest.mark.django_db
def test_generated_quotes_agree_to_the_fen_on_the_page_and_in_the_files() -> None:
    for one in quotes(33, WHOLE):
        quote, total = one.quote, text(one.total)
        amounts, below = on_screen(quote)
        assert (amounts, below) == (one.shown, f"{total} CNY")
        pdf = words_of_pdf(quote_paper(quote, PaperForm.PDF, "zh", NOW).content)
        assert re.findall(r"(?<![\d,.])[\d,]+\.\d\d(?![\d.])", pdf).count(total) >= 1
        for amount in one.shown:
            assert amount in pdf
        docx = quote_paper(quote, PaperForm.DOCX, "zh", NOW).content
        assert [row[3] for row in table_of_docx(docx, 4)] == one.shown
        assert f"{total} CNY" in words_of_docx(docx)
        rows = rows_of_xlsx(quote_paper(quote, PaperForm.XLSX, "zh", NOW).content)
        assert [fen_of(row[4]) for row in rows] == [*one.lines, one.total]
        assert quote.capitals in pdf
        assert quote.capitals in words_of_docx(docx)


def on_screen(quote: QuoteView) -> tuple[list[str], str]:
    """The amounts and the total on the page of a quote."""
    context = {"lines": quote.lines, "total": quote.row.total, "currency": "CNY"}
    page = render_to_string("console/billing/priced.html", context)
    figures = re.findall(r'class="numeric figures"\s*>([^<]*)</td>', page)
    total = re.search(r'id="quote-total"\s*>([^<]*)<', page)
    assert total is not None
    return [one.strip() for one in figures[2::3]], total[1].strip()


@pytest.mark.req("G33")
def test_the_comparison_sees_one_fen() -> None:
    one = drawn_quote(Random(3), 0)
    wrong = Drawn(one.quote, [one.lines[0] + 1, *one.lines[1:]], one.total)
    with override("zh-hans"), pytest.raises(AssertionError):
        holds_in_every_presentation(wrong)
