"""What loses cover when a certificate ends: assets and contracts that nobody else may serve."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.qualification_types import CertificateRow, Validity
from yinuo.domains.network.standing import others_certified
from yinuo.domains.network.types import Actor
from yinuo.domains.network.words import folded

MOST_NAMED = 5
# Contracts in force of the units' customers with assets of the lines that they cover.
_COVERED = """
SELECT customer.unit_id, lower(replace(asset.asset_class, ' ', '')),
    count(DISTINCT asset.id), count(DISTINCT contract.id),
    (array_agg(DISTINCT contract.number ORDER BY contract.number))[1:%(most)s]
FROM assets_asset asset
JOIN customers_customer customer ON customer.id = asset.customer_id
JOIN contracts_contract contract ON contract.customer_id = customer.id
    AND contract.starts_on <= %(on)s AND (contract.ends_on IS NULL OR contract.ends_on > %(on)s)
WHERE customer.unit_id = ANY(%(units)s)
    AND lower(replace(asset.asset_class, ' ', '')) = ANY(%(lines)s)
    AND (NOT EXISTS (SELECT 1 FROM contracts_coverage c WHERE c.contract_id = contract.id)
        OR EXISTS (SELECT 1 FROM contracts_coverage c WHERE c.contract_id = contract.id
            AND (c.asset_id = asset.id OR c.site_id = asset.site_id)))
GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Loss:
    """What a certificate takes with it on its last day.

    `others` count those of the same unit who may go on; with any, nothing is lost.
    """

    others: int
    assets: int = 0
    contracts: int = 0
    numbers: tuple[str, ...] = ()

    @property
    def is_covered(self) -> bool:
        """True when somebody else may still do the work."""
        return self.others > 0


def losses_with(
    actor: Actor, certificates: Iterable[CertificateRow], today: date
) -> dict[int, Loss]:
    """By certificate id, what the end of each would take with it; of those to end soon or over.

    Contracts are counted where the actor may read them. Two statements, none for none.
    """
    near = [
        one
        for one in certificates
        if one.validity(today) in (Validity.ENDING, Validity.EXPIRED) and one.data.product_line
    ]
    return losses_in(near, today, actor.units_for(Permission.CONTRACT_READ)) if near else {}


def losses_in(
    certificates: Sequence[CertificateRow], today: date, unit_ids: frozenset[int] | None
) -> dict[int, Loss]:
    """The same for any certificates; contracts in `unit_ids`, all when None (for the worker)."""
    others = others_certified(certificates, today)
    alone = [one for one in certificates if not others.get(one.id)]
    found: dict[tuple[int, str], Loss] = {}
    units = {one.unit_id for one in alone} & (unit_ids or {one.unit_id for one in alone})
    if alone and units:
        lines = [folded(one.data.product_line) for one in alone]
        given: dict[str, Any] = {
            "on": today,
            "units": list(units),
            "lines": lines,
            "most": MOST_NAMED,
        }
        with connection.cursor() as cursor:
            cursor.execute(_COVERED, given)
            found = {
                (unit, line): Loss(0, assets, contracts, tuple(numbers))
                for unit, line, assets, contracts, numbers in cursor.fetchall()
            }
    nothing = Loss(0)
    return {
        one.id: Loss(others[one.id])
        if others.get(one.id)
        else found.get((one.unit_id, folded(one.data.product_line)), nothing)
        for one in certificates
    }
