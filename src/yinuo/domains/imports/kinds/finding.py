"""Finding what a row names: names compared without width and blanks, ids exactly."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from yinuo.domains.assets.known import KnownAssetRow, known_assets
from yinuo.domains.customers.known import KnownCustomer, known_customers
from yinuo.domains.imports.drafts import Draft
from yinuo.domains.imports.values import folded
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor

Found = TypeVar("Found")


def spellings(names: Iterable[str]) -> set[str]:
    """The names as written and as compared, to look both up."""
    return {spelled for name in names for spelled in (name.strip(), folded(name)) if spelled}


def values_of(drafts: Iterable[Draft], code: str) -> set[str]:
    """What the rows give in a column, without repeats."""
    return {draft.given[code] for draft in drafts if code in draft.given}


def ids_of(drafts: Iterable[Draft], code: str = "id") -> set[UUID]:
    """The ids that the rows give in a column."""
    return {draft.given[code] for draft in drafts if code in draft.given}


def only_one(found: Sequence[Found], draft: Draft, column: str) -> Found | None:
    """The one of several that fits; says so when there are more."""
    if len(found) > 1:
        draft.wrong(
            column, _("Several are called so. Export the list and use the rows with their IDs.")
        )
    return found[0] if len(found) == 1 else None


class Customers:
    """The customers that the rows of a batch name, as far as the actor may write there."""

    def __init__(self, actor: Actor, permission: Permission, drafts: Collection[Draft]) -> None:
        found = known_customers(
            actor,
            permission,
            names=spellings(values_of(drafts, "customer")),
            public_ids=ids_of(drafts, "customer_id"),
        )
        self._by_id = {one.public_id: one for one in found}
        self._by_name: dict[str, list[KnownCustomer]] = {}
        for one in found:
            self._by_name.setdefault(folded(one.name), []).append(one)

    def of(self, draft: Draft) -> KnownCustomer | None:
        """The customer a row belongs to; None when it names none, with the reason at the row."""
        if "customer_id" in draft.given:
            by_id = self._by_id.get(draft.given["customer_id"])
            if by_id is None:
                draft.wrong("customer_id", _("No customer of this ID that you may change."))
            return by_id
        if "customer" not in draft.given:
            draft.wrong("customer", _("Name the customer."))
            return None
        found = self._by_name.get(folded(draft.given["customer"]), [])
        if not found:
            message = _("No customer of this name that you may change. Import customers first.")
            draft.wrong("customer", message)
        return only_one(found, draft, "customer")


class Assets:
    """The assets that the rows of a batch name by ID or serial number, as far as he may write."""

    def __init__(self, actor: Actor, permission: Permission, drafts: Collection[Draft]) -> None:
        found = known_assets(
            actor,
            permission,
            serials=values_of(drafts, "asset_serial"),
            public_ids=ids_of(drafts, "asset_id"),
        )
        self._by_id = {one.public_id: one for one in found}
        self._by_serial: dict[str, list[KnownAssetRow]] = {}
        for one in found:
            if one.serial:
                self._by_serial.setdefault(one.serial, []).append(one)

    @property
    def ids(self) -> Collection[UUID]:
        """Those found."""
        return self._by_id.keys()

    def of(self, draft: Draft) -> KnownAssetRow | None:
        """The asset a row belongs to; None when it names none, with the reason at the row."""
        if "asset_id" in draft.given:
            asset = self._by_id.get(draft.given["asset_id"])
            if asset is None:
                draft.wrong("asset_id", _("No asset of this ID that you may change."))
            return asset
        if "asset_serial" not in draft.given:
            draft.wrong("asset_serial", _("Name the asset by its serial number."))
            return None
        found = self._by_serial.get(draft.given["asset_serial"], [])
        if "asset_model" in draft.given:
            found = [one for one in found if one.model == draft.given["asset_model"]]
        if not found:
            message = _("No asset of this serial number that you may change. Import assets first.")
            draft.wrong("asset_serial", message)
        return only_one(found, draft, "asset_model")


def customer_differs(draft: Draft, public_id: UUID) -> bool:
    """True, with the reason at the row, when what is there belongs to another customer."""
    if "customer_id" in draft.given and draft.given["customer_id"] != public_id:
        draft.wrong("customer_id", _("What this ID names belongs to another customer."))
        return True
    return False


def not_found(draft: Draft) -> None:
    """Say that the row's own id names nothing the actor may change."""
    draft.wrong("id", _("Nothing of this ID that you may change. Empty the cell for a new row."))
