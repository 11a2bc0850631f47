"""Pieces with serial numbers leave a depot for a customer and come back: for standby units and
repair orders, which keep what the piece is lent or fitted for."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.parts.models import Depot, Piece
from yinuo.domains.parts.policies import visible_depots, visible_pieces
from yinuo.domains.parts.services.choosing import checked_words
from yinuo.domains.parts.services.posting import About, Entry, not_there, post
from yinuo.domains.parts.services.receiving import open_depot
from yinuo.domains.parts.types import Condition, MoveKind, Place
from yinuo.platform.errors import InvalidInput
from yinuo.platform.journal.work import writing
from yinuo.platform.scoped import one_of


def hand_out_piece(
    *, actor: Actor, piece_id: object, whereabouts: str, reference: str, now: datetime
) -> Piece:
    """Let a piece leave the depot where it lies; `whereabouts` says in words where it goes, such
    as an asset or a customer, `reference` by which document.

    Raises NotFound for a piece he does not see or may not move, IllegalMove when it is in no depot
    (so the same piece never goes out twice), InvalidInput for words too long.
    """
    reference, whereabouts = checked_words(reference, whereabouts)
    with writing(actor=actor, now=now) as work:
        piece = _locked(actor, piece_id)
        if piece.depot is None:
            raise not_there(piece)
        depot: Depot = one_of(visible_depots(actor, Permission.PART_MOVE), piece.depot.public_id)
        entry = Entry(MoveKind.ISSUE, depot, piece.part, -1, "", piece.condition, piece=piece)
        post([entry], About(now, actor.label, reference, whereabouts))
        Piece.objects.filter(pk=piece.pk).update(whereabouts=whereabouts)
        piece.refresh_from_db()
        work.audit("piece.hand_out", piece, after={"serial": piece.serial, "to": whereabouts})
        return piece


def bring_back_piece(
    *,
    actor: Actor,
    piece_id: object,
    depot_id: object,
    condition: str,
    reference: str,
    now: datetime,
) -> Piece:
    """Take a piece that is out back into a depot, in its condition.

    Raises NotFound, IllegalMove when it is not out (a serial never handed out cannot come back),
    InvalidInput.
    """
    if condition not in set(Condition):
        raise InvalidInput({"condition": _("Choose one of those offered.")})
    reference, _note = checked_words(reference, "")
    depot = open_depot(actor, depot_id)
    with writing(actor=actor, now=now) as work:
        piece = _locked(actor, piece_id)
        if piece.place != Place.OUT:
            raise not_there(piece)
        entry = Entry(MoveKind.RETURN, depot, piece.part, 1, "", condition, piece=piece)
        post([entry], About(now, actor.label, reference))
        Piece.objects.filter(pk=piece.pk).update(whereabouts="")
        piece.refresh_from_db()
        after = {"serial": piece.serial, "depot": depot.name, "condition": condition}
        work.audit("piece.bring_back", piece, after=after)
        return piece


def _locked(actor: Actor, piece_id: object) -> Piece:
    seen = visible_pieces(actor).select_for_update(of=("self",))
    return one_of(seen.select_related("part", "depot"), piece_id)
