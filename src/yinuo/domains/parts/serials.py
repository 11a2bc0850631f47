"""One thing with a serial number is in one place: in stock, or in a register that lies above it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from django.utils.translation import gettext as _

from yinuo.domains.parts.models import Piece
from yinuo.domains.parts.types import Place
from yinuo.platform.database.holding import hold
from yinuo.platform.errors import InvalidInput

_HELD = (Place.DEPOT.value, Place.TRANSIT.value, Place.WORKSHOP.value)
_OTHERS: list[Callable[[Collection[str]], Mapping[str, str]]] = []


def also_look_in(find: Callable[[Collection[str]], Mapping[str, str]]) -> None:
    """Let a domain above say which of some serial numbers it keeps itself, and where in words."""
    _OTHERS.append(find)


def require_nowhere_else(serials: Collection[str]) -> None:
    """Raises InvalidInput, naming the place, for a serial number that another register keeps.

    Called inside the step that takes them in: until it ends nobody enters them elsewhere. No
    register knows the maker of a thing, so an equal number counts as the same thing.
    """
    hold_serials(serials)
    for find in _OTHERS if serials else ():
        for serial, where in sorted(find(serials).items()):
            said = _(
                "%(serial)s is kept elsewhere: %(where)s. One thing is in one register. Is it "
                "another maker's number, write the maker before it."
            )
            raise InvalidInput({"serials": said % {"serial": serial, "where": where}})


def hold_serials(serials: Collection[str]) -> None:
    """Two registers that take in one serial number at the same moment: the second waits."""
    hold(f"register:{one}" for one in serials)


def place_in_stock(serial: str) -> str:
    """Where a serial number lies in stock, in words; empty when it is in no depot's hands."""
    piece = Piece.objects.filter(serial=serial, place__in=_HELD).select_related("depot").first()
    if piece is None:
        return ""
    return piece.depot.name if piece.depot else piece.whereabouts or _("on its way")
