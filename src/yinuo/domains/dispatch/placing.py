"""Whether people may be at sheets at the times planned for them: the hard rules, asked together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from yinuo.domains.dispatch.models import PlanLine
from yinuo.domains.network.candidates import absences_within, candidates_for
from yinuo.domains.network.qualification_types import Demand, Rule
from yinuo.domains.network.qualified import qualification_for
from yinuo.domains.network.types import Actor

# What was asked of the hours when the plan was made; absences are asked anew by their times.
TIMED = (Rule.SHIFT, Rule.ABSENCE)


def broken_rules(actor: Actor, lines: Sequence[PlanLine]) -> Iterator[tuple[PlanLine, str]]:
    """The lines that a hard rule forbids by now, each with the sentence that says so.

    Seven statements for each unit, product line and day, one for all absences.
    """
    if not lines:
        return
    begins = min(one.starts_at for one in lines if one.starts_at)
    ends = max(one.ends_at for one in lines if one.ends_at)
    away = absences_within(begins, ends)
    known: dict[tuple[int, str, date], dict[int, tuple[Rule, ...]]] = {}
    for line in lines:
        assert line.starts_at is not None
        assert line.ends_at is not None
        if any(
            person == line.person_id and start < line.ends_at and end > line.starts_at
            for person, start, end in away
        ):
            yield line, _("Away at that time by now.")
            continue
        broken = _rules(actor, line, known).get(line.person_id or 0)
        if broken is None:
            yield line, _("Does not carry out work of this unit any more.")
        elif broken:
            yield line, _("Lacks a skill, certificate or tool for it by now.")


def _rules(
    actor: Actor, line: PlanLine, known: dict[tuple[int, str, date], dict[int, tuple[Rule, ...]]]
) -> dict[int, tuple[Rule, ...]]:
    """For everybody of the line's unit the rules he breaks on its day."""
    assert line.starts_at is not None
    assert line.ends_at is not None
    asset = line.work_order.request.asset
    product_line = asset.asset_class if asset else ""
    on = line.starts_at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    key = line.work_order.unit_id, product_line, on
    if key not in known:
        needs = qualification_for(product_line)
        demand = Demand(key[0], line.starts_at, line.ends_at, product_line, needs)
        known[key] = {
            one.person_id: tuple(each.rule for each in one.obstacles if each.rule not in TIMED)
            for one in candidates_for(actor, demand)
        }
    return known[key]
