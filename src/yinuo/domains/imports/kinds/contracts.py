"""Contracts: by ID, or by number at the customer. Days in files are the last with cover."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from yinuo.domains.assets.known import known_assets
from yinuo.domains.contracts.known import KnownContract, known_contracts
from yinuo.domains.contracts.selectors import list_plan_versions
from yinuo.domains.contracts.services import ContractData, create_contract, edit_contract
from yinuo.domains.contracts.types import PlanVersionRow
from yinuo.domains.customers.known import known_sites
from yinuo.domains.imports.drafts import Batch, Draft, need, same
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
from yinuo.domains.network.selectors import people_named
from yinuo.platform.identifiers import parse_public_id

RIGHT = Permission.CONTRACT_WRITE
# Cells that are a contract's own values as they stand.
OWN = ("number", "kind", "starts_on", "total", "annual_fee", "parameters")
# What an edit replaces; the rest of a contract stays when it is not named.
SHARED = (*OWN, "ends_on", "remind_days", "site_ids", "asset_ids", "responsible_id")
Named = dict[tuple[UUID, str], list[UUID]]


def file_contracts(batch: Batch, drafts: Sequence[Draft]) -> None:
    """Judge rows of contracts."""
    filing = _Filing(batch, drafts)
    for draft in drafts:
        if not draft.problems:
            filing.judge(draft)


class _Filing:
    """What a batch of rows may meet: plans, contracts, sites and assets that are there."""

    def __init__(self, batch: Batch, drafts: Sequence[Draft]) -> None:
        self.batch = batch
        self.plans: dict[str, list[PlanVersionRow]] = {}
        for version in list_plan_versions(batch.actor):
            self.plans.setdefault(version.code.casefold(), []).append(version)
        customers = Customers(batch.actor, RIGHT, drafts)
        self.owners: dict[int, UUID] = {}
        for draft in drafts:
            if not draft.problems and "id" not in draft.given and (one := customers.of(draft)):
                self.owners[draft.number] = one.public_id
        known = known_contracts(
            batch.actor,
            RIGHT,
            customer_ids=set(self.owners.values()),
            numbers=spellings(values_of(drafts, "number")),
            public_ids=ids_of(drafts),
        )
        self.by_id = {one.public_id: one for one in known}
        self.by_number = {(one.customer_public_id, folded(one.number)): one for one in known}
        owners = set(self.owners.values()) | {one.customer_public_id for one in known}
        self.people = people_named(batch.actor, values_of(drafts, "responsible"))
        self.sites, self.assets = _sites(batch, drafts, owners), _assets(batch, drafts)

    def judge(self, draft: Draft) -> None:
        """Give the draft its problems, or its verdict and act."""
        known = self._known(draft)
        if draft.problems:
            return
        owner = known.customer_public_id if known else self.owners[draft.number]
        if known is None and not need(Kind.CONTRACTS, draft):
            return
        wanted = {name: draft.given[name] for name in OWN if name in draft.given}
        if plan := self._plan(draft, known):
            wanted["plan_version_id"] = plan
        # Who is in charge already stays so, also when he has left or shares his name.
        named = draft.given.get("responsible")
        if named and not (known and named == known.responsible):
            wanted["responsible_id"] = self._in_charge(draft, named)
        if "last_day" in draft.given:
            wanted["ends_on"] = _day_after(draft)
        for column, name, places in (
            ("sites", "site_ids", self.sites),
            ("assets", "asset_ids", self.assets),
        ):
            if column in draft.given and not _names_known(draft, column, known):
                wanted[name] = self._covered(draft, column, places, owner)
        if draft.problems:
            return
        if known is not None:
            self._edit(draft, known, wanted)
        else:
            self._create(draft, owner, wanted)

    def _known(self, draft: Draft) -> KnownContract | None:
        if "id" not in draft.given:
            key = self.owners[draft.number], folded(draft.given.get("number", ""))
            return self.by_number.get(key)
        known = self.by_id.get(draft.given["id"])
        if known is None:
            not_found(draft)
        elif customer_differs(draft, known.customer_public_id):
            return None
        return known

    def _plan(self, draft: Draft, known: KnownContract | None) -> UUID | None:
        """The version named; of a plan without number the newest, of a known contract its own."""
        code = draft.given.get("plan", known.plan_code if known else "")
        versions = self.plans.get(code.casefold(), [])
        if not versions:
            draft.wrong("plan", _("No plan of this code is published."))
            return None
        number = draft.given.get("plan_number")
        if number is None and known is not None and known.plan_code == versions[0].code:
            return known.plan_version_id
        if number is None:
            return versions[0].public_id
        version = next((one for one in versions if one.number == number), None)
        if version is None:
            draft.wrong("plan_number", _("The plan has no version of this number."))
        return version.public_id if version else None

    def _in_charge(self, draft: Draft, named: str) -> UUID | None:
        found = self.people.get(named, [])
        if not found:
            draft.wrong("responsible", _("Nobody of this name works here."))
        elif len(found) > 1:
            draft.wrong("responsible", _("Several people have this name. Choose on the page."))
        return found[0] if len(found) == 1 else None

    def _covered(self, draft: Draft, column: str, places: Named, owner: UUID) -> tuple[UUID, ...]:
        found: list[UUID] = []
        for word in draft.given[column]:
            same = places.get((owner, folded(word)), [])
            if not same:
                message = (
                    _("The customer has no site “%(name)s”.")
                    if column == "sites"
                    else _("The customer has no asset of serial number “%(name)s”.")
                )
                draft.wrong(column, message % {"name": word})
            elif (one := only_one(same, draft, column)) is not None:
                found.append(one)
        return tuple(found)

    def _create(self, draft: Draft, owner: UUID, wanted: dict[str, Any]) -> None:
        data, batch = ContractData(**wanted), self.batch

        def act() -> None:
            create_contract(actor=batch.actor, customer_id=owner, data=data, now=batch.now)

        draft.creates(act)

    def _edit(self, draft: Draft, known: KnownContract, wanted: dict[str, Any]) -> None:
        there = {name: getattr(known, name) for name in (*SHARED, "plan_version_id")}
        if all(_is_same(there[name], value) for name, value in wanted.items()):
            return
        data = ContractData(**there | wanted)

        def act() -> None:
            edit_contract(
                actor=self.batch.actor,
                contract_id=known.public_id,
                version=known.version,
                data=data,
                now=self.batch.now,
            )

        draft.changes(act)


def _is_same(there: Any, wanted: Any) -> bool:
    """What is covered is compared without order."""
    if isinstance(there, tuple):
        return set(there) == set(wanted)
    return same(there, wanted)


def _names_known(draft: Draft, column: str, known: KnownContract | None) -> bool:
    """True when the row names just what the contract covers already."""
    if known is None:
        return False
    there = (
        [*known.site_names]
        if column == "sites"
        else [
            serial or str(public_id)
            for serial, public_id in zip(known.asset_serials, known.asset_ids, strict=True)
        ]
    )
    return sorted(map(folded, there)) == sorted(map(folded, draft.given[column]))


def _day_after(draft: Draft) -> date | None:
    """The first day without cover: contracts end there, files name the day before."""
    try:
        end: date = draft.given["last_day"] + timedelta(days=1)
    except OverflowError:
        draft.wrong("last_day", _("This is not a day of the calendar. Write it like 2026-05-01."))
        return None
    return end


def _sites(batch: Batch, drafts: Sequence[Draft], owners: set[UUID]) -> Named:
    named: Named = {}
    words = {word for texts in values_of(drafts, "sites") for word in texts}
    for one in known_sites(batch.actor, RIGHT, customer_ids=owners, names=spellings(words)):
        named.setdefault((one.customer_public_id, folded(one.name)), []).append(one.public_id)
    return named


def _assets(batch: Batch, drafts: Sequence[Draft]) -> Named:
    """By serial number; an asset without one is named by its ID, as exports do."""
    named: Named = {}
    words = {folded(word) for texts in values_of(drafts, "assets") for word in texts}
    ids = {found for word in words if (found := parse_public_id(word)) is not None}
    for one in known_assets(batch.actor, Permission.ASSET_READ, serials=words, public_ids=ids):
        for word in {folded(one.serial), str(one.public_id)}:
            named.setdefault((one.customer_public_id, word), []).append(one.public_id)
    return named
