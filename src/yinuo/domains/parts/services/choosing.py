"""From what people name, a part with a number or with serials, to the entries of a step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from yinuo.domains.network.types import Actor
from yinuo.domains.parts.models import Balance, Depot, Part, Piece
from yinuo.domains.parts.policies import visible_parts
from yinuo.domains.parts.serials import require_nowhere_else
from yinuo.domains.parts.services.catalogue import LARGEST_MONEY
from yinuo.domains.parts.services.posting import MOST_AT_ONCE, Entry, not_there, too_few
from yinuo.domains.parts.types import Condition, MoveKind, Received, Taken, Tracking
from yinuo.platform.errors import InvalidInput
from yinuo.platform.identifiers import parse_public_id

LOT_LENGTH, SERIAL_LENGTH, REFERENCE_LENGTH, NOTE_LENGTH = 40, 80, 80, 200
MOST_LINES, MOST_SERIALS = 200, 500


def parts_named(actor: Actor, lines: Sequence[Received | Taken]) -> dict[str, Part]:
    """The parts of these lines by public id as text. Raises InvalidInput for none, too many or
    one that is not in the catalogue."""
    if not lines:
        raise InvalidInput({"lines": _("Name at least one part with its number.")})
    if len(lines) > MOST_LINES:
        raise InvalidInput({"lines": _("At most 200 lines at once.")})
    wanted = {one: parse_public_id(one) for one in {str(line.part_id) for line in lines}}
    rows = visible_parts(actor).filter(public_id__in=[one for one in wanted.values() if one])
    known = {one.public_id: one for one in rows}
    found = {text: known[one] for text, one in wanted.items() if one in known}
    if len(found) < len(wanted):
        raise InvalidInput({"part_id": _("This part is not in the catalogue.")})
    return found


def serials_of(line_serials: Iterable[str]) -> list[str]:
    """Serial numbers trimmed, in the order given. Raises InvalidInput for twice the same."""
    serials = [one.strip() for one in line_serials if one.strip()]
    if len(serials) > MOST_SERIALS:
        raise InvalidInput({"serials": _("At most 500 serial numbers at once.")})
    for one in serials:
        if len(one) > SERIAL_LENGTH:
            raise InvalidInput({"serials": _("Give serial numbers of at most 80 characters.")})
        if serials.count(one) > 1:
            message = _("Serial number %(serial)s is named twice.")
            raise InvalidInput({"serials": message % {"serial": one}})
    return serials


def coming_in(depot: Depot, part: Part, line: Received, kind: MoveKind) -> Iterator[Entry]:
    """The entries by which a line comes into a depot; new pieces are made for new serials."""
    cost, lot = line.unit_cost, line.lot.strip()
    if cost is not None and not 0 <= cost < LARGEST_MONEY:
        raise InvalidInput({"unit_cost": _("Give an amount from 0 up.")})
    if line.condition not in set(Condition):
        raise InvalidInput({"condition": _("Choose one of those offered.")})
    _check_lot(part, lot)
    if part.tracking != Tracking.SERIAL:
        quantity = _number(line.quantity)
        yield Entry(kind, depot, part, quantity, lot, line.condition, unit_cost=cost)
        return
    serials = _serials_for(part, line)
    require_nowhere_else(serials)
    made = [Piece(part=part, serial=one, whereabouts="") for one in serials]
    Piece.objects.bulk_create(made, ignore_conflicts=True)
    for piece in Piece.objects.filter(part=part, serial__in=serials).order_by("pk"):
        yield Entry(kind, depot, part, 1, lot, line.condition, piece=piece, unit_cost=cost)


def going_out(depot: Depot, part: Part, line: Taken, kind: MoveKind) -> Iterator[Entry]:
    """The entries by which a line leaves a depot. Without a lot named, the oldest lots go first."""
    if part.tracking == Tracking.SERIAL:
        serials = _serials_for(part, line)
        rows = Piece.objects.filter(part=part, serial__in=serials).select_related("depot")
        known = {one.serial: one for one in rows}
        for serial in serials:
            piece = known.get(serial)
            if piece is None:
                message = _("There is no piece with the serial number %(serial)s.")
                raise InvalidInput({"serials": message % {"serial": serial}})
            if piece.depot_id != depot.pk:
                raise not_there(piece)
            yield Entry(kind, depot, part, -1, "", piece.condition, piece=piece)
        return
    quantity, lot = _number(line.quantity), line.lot.strip()
    if part.tracking == Tracking.BULK or lot:
        yield Entry(kind, depot, part, -quantity, lot, line.condition)
        return
    rest = quantity
    shelves = Balance.objects.filter(depot=depot, part=part, condition=line.condition)
    for shelf in shelves.filter(on_hand__gt=0).order_by("id"):
        here = min(rest, shelf.on_hand - shelf.reserved)
        if here > 0:
            rest -= here
            yield Entry(kind, depot, part, -here, shelf.lot, line.condition)
    if rest:
        raise too_few(part, depot, quantity - rest)


def checked_words(reference: str, note: str) -> tuple[str, str]:
    """Both trimmed. Raises InvalidInput when too long."""
    problems: dict[str, str] = {}
    if len(reference) > REFERENCE_LENGTH:
        problems["reference"] = _("Use at most %(most)d characters.") % {"most": REFERENCE_LENGTH}
    if len(note) > NOTE_LENGTH:
        problems["note"] = _("Use at most %(most)d characters.") % {"most": NOTE_LENGTH}
    if problems:
        raise InvalidInput(problems)
    return reference.strip(), note.strip()


def average_cost(value: Decimal, quantity: int) -> Decimal:
    """What one of them costs."""
    return abs(value) / quantity if quantity else Decimal(0)


def _check_lot(part: Part, lot: str) -> None:
    if len(lot) > LOT_LENGTH:
        raise InvalidInput({"lot": _("Use at most %(most)d characters.") % {"most": LOT_LENGTH}})
    if part.tracking == Tracking.LOT and not lot:
        raise InvalidInput({"lot": _("This part is followed by lot: name it.")})
    if part.tracking != Tracking.LOT and lot:
        raise InvalidInput({"lot": _("This part is not followed by lot.")})


def _serials_for(part: Part, line: Received | Taken) -> list[str]:
    serials = serials_of(line.serials)
    if not serials:
        message = _("%(part)s is followed by serial number: name each piece.")
        raise InvalidInput({"serials": message % {"part": part.number}})
    if line.quantity not in (0, len(serials)):
        raise InvalidInput({"quantity": _("So many serial numbers are not named.")})
    return serials


def _number(quantity: int) -> int:
    if not 1 <= quantity <= MOST_AT_ONCE:
        raise InvalidInput({"quantity": _("Give a number from 1 to 1,000,000.")})
    return quantity
