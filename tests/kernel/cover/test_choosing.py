"""The choice among covers, held against a selection written the slow obvious way."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yinuo.kernel.cover.candidates import (
    ITEMS,
    LABOUR,
    PARTS,
    TRAVEL,
    Candidate,
    Case,
    Kind,
    Lost,
    Period,
    Precision,
)
from yinuo.kernel.cover.choosing import choose

DAY = date(2026, 5, 1)
# A busy machine draws slowly; what is drawn is small.
patiently = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
OPEN = Period(date(2025, 1, 1))
FREE = frozenset({LABOUR, PARTS, TRAVEL})


def made(number: int = 1, kind: Kind = Kind.CONTRACT, **more: object) -> Candidate:
    given_: dict[str, object] = {"precision": Precision.CUSTOMER, "runs": OPEN, "covers": FREE}
    return Candidate(key=(number, 0), kind=kind, **{**given_, **more})  # type: ignore[arg-type]


def days(around: int = 3) -> st.SearchStrategy[date]:
    return st.integers(-around, around).map(lambda moved: DAY + timedelta(days=moved))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    begins = draw(days())
    length = draw(st.none() | st.integers(1, 4))
    return Period(begins, None if length is None else begins + timedelta(days=length))


@st.composite
def candidates(draw: st.DrawFn) -> list[Candidate]:
    some = st.frozensets(st.sampled_from(ITEMS))
    return [
        Candidate(
            key=(draw(st.integers(1, 3)), -number),
            kind=draw(st.sampled_from(Kind)),
            precision=draw(st.sampled_from(Precision)),
            runs=draw(periods()),
            covers=draw(some),
            until=draw(st.none() | days()),
            pauses=tuple(draw(st.lists(periods(), max_size=2))),
            refused=draw(st.sampled_from([None, None, Lost.EXCLUDED, Lost.TERM_OVER])),
            used_up=draw(some),
        )
        for number in range(draw(st.integers(0, 6)))
    ]


def slow_winner(known: list[Candidate], case: Case, item: str) -> Candidate | None:
    """Throw out what cannot cover, day by day; then keep the best of each quality in turn."""
    left = []
    for one in known:
        days_in = [one.runs.begins_on + timedelta(days=n) for n in range(30)]
        if one.runs.ends_on is not None:
            days_in = [day for day in days_in if day < one.runs.ends_on]
        paused = set()
        for pause in one.pauses:
            for n in range(30):
                day = pause.begins_on + timedelta(days=n)
                if pause.ends_on is None or day < pause.ends_on:
                    paused.add(day)
        able = case.day in days_in and case.day not in paused
        able = able and one.precision > 0 and item in one.covers and one.refused is None
        able = able and item not in one.used_up and not (item == "parts" and case.is_consumable)
        if able:
            left.append(one)
    for kind in ("warranty", "contract", "goodwill"):
        if same := [one for one in left if one.kind == kind]:
            left = same
            break
    for quality in (
        lambda one: int(one.precision),
        lambda one: one.runs.begins_on.toordinal(),
        lambda one: one.until.toordinal() if one.until else 10**9,
        lambda one: one.key[0],
        lambda one: one.key[1],
    ):
        most = max((quality(one) for one in left), default=0)
        left = [one for one in left if quality(one) == most]
    return left[0] if left else None


@pytest.mark.req("B-22")
@patiently
@given(candidates(), st.booleans())
def test_the_choice_is_that_of_the_slow_obvious_selection(
    known: list[Candidate], is_consumable: bool
) -> None:
    case = Case(DAY, is_consumable)
    choice = choose(known, case)
    for item in ITEMS:
        assert choice.winners[item] == slow_winner(known, case, item)


@pytest.mark.req("B-22")
@patiently
@given(candidates(), st.randoms())
def test_the_order_of_the_candidates_decides_nothing(
    known: list[Candidate], chance: object
) -> None:
    shuffled = list(known)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert choose(known, Case(DAY)).winners == choose(shuffled, Case(DAY)).winners


@pytest.mark.req("B-22")
@patiently
@given(candidates(), st.booleans())
def test_every_candidate_either_wins_an_item_or_is_told_why_not(
    known: list[Candidate], is_consumable: bool
) -> None:
    choice = choose(known, Case(DAY, is_consumable))
    for verdict in choice.verdicts:
        for item in ITEMS:
            assert (verdict.lost[item] is None) == (choice.winners[item] is verdict.candidate)


@pytest.mark.req("B-22")
@pytest.mark.parametrize(
    ("candidate", "why"),
    [
        (made(precision=Precision.ELSEWHERE), Lost.OTHER_THING),
        (made(runs=Period(DAY + timedelta(days=1))), Lost.NOT_STARTED),
        (made(runs=Period(date(2025, 1, 1), DAY)), Lost.ENDED),
        (made(pauses=(Period(DAY, DAY + timedelta(days=1)),)), Lost.SUSPENDED),
        (made(refused=Lost.EXCLUDED), Lost.EXCLUDED),
        (made(used_up=frozenset({LABOUR})), Lost.USED_UP),
        (made(covers=frozenset({PARTS})), Lost.NOT_ITEM),
    ],
)
def test_what_speaks_against_a_candidate_makes_it_paid(candidate: Candidate, why: Lost) -> None:
    choice = choose([candidate], Case(DAY))
    assert choice.winners[LABOUR] is None
    assert choice.verdicts[0].lost[LABOUR] is why


@pytest.mark.req("B-22")
@pytest.mark.parametrize(
    ("better", "why"),
    [
        (made(2, Kind.WARRANTY), Lost.WEAKER),
        (made(2, precision=Precision.ASSET), Lost.LESS_PRECISE),
        (made(2, runs=Period(date(2026, 1, 1))), Lost.STARTED_EARLIER),
        (made(2), Lost.ENTERED_EARLIER),
    ],
)
def test_of_overlapping_covers_the_better_one_wins(better: Candidate, why: Lost) -> None:
    choice = choose([made(1), better], Case(DAY))
    assert choice.winners[LABOUR] is better
    assert choice.verdicts[0].lost[LABOUR] is why


@pytest.mark.req("B-22")
def test_a_contract_covers_its_first_day_and_not_the_day_it_ends_on() -> None:
    one = made(runs=Period(DAY, DAY + timedelta(days=1)))
    covered = {
        moved: choose([one], Case(DAY + timedelta(days=moved))).winners[LABOUR] is not None
        for moved in (-1, 0, 1)
    }
    assert covered == {-1: False, 0: True, 1: False}


@pytest.mark.req("B-22")
def test_each_part_of_the_bill_has_a_cover_of_its_own() -> None:
    parts = made(1, Kind.WARRANTY, covers=frozenset({PARTS}))
    work = made(2, covers=frozenset({LABOUR, TRAVEL}))
    winners = choose([parts, work], Case(DAY)).winners
    assert (winners[PARTS], winners[LABOUR], winners[TRAVEL]) == (parts, work, work)


@pytest.mark.req("B-22")
def test_consumables_are_paid_though_the_work_is_covered() -> None:
    one = made(1, Kind.WARRANTY)
    choice = choose([one], Case(DAY, is_consumable=True))
    assert choice.winners[PARTS] is None
    assert choice.winners[LABOUR] is one
    assert choice.verdicts[0].lost[PARTS] is Lost.CONSUMABLE
