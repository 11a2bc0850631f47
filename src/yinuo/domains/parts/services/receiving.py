"""Parts that come into a depot from outside, and parts that are thrown away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.parts.models import Depot
from yinuo.domains.parts.policies import visible_depots
from yinuo.domains.parts.services.choosing import (
    checked_words,
    coming_in,
    going_out,
    parts_named,
)
from yinuo.domains.parts.services.posting import About, post
from yinuo.domains.parts.types import MoveKind, Received, Taken
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import writing
from yinuo.platform.scoped import one_of


def open_depot(actor: Actor, depot_id: object) -> Depot:
    """A depot in use whose parts he may move. Raises NotFound, IllegalMove when closed."""
    depot = one_of(visible_depots(actor, Permission.PART_MOVE), depot_id)
    if not depot.active:
        raise IllegalMove(_("This depot is closed."))
    return depot


def receive_parts(
    *,
    actor: Actor,
    depot_id: object,
    lines: Sequence[Received],
    reference: str = "",
    now: datetime,
) -> Depot:
    """Take in parts from a supplier. Raises NotFound, InvalidInput per field, IllegalMove for a
    piece that lies in a depot already."""
    depot = open_depot(actor, depot_id)
    parts = parts_named(actor, lines)
    reference, _note = checked_words(reference, "")
    with writing(actor=actor, now=now) as work:
        entries = [
            entry
            for line in lines
            for entry in coming_in(depot, parts[str(line.part_id)], line, MoveKind.RECEIPT)
        ]
        moves = post(entries, About(now, actor.label, reference))
        after = {"moves": len(moves), "reference": reference}
        work.audit("depot.receive", depot, after=after)
        work.emit("stock.changed", depot)
        return depot


def scrap_parts(
    *, actor: Actor, depot_id: object, lines: Sequence[Taken], reason: str, now: datetime
) -> Depot:
    """Throw parts away, with the reason. Raises NotFound, InvalidInput, IllegalMove when fewer
    are free."""
    depot = open_depot(actor, depot_id)
    if not reason.strip():
        raise InvalidInput({"reason": _("Give the reason.")})
    parts = parts_named(actor, lines)
    _reference, note = checked_words("", reason)
    with writing(actor=actor, now=now) as work:
        entries = [
            entry
            for line in lines
            for entry in going_out(depot, parts[str(line.part_id)], line, MoveKind.SCRAP)
        ]
        moves = post(entries, About(now, actor.label, note=note))
        work.audit("depot.scrap", depot, after={"moves": len(moves)}, reason=note)
        work.emit("stock.changed", depot)
        return depot
