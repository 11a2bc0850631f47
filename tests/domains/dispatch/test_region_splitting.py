"""A region with more sheets than one search handles is cut so that nothing is lost or doubled."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from uuid import uuid4

import pytest

from yinuo.domains.dispatch.planning import splitting
from yinuo.domains.dispatch.planning.gathering import Gathered, Row
from yinuo.domains.dispatch.weighing import Figures, Weighing
from yinuo.domains.fieldwork.planning import OpenSheet
from yinuo.domains.network.performers import Performer, PlannedUnit
from yinuo.domains.network.qualification_types import Rule
from yinuo.platform.positions import Position

DAY = date(2026, 11, 24)
BEGINS = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)
LARGEST = 40


def sheet(number: int, random: Random) -> OpenSheet:
    known = random.random() < 0.9
    held = number % 7 == 0
    return OpenSheet(
        id=number,
        public_id=uuid4(),
        version=1,
        number=f"W-{number}",
        state="accepted" if held else "drafted",
        unit_id=1,
        customer_id=1,
        customer_name="",
        site_name="",
        request_public_id=uuid4(),
        product_line=random.choice(["甲", "乙"]),
        latitude=Decimal(f"{31 + random.random():.6f}") if known else None,
        longitude=Decimal(f"{120 + 2 * random.random():.6f}") if known else None,
        agreed_for=None,
        service_at=None,
        issued_at=BEGINS,
        departed_at=None,
        arrived_at=None,
        person_id=1 + number % 20 if held else None,
        person_public_id=None,
        person_name="",
    )


def row(person: int, random: Random) -> Row:
    home = Position(
        Decimal(f"{31 + random.random():.6f}"), Decimal(f"{120 + 2 * random.random():.6f}")
    )
    who = Performer(person, uuid4(), "", "", 1, "", home if person % 9 else None, ())
    ends = BEGINS + timedelta(hours=4 + 2 * (person % 3))
    return Row(who, DAY, BEGINS, ends, (), (), None, 8_000)


def region(sheets: int, people: int, able: frozenset[int], seed: int) -> Gathered:
    """Of product line 乙 only the people named are able, of 甲 everybody."""
    random = Random(seed)
    lacking = {one: (() if one in able else (Rule.SKILL,)) for one in range(1, people + 1)}
    return Gathered(
        unit=PlannedUnit(1, uuid4(), "", "/1/"),
        now=BEGINS,
        days=(DAY,),
        weighing=Weighing(1, Figures()),
        sheets=tuple(sheet(number, random) for number in range(1, sheets + 1)),
        rows=tuple(row(person, random) for person in range(1, people + 1)),
        needs={},
        booked={},
        arrivals={},
        familiar={},
        broken_rules={(1, "甲", DAY): dict.fromkeys(lacking, ()), (1, "乙", DAY): lacking},
    )


@pytest.mark.req("B-32")
@pytest.mark.parametrize("seed", range(6))
def test_every_sheet_and_person_is_in_one_part_with_somebody_who_may_do_it(
    monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(splitting, "LARGEST", LARGEST)
    whole = region(300, 30, frozenset({3, 11, 25}), seed)
    parts = splitting.parts_of(whole)
    assert len(parts) > 4
    assert sorted(one.id for part in parts for one in part.sheets) == list(range(1, 301))
    people = [one.person.person_id for part in parts for one in part.rows]
    assert sorted(people) == list(range(1, 31))
    for part in parts:
        here = {one.person.person_id for one in part.rows}
        for each in part.sheets:
            assert each.person_id is None or each.person_id in here
            if each.person_id is None:
                assert any(part.broken(each, person, DAY) == () for person in here)


@pytest.mark.req("B-32")
def test_parts_are_about_as_large_and_lie_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(splitting, "LARGEST", LARGEST)
    everybody = frozenset(range(1, 31))
    parts = splitting.parts_of(region(300, 30, everybody, 1))
    sizes = [len(part.sheets) for part in parts]
    assert max(sizes) <= LARGEST
    hours = [sum((one.ends - one.begins).total_seconds() for one in part.rows) for part in parts]
    shares = [size / 300 / (spent / sum(hours)) for size, spent in zip(sizes, hours, strict=True)]
    assert all(0.5 < share < 2 for share in shares)


@pytest.mark.parametrize(("sheets", "people"), [(LARGEST, 30), (300, 1), (0, 3), (5, 0)])
def test_what_is_small_or_one_person_s_stays_whole(
    monkeypatch: pytest.MonkeyPatch, sheets: int, people: int
) -> None:
    monkeypatch.setattr(splitting, "LARGEST", LARGEST)
    whole = region(sheets, people, frozenset(), 1)
    assert splitting.parts_of(whole) == [whole]
