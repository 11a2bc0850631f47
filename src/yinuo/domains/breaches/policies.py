"""Which breaches an actor sees, which steps he may take, and what is too near to him."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from yinuo.domains.breaches.models import Breach, Entry, Right
from yinuo.domains.breaches.types import EntryKind
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.kernel.breach_states import BREACH_STEPS, BreachState
from yinuo.platform.errors import Conflict, Forbidden
from yinuo.platform.scoped import one_of

# Steps that people take, each with its right; a waiver in part or whole is one act.
RIGHTS = {
    "approved": Permission.BREACH_APPROVE,
    "waived": Permission.BREACH_WAIVE,
    "disputed": Permission.BREACH_WRITE,
    "dispute_upheld": Permission.BREACH_APPROVE,
    "dispute_rejected": Permission.BREACH_APPROVE,
    "corrected": Permission.BREACH_WRITE,
    "loss_recorded": Permission.BREACH_WRITE,
}
# What nobody decides about his own miss.
OWN_MISS = _("You caused this miss yourself; somebody else decides about it.")
# Four eyes: what one person takes off or adds, another one approves.
OWN_CHANGE = _("You entered a change of this breach yourself; somebody else approves it.")
_CHANGES = (EntryKind.CORRECTION.value, EntryKind.LOSS.value)
_DECISIONS = frozenset({"approved", "waived", "dispute_upheld", "dispute_rejected"})


def visible_breaches(
    actor: Actor, permission: Permission = Permission.BREACH_READ
) -> QuerySet[Breach]:
    """Breaches of the units where the actor holds the right."""
    return Breach.objects.filter(unit_id__any=actor.units_for(permission))


def visible_entries(actor: Actor) -> QuerySet[Entry]:
    """Entries of visible breaches."""
    return Entry.objects.filter(breach__unit_id__any=actor.units_for(Permission.BREACH_READ))


def visible_rights(actor: Actor) -> QuerySet[Right]:
    """Rights that are not money of visible breaches."""
    return Right.objects.filter(breach__unit_id__any=actor.units_for(Permission.BREACH_READ))


def caused_by(breach: Breach, actor: Actor) -> bool:
    """Whether the actor was in charge when it was missed, or recorded the step that came late."""
    if breach.owner_id is not None and breach.owner_id == actor.person_id:
        return True
    return breach.recorded_by is not None and breach.recorded_by == actor.user_id


def has_own_change(breach: Breach, actor: Actor) -> bool:
    """Whether a correction or loss that waits for approval was entered by the actor himself."""
    waiting = breach.entries.filter(kind__in=_CHANGES, approval=None)
    return waiting.filter(user_id=actor.user_id, user_id__isnull=False).exists()


def next_steps(
    actor: Actor, breach: Breach, *, has_unapproved: bool, is_own_change: bool
) -> tuple[str, ...]:
    """The steps possible in the breach's state and allowed to the actor."""
    state = BreachState(breach.state)
    is_own = caused_by(breach, actor)
    found = []
    for kind, right in RIGHTS.items():
        if BREACH_STEPS[kind].after(state) is None or not actor.may(right, breach.unit_id):
            continue
        if kind in _DECISIONS and is_own:
            continue
        if kind == "approved" and (
            is_own_change or (not has_unapproved and state is BreachState.WITHDRAWN)
        ):
            continue
        if kind == "waived" and breach.amount <= 0:
            continue
        found.append(kind)
    return tuple(found)


def locked_breach(actor: Actor, breach_id: object, kind: str, version: int | None) -> Breach:
    """The visible breach on which the actor may take a step of this kind, locked.

    Raises NotFound, Forbidden (also to the one who caused it, where it is a decision), or Conflict
    when he was looking at another version (R38).
    """
    rows = visible_breaches(actor).select_related("unit", "customer")
    breach = one_of(rows.select_for_update(of=("self",)), breach_id)
    require(actor, RIGHTS[kind], breach.unit_id)
    if version is not None and breach.version != version:
        raise Conflict(details={"yours": version, "present": breach.version})
    if kind in _DECISIONS and caused_by(breach, actor):
        raise Forbidden(OWN_MISS)
    return breach
