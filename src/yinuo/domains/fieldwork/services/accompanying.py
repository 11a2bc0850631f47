"""Who goes along to a visit: named by whoever sends, each with the hours he worked there."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from yinuo.domains.fieldwork.models import Companion, WorkOrder
from yinuo.domains.fieldwork.services.issuing import SUBJECT_TYPE
from yinuo.domains.fieldwork.services.moving import happened_at, locked_order
from yinuo.domains.network.holders import Holder, holders_of
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.roster import read_roster
from yinuo.domains.network.types import Actor
from yinuo.domains.notices.services import notify
from yinuo.domains.notices.types import Telling
from yinuo.kernel.work_states import BEFORE_VISIT, UNSIGNED, WorkOrderState
from yinuo.platform.errors import IllegalMove, InvalidInput, NotFound
from yinuo.platform.identifiers import parse_public_id
from yinuo.platform.journal.work import Work, stored, writing

TOPIC = "work_order.companion"
MOST_COMPANIONS = 9
LOGGED_IN = frozenset({WorkOrderState.WORKED, WorkOrderState.SIGNED, WorkOrderState.RETURNED})


def name_companions(
    *,
    actor: Actor,
    work_order_id: object,
    person_ids: Collection[object],
    version: int | None,
    now: datetime,
) -> tuple[WorkOrder, list[Holder]]:
    """Let exactly these people go along; gives the sheet, locked, and who was not named before.

    Their time is dispatch's to keep. Raises NotFound for somebody who does not carry out work of
    the unit, InvalidInput for the lead himself or too many, IllegalMove once the visit is under
    way, Conflict for a stale sheet, Forbidden.
    """
    with writing(actor=actor, now=now) as work:
        order = locked_order(actor, work_order_id, version)
        require(actor, Permission.WORK_ORDER_ASSIGN, order.unit_id)
        if WorkOrderState(order.state) not in BEFORE_VISIT:
            raise IllegalMove(_("This visit is under way or over. Who goes along stays."))
        people = _named(order, person_ids)
        present = {one.person_id: one for one in order.companions.all()}
        wanted = {one.id for one in people}
        new = [one for one in people if one.id not in present]
        gone = set(present) - wanted
        if not new and not gone:
            return order, []
        order.companions.filter(person_id__in=gone).delete()
        Companion.objects.bulk_create(
            Companion(work_order=order, person_id=one.id, named_at=now, named_by=actor.label[:80])
            for one in new
        )
        stored(order, expected_version=None, changes={"persons": 1 + len(wanted)})
        _record(order, sorted(present), sorted(wanted), work)
        _tell(order, new, work)
        return order, new


def leave_out_lead(order: WorkOrder, person_id: int) -> None:
    """Whoever leads a locked sheet from now on does not go along any more."""
    gone, _kinds = order.companions.filter(person_id=person_id).delete()
    if gone and WorkOrderState(order.state) in BEFORE_VISIT:
        order.persons -= gone
        WorkOrder.objects.filter(pk=order.pk).update(persons=order.persons)


def log_hours(
    *,
    actor: Actor,
    work_order_id: object,
    began_at: datetime,
    ended_at: datetime,
    version: int | None = None,
    now: datetime,
) -> WorkOrder:
    """Keep from when to when the actor worked on a visit he went along to.

    Raises NotFound for a sheet to which he does not go along, IllegalMove before the arrival and
    once the sheet is filed, InvalidInput for times that cannot be, Conflict for stale hours.
    """
    with writing(actor=actor, now=now) as work:
        order = locked_order(actor, work_order_id, None)
        row = order.companions.filter(person_id=actor.person_id or 0).first()
        if row is None:
            raise NotFound
        state = WorkOrderState(order.state)
        if order.arrived_at is None or state not in LOGGED_IN | UNSIGNED:
            raise IllegalMove(_("Hours are written between the arrival and the filing."))
        before_departure = _("This is before the departure.")
        begins = _at("began_at", began_at, now, {before_departure: order.departed_at})
        ends = _at("ended_at", ended_at, now, {})
        if ends <= begins:
            raise InvalidInput({"ended_at": _("This is before the beginning.")})
        stored(row, expected_version=version, changes={"began_at": begins, "ended_at": ends})
        after = {"person_id": row.person_id, "from": str(begins), "until": str(ends)}
        work.audit("work_order.hours", order, after=after)
        return order


def _at(
    name: str, given: datetime, now: datetime, earliest: dict[str, datetime | None]
) -> datetime:
    try:
        return happened_at(given, now, earliest)
    except InvalidInput as error:
        raise InvalidInput({name: error.fields["occurred_at"]}) from error


def _named(order: WorkOrder, person_ids: Collection[object]) -> list[Holder]:
    wanted = dict.fromkeys(parse_public_id(one) for one in person_ids)
    if len(wanted) > MOST_COMPANIONS:
        raise InvalidInput({"person_ids": _("Name at most %(most)d.") % {"most": MOST_COMPANIONS}})
    known = {one.public_id: one for one in holders_of(Permission.WORK_ORDER_PERFORM, order.unit_id)}
    people = [known.get(one) for one in wanted if one is not None]
    found = [one for one in people if one is not None]
    if len(found) < len(wanted):
        raise NotFound
    if any(one.id == order.assignee_id for one in found):
        raise InvalidInput({"person_ids": _("Whoever leads the visit goes anyway.")})
    return found


def _record(order: WorkOrder, before: list[int], after: list[int], work: Work) -> None:
    work.audit(
        "work_order.companions",
        order,
        before={"person_ids": before},
        after={"person_ids": after},
    )
    work.emit("work_order.changed", order, {"kind": "companions", "number": order.number})


def _tell(order: WorkOrder, new: Sequence[Holder], work: Work) -> None:
    """Whoever is named learns of it at once, in the app."""
    roster = read_roster()
    people = [one for each in new if (one := roster.person(each.id)) is not None]
    telling = Telling(TOPIC, SUBJECT_TYPE, order.public_id, order.unit_id, {"number": order.number})
    notify(work, telling, people, ())
