"""A faulty part is repaired on the spot: taken from the shelf, worked on, tested, and put among the
good ones, thrown away, or sent to its supplier. Each way is moves of the one ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _

from yinuo.domains.network.holders import holders_of
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.network.upline import document_number
from yinuo.domains.parts.models import Depot, PartRepair, Piece
from yinuo.domains.parts.policies import visible_depots, visible_part_repairs, visible_parts
from yinuo.domains.parts.repair_types import (
    ANSWERS,
    RESULTS,
    PartRepairState,
    RepairResult,
    SupplierAnswer,
    TakenForRepair,
    labour,
)
from yinuo.domains.parts.services.catalogue import LARGEST_MONEY
from yinuo.domains.parts.services.choosing import going_out, parts_named
from yinuo.domains.parts.services.posting import About, Entry, post
from yinuo.domains.parts.types import Condition, MoveKind, Taken
from yinuo.platform.errors import Forbidden, IllegalMove, InvalidInput, NotFound
from yinuo.platform.identifiers import parse_public_id
from yinuo.platform.journal.work import Work, stored, writing
from yinuo.platform.scoped import one_of

DOCUMENT_KIND = "WX"
FAULT_LENGTH, WORK_LENGTH, NAME_LENGTH = 200, 1000, 80
MOST_HOURS = 1000
GOOD, FAULTY = Condition.GOOD.value, Condition.FAULTY.value


def take_for_repair(
    *, actor: Actor, depot_id: object, taken: TakenForRepair, now: datetime
) -> PartRepair:
    """Take one faulty part from the shelf onto the bench of the depot's workshop.

    Raises NotFound, also for a worker who may not repair there, InvalidInput for a part that is
    not faulty, IllegalMove when it is not there any more or the depot has no workshop.
    """
    depot: Depot = one_of(visible_depots(actor, Permission.PART_REPAIR), depot_id)
    if not depot.active or depot.hour_cost is None:
        raise IllegalMove(_("This depot has no workshop."))
    fault = _text("fault", taken.fault, FAULT_LENGTH, _("Say what is wrong with it."))
    worker_id = _worker(actor, depot, taken.worker_id)
    serials = (taken.serial,) if taken.serial.strip() else ()
    wanted = Taken(taken.part_id, 0 if serials else 1, taken.lot, serials, FAULTY)
    part = one_of(visible_parts(actor), taken.part_id)
    with writing(actor=actor, now=now) as work:
        (entry,) = going_out(depot, part, wanted, MoveKind.REPAIR_OUT)
        if entry.condition != FAULTY:
            raise InvalidInput({"serial": _("This piece is good: only faulty ones are repaired.")})
        repair = PartRepair.objects.create(
            number=document_number(DOCUMENT_KIND, depot.unit_id, now),
            depot=depot,
            part=part,
            piece=entry.piece,
            lot=entry.lot,
            fault=fault,
            worker_id=worker_id,
            taken_at=now,
            taken_by=actor.label,
        )
        post([entry], _about(work, repair, fault))
        if entry.value:
            PartRepair.objects.filter(pk=repair.pk).update(value=-entry.value)
            repair.refresh_from_db()
        if entry.piece is not None:
            _say_where(entry.piece, f"{depot.name} · {repair.number}")
        work.audit("part_repair.take", repair, after={"number": repair.number, "fault": fault})
        work.emit("stock.changed", depot)
        return repair


def use_material(
    *, actor: Actor, repair_id: object, version: int, lines: Sequence[Taken], now: datetime
) -> PartRepair:
    """Take good parts out of the depot's stock and put them into the one that is repaired.

    Raises NotFound, InvalidInput, IllegalMove when fewer are free or the work is over, Conflict.
    """
    parts = parts_named(actor, lines)
    with writing(actor=actor, now=now) as work:
        repair = _locked(actor, repair_id)
        _require(repair, PartRepairState.IN_WORK)
        entries = [
            entry
            for line in lines
            for entry in going_out(
                repair.depot,
                parts[str(line.part_id)],
                replace(line, condition=GOOD),
                MoveKind.MATERIAL,
            )
        ]
        if any(one.condition != GOOD for one in entries):
            raise InvalidInput({"serials": _("A faulty part is no material for a repair.")})
        stored(repair, expected_version=version, changes={})
        post(entries, _about(work, repair, repair.part.number))
        for one in entries:
            if one.piece is not None:
                _say_where(one.piece, _in_what(repair))
        used = {one.part.number: -one.quantity for one in entries}
        work.audit("part_repair.material", repair, after=used)
        work.emit("stock.changed", repair.depot)
        return repair


def finish_part_repair(
    *, actor: Actor, repair_id: object, version: int, result: RepairResult, now: datetime
) -> PartRepair:
    """Say what was done and what came of it; the part leaves the bench by moves of the ledger.

    Repaired, it lies among the good ones with what it cost: its own value, material and hours.
    Raises NotFound, InvalidInput per field, IllegalMove when the work is over, Conflict.
    """
    changes = _checked(result)
    with writing(actor=actor, now=now) as work:
        repair = _locked(actor, repair_id)
        _require(repair, PartRepairState.IN_WORK)
        more = {"hour_cost": repair.depot.hour_cost, "finished_at": now}
        stored(
            repair,
            expected_version=version,
            changes=changes | more | {"finished_by": actor.label},
        )
        _leave_the_bench(work, repair)
        after = {"outcome": repair.state, "hours": str(repair.hours or 0)}
        work.audit("part_repair.finish", repair, after=after, reason=repair.reason)
        work.emit("stock.changed", repair.depot)
        return repair


def settle_part_claim(
    *, actor: Actor, repair_id: object, version: int, answer: SupplierAnswer, now: datetime
) -> PartRepair:
    """Record what the supplier did: the part is back among the good ones, money was granted, or
    neither. Raises NotFound, InvalidInput per field, IllegalMove, Conflict."""
    changes = _answered(answer)
    with writing(actor=actor, now=now) as work:
        repair = _locked(actor, repair_id)
        _require(repair, PartRepairState.WITH_SUPPLIER)
        more = {"settled_at": now, "settled_by": actor.label}
        stored(repair, expected_version=version, changes=changes | more)
        if repair.state == PartRepairState.REPAIRED:
            _onto_shelf(work, repair, MoveKind.RETURN, GOOD, _worth(repair))
        after = {"outcome": repair.state, "granted": str(repair.granted or 0)}
        work.audit("part_repair.settle", repair, after=after, reason=repair.reason)
        work.emit("stock.changed", repair.depot)
        return repair


def _locked(actor: Actor, repair_id: object) -> PartRepair:
    """The repair, locked until the step ends. Raises Forbidden where he may only look on."""
    seen = visible_part_repairs(actor).select_for_update(of=("self",))
    repair: PartRepair = one_of(seen.select_related("depot", "part", "piece"), repair_id)
    if not actor.may(Permission.PART_REPAIR, repair.depot.unit_id):
        raise Forbidden
    return repair


def _require(repair: PartRepair, state: PartRepairState) -> None:
    if repair.state == state:
        return
    if state == PartRepairState.IN_WORK:
        raise IllegalMove(_("This repair is finished already."))
    raise IllegalMove(_("This part is not with its supplier."))


def _leave_the_bench(work: Work, repair: PartRepair) -> None:
    """Back onto the shelf; from there on, when it is thrown away or sent in."""
    if repair.state == PartRepairState.REPAIRED:
        _onto_shelf(work, repair, MoveKind.REPAIR_IN, GOOD, _worth(repair))
        return
    _onto_shelf(work, repair, MoveKind.REPAIR_IN, FAULTY, repair.value)
    goes = {
        PartRepairState.SCRAPPED.value: MoveKind.SCRAP,
        PartRepairState.WITH_SUPPLIER.value: MoveKind.ISSUE,
    }
    if (kind := goes.get(repair.state)) is None:
        return
    about = (repair.depot, repair.part, -1, repair.lot, FAULTY)
    note = repair.supplier or repair.reason
    post([Entry(kind, *about, piece=repair.piece)], _about(work, repair, note))
    if repair.piece is not None:
        _say_where(repair.piece, repair.supplier)


def _onto_shelf(
    work: Work, repair: PartRepair, kind: MoveKind, condition: str, cost: Decimal
) -> None:
    entry = Entry(kind, repair.depot, repair.part, 1, repair.lot, condition)
    entry.piece, entry.unit_cost = repair.piece, cost
    post([entry], _about(work, repair, repair.tested or repair.reason))


def _worth(repair: PartRepair) -> Decimal:
    """What the part cost us once it is good: its value, material and hours, less what its
    supplier granted."""
    used = repair.moves.filter(kind=MoveKind.MATERIAL).aggregate(total=Sum("value"))["total"]
    hours = labour(repair.hours, repair.hour_cost) or Decimal(0)
    worth = repair.value - (used or Decimal(0)) + hours - (repair.granted or Decimal(0))
    return max(worth, Decimal(0))


def _about(work: Work, repair: PartRepair, note: str) -> About:
    return About(work.now, work.actor.label, repair.number, note[:200], repair=repair)


def _say_where(piece: Piece, whereabouts: str) -> None:
    Piece.objects.filter(pk=piece.pk).update(whereabouts=whereabouts[:200])


def _in_what(repair: PartRepair) -> str:
    serial = repair.piece.serial if repair.piece else ""
    return " ".join(filter(None, (repair.part.number, serial, repair.number)))


def _worker(actor: Actor, depot: Depot, worker_id: object) -> int:
    """Who repairs it: the actor when nobody is named. NotFound for who may not repair there."""
    if not worker_id:
        if actor.person_id is None:
            raise Forbidden
        return actor.person_id
    wanted = parse_public_id(worker_id)
    for one in holders_of(Permission.PART_REPAIR, depot.unit_id):
        if one.public_id == wanted:
            return one.id
    raise NotFound


def _text(name: str, given: str, most: int, missing: str = "") -> str:
    """Trimmed. Raises InvalidInput when it is too long, or missing though it is needed."""
    text = given.strip()
    if missing and not text:
        raise InvalidInput({name: missing})
    if len(text) > most:
        raise InvalidInput({name: _("Use at most %(most)d characters.") % {"most": most}})
    return text


def _checked(result: RepairResult) -> dict[str, object]:
    """The columns of a result. Raises InvalidInput."""
    if result.outcome not in RESULTS:
        raise InvalidInput({"outcome": _("Choose one of those offered.")})
    hours = result.hours
    if hours is not None and not 0 <= hours <= MOST_HOURS:
        raise InvalidInput({"hours": _("Give hours from 0 to 1000.")})
    repaired = result.outcome == PartRepairState.REPAIRED
    sent_in = result.outcome == PartRepairState.WITH_SUPPLIER
    did = _("Say what was done.") if repaired else ""
    how = _("Say how it was tested: untested it is not good.") if repaired else ""
    whom = _("Name the supplier.") if sent_in else ""
    why = "" if repaired or sent_in else _("Give the reason.")
    return {
        "state": result.outcome,
        "work_done": _text("work_done", result.work_done, WORK_LENGTH, did),
        "hours": None if hours is None else hours.quantize(Decimal("0.01")),
        "tested": _text("tested", result.tested, FAULT_LENGTH, how),
        "supplier": _text("supplier", result.supplier, NAME_LENGTH, whom),
        "claim_number": _text("claim_number", result.claim_number, NAME_LENGTH),
        "reason": _text("reason", result.reason, FAULT_LENGTH, why),
    }


def _answered(answer: SupplierAnswer) -> dict[str, object]:
    """The columns of a supplier's answer. Raises InvalidInput."""
    if answer.outcome not in ANSWERS:
        raise InvalidInput({"outcome": _("Choose one of those offered.")})
    granted = answer.granted
    if granted is not None and not 0 <= granted < LARGEST_MONEY:
        raise InvalidInput({"granted": _("Give an amount from 0 up.")})
    if answer.outcome == PartRepairState.CREDITED and not granted:
        raise InvalidInput({"granted": _("Say how much the supplier granted.")})
    back = answer.outcome == PartRepairState.REPAIRED
    how = _("Say how it was tested: untested it is not good.") if back else ""
    why = _("Give the reason.") if answer.outcome == PartRepairState.SCRAPPED else ""
    tested = _text("tested", answer.tested, FAULT_LENGTH, how)
    return {
        "state": answer.outcome,
        "granted": granted,
        **({"tested": tested} if tested else {}),
        "reason": _text("reason", answer.reason, FAULT_LENGTH, why),
    }
