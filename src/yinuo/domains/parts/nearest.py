"""Which depot is nearest to where parts are needed (SV-04)."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import Any
from uuid import UUID

from yinuo.domains.network.nearness import kilometres_to
from yinuo.domains.network.types import Actor
from yinuo.domains.parts.models import Depot
from yinuo.domains.parts.policies import visible_depots
from yinuo.domains.parts.types import DepotKind
from yinuo.domains.requests.policies import visible_requests
from yinuo.platform.positions import position_of
from yinuo.platform.scoped import one_of

MOST_NEAR = 500


@dataclass(frozen=True, slots=True)
class NearDepot:
    """A depot with its whole kilometres to the place, as the crow flies; None where it is not
    known where the unit or the place is."""

    public_id: UUID
    name: str
    unit_name: str
    distance_km: int | None


def depots_near(actor: Actor, request_id: object) -> list[NearDepot]:
    """Visible depots in use by their way to where a visible request is, those of no known place
    last; at most 500. Raises NotFound."""
    request = one_of(visible_requests(actor).select_related("site", "asset__site"), request_id)
    return [
        NearDepot(
            public_id=depot.public_id,
            name=depot.name,
            unit_name=depot.unit.name,
            distance_km=None if far is None else round(far),
        )
        for far, depot in _by_way(actor, request)[:MOST_NEAR]
    ]


def depot_that_counts(actor: Actor, request: Any, asked: Depot) -> Depot:
    """The depot whose fill rate parts wanted for a request count for: the nearest he could ask.

    The depot that was asked where nothing is nearer: a car, which is with its engineer, or where
    it is not known which one is nearest.
    """
    if asked.kind == DepotKind.CAR:
        return asked
    ways = {one.pk: (far, one) for far, one in _by_way(actor, request) if one.kind != DepotKind.CAR}
    own = ways.get(asked.pk, (None, asked))[0]
    known = [(far, one) for far, one in ways.values() if far is not None]
    if own is None or not known:
        return asked
    shortest, nearest = min(known, key=lambda one: one[0])
    return nearest if shortest < own else asked


def _by_way(actor: Actor, request: Any) -> list[tuple[float | None, Depot]]:
    site = request.site or (request.asset and request.asset.site)
    place = position_of(site.latitude, site.longitude) if site else None
    depots = visible_depots(actor).filter(active=True).select_related("unit")
    ways = [(kilometres_to(one.unit, place), one) for one in depots]
    return sorted(
        ways,
        key=lambda way: (
            inf if way[0] is None else way[0],
            way[1].unit.name_key,
            way[1].kind == DepotKind.CAR,
            way[1].name,
        ),
    )
