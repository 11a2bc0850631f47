"""Whether people may be at sheets at the times planned for them: the hard rules, asked together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from yinuo.domains.dispatch.models import PlanLine
from yinuo.domains.network.candidates import absences_within, crowd_for, rules_broken
from yinuo.domains.network.qualification_types import Demand, Rule
from yinuo.domains.network.qualified import qualifications_for
from yinuo.domains.network.types import Actor

# What was asked of the hours when the plan was made; absences are asked anew by their times.
TIMED = (Rule.SHIFT, Rule.ABSENCE)
# Unit, product line and day of a line.
Key = tuple[int, str, date]


def broken_rules(actor: Actor, lines: Sequence[PlanLine]) -> Iterator[tuple[PlanLine, str]]:
    """The lines that a hard rule forbids by now, each with the sentence that says so.

    At most nine statements, however many lines, units and days there are.
    """
    if not lines:
        return
    begins = min(one.starts_at for one in lines if one.starts_at)
    ends = max(one.ends_at for one in lines if one.ends_at)
    away = absences_within(begins, ends)
    rules = _rules(actor, lines)
    for line in lines:
        assert line.starts_at is not None
        assert line.ends_at is not None
        if any(
            person == line.person_id and start < line.ends_at and end > line.starts_at
            for person, start, end in away
        ):
            yield line, _("Away at that time by now.")
            continue
        broken = rules[_key(line)].get(line.person_id or 0)
        if broken is None:
            yield line, _("Does not carry out work of this unit any more.")
        elif broken:
            yield line, _("Lacks a skill, certificate or tool for it by now.")


def _rules(actor: Actor, lines: Sequence[PlanLine]) -> dict[Key, dict[int, tuple[Rule, ...]]]:
    """For everybody of the lines' units the rules he breaks, by unit, product line and day."""
    first = {_key(line): line for line in lines}
    needs = qualifications_for({key[1] for key in first})
    demands = [
        Demand(unit, line.starts_at, line.ends_at, product_line, needs[product_line])
        for (unit, product_line, _on), line in first.items()
        if line.starts_at and line.ends_at
    ]
    broken = rules_broken(crowd_for(actor, demands), demands)
    return {
        key: {
            person: tuple(each for each in rules if each not in TIMED)
            for person, rules in found.items()
        }
        for key, found in zip(first, broken, strict=True)
    }


def _key(line: PlanLine) -> Key:
    assert line.starts_at is not None
    asset = line.work_order.request.asset
    on = line.starts_at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    return line.work_order.unit_id, asset.asset_class if asset else "", on
