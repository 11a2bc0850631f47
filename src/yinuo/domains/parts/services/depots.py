"""Depots of units, engineers' cars among them, and how much each keeps at least."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from yinuo.domains.network.holders import holders_of
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import unit_for
from yinuo.domains.network.types import Actor
from yinuo.domains.parts.models import Balance, Depot, PartRepair, StockLevel
from yinuo.domains.parts.policies import visible_depots, visible_parts
from yinuo.domains.parts.repair_types import PartRepairState
from yinuo.domains.parts.services.catalogue import LARGEST_MONEY
from yinuo.domains.parts.types import DepotData, DepotKind
from yinuo.platform.errors import IllegalMove, InvalidInput, NotFound
from yinuo.platform.identifiers import parse_public_id
from yinuo.platform.journal.work import stored, writing
from yinuo.platform.scoped import one_of

NAME_LENGTH, ADDRESS_LENGTH = 80, 300
MOST_KEPT = 1_000_000


def create_depot(*, actor: Actor, unit_id: object, data: DepotData, now: datetime) -> Depot:
    """Set up a depot of a unit. Raises NotFound for a foreign unit, InvalidInput per field."""
    unit = unit_for(actor, unit_id, Permission.PART_WRITE)
    columns = _checked(data, unit.pk)
    with writing(actor=actor, now=now) as work:
        try:
            with transaction.atomic():
                depot = Depot.objects.create(unit_id=unit.pk, **columns)
        except IntegrityError as error:
            raise _taken() from error
        work.audit("depot.create", depot, after={"name": depot.name, "unit": unit.code})
        return depot


def edit_depot(
    *, actor: Actor, depot_id: object, version: int, data: DepotData, now: datetime
) -> Depot:
    """Change a depot. Raises IllegalMove when one with parts in it is to be closed, NotFound,
    InvalidInput per field, Conflict when stale."""
    depot = one_of(visible_depots(actor, Permission.PART_WRITE), depot_id)
    columns = _checked(data, depot.unit_id)
    with writing(actor=actor, now=now) as work:
        if not data.active and depot.active and _holds_parts(depot):
            raise IllegalMove(_("Parts still lie in this depot. Transfer them first."))
        before = {"name": depot.name, "active": depot.active}
        try:
            with transaction.atomic():
                stored(depot, expected_version=version, changes=columns)
        except IntegrityError as error:
            raise _taken() from error
        after = {"name": depot.name, "active": depot.active}
        work.audit("depot.edit", depot, before=before, after=after)
        return depot


def set_level(
    *,
    actor: Actor,
    depot_id: object,
    part_id: object,
    minimum: int,
    refill: int,
    now: datetime,
) -> Depot:
    """Say how many of a part a depot keeps at least and is filled up to; 0 for neither.

    Raises NotFound, InvalidInput.
    """
    depot = one_of(visible_depots(actor, Permission.PART_WRITE), depot_id)
    part = one_of(visible_parts(actor, Permission.PART_WRITE), part_id)
    if not 0 <= minimum <= MOST_KEPT:
        raise InvalidInput({"minimum": _("Give a number from 0 to 1,000,000.")})
    if not minimum <= refill <= MOST_KEPT:
        raise InvalidInput({"refill": _("Fill up to the minimum at least.")})
    with writing(actor=actor, now=now) as work:
        rows = StockLevel.objects.filter(depot=depot, part=part)
        if minimum == 0:
            rows.delete()
        else:
            values = {"minimum": minimum, "refill": refill}
            StockLevel.objects.update_or_create(depot=depot, part=part, defaults=values)
        after = {"part": part.number, "minimum": minimum, "refill": refill}
        work.audit("depot.level", depot, after=after)
        return depot


def _holds_parts(depot: Depot) -> bool:
    """Whether parts lie on its shelves or on its bench."""
    on_bench = PartRepair.objects.filter(depot=depot, state=PartRepairState.IN_WORK)
    return Balance.objects.filter(depot=depot, on_hand__gt=0).exists() or on_bench.exists()


def _checked(data: DepotData, unit_id: int) -> dict[str, Any]:
    problems: dict[str, str] = {}
    if not data.name.strip() or len(data.name) > NAME_LENGTH:
        problems["name"] = _("Give a name of at most 80 characters.")
    if data.kind not in set(DepotKind):
        problems["kind"] = _("Choose one of those offered.")
    if len(data.address) > ADDRESS_LENGTH:
        problems["address"] = _("Use at most %(most)d characters.") % {"most": ADDRESS_LENGTH}
    if data.hour_cost is not None and not 0 <= data.hour_cost < LARGEST_MONEY:
        problems["hour_cost"] = _("Give an amount from 0 up.")
    holder = None
    if data.kind == DepotKind.CAR:
        if not data.holder_id:
            problems["holder_id"] = _("Name the engineer whose car it is.")
        else:
            holder = _holder(data.holder_id, unit_id)
    if problems:
        raise InvalidInput(problems)
    return {
        "name": data.name.strip(),
        "kind": data.kind,
        "holder_id": holder,
        "address": data.address.strip(),
        "active": data.active,
        "hour_cost": data.hour_cost,
    }


def _holder(person_id: object, unit_id: int) -> int:
    """The internal id of a person who carries out work in the unit; NotFound for anybody else."""
    wanted = parse_public_id(person_id)
    able = holders_of(Permission.WORK_ORDER_PERFORM, unit_id)
    for one in able:
        if one.public_id == wanted:
            return one.id
    raise NotFound


def _taken() -> InvalidInput:
    return InvalidInput(
        {"name": _("The unit has a depot of this name, or the engineer has a car already.")}
    )
