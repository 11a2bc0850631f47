"""The gate: without the approval nobody is assigned and no part released (BP-07)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from yinuo.domains.emergency.chains import (
    chain_in,
    chain_of,
    needs_plan,
    place_of,
    plan_behind,
)
from yinuo.domains.emergency.models import EmergencyPlan
from yinuo.kernel.emergency import ChainState, is_gate_open
from yinuo.platform.errors import IllegalMove


@dataclass(frozen=True, slots=True)
class Gate:
    """Whether a request needs an emergency plan and whether people and parts are released."""

    is_needed: bool
    is_open: bool
    number: str = ""
    approved_at: datetime | None = None
    approved_by: str = ""


def gate_of(request: Any) -> Gate:
    """The gate of a request (its row, read through a policy).

    Open where the plan of the contract asks for no emergency plan of such a request and none runs.
    """
    plans = EmergencyPlan.objects.filter(request_id=request.pk)
    row = plans.exclude(state=ChainState.WITHDRAWN.value).order_by("-id").first()
    if row is not None:
        is_open = is_gate_open(place_of(row), chain_of(row))
        return Gate(True, is_open, row.number, row.approved_at, row.approved_by)
    chain = chain_in(plan_behind(request.plan_version_id))
    needed = chain is not None and needs_plan(chain, known_of(request))
    return Gate(needed, not needed)


def require_people_released(request: Any) -> None:
    """Pass when people may be assigned to this request's work; IllegalMove, saying why, else."""
    gate = gate_of(request)
    if not gate.is_open:
        raise IllegalMove(
            _("Nobody can be assigned yet: %(why)s") % {"why": _why(gate)},
            details={"emergency_plan": gate.number},
        )


def require_parts_released(request: Any) -> None:
    """Pass when parts may leave for this request; IllegalMove, saying why, else."""
    gate = gate_of(request)
    if not gate.is_open:
        raise IllegalMove(
            _("No part can be released yet: %(why)s") % {"why": _why(gate)},
            details={"emergency_plan": gate.number},
        )


def known_of(request: Any) -> dict[str, Any]:
    """What the plan's condition may ask about a request."""
    return {
        "level": request.level or None,
        "category": request.category or None,
        "request_kind": request.kind,
        "channel": request.channel,
    }


def _why(gate: Gate) -> str:
    if not gate.number:
        return _("this request needs an emergency plan, and none was asked for.")
    return _("emergency plan %(number)s is not approved.") % {"number": gate.number}
