"""Assets: by ID, by model and serial number, or without serial number by name at the customer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from yinuo.domains.assets.known import KnownAssetRow, known_assets, known_projects
from yinuo.domains.assets.services import AssetData, create_asset, edit_asset
from yinuo.domains.customers.known import known_sites
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

RIGHT = Permission.ASSET_WRITE
OWN = ("name", "model", "serial", "asset_class", "location", "purchased_on")
Named = dict[tuple[UUID, str], list[UUID]]


def file_assets(batch: Batch, drafts: Sequence[Draft]) -> None:
    """Judge rows of assets."""
    filing = _Filing(batch, drafts)
    for draft in drafts:
        if not draft.problems:
            filing.judge(draft)


class _Filing:
    """What a batch of rows may meet: assets, sites and projects that are there."""

    def __init__(self, batch: Batch, drafts: Sequence[Draft]) -> None:
        self.batch = batch
        customers = Customers(batch.actor, RIGHT, drafts)
        self.owners: dict[int, UUID] = {}
        for draft in drafts:
            if not draft.problems and "id" not in draft.given and (one := customers.of(draft)):
                self.owners[draft.number] = one.public_id
        bare = {
            self.owners[draft.number]
            for draft in drafts
            if draft.number in self.owners and "serial" not in draft.given
        }
        self.known = known_assets(
            batch.actor,
            RIGHT,
            serials=values_of(drafts, "serial"),
            without_serial=bare,
            public_ids=ids_of(drafts),
        )
        self.by_id = {one.public_id: one for one in self.known}
        owners = set(self.owners.values()) | {one.customer_public_id for one in self.known}
        self.sites: Named = {}
        places = spellings(values_of(drafts, "site"))
        for site in known_sites(batch.actor, RIGHT, customer_ids=owners, names=places):
            _add(self.sites, site.customer_public_id, site.name, site.public_id)
        self.projects: Named = {}
        names = spellings(values_of(drafts, "project"))
        for project in known_projects(batch.actor, RIGHT, customer_ids=owners, names=names):
            _add(self.projects, project.customer_public_id, project.name, project.public_id)
        self.by_serial: dict[str, list[KnownAssetRow]] = {}
        self.without: dict[tuple[UUID, str], list[KnownAssetRow]] = {}
        for asset in self.known:
            if asset.serial:
                self.by_serial.setdefault(asset.serial, []).append(asset)
            else:
                key = asset.customer_public_id, folded(asset.name)
                self.without.setdefault(key, []).append(asset)

    def judge(self, draft: Draft) -> None:
        """Give the draft its problems, or its verdict and act."""
        known = self._by_id(draft) if "id" in draft.given else self._by_key(draft)
        if draft.problems:
            return
        owner = known.customer_public_id if known else self.owners[draft.number]
        places = {
            "site_id": _kept(draft, "site", known) or self._named(draft, "site", self.sites, owner),
            "project_id": _kept(draft, "project", known)
            or self._named(draft, "project", self.projects, owner),
        }
        if draft.problems:
            return
        if known is not None:
            self._edit(draft, known, places)
        elif need(Kind.ASSETS, draft):
            self._create(draft, owner, places)

    def _by_id(self, draft: Draft) -> KnownAssetRow | None:
        known = self.by_id.get(draft.given["id"])
        if known is None:
            not_found(draft)
        elif customer_differs(draft, known.customer_public_id):
            return None
        return known

    def _by_key(self, draft: Draft) -> KnownAssetRow | None:
        """By model and serial number, which are unique; else by name among those without one."""
        owner = self.owners[draft.number]
        model = draft.given.get("model")
        if "serial" not in draft.given:
            found = self.without.get((owner, folded(draft.given.get("name", ""))), [])
            found = [one for one in found if model is None or one.model == model]
            return only_one(found, draft, "name")
        found = self.by_serial.get(draft.given["serial"], [])
        if model is None:
            own = [one for one in found if one.customer_public_id == owner]
            return only_one(own, draft, "serial")
        same = [one for one in found if one.model == model]
        for one in same:
            if one.customer_public_id != owner:
                message = _("This serial number belongs to an asset of %(customer)s.")
                draft.wrong("serial", message % {"customer": one.customer_name})
        return same[0] if same else None

    def _named(self, draft: Draft, column: str, known: Named, owner: UUID) -> UUID | None:
        if column not in draft.given:
            return None
        found = known.get((owner, folded(draft.given[column])), [])
        if not found:
            message = (
                _("The customer has no site of this name. Import sites first.")
                if column == "site"
                else _("The customer has no project of this name. Add it to the customer first.")
            )
            draft.wrong(column, message)
        return only_one(found, draft, column)

    def _create(self, draft: Draft, owner: UUID, places: dict[str, Any]) -> None:
        given, batch = draft.given, self.batch
        data = AssetData(**{name: given[name] for name in OWN if name in given}, **places)

        def act() -> None:
            made = create_asset(actor=batch.actor, customer_id=owner, data=data, now=batch.now)
            if not given.get("active", True):
                edit_asset(
                    actor=batch.actor,
                    asset_id=made.public_id,
                    version=made.version,
                    data=data,
                    active=False,
                    now=batch.now,
                )

        draft.creates(act)

    def _edit(self, draft: Draft, known: KnownAssetRow, places: dict[str, Any]) -> None:
        own: dict[str, Any] = {name: draft.given[name] for name in OWN if name in draft.given}
        there = {"site_id": known.site_public_id, "project_id": known.project_public_id}
        wanted = {name: place or there[name] for name, place in places.items()}
        active = draft.given.get("active", known.active)
        if not differing(known, own) and wanted == there and active == known.active:
            return
        values = {name: getattr(known, name) for name in OWN} | own
        data = AssetData(**(values | wanted))

        def act() -> None:
            edit_asset(
                actor=self.batch.actor,
                asset_id=known.public_id,
                version=known.version,
                data=data,
                active=active,
                now=self.batch.now,
            )

        draft.changes(act)


def _kept(draft: Draft, column: str, known: KnownAssetRow | None) -> UUID | None:
    """What is there already when the row names the same, however many others are called so."""
    if known is None or column not in draft.given:
        return None
    name, public_id = {
        "site": (known.site_name, known.site_public_id),
        "project": (known.project_name, known.project_public_id),
    }[column]
    return public_id if folded(name) == folded(draft.given[column]) else None


def _add(named: Named, owner: UUID, name: str, public_id: UUID) -> None:
    named.setdefault((owner, folded(name)), []).append(public_id)
