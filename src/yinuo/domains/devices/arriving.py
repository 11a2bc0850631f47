"""How an engineer shows that he is there: position, code, or why neither (B-41)."""

from __future__ import annotations

import math
from typing import Any

from django.utils.translation import gettext as _

from yinuo.domains.devices.models import ArrivalProof, Operation
from yinuo.domains.devices.types import Arrival, ArrivalWay
from yinuo.kernel.dispatch.coordinates import distance_km
from yinuo.platform.errors import InvalidInput

REASON_LENGTH, CODE_LENGTH = 300, 200


def checked_arrival(arrival: Arrival, kind: str) -> None:
    """Pass when the arrival says enough; InvalidInput per field otherwise."""
    problems: dict[str, str] = {}
    if kind != "arrived":
        problems["arrival"] = _("Only an arrival is shown by position or code.")
    if arrival.way is ArrivalWay.POSITION and None in (arrival.latitude, arrival.longitude):
        problems["latitude"] = _("The phone gave no position. Use the code or say why not.")
    if arrival.way is ArrivalWay.CODE and not 0 < len(arrival.code.strip()) <= CODE_LENGTH:
        problems["code"] = _("Scan or type the code on the device.")
    if arrival.way is ArrivalWay.SKIPPED and not arrival.reason.strip():
        problems["reason"] = _("Say why.")
    if len(arrival.reason) > REASON_LENGTH:
        problems["reason"] = _("Use at most %(most)d characters.") % {"most": REASON_LENGTH}
    if problems:
        raise InvalidInput(problems)


def arrival_proof(operation: Operation, order: Any, arrival: Arrival) -> ArrivalProof:
    """The row of an arrival: how far from the site in metres, whether the code is the asset's."""
    return ArrivalProof(
        operation=operation,
        way=arrival.way.value,
        latitude=arrival.latitude,
        longitude=arrival.longitude,
        accuracy_m=arrival.accuracy_m,
        distance_m=_distance_m(order.request.site, arrival),
        code_fits=_fits(order.request.asset, arrival),
        reason=arrival.reason.strip(),
    )


def _distance_m(site: Any, arrival: Arrival) -> int | None:
    if site is None or site.latitude is None or arrival.latitude is None:
        return None
    assert arrival.longitude is not None
    place = float(site.latitude), float(site.longitude)
    kilometres = float(distance_km(arrival.latitude, arrival.longitude, *place))
    return None if math.isnan(kilometres) else round(kilometres * 1_000)


def _fits(asset: Any, arrival: Arrival) -> bool | None:
    """A code names the asset by its serial number or its public id; None where none was asked."""
    if arrival.way is not ArrivalWay.CODE:
        return None
    code = arrival.code.strip().casefold()
    known = {asset.serial.casefold(), str(asset.public_id)} - {""} if asset else set()
    return any(code == one or code.endswith(f"/{one}") for one in known)
