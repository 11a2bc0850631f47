"""A region planned in parts or as a whole in the same processor time: what each plan costs.

    python -m bench.regions [--sheets 900] [--people 150] [--seconds 18] [--whole 18]
                            [--seeds 1] [--json]

A generated region: sheets at random places under three product lines, half of them promised within
the day, and people who live among them, of whom not everybody may do everything. It is cut as the
product cuts it, with a largest part of its own, and the parts share the time; both plans are billed
by the same rule. `--whole` gives the search of the whole other seconds than the parts have
together: with 600 it is the long search that a plan of a minute is held against. Seconds are
processor seconds, so that the machine's load tells little.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import numpy as np

from yinuo.kernel.dispatch.coordinates import distance_km
from yinuo.kernel.dispatch.routes import of_seconds, plan, warm_up
from yinuo.kernel.dispatch.travel import Travel
from yinuo.platform.positions import Position

if TYPE_CHECKING:
    from yinuo.domains.dispatch.planning.gathering import Gathered

DAY = date(2026, 11, 24)
BEGINS = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)
LINES, SPECIAL = ("甲", "乙", "丙"), 0.4
SHEETS_EACH, HOURS, PRICE = 6, 9, (Decimal(100), Decimal(500), Decimal(2000))
SOUTH, WEST, NORTHWARD, EASTWARD = 31.0, 121.0, 0.4, 0.8


def main() -> int:
    """Measure, print; 1 when a sheet is in no part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sheets", type=int, default=900)
    parser.add_argument("--largest", type=int, default=600)
    parser.add_argument("--people", type=int)
    parser.add_argument("--seconds", type=float, default=18)
    parser.add_argument("--whole", type=float)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yinuo.config.settings")
    import django

    django.setup()
    from yinuo.domains.dispatch.planning import splitting

    warm_up()
    figures = []
    for seed in range(1, options.seeds + 1):
        whole = region(options.sheets, options.people or options.sheets // SHEETS_EACH, seed)
        splitting.LARGEST = options.largest
        parts = splitting.parts_of(whole)
        if sum(len(part.sheets) for part in parts) != options.sheets:
            return 1
        cut = yuan(parts, options.seconds)
        uncut = yuan([whole], options.whole or options.seconds)
        above = round((cut / uncut - 1) * 100, 2)
        found = {"parts": len(parts), "in_parts_yuan": cut, "whole_yuan": uncut, "above": above}
        figures.append(found)
    if options.json:
        print(json.dumps(figures))
    else:
        for one in figures:
            print("  ".join(f"{name} {value}" for name, value in one.items()))
    return 0


def region(sheets: int, crew: int, seed: int) -> Gathered:
    """The problem of one day for a crew, as it would be read from the database."""
    from yinuo.domains.dispatch.planning.gathering import Gathered
    from yinuo.domains.dispatch.weighing import Figures, Weighing
    from yinuo.domains.network.performers import PlannedUnit
    from yinuo.domains.network.qualification_types import QualificationData, Rule
    from yinuo.domains.obligations.arrival import PromisedArrival

    random = Random(seed)
    numbers, people = range(1, sheets + 1), range(1, crew + 1)
    lacks: dict[str, dict[int, tuple[Rule, ...]]] = {LINES[0]: dict.fromkeys(people, ())}
    for line in LINES[1:]:
        lacks[line] = {one: () if random.random() < SPECIAL else (Rule.SKILL,) for one in people}
    due = {one: BEGINS + timedelta(hours=random.choice((2, 4, 6, 8))) for one in numbers}
    return Gathered(
        unit=PlannedUnit(1, uuid4(), "", "/1/"),
        now=BEGINS,
        days=(DAY,),
        weighing=Weighing(1, Figures()),
        sheets=tuple(_sheet(number, random) for number in numbers),
        rows=tuple(_row(person, random) for person in people),
        needs={line: QualificationData(line, visit_minutes=60) for line in LINES},
        booked={},
        arrivals={one: (PromisedArrival(due[one], PRICE),) if one % 2 else () for one in numbers},
        familiar=dict.fromkeys(numbers, frozenset()),
        broken_rules={(1, line, DAY): broken for line, broken in lacks.items()},
    )


def _place(random: Random) -> Position:
    north, east = SOUTH + NORTHWARD * random.random(), WEST + EASTWARD * random.random()
    return Position(Decimal(f"{north:.6f}"), Decimal(f"{east:.6f}"))


def _sheet(number: int, random: Random) -> Any:
    from yinuo.domains.fieldwork.planning import OpenSheet

    place = _place(random)
    return OpenSheet(
        id=number,
        public_id=uuid4(),
        version=1,
        number=f"W-{number}",
        state="drafted",
        unit_id=1,
        customer_id=1,
        customer_name="",
        site_name="",
        request_public_id=uuid4(),
        product_line=random.choice(LINES),
        latitude=place.latitude,
        longitude=place.longitude,
        agreed_for=None,
        service_at=None,
        issued_at=BEGINS,
        departed_at=None,
        arrived_at=None,
        person_id=None,
        person_public_id=None,
        person_name="",
    )


def _row(person: int, random: Random) -> Any:
    from yinuo.domains.dispatch.planning.gathering import Row
    from yinuo.domains.network.performers import Performer

    who = Performer(person, uuid4(), "", "", 1, "", _place(random), ())
    return Row(who, DAY, BEGINS, BEGINS + timedelta(hours=HOURS), (), (), None, 8_000)


def yuan(parts: list[Gathered], seconds: float) -> int:
    """What the plans of the parts cost together, each searched for its share of the time."""
    from yinuo.domains.dispatch.planning.casing import cased, places_of
    from yinuo.domains.dispatch.planning.proposing import KINDS, bill

    total = 0
    for part in parts:
        places = np.array(places_of(part), dtype=np.float64)
        north, east = places[:, 0], places[:, 1]
        straight = distance_km(north[:, None], east[:, None], north[None, :], east[None, :])
        ways = Travel().seconds_for(straight, 10)
        np.fill_diagonal(ways, 0)
        case = cased(part, ways, holds=True)
        effort = of_seconds(seconds / len(parts), time.process_time)
        amounts = bill(case, plan(case.case, seed=7, effort=effort).orders)
        total += sum(amounts[kind] for kind in KINDS)
    return total // 100


if __name__ == "__main__":
    raise SystemExit(main())
