"""How long a request may be reopened: the plan's days, or the product's default."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.contracts.terms import get_terms
from yinuo.domains.obligations.types import FactView
from yinuo.domains.requests.models import Request
from yinuo.platform.errors import IllegalMove

# A plan says otherwise by a parameter of this name, counted in days; a contract may override it.
PARAMETER = "reopen_days"
DEFAULT_DAYS = 30


def reopen_days(request: Request) -> int:
    """Days after restoration within which the same trouble is still the same request."""
    if request.plan_version_id is None:
        return DEFAULT_DAYS
    if request.contract_id is not None:
        agreed = get_terms(request.contract_id).parameters.get(PARAMETER)
        if agreed is not None:
            return int(agreed)
    plan = compiled_plan(request.plan_version_id).plan
    default = next((one.default for one in plan.parameters if one.name == PARAMETER), None)
    return DEFAULT_DAYS if default is None else int(default)


def reopen_until(request: Request, counting: Sequence[FactView]) -> datetime | None:
    """The last instant at which it may be reopened; None when it was not restored yet."""
    ended = [fact.occurred_at for fact in counting if fact.kind == "restored"]
    return ended[-1] + timedelta(days=reopen_days(request)) if ended else None


def require_reopenable(request: Request, counting: Sequence[FactView], at: datetime) -> None:
    """Raises IllegalMove when `at` lies beyond the days."""
    until = reopen_until(request, counting)
    if until is not None and at > until:
        days = reopen_days(request)
        raise IllegalMove(
            _("It was restored more than %(days)s days ago. Open a new request.") % {"days": days},
            details={"reopen_until": until.isoformat()},
        )
