"""Correcting in whose hands a promise was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from yinuo.domains.breaches.keeping import kept_stretches, stretches_of
from yinuo.domains.breaches.models import Breach, LegCorrection, Share
from yinuo.domains.breaches.policies import OWN_MISS, caused_by, visible_breaches
from yinuo.domains.breaches.services.checking import reason_of
from yinuo.domains.breaches.shares import share_rows
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require, visible_units
from yinuo.domains.network.types import Actor
from yinuo.kernel.attribution import Holder, Leg, Stretch
from yinuo.platform.errors import Conflict, Forbidden, InvalidInput
from yinuo.platform.journal.work import writing
from yinuo.platform.scoped import one_of

_OWN = frozenset({Leg.HEADQUARTERS, Leg.CENTRE, Leg.PARTNER})


@dataclass(frozen=True, slots=True)
class LegData:
    """Who held a promise between two instants; `unit_id` (public) for a leg of our own."""

    begins_at: datetime
    ends_at: datetime
    leg: str
    unit_id: object = None
    reason: str = ""


def correct_leg(
    *, actor: Actor, breach_id: object, data: LegData, version: int, now: datetime
) -> Breach:
    """Say that somebody else held the promise for a while; the shares follow at once and stay.

    The minutes only change hands: they still add up to the running time. Raises NotFound;
    Forbidden, also to the one who caused the miss; Conflict, InvalidInput by field.
    """
    said = reason_of(data.reason)
    with writing(actor=actor, now=now) as work:
        rows = visible_breaches(actor).select_for_update(of=("self",))
        breach = one_of(rows, breach_id)
        require(actor, Permission.BREACH_WRITE, breach.unit_id)
        if caused_by(breach, actor):
            raise Forbidden(OWN_MISS)
        if breach.version != version:
            raise Conflict(details={"yours": version, "present": breach.version})
        leg = _checked(data, breach)
        unit = one_of(visible_units(actor), data.unit_id) if data.unit_id else None
        work.add(
            LegCorrection(
                breach=breach,
                begins_at=data.begins_at,
                ends_at=data.ends_at,
                leg=leg.value,
                unit=unit,
                reason=said,
                at=now,
                actor_label=actor.label,
            )
        )
        holder = Holder(leg, str(unit.pk) if unit else "")
        found = replaced(stretches_of(breach.stretches), data.begins_at, data.ends_at, holder)
        Share.objects.filter(breach=breach).delete()
        work.add(*share_rows(breach, found, breach.due_at))
        breach.stretches = kept_stretches(found)
        breach.version += 1
        breach.save(update_fields=["stretches", "version"])
        after = {"leg": leg.value, "from": str(data.begins_at), "to": str(data.ends_at)}
        work.audit("breach.leg_corrected", breach, after=after, reason=said)
        return breach


def _checked(data: LegData, breach: Breach) -> Leg:
    problems = {}
    known = stretches_of(breach.stretches)
    if data.leg not in set(Leg):
        problems["leg"] = _("Choose one.")
    elif bool(data.unit_id) is not (Leg(data.leg) in _OWN):
        problems["unit_id"] = _("Name the unit for a leg of our own, and none for others.")
    if data.ends_at <= data.begins_at:
        problems["ends_at"] = _("The end comes after the beginning.")
    elif not known or data.ends_at <= known[0].begins_at or data.begins_at >= known[-1].ends_at:
        problems["begins_at"] = _("The promise did not run at that time.")
    if problems:
        raise InvalidInput(problems)
    return Leg(data.leg)


def replaced(
    found: tuple[Stretch, ...], begins_at: datetime, ends_at: datetime, holder: Holder
) -> tuple[Stretch, ...]:
    """The stretches with what lies in [begins_at, ends_at) in other hands; the whole stays."""
    first, last = found[0].begins_at, found[-1].ends_at
    begins_at, ends_at = max(begins_at, first), min(ends_at, last)
    before = [one._replace(ends_at=min(one.ends_at, begins_at)) for one in found]
    after = [one._replace(begins_at=max(one.begins_at, ends_at)) for one in found]
    whole = [*before, Stretch(begins_at, ends_at, holder, "corrected", True), *after]
    return tuple(one for one in whole if one.begins_at < one.ends_at)
