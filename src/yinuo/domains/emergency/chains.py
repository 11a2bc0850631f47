"""The chain a plan runs by, and the instants of its waiting step: limit and escalation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.emergency.models import EmergencyPlan
from yinuo.kernel.emergency import ChainState, Place
from yinuo.kernel.evaluation.clocks import Clock
from yinuo.kernel.evaluation.ladder import Ladder, Rung
from yinuo.kernel.plan.emergency import EmergencyChain, EmergencyStep
from yinuo.kernel.plan.plan import Plan
from yinuo.kernel.plan.selectors import fits
from yinuo.kernel.plan.text import Text
from yinuo.kernel.plan.words import ROLES
from yinuo.platform.errors import NotFound

# Roles of plans that have another name among the roles of people.
_HELD_AS = {
    "support_manager": "customer_support_manager",
    "expert": "technical_supervisor",
    "development_engineer": "system_engineer",
    "salesperson": "account_manager",
    "return_visitor": "quality",
    "consultant": "service_consultant",
}
# A step without a limit is never over due.
_NEVER = timedelta(days=36_500)


def chain_in(plan: Plan | None) -> EmergencyChain | None:
    """The chain a service plan has, None when its vendor works without one."""
    return plan.emergency if plan else None


def plan_behind(plan_version_id: int | None) -> Plan | None:
    """The service plan of that version, None without one."""
    return compiled_plan(plan_version_id).plan if plan_version_id else None


def chain_of(row: EmergencyPlan) -> EmergencyChain:
    """The chain this emergency plan runs by: that of the version it was opened under."""
    chain = chain_in(plan_behind(row.plan_version_id))
    if chain is None:
        raise NotFound
    return chain


def place_of(row: EmergencyPlan) -> Place:
    """Where the plan stands."""
    return Place(ChainState(row.state), row.position)


def needs_plan(chain: EmergencyChain, known: Mapping[str, Any]) -> bool:
    """Whether a request with these selectors needs an emergency plan."""
    return fits(chain.applies_to, known)


def held_as(roles: tuple[str, ...]) -> tuple[str, ...]:
    """The codes under which people hold the roles a plan names."""
    return tuple(_HELD_AS.get(role, role) for role in roles)


def role_titles(roles: tuple[str, ...], plan: Plan | None) -> tuple[Text, ...]:
    """Names of roles, the plan's own words first."""
    own = {code: text for table, code, text in (plan.words if plan else ()) if table == "roles"}
    return tuple(own.get(role) or ROLES.get(role) or Text(role, role) for role in roles)


def due_of(step: EmergencyStep, since: datetime) -> datetime | None:
    """Until when a step that waits since then is to be done; None without a limit."""
    if step.limit is None:
        return None
    return _clock().move(since, step.limit.number, step.limit.unit, ())


def rungs_until(
    chain: EmergencyChain, step: EmergencyStep, since: datetime, until: datetime
) -> tuple[Rung, ...]:
    """The steps of the ladder that the waiting step has come to."""
    due = due_of(step, since) or since + _NEVER
    return Ladder(chain.ladder).rungs(until, since, due, _clock(), ())


def next_escalation(
    chain: EmergencyChain, step: EmergencyStep | None, since: datetime, now: datetime
) -> datetime | None:
    """The next instant after `now` at which the waiting step escalates, None when it will not."""
    if step is None:
        return None
    due = due_of(step, since) or since + _NEVER
    at, _name = Ladder(chain.ladder).next_after(now, since, due, _clock(), ())
    return None if at is None or at >= since + _NEVER else at


def _clock() -> Clock:
    return Clock(None, ZoneInfo(settings.TIME_ZONE))
