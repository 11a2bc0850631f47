"""Letters of contact: both sides confirm before anything more is done (LV-11)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from docx import Document
from pypdf import PdfReader
from tests.factories.centre import Centre
from tests.factories.company import Member
from tests.factories.work import advance, issue, step, take

from yinuo.domains.billing.letter_document import letter_docx, letter_pdf
from yinuo.domains.billing.letter_models import Letter
from yinuo.domains.billing.letter_types import CostLine, LetterData
from yinuo.domains.billing.letters import get_letter, letters_of_request, list_letters
from yinuo.domains.billing.services.letter_answers import (
    LINK_PURPOSE,
    PaperAnswer,
    answer_letter,
    confirm_letter,
    expire_letters,
    mark_wrong_diagnosis,
    record_letter_answer,
    send_letter,
    withdraw_letter,
)
from yinuo.domains.billing.services.letters import draft_letter, edit_letter
from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.platform.errors import Forbidden, IllegalMove, InvalidInput, NotFound
from yinuo.platform.journal.models import AuditEntry
from yinuo.platform.links.services import find_link, use_link
from yinuo.platform.links.types import Link, Standing

pytestmark = pytest.mark.django_db
COSTS = (
    CostLine("更换主机电源，人工", Decimal(2), "人次", Decimal(400)),
    CostLine("电源模块", Decimal("1.5"), "套", Decimal("186.67")),
)
PDF = b"%PDF-1.7\n%%EOF\n"


def now() -> datetime:
    return datetime.now(UTC)


def data(**more: object) -> LetterData:
    return LetterData(
        **{
            "findings": "主机电源烧毁，初判为雷击",
            "work_planned": "更换电源与防雷模块，整机测试",
            "time_needed": "2 个工作日",
            "valid_until": (now() + timedelta(days=10)).date(),
            "costs": COSTS,
            **more,
        }
    )


def draft(centre: Centre, by: Member | None = None, **more: object) -> Letter:
    order = more.pop("order", None)
    return draft_letter(
        actor=(by or centre.specialist).actor,
        request_id=centre.request.public_id,
        data=data(**more),
        work_order_id=order.public_id if isinstance(order, WorkOrder) else None,
        now=now(),
    )


def fresh(letter: Letter) -> Letter:
    return Letter.objects.get(pk=letter.pk)


def send(centre: Centre, letter: Letter) -> str:
    """Confirmed by us and sent; the secret of its link."""
    known = {"letter_id": letter.public_id, "now": now()}
    confirm_letter(actor=centre.manager.actor, version=fresh(letter).version, **known)
    version = fresh(letter).version
    return send_letter(actor=centre.specialist.actor, version=version, **known).secret


def answer(secret: str, outcome: str = "accepted", reason: str = "", name: str = "王磊") -> Link:
    return use_link(
        purpose=LINK_PURPOSE,
        secret=secret,
        used_by=name,
        outcome=outcome,
        act=lambda link: answer_letter(
            link=link, name=name, outcome=outcome, reason=reason, now=now()
        ),
        now=now(),
    )


def paper(centre: Centre, letter: Letter, **more: object) -> Letter:
    upload = SimpleUploadedFile("签回联络函.pdf", PDF, "application/pdf")
    given = {"outcome": "accepted", "name": "王磊", "answered_at": None, "upload": upload, **more}
    return record_letter_answer(
        actor=centre.specialist.actor,
        letter_id=letter.public_id,
        version=fresh(letter).version,
        answer=PaperAnswer(**given),
        now=now(),
    )


def on_site(centre: Centre) -> WorkOrder:
    order = issue(centre.specialist, centre.request)
    take(centre.technician, order)
    advance(centre.technician, order, "arrived")
    return order


@pytest.mark.req("LV-11")
def test_nothing_more_is_done_until_both_sides_have_confirmed(centre: Centre) -> None:
    order = on_site(centre)
    letter = draft(centre, centre.technician, order=order)
    assert letter.number.startswith("LH-")
    secret = ""
    for moment in ("drafted", "sent"):
        if moment == "sent":
            secret = send(centre, letter)
        with pytest.raises(IllegalMove) as refused:
            step(centre.technician, order, "worked")
        assert letter.number in str(refused.value.message)
        other = issue(centre.specialist, centre.request)
        take(centre.technician, other)
        advance(centre.technician, other, "appointed")
        with pytest.raises(IllegalMove):
            step(centre.technician, other, "departed")
    answer(secret)
    worked = step(centre.technician, order, "worked")
    assert worked.state == "worked"
    view = get_letter(centre.specialist.actor, letter.public_id)
    assert (view.row.state, view.ended_by, view.ended_way) == ("accepted", "王磊", "link")
    assert (view.confirmed_by, view.work_order_number) == (centre.manager.actor.name, order.number)


@pytest.mark.req("LV-11")
def test_it_is_sent_only_after_our_own_side_confirmed_and_an_edit_takes_that_back(
    centre: Centre,
) -> None:
    letter = draft(centre)
    known = {"letter_id": letter.public_id, "now": now()}
    specialist, manager = centre.specialist.actor, centre.manager.actor
    with pytest.raises(IllegalMove):
        send_letter(actor=specialist, version=1, **known)
    with pytest.raises(Forbidden):
        confirm_letter(actor=specialist, version=1, **known)
    confirm_letter(actor=manager, version=1, **known)
    edit_letter(actor=specialist, version=2, data=data(costs=COSTS[:1]), **known)
    assert fresh(letter).confirmed_at is None
    with pytest.raises(IllegalMove):
        send_letter(actor=specialist, version=3, **known)
    assert fresh(letter).total == Decimal("800.00")


@pytest.mark.req("LV-11", "R08")
def test_where_the_company_asks_for_a_second_person_the_writer_does_not_confirm(
    centre: Centre, settings: pytest.FixtureRequest
) -> None:
    letter = draft(centre, centre.manager)
    known = {"letter_id": letter.public_id, "version": 1, "now": now()}
    settings.LETTER_NEEDS_SECOND_PERSON = True
    assert "confirmed" not in get_letter(centre.manager.actor, letter.public_id).steps
    with pytest.raises(Forbidden):
        confirm_letter(actor=centre.manager.actor, **known)
    settings.LETTER_NEEDS_SECOND_PERSON = False
    confirm_letter(actor=centre.manager.actor, **known)
    assert fresh(letter).confirmed_at is not None


@pytest.mark.req("LV-11")
def test_three_letters_are_the_rule_and_each_further_one_says_why(centre: Centre) -> None:
    for _ in range(3):
        answer(send(centre, draft(centre)), "declined", "太贵")
    assert letters_of_request(centre.specialist.actor, centre.request.public_id).needs_reason
    with pytest.raises(InvalidInput) as refused:
        draft(centre)
    assert set(refused.value.fields) == {"further_reason"}
    fourth = draft(centre, further_reason="又发现交换机进水")
    assert (fourth.position, fourth.further_reason) == (4, "又发现交换机进水")
    assert AuditEntry.objects.filter(action="letter.draft", reason="又发现交换机进水").exists()


@pytest.mark.req("LV-11")
def test_a_draft_taken_back_does_not_count_and_two_never_wait_at_once(centre: Centre) -> None:
    for _ in range(4):
        letter = draft(centre)
        with pytest.raises(IllegalMove) as refused:
            draft(centre)
        assert letter.number in str(refused.value.message)
        withdraw_letter(
            actor=centre.specialist.actor,
            letter_id=letter.public_id,
            version=1,
            reason="写错了",
            now=now(),
        )
    assert not letters_of_request(centre.specialist.actor, centre.request.public_id).needs_reason


@pytest.mark.req("LV-11")
def test_a_wrong_diagnosis_is_at_our_cost(centre: Centre) -> None:
    letter = draft(centre)
    answer(send(centre, letter))
    known = {"letter_id": letter.public_id, "now": now()}
    with pytest.raises(InvalidInput):
        mark_wrong_diagnosis(
            actor=centre.manager.actor, version=fresh(letter).version, reason=" ", **known
        )
    mark_wrong_diagnosis(
        actor=centre.manager.actor, version=fresh(letter).version, reason="实为接线错误", **known
    )
    view = get_letter(centre.specialist.actor, letter.public_id)
    assert view.row.total == view.row.ours == Decimal("1080.01")
    assert view.row.charged == Decimal("0.00")
    assert (view.row.state, view.wrong_reason) == ("accepted", "实为接线错误")
    assert "wrong" not in view.steps
    row = list_letters(centre.specialist.actor).items[0]
    assert (row.charged, row.ours) == (Decimal("0.00"), Decimal("1080.01"))


@pytest.mark.req("LV-11", "R15")
def test_a_link_answers_once_and_a_withdrawn_or_answered_letter_not_at_all(centre: Centre) -> None:
    letter = draft(centre)
    secret = send(centre, letter)
    with pytest.raises(InvalidInput):
        answer(secret, "declined")
    assert find_link(secret, now()).standing is Standing.OPEN
    answer(secret, "declined", "先不修")
    assert answer(secret).outcome == "declined"
    assert fresh(letter).ended_reason == "先不修"
    second = draft(centre)
    secret = send(centre, second)
    withdraw_letter(
        actor=centre.specialist.actor,
        letter_id=second.public_id,
        version=fresh(second).version,
        reason="重写",
        now=now(),
    )
    assert answer(secret).standing is Standing.REVOKED
    assert fresh(second).state == "withdrawn"


@pytest.mark.req("LV-11")
def test_an_answer_on_paper_needs_the_paper_and_a_time_after_the_sending(centre: Centre) -> None:
    letter = draft(centre)
    secret = send(centre, letter)
    for wrong, field in (
        ({"answered_at": now() - timedelta(days=1)}, "answered_at"),
        ({"answered_at": now() + timedelta(hours=1)}, "answered_at"),
        ({"name": " "}, "name"),
        ({"outcome": "declined"}, "reason"),
        ({"upload": SimpleUploadedFile("签字.exe", b"MZ")}, "file"),
    ):
        with pytest.raises(InvalidInput) as refused:
            paper(centre, letter, **wrong)
        assert field in refused.value.fields
    paper(centre, letter)
    view = get_letter(centre.specialist.actor, letter.public_id)
    assert view.proof is not None
    assert (view.proof.name, view.ended_way) == ("签回联络函.pdf", "paper")
    assert answer(secret).standing is Standing.REVOKED


@pytest.mark.req("LV-11")
def test_a_letter_nobody_answers_runs_out_and_the_work_still_waits(centre: Centre) -> None:
    order = on_site(centre)
    letter = draft(centre, order=order)
    secret = send(centre, letter)
    assert expire_letters(now=now() + timedelta(days=9)) == 0
    assert expire_letters(now=now() + timedelta(days=12)) == 1
    assert expire_letters(now=now() + timedelta(days=12)) == 0
    assert fresh(letter).state == "expired"
    with pytest.raises(IllegalMove):
        step(centre.technician, order, "worked")
    with pytest.raises(IllegalMove):
        answer(secret)
    answer(send(centre, draft(centre)))
    assert step(centre.technician, order, "worked").state == "worked"


@pytest.mark.req("R30", "R41")
@pytest.mark.parametrize(
    ("line", "word"),
    [
        (CostLine(" ", Decimal(1), "次", Decimal(1)), "1"),
        (CostLine("x", Decimal(0), "次", Decimal(1)), "1"),
        (CostLine("x", Decimal(-1), "次", Decimal(1)), "1"),
        (CostLine("x", Decimal(1), "次", Decimal("-0.01")), "1"),
        (CostLine("x", Decimal(1), "次", Decimal("0.001")), "1"),
        (CostLine("x", Decimal("NaN"), "次", Decimal(1)), "1"),
        (CostLine("x", Decimal(10) ** 9, "次", Decimal(1)), "1"),
    ],
)
def test_a_line_of_the_cost_that_makes_no_sense_is_named(
    centre: Centre, line: CostLine, word: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        draft(centre, costs=(line,))
    assert word in str(refused.value.fields["costs"])
    with pytest.raises(InvalidInput) as refused:
        draft(centre, findings=" ", time_needed="x" * 201, valid_until=date(2020, 1, 1))
    assert set(refused.value.fields) == {"findings", "time_needed", "valid_until"}


@pytest.mark.req("R03")
def test_a_stranger_finds_no_letter(centre: Centre) -> None:
    letter = draft(centre)
    stranger = centre.stranger.actor
    with pytest.raises(NotFound):
        get_letter(stranger, letter.public_id)
    with pytest.raises(NotFound):
        draft(centre, centre.stranger)
    with pytest.raises(NotFound):
        confirm_letter(actor=stranger, letter_id=letter.public_id, version=1, now=now())
    assert not list_letters(stranger).items


@pytest.mark.req("R39")
@pytest.mark.parametrize(
    "broken",
    [
        {"state": "sent"},
        {"state": "accepted", "ended_at": datetime(2030, 1, 1, tzinfo=UTC)},
        {"state": "gone"},
        {"total": Decimal(-1)},
        {"ended_at": datetime(2030, 1, 1, tzinfo=UTC)},
        {"wrong_at": datetime(2030, 1, 1, tzinfo=UTC)},
    ],
)
def test_the_database_refuses_a_letter_between_two_states(
    centre: Centre, broken: dict[str, object]
) -> None:
    letter = draft(centre)
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(**broken)


@pytest.mark.req("LV-11", "B-71", "G33")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_documents_say_work_time_and_cost_in_figures_and_capitals(
    centre: Centre, language: str
) -> None:
    letter = draft(centre)
    answer(send(centre, letter))
    view = get_letter(centre.specialist.actor, letter.public_id)
    pages = PdfReader(BytesIO(letter_pdf(view, language, now()))).pages
    pdf = "".join("".join(page.extract_text() for page in pages).split())
    document = Document(BytesIO(letter_docx(view, language, now())))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    lines = [one.text for one in (*document.sections[0].header.paragraphs, *document.paragraphs)]
    docx = "".join("".join([*cells, *lines]).split())
    wanted = [letter.number, "主机电源烧毁", "更换电源与防雷模块", "2个工作日", "800.00", "280.01"]
    wanted += ["1,080.01", "王磊", centre.manager.actor.name, view.content_hash[:16]]
    wanted += ["人民币壹仟零捌拾元零壹分", "联络函"] if language == "zh" else ["Letterofcontact"]
    for text in (pdf, docx):
        assert [one for one in wanted if one not in text] == []


def test_what_was_sent_is_bound_to_its_words(centre: Centre) -> None:
    letter = draft(centre)
    send(centre, letter)
    sent = fresh(letter)
    assert len(sent.content_hash) == 64
    with pytest.raises(IllegalMove):
        edit_letter(
            actor=centre.specialist.actor,
            letter_id=letter.public_id,
            version=sent.version,
            data=replace(data(), findings="别的"),
            now=now(),
        )
