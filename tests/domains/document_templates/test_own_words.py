"""What a company writes in its documents is printed, and papers already issued stay as they were."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from PIL import Image
from pypdf import PdfReader
from tests.factories import make_member
from tests.factories.after import make_report
from tests.factories.billing import make_charge, make_quote, make_statement, publish_prices
from tests.factories.centre import Centre, make_centre
from tests.factories.checklists import begin, picture_bytes, publish_template
from tests.factories.document_templates import CLOSING, HEAD, publish_written, write
from tests.factories.documents import words_of_docx, words_of_pdf
from tests.factories.letters import make_letter
from tests.factories.work import issue, make_work_order

from yinuo.domains.billing.charge_selectors import get_statement
from yinuo.domains.billing.documents import quote_docx, quote_pdf
from yinuo.domains.billing.letter_document import letter_docx, letter_pdf
from yinuo.domains.billing.letters import get_letter
from yinuo.domains.billing.selectors import get_quote
from yinuo.domains.billing.services import send_quote
from yinuo.domains.billing.statement_document import statement_docx, statement_pdf
from yinuo.domains.checklists.documents import checklist_docx, checklist_pdf
from yinuo.domains.document_templates.in_force import Template, template_in_force
from yinuo.domains.document_templates.kinds import LANGUAGES, all_kinds, built_in
from yinuo.domains.document_templates.models import DocumentTemplate
from yinuo.domains.document_templates.preview import sample_docx, sample_pdf
from yinuo.domains.document_templates.services import (
    publish_template as publish_version,
)
from yinuo.domains.document_templates.services import withdraw_template, write_template
from yinuo.domains.document_templates.types import TemplateContent
from yinuo.domains.fieldwork.documents import work_order_docx, work_order_pdf
from yinuo.domains.requests.report_document import report_docx, report_pdf
from yinuo.platform.errors import Conflict, Forbidden, IllegalMove, InvalidInput
from yinuo.platform.rendering import Wording
from yinuo.platform.rendering.wording import places_in

pytestmark = [pytest.mark.django_db, pytest.mark.req("B-71")]
# Two words in a row, so that neither language's own words hold them by chance.
OWN = "甲方（客户）"
BEFORE, AFTER, FOOT = "感谢贵司 {customer} 的信任", "收款账号 6222-0000", "24 小时热线 400-000"
Papers = Callable[[], tuple[bytes, bytes]]
# Words of cases that a sample does not show.
RARE = {"draft", "issued", "on_paper", "ours", "left", "yes", "no", "total", "capitals"}
RARE |= {"title", "none"}


@pytest.fixture
def centre(db: None) -> Centre:
    return make_centre()


def now() -> datetime:
    return datetime.now(UTC)


def squeezed(text: str) -> str:
    return "".join(text.split())


def said_in(papers: tuple[bytes, bytes]) -> tuple[str, str]:
    pdf, docx = papers
    return squeezed(words_of_pdf(pdf)), squeezed(words_of_docx(docx))


def _quote(centre: Centre) -> Papers:
    admin = centre.company.administrator
    seller = make_member(admin, centre.unit, ["account_manager"])
    made = make_quote(seller, centre.customer, publish_prices(admin))

    def papers() -> tuple[bytes, bytes]:
        quote = get_quote(seller.actor, made.public_id, now=now())
        return quote_pdf(quote, "zh", now()), quote_docx(quote, "zh", now())

    return papers


def _sheet(centre: Centre) -> Papers:
    sheet = issue(centre.specialist, centre.request)
    of: Any = {"language": "zh", "now": now()}

    def papers() -> tuple[bytes, bytes]:
        actor, later = centre.specialist.actor, of | {"now": now()}
        return (
            work_order_pdf(actor, sheet.public_id, **later)[0],
            work_order_docx(actor, sheet.public_id, **later)[0],
        )

    return papers


def _report(centre: Centre) -> Papers:
    report = make_report(centre.specialist, centre.customer)
    return lambda: (report_pdf(report, "zh", now()), report_docx(report, "zh", now()))


def _inspection(centre: Centre) -> Papers:
    template = publish_template(centre.company.administrator)
    sheet = make_work_order(centre.specialist, centre.technician, centre.request, "arrived")
    checklist = begin(centre.technician, sheet, template)

    def papers() -> tuple[bytes, bytes]:
        actor, of = centre.technician.actor, {"language": "zh", "now": now()}
        return (
            checklist_pdf(actor, checklist.public_id, **of)[0],  # type: ignore[arg-type]
            checklist_docx(actor, checklist.public_id, **of)[0],  # type: ignore[arg-type]
        )

    return papers


def _letter(centre: Centre) -> Papers:
    made = make_letter(centre.specialist, centre.request)
    letter = get_letter(centre.specialist.actor, made.public_id)
    return lambda: (letter_pdf(letter, "zh", now()), letter_docx(letter, "zh", now()))


@pytest.mark.parametrize(
    ("kind", "made"),
    [
        ("quote", _quote),
        ("contact_sheet", _sheet),
        ("problem_report", _report),
        ("checklist", _inspection),
        ("letter", _letter),
    ],
)
def test_own_words_stand_in_pdf_and_docx(
    centre: Centre, kind: str, made: Callable[[Centre], Papers]
) -> None:
    papers = made(centre)
    before = said_in(papers())
    title = "" if kind in ("problem_report", "checklist") else "我司单据"
    publish_written(
        centre.company.administrator,
        f"{kind}-zh",
        title=title,
        head=HEAD,
        introduction=BEFORE,
        closing=AFTER,
        footer=FOOT,
        words={"customer": OWN},
    )
    wanted = [title, *HEAD.split("\n"), "收款账号6222-0000", OWN]
    wanted.append(BEFORE.format(customer=centre.customer.name))
    for was, said in zip(before, said_in(papers()), strict=True):
        assert [one for one in wanted if squeezed(one) not in said] == []
        assert OWN not in was
    assert squeezed(FOOT) in said_in(papers())[0]


def test_an_issued_quote_stays_as_it_was_and_a_draft_follows(centre: Centre) -> None:
    admin = centre.company.administrator
    seller = make_member(admin, centre.unit, ["account_manager"])
    prices = publish_prices(admin)
    sent, draft = (make_quote(seller, centre.customer, prices) for _ in range(2))
    publish_written(admin, "quote-zh", title="报价单（2026）", closing=CLOSING)
    send_quote(actor=seller.actor, quote_id=sent.public_id, version=1, now=now())

    def pdf(quote: Any) -> bytes:
        return quote_pdf(get_quote(seller.actor, quote.public_id, now=now()), "zh", now())

    issued = pdf(sent)
    assert "报价单（2026）" in words_of_pdf(issued)
    publish_written(admin, "quote-zh", title="正式报价", closing="新账号")
    assert pdf(sent) == issued
    assert "正式报价" in words_of_pdf(pdf(draft))
    template = DocumentTemplate.objects.get(kind="quote", language="zh")
    withdraw_template(actor=admin.actor, code="quote-zh", version=template.version, now=now())
    assert pdf(sent) == issued
    assert "正式报价" not in words_of_pdf(pdf(draft))


def test_a_signed_sheet_keeps_its_words_and_its_hash(centre: Centre) -> None:
    admin = centre.company.administrator
    sheet = make_work_order(centre.specialist, centre.technician, centre.request, "signed")
    signed = sheet.sign_offs.get()

    def words() -> str:
        of: Any = {"language": "zh", "now": now()}
        return squeezed(
            words_of_pdf(work_order_pdf(centre.specialist.actor, sheet.public_id, **of)[0])
        )

    before = words()
    publish_written(admin, f"{sheet.form}-zh", title="维修确认单", words={"customer": OWN})
    assert words() == before
    assert signed.content_hash in before
    assert sheet.sign_offs.get().content_hash == signed.content_hash


def test_a_statement_issued_before_stays_as_it_was(centre: Centre) -> None:
    seller = make_member(centre.company.administrator, centre.unit, ["account_manager"])
    make_charge(seller, centre.request, publish_prices(centre.company.administrator))
    made = make_statement(seller, centre.customer)
    statement = get_statement(seller.actor, made.public_id)
    before = statement_pdf(statement, "zh"), statement_docx(statement, "zh")
    publish_written(
        centre.company.administrator, "statement-zh", title="结算单", words={"customer": OWN}
    )
    assert (statement_pdf(statement, "zh"), statement_docx(statement, "zh")) == before


def test_what_every_document_carries_stands_where_a_kind_says_nothing(centre: Centre) -> None:
    admin = centre.company.administrator
    publish_written(admin, "every-zh", head=HEAD, closing="谢谢惠顾")
    publish_written(admin, "quote-zh", title="报价单", closing="本报价有效期内不变价")
    quote, letter = (
        template_in_force(kind, "zh", now()).wording
        for kind in all_kinds()
        if kind.code in ("quote", "letter")
    )
    assert (quote.head, quote.closing) == (HEAD, "本报价有效期内不变价")
    assert (letter.head, letter.closing) == (HEAD, "谢谢惠顾")
    assert template_in_force(all_kinds()[0], "en", now()).wording == Wording()


@pytest.mark.parametrize("kind", all_kinds(), ids=lambda one: one.code)
def test_the_sample_of_a_kind_shows_its_words_and_what_was_written(db: None, kind: Any) -> None:
    """Each word is one that stands nowhere else, with the values that belong to it."""
    marks = {code: f"w{at:02d}w" for at, code in enumerate(kind.words)}
    for language in LANGUAGES:
        words = {
            code: marks[code] + "".join(f"{{{one}}}" for one in places_in(built_in(word, language)))
            for code, word in kind.words.items()
        }
        own = {"title": "T1T", "head": "H1H", "introduction": "I1I", "closing": "C1C"}
        template = Template(kind, Wording(**own, words=words))
        pdf = words_of_pdf(sample_pdf(template, language, now()))
        assert {code for code, mark in marks.items() if mark not in pdf} <= RARE
        assert [one for one in own.values() if one not in pdf] == []
        docx = sample_docx(template, language, now())
        said = words_of_docx(docx) if docx else pdf
        assert [one for one in own.values() if one not in said] == []


def test_a_passage_may_be_left_out_and_nothing_else(centre: Centre) -> None:
    admin = centre.company.administrator
    papers = _quote(centre)
    assert "服务价目" in said_in(papers())[0] or "价格依据" in said_in(papers())[0]
    publish_written(admin, "quote-zh", title="报价单", left_out=("source",))
    shorter = said_in(papers())
    with pytest.raises(InvalidInput) as refused:
        write(admin, "quote-zh", title="报价单", left_out=("total",))
    assert set(refused.value.fields) == {"left_out"}
    assert "合计" in shorter[0]


def test_a_picture_stands_beside_the_head_and_what_is_none_is_refused(centre: Centre) -> None:
    admin, drawn = centre.company.administrator, BytesIO()
    Image.new("RGB", (300, 90), "navy").save(drawn, "PNG")

    def sent(content: bytes, name: str = "logo.png") -> Any:
        version = getattr(DocumentTemplate.objects.filter(kind="quote").first(), "version", 1)
        return write_template(
            actor=admin.actor,
            code="quote-zh",
            version=version,
            content=TemplateContent(title="报价单"),
            logo=ContentFile(content, name=name),
            now=now(),
        )

    for content, name in (
        (b"MZ no picture", "logo.png"),
        (b"x" * 1_000_001, "logo.png"),
        (picture_bytes(), "logo.pdf"),
        ("标志".encode(), "logo.txt"),
    ):
        with pytest.raises(InvalidInput) as refused:
            sent(content, name)
        assert set(refused.value.fields) == {"logo"}
    text = sent(drawn.getvalue())
    publish_version(actor=admin.actor, text_id=text.public_id, version=2, now=now())
    pdf = _quote(centre)()[0]
    assert len(PdfReader(BytesIO(pdf)).pages[0].images) == 1
    kept = write(admin, "quote-zh", title="报价单二")
    assert kept.logo_id == text.logo_id


@pytest.mark.parametrize(
    ("field", "content"),
    [
        ("title", {"title": " "}),
        ("title", {"title": "长" * 61}),
        ("head", {"title": "报价单", "head": "一\n" * 7}),
        ("closing", {"title": "报价单", "closing": "款" * 4001}),
        ("closing", {"title": "报价单", "closing": "见 {bank_account}"}),
        ("word_customer", {"title": "报价单", "words": {"customer": "长" * 121}}),
        ("word_source", {"title": "报价单", "words": {"source": "价目表"}}),
        ("word_nothing", {"title": "报价单", "words": {"nothing": "无"}}),
    ],
)
def test_what_cannot_be_printed_is_refused_at_its_field(
    centre: Centre, field: str, content: dict[str, Any]
) -> None:
    with pytest.raises(InvalidInput) as refused:
        write(centre.company.administrator, "quote-zh", **content)
    assert set(refused.value.fields) == {field}
    assert not DocumentTemplate.objects.exists()


def test_only_who_may_writes_and_nobody_over_somebody_else(centre: Centre) -> None:
    admin = centre.company.administrator
    with pytest.raises(Forbidden):
        write(centre.specialist, "quote-zh", title="报价单")
    text = publish_written(admin, "quote-zh", title="报价单")
    with pytest.raises(Conflict):
        write_template(
            actor=admin.actor,
            code="quote-zh",
            version=1,
            content=TemplateContent(title="另一个"),
            now=now(),
        )
    known: Any = {"actor": admin.actor, "text_id": text.public_id}
    with pytest.raises(IllegalMove):
        publish_version(**known, version=3, now=now() + timedelta(seconds=1))
    with pytest.raises(Forbidden):
        publish_version(actor=centre.specialist.actor, text_id=text.public_id, version=3, now=now())


def test_what_is_written_is_never_markup(centre: Centre) -> None:
    typed = '#read("/etc/passwd") *粗* $x$ <w:t>'
    publish_written(centre.company.administrator, "quote-zh", title="报价单", closing=typed)
    for said in said_in(_quote(centre)()):
        assert squeezed(typed) in said
