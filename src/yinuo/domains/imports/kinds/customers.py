"""Customers: by ID, or by name within the unit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from yinuo.domains.customers.known import KnownCustomer, known_customers
from yinuo.domains.customers.services import create_customer, edit_customer
from yinuo.domains.imports.drafts import Batch, Draft, differing, need
from yinuo.domains.imports.kinds.finding import (
    ids_of,
    not_found,
    only_one,
    spellings,
    values_of,
)
from yinuo.domains.imports.types import Kind
from yinuo.domains.imports.values import folded
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.selectors import list_units
from yinuo.domains.network.types import UnitRow

RIGHT = Permission.CUSTOMER_WRITE
OWN = ("name", "short_name", "notes", "active")


def key_of_customer(name: str) -> str:
    """By what a customer is found within a file: its name. Its parent is named so too."""
    return folded(name).casefold()


def file_customers(batch: Batch, drafts: Sequence[Draft]) -> None:
    """Judge rows of customers."""
    filing = _Filing(batch, drafts)
    for draft in drafts:
        if not draft.problems:
            filing.judge(draft)


class _Filing:
    """What a batch of rows may meet: units, customers and parents that are there."""

    def __init__(self, batch: Batch, drafts: Sequence[Draft]) -> None:
        self.batch = batch
        self.units = _units(batch)
        names = spellings(values_of(drafts, "name") | values_of(drafts, "parent"))
        known = known_customers(batch.actor, RIGHT, names=names, public_ids=ids_of(drafts))
        readable = known_customers(
            batch.actor,
            Permission.CUSTOMER_READ,
            names=spellings(values_of(drafts, "parent")),
        )
        self.by_id = {one.public_id: one for one in known}
        self.by_name = _by_name(known)
        self.parents = _by_name(readable)
        parents = {key_of_customer(name) for name in values_of(drafts, "parent")}
        self.in_file = batch.in_file(parents) if batch.is_trial and parents else set()

    def judge(self, draft: Draft) -> None:
        """Give the draft its problems, or its verdict and act."""
        unit = self._unit(draft)
        if draft.problems:
            return
        known = self._known(draft, unit)
        parent = self._parent(draft, known)
        if draft.problems:
            return
        if known is not None:
            self._edit(draft, known, parent)
        elif need(Kind.CUSTOMERS, draft):
            self._create(draft, unit, parent)

    def _unit(self, draft: Draft) -> UnitRow | None:
        if "unit" not in draft.given:
            return None
        unit = self.units.get(folded(draft.given["unit"]).casefold())
        if unit is None:
            draft.wrong(
                "unit", _("No unit of this code or name in which you may change customers.")
            )
        return unit

    def _known(self, draft: Draft, unit: UnitRow | None) -> KnownCustomer | None:
        if "id" in draft.given:
            known = self.by_id.get(draft.given["id"])
            if known is None:
                not_found(draft)
            elif unit is not None and unit.id != known.unit_id:
                draft.wrong("unit", _("The customer is in another unit and stays there."))
            return known
        found = self.by_name.get(folded(draft.given.get("name", "")), [])
        if unit is not None:
            found = [one for one in found if one.unit_id == unit.id]
        return only_one(found, draft, "name")

    def _parent(self, draft: Draft, known: KnownCustomer | None) -> object:
        """The parent's id; None when none is given, or it stands in the file further up."""
        if "parent" not in draft.given:
            return None
        if known is not None and folded(known.parent_name) == folded(draft.given["parent"]):
            return known.parent_public_id
        found = self.parents.get(folded(draft.given["parent"]), [])
        if not found and key_of_customer(draft.given["parent"]) not in self.in_file:
            draft.wrong("parent", _("No customer of this name, neither there nor in this file."))
        one = only_one(found, draft, "parent")
        return one.public_id if one else None

    def _create(self, draft: Draft, unit: UnitRow | None, parent: object) -> None:
        given, batch = draft.given, self.batch

        def act() -> None:
            made = create_customer(
                actor=batch.actor,
                unit_id=unit.public_id if unit else batch.unit_id,
                name=given["name"],
                short_name=given.get("short_name", ""),
                notes=given.get("notes", ""),
                parent_id=parent,
                now=batch.now,
            )
            if not given.get("active", True):
                edit_customer(
                    actor=batch.actor,
                    customer_id=made.public_id,
                    version=made.version,
                    name=made.name,
                    short_name=made.short_name,
                    notes=made.notes,
                    parent_id=parent,
                    active=False,
                    now=batch.now,
                )

        draft.creates(act)

    def _edit(self, draft: Draft, known: KnownCustomer, parent: object) -> None:
        own: dict[str, Any] = {name: draft.given[name] for name in OWN if name in draft.given}
        is_moved = parent is not None and parent != known.parent_public_id
        if not differing(known, own) and not is_moved:
            return
        values = {name: getattr(known, name) for name in OWN} | own

        def act() -> None:
            edit_customer(
                actor=self.batch.actor,
                customer_id=known.public_id,
                version=known.version,
                parent_id=parent or known.parent_public_id,
                now=self.batch.now,
                **values,
            )

        draft.changes(act)


def _units(batch: Batch) -> dict[str, UnitRow]:
    """Units the actor may write in, by code and by name; a code wins over a name."""
    units = [
        unit for unit in list_units(batch.actor) if unit.active and batch.actor.may(RIGHT, unit.id)
    ]
    by_name = {folded(unit.name).casefold(): unit for unit in units}
    return by_name | {folded(unit.code).casefold(): unit for unit in units}


def _by_name(found: Sequence[KnownCustomer]) -> dict[str, list[KnownCustomer]]:
    named: dict[str, list[KnownCustomer]] = {}
    for one in found:
        named.setdefault(folded(one.name), []).append(one)
    return named
