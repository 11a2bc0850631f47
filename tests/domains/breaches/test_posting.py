"""The ledger follows what the kernel says by further rows, never by changing one."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from tests.factories import make_company
from tests.factories.breaches import (
    AGREED,
    ANSWERED,
    CALLED,
    RESTORED,
    Signs,
    clock,
    make_signs,
)

from yinuo.domains.breaches.models import Breach, Entry, Share
from yinuo.domains.breaches.selectors import Narrowed, get_breach, list_breaches
from yinuo.domains.contracts.services import SupplementData, add_supplement
from yinuo.domains.network.types import SYSTEM
from yinuo.domains.obligations.services import act_on_due
from yinuo.domains.obligations.services.recording import record_facts
from yinuo.domains.requests.types import StepFact
from yinuo.platform.identifiers import new_public_id

ONE_PER_CENT = Decimal("4860.00")


@pytest.fixture
def signs(db: None) -> Signs:
    return make_signs(make_company())


def entries(clause: str) -> list[tuple[str, Decimal]]:
    rows = Entry.objects.filter(breach__clause=clause).order_by("id")
    return [(row.kind, row.amount) for row in rows]


def ledger() -> Decimal:
    return sum(Breach.objects.values_list("amount", flat=True), Decimal(0))


@pytest.mark.req("SG-10", "B-08", "R41")
def test_each_miss_of_story_2_is_posted_when_it_happens(signs: Signs) -> None:
    request = signs.open()
    assert act_on_due(now=clock("07-11 13:00:01"))
    assert entries("respond") == [("posted", ONE_PER_CENT)]
    assert entries("measures") == []
    signs.record(request, StepFact("responded", ANSWERED), now=ANSWERED)
    assert signs.breach("respond").late_seconds == 80 * 60
    assert signs.breach("respond").ended_at == ANSWERED
    assert entries("respond") == [("posted", ONE_PER_CENT)]
    until = StepFact("restoration_agreed", clock("07-11 16:40"), {"until": AGREED.isoformat()})
    signs.record(request, until, now=clock("07-11 16:40"))
    assert ledger() == ONE_PER_CENT
    act_on_due(now=AGREED + timedelta(seconds=1))
    assert ledger() == 2 * ONE_PER_CENT
    signs.record(request, StepFact("restored", RESTORED), now=RESTORED)
    assert entries("restore") == [("posted", ONE_PER_CENT), ("posted", ONE_PER_CENT)]
    assert ledger() == Decimal("14580.00")
    assert not Breach.objects.filter(clause="prevented").exists()


@pytest.mark.req("R41")
def test_posting_again_posts_nothing(signs: Signs) -> None:
    request = signs.live_through()
    before = list(Entry.objects.values_list("public_id", flat=True))
    for hours in range(3):
        later = RESTORED + timedelta(hours=hours)
        record_facts(request.public_id, [], actor=SYSTEM, now=later)
        act_on_due(now=later)
    assert list(Entry.objects.values_list("public_id", flat=True)) == before
    assert ledger() == Decimal("14580.00")


@pytest.mark.req("R42")
def test_a_late_fact_posts_the_difference_and_takes_back_what_no_longer_holds(
    signs: Signs,
) -> None:
    request = signs.live_through()
    now = RESTORED + timedelta(hours=2)
    first = list(Entry.objects.order_by("id").values_list("id", "amount"))
    signs.record(request, StepFact("responded", clock("07-11 12:59")), now=now)
    assert entries("respond") == [("posted", ONE_PER_CENT), ("posted", -ONE_PER_CENT)]
    breach = signs.breach("respond")
    assert (breach.state, breach.amount) == ("withdrawn", Decimal("0.00"))
    assert ledger() == 2 * ONE_PER_CENT
    assert list(Entry.objects.order_by("id").values_list("id", "amount"))[: len(first)] == first


@pytest.mark.req("R41")
def test_the_database_takes_no_second_entry_of_the_same_place_and_no_wrong_sum(
    signs: Signs,
) -> None:
    signs.live_through()
    row = Entry.objects.filter(breach__clause="respond").get()
    wrong = [
        {"sequence": row.sequence},
        {"sequence": 2, "sum_before": row.sum_after, "sum_after": row.sum_after},
        {"sequence": 2, "sum_before": row.sum_after, "sum_after": row.sum_after, "amount": 0},
    ]
    for changes in wrong:
        copy = Entry.objects.get(pk=row.pk)
        copy.pk, copy.public_id = None, new_public_id()
        for name, value in changes.items():
            setattr(copy, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            copy.save(force_insert=True)


@pytest.mark.req("B-09")
def test_the_minutes_of_the_legs_are_the_minutes_late(signs: Signs) -> None:
    signs.live_through()
    for breach in Breach.objects.all():
        shares = Share.objects.filter(breach=breach)
        assert sum(one.late_seconds for one in shares) == breach.late_seconds
        running = (breach.ended_at - breach.started_at).total_seconds()
        assert sum(one.seconds for one in shares) == Decimal(str(running))
        assert {one.leg for one in shares} == {"headquarters"}


def test_the_supplement_half_way_counts_for_cases_that_begin_after_it(signs: Signs) -> None:
    signs.live_through()
    add_supplement(
        actor=signs.consultant.actor,
        contract_id=signs.contract.public_id,
        data=SupplementData("BC-1", date(2026, 8, 1), total=Decimal("500000.00")),
        now=clock("07-31 09:00"),
    )
    signs.open(clock("08-02 09:00"))
    act_on_due(now=clock("08-02 13:00:01"))
    amounts = (
        Breach.objects.filter(clause="respond").order_by("id").values_list("amount", flat=True)
    )
    assert list(amounts) == [ONE_PER_CENT, Decimal("5000.00")]
    assert clock("08-02 09:00") > CALLED


@pytest.mark.req("SG-12", "B-08")
def test_papers_missed_one_by_one_say_which_and_evidence_is_in_both_languages(
    signs: Signs,
) -> None:
    signs.live_through()
    act_on_due(now=RESTORED + timedelta(days=1, seconds=1))
    rows = list_breaches(signs.director.actor, Narrowed(clause="repair_record")).items
    assert sorted(one.title_zh.partition("：")[2] for one in rows) == sorted(
        ["现场照片", "安装步骤图", "故障分析", "维修流程"]
    )
    restore = get_breach(signs.director.actor, signs.breach("restore").public_id)
    assert [(one.zh, one.en) for one in restore.evidence] == [
        ("双方签字的约定", "signed agreement")
    ]
