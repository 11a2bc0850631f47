"""Asking for parts for a case, and deciding about it: approved ones are kept in the depot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F, Sum
from django.utils.translation import gettext as _

from yinuo.domains.fieldwork.policies import visible_work_orders
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.parts.models import (
    Balance,
    Depot,
    Part,
    PartRequest,
    PartRequestLine,
    Reservation,
)
from yinuo.domains.parts.nearest import depot_that_counts
from yinuo.domains.parts.policies import visible_asks, visible_depots
from yinuo.domains.parts.request_types import OPEN_ASKS, AskState
from yinuo.domains.parts.services.choosing import checked_words, parts_named
from yinuo.domains.parts.services.posting import MOST_AT_ONCE, Shelf, hold_shelves, too_few
from yinuo.domains.parts.types import Condition, Taken
from yinuo.domains.requests.policies import visible_requests
from yinuo.domains.requests.services import record_steps
from yinuo.domains.requests.types import StepFact
from yinuo.platform.errors import Forbidden, IllegalMove, InvalidInput
from yinuo.platform.journal.work import stored, writing
from yinuo.platform.scoped import one_of
from yinuo.platform.sequences import next_number

DOCUMENT_KIND = "BS"


def ask_for_parts(
    *,
    actor: Actor,
    request_id: object,
    depot_id: object,
    lines: Sequence[Taken],
    sheet_id: object = None,
    note: str = "",
    now: datetime,
) -> PartRequest:
    """Ask a depot for parts for a request, or for one of its sheets.

    The case records that parts were asked for and whether the nearest depot had all of them.
    Raises NotFound, Forbidden, InvalidInput, IllegalMove when the case is over.
    """
    if actor.person_id is None:
        raise Forbidden
    request = one_of(visible_requests(actor).select_related("site", "asset__site"), request_id)
    require(actor, Permission.PART_ASK, request.unit_id)
    depot = _open_depot(actor, depot_id)
    sheets = visible_work_orders(actor).filter(request_id=request.pk)
    wanted = _wanted(actor, lines)
    _reference, note = checked_words("", note)
    with writing(actor=actor, now=now) as work:
        nearest = depot_that_counts(actor, request, depot)
        filled = all(_free(nearest, part) >= number for part, number in wanted)
        ask = PartRequest.objects.create(
            number=_number(depot, now),
            request_id=request.pk,
            sheet=one_of(sheets, sheet_id) if sheet_id else None,
            depot=depot,
            note=note,
            nearest=nearest,
            filled=filled,
            asked_at=now,
            asked_by=actor.label,
            asker_id=actor.person_id,
        )
        rows = [PartRequestLine(ask=ask, part=part, quantity=number) for part, number in wanted]
        PartRequestLine.objects.bulk_create(rows)
        attrs = {"number": ask.number, "filled": filled, "depot": nearest.unit.code}
        tell(actor, ask, "part_requested", attrs, now)
        work.audit("part_request.ask", ask, after={"number": ask.number, "lines": len(rows)})
        work.emit("part_request.asked", ask)
        return ask


def approve_parts(
    *, actor: Actor, ask_id: object, version: int, depot_id: object = None, now: datetime
) -> PartRequest:
    """Approve a request for parts and keep them for it, in the depot asked or another one.

    Nobody approves his own. Raises Forbidden, IllegalMove when fewer are free, Conflict, NotFound.
    """
    with writing(actor=actor, now=now) as work:
        ask = locked_ask(actor, ask_id)
        require(actor, Permission.PART_APPROVE, ask.depot.unit_id)
        if ask.asker_id == actor.person_id:
            raise Forbidden(_("Somebody else approves what you asked for yourself."))
        if ask.state != AskState.ASKED:
            raise IllegalMove
        depot = ask.depot
        if depot_id:
            depot = one_of(visible_depots(actor, Permission.PART_APPROVE), depot_id)
        _reserve(ask, depot)
        changes = {"state": AskState.APPROVED.value, "depot": depot}
        stored(ask, expected_version=version, changes=changes | _decided(actor, now))
        work.audit("part_request.approve", ask, after={"depot": depot.name})
        work.emit("part_request.approved", ask)
        return ask


def end_ask(
    *, actor: Actor, ask_id: object, version: int, reason: str, now: datetime
) -> PartRequest:
    """Decline a request for parts, or call it off; what was kept for it is free again.

    Whoever approves declines; whoever asked calls off. What was shipped already stays on its way.
    Raises InvalidInput without a reason, Forbidden, IllegalMove once shipped, Conflict, NotFound.
    """
    _reference, reason = checked_words("", reason)
    if not reason:
        raise InvalidInput({"reason": _("Give the reason.")})
    with writing(actor=actor, now=now) as work:
        ask = locked_ask(actor, ask_id)
        is_own = ask.asker_id == actor.person_id
        if not is_own:
            require(actor, Permission.PART_APPROVE, ask.depot.unit_id)
        if ask.state not in {AskState.ASKED, AskState.APPROVED}:
            raise IllegalMove
        if ask.lines.filter(shipped__gt=0).exists():
            raise IllegalMove(_("Part of it was shipped already."))
        declined = ask.state == AskState.ASKED and not is_own
        state = AskState.DECLINED if declined else AskState.CANCELLED
        release(ask)
        changes = {"state": state.value, "reason": reason} | _decided(actor, now)
        stored(ask, expected_version=version, changes=changes)
        work.audit("part_request.end", ask, after={"state": state.value}, reason=reason)
        work.emit("part_request.ended", ask)
        return ask


def locked_ask(actor: Actor, ask_id: object) -> PartRequest:
    """A visible request for parts, locked until the step ends; NotFound otherwise."""
    seen = visible_asks(actor).select_for_update(of=("self",))
    return one_of(seen.select_related("depot__unit", "request", "sheet"), ask_id)


def tell(actor: Actor, ask: PartRequest, kind: str, attrs: dict[str, Any], now: datetime) -> None:
    """State on the case what became of its parts; its promises follow by themselves."""
    fact = StepFact(kind, now, attrs=attrs, words={"text": ask.number})
    record_steps(
        actor=actor, request_id=ask.request.public_id, facts=[fact], source="stock", now=now
    )


def release(ask: PartRequest) -> None:
    """Give back all that is kept for it."""
    Reservation.objects.filter(line__ask=ask).order_by("balance_id").delete()


def is_open(ask: PartRequest) -> bool:
    """True while something of it is owed."""
    return ask.state in OPEN_ASKS


def _reserve(ask: PartRequest, depot: Depot) -> None:
    """Keep each line's number in the depot, the oldest lots first."""
    lines = list(ask.lines.select_related("part").order_by("part_id"))
    good = Condition.GOOD.value
    lots = Balance.objects.filter(depot=depot, part__in=[one.part_id for one in lines])
    shelves = {Shelf(depot.pk, one.part_id, one.lot, good) for one in lots.filter(condition=good)}
    held = sorted(hold_shelves(shelves).values(), key=lambda one: one.pk)
    for line in lines:
        rest = line.quantity
        for balance in held:
            here = min(rest, balance.on_hand - balance.reserved)
            if balance.part_id == line.part_id and here > 0:
                Reservation.objects.create(line=line, balance=balance, quantity=here)
                rest -= here
        if rest:
            raise too_few(line.part, depot, line.quantity - rest)


def _number(depot: Depot, now: datetime) -> str:
    local = now.astimezone(ZoneInfo(settings.TIME_ZONE))
    return next_number(f"{DOCUMENT_KIND}-{depot.unit.code}-{local:%Y%m}")


def _wanted(actor: Actor, lines: Sequence[Taken]) -> list[tuple[Part, int]]:
    """The parts with their numbers, each once."""
    parts = parts_named(actor, lines)
    wanted: dict[int, tuple[Part, int]] = {}
    for line in lines:
        part = parts[str(line.part_id)]
        number = wanted.get(part.pk, (part, 0))[1] + line.quantity
        if not 1 <= line.quantity <= MOST_AT_ONCE or number > MOST_AT_ONCE:
            raise InvalidInput({"quantity": _("Give a number from 1 to 1,000,000.")})
        wanted[part.pk] = (part, number)
    return list(wanted.values())


def _open_depot(actor: Actor, depot_id: object) -> Depot:
    depot = one_of(visible_depots(actor), depot_id)
    if not depot.active:
        raise IllegalMove(_("This depot is closed."))
    return depot


def _free(depot: Depot, part: Part) -> int:
    found = Balance.objects.filter(depot=depot, part=part, condition=Condition.GOOD.value)
    return found.aggregate(free=Sum(F("on_hand") - F("reserved")))["free"] or 0


def _decided(actor: Actor, now: datetime) -> dict[str, Any]:
    return {"decided_at": now, "decided_by": actor.label}
