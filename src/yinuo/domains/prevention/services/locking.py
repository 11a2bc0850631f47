"""A due visit under its lock, for whoever may plan visits in its unit."""

from __future__ import annotations

from django.utils.translation import gettext as _

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.prevention.models import DueVisit
from yinuo.domains.prevention.policies import visible_due_visits
from yinuo.domains.prevention.types import OPEN
from yinuo.platform.errors import Conflict, IllegalMove
from yinuo.platform.scoped import one_of

_RELATED = (
    *("series__site", "series__asset__site", "series__contract", "series__contact"),
    *("series__customer", "series__person", "sheet"),
)


def locked_visit(actor: Actor, visit_id: object, version: int | None, *states: str) -> DueVisit:
    """The visit, locked, in one of these states (any open one when none is named).

    Raises NotFound, Conflict for another version, IllegalMove in another state.
    """
    seen = visible_due_visits(actor, Permission.PREVENTION_WRITE)
    visit = one_of(seen.select_for_update(of=("self",)).select_related(*_RELATED), visit_id)
    if version is not None and visit.version != version:
        raise Conflict(details={"yours": version, "present": visit.version})
    if visit.state not in (states or OPEN):
        raise IllegalMove(
            _("This visit is past that step: look at how it stands."),
            details={"state": visit.state},
        )
    return visit
