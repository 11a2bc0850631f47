"""Sites: by ID, or by name at the customer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from yinuo.domains.customers.known import KnownSite, known_sites, known_sites_by_id
from yinuo.domains.customers.services import create_site, edit_site
from yinuo.domains.imports.drafts import Batch, Draft, differing, need
from yinuo.domains.imports.kinds.finding import (
    Customers,
    customer_differs,
    ids_of,
    not_found,
    only_one,
    spellings,
    values_of,
)
from yinuo.domains.imports.types import Kind
from yinuo.domains.imports.values import folded
from yinuo.domains.network.permissions import Permission
from yinuo.platform.errors import InvalidInput
from yinuo.platform.positions import Position, position_of

RIGHT = Permission.CUSTOMER_WRITE
OWN = ("name", "address", "zone", "price_zone", "active")
DEGREES = ("latitude", "longitude")


def file_sites(batch: Batch, drafts: Sequence[Draft]) -> None:
    """Judge rows of sites."""
    customers = Customers(batch.actor, RIGHT, drafts)
    by_id = {one.public_id: one for one in known_sites_by_id(batch.actor, RIGHT, ids_of(drafts))}
    owners: dict[int, UUID] = {}
    for draft in drafts:
        if not draft.problems and "id" not in draft.given and (one := customers.of(draft)):
            owners[draft.number] = one.public_id
    found: dict[tuple[UUID, str], list[KnownSite]] = {}
    names = spellings(values_of(drafts, "name"))
    known = known_sites(batch.actor, RIGHT, customer_ids=set(owners.values()), names=names)
    for site in known:
        found.setdefault((site.customer_public_id, folded(site.name)), []).append(site)
    for draft in drafts:
        if draft.problems:
            continue
        if "id" in draft.given:
            _by_id(batch, draft, by_id.get(draft.given["id"]))
            continue
        owner = owners[draft.number]
        same = found.get((owner, folded(draft.given.get("name", ""))), [])
        if (site_there := only_one(same, draft, "name")) is not None:
            _edit(batch, draft, site_there)
        elif not draft.problems and need(Kind.SITES, draft):
            _create(batch, draft, owner)


def _by_id(batch: Batch, draft: Draft, known: KnownSite | None) -> None:
    if known is None:
        not_found(draft)
    elif not customer_differs(draft, known.customer_public_id):
        _edit(batch, draft, known)


def _create(batch: Batch, draft: Draft, owner: UUID) -> None:
    given = draft.given
    position = _position(draft, None)
    if draft.problems:
        return

    def act() -> None:
        made = create_site(
            actor=batch.actor,
            customer_id=owner,
            name=given["name"],
            address=given.get("address", ""),
            zone=given.get("zone", "Asia/Shanghai"),
            position=position,
            price_zone=given.get("price_zone", ""),
            now=batch.now,
        )
        if not given.get("active", True):
            values: dict[str, Any] = {name: getattr(made, name) for name in OWN}
            edit_site(
                actor=batch.actor,
                site_id=made.public_id,
                version=made.version,
                position=position,
                now=batch.now,
                **values | {"active": False},
            )

    draft.creates(act)


def _edit(batch: Batch, draft: Draft, known: KnownSite) -> None:
    own = {name: draft.given[name] for name in OWN if name in draft.given}
    position = _position(draft, known)
    if draft.problems:
        return
    there = position_of(known.latitude, known.longitude)
    if not differing(known, own) and position == there:
        return
    values = {name: getattr(known, name) for name in OWN} | own

    def act() -> None:
        edit_site(
            actor=batch.actor,
            site_id=known.public_id,
            version=known.version,
            position=position,
            now=batch.now,
            **values,
        )

    draft.changes(act)


def _position(draft: Draft, known: KnownSite | None) -> Position | None:
    """Where the site is: as given, else as known."""
    degrees = [draft.given.get(name, getattr(known, name) if known else None) for name in DEGREES]
    try:
        return position_of(*degrees)
    except InvalidInput as error:
        for name, message in error.fields.items():
            draft.wrong(name, str(message))
    return None
