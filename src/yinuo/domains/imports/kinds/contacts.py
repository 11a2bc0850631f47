"""Contacts: by ID, or by name at the customer; two people of one name differ by number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from yinuo.domains.customers.contact_roles import contact_roles
from yinuo.domains.customers.known import (
    KnownContact,
    KnownSite,
    known_contacts,
    known_contacts_by_id,
    known_sites,
)
from yinuo.domains.customers.phones import phone_digits
from yinuo.domains.customers.services import create_contact, edit_contact
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

RIGHT = Permission.CUSTOMER_WRITE
OWN = ("name", "title", "email", "active")


def file_contacts(batch: Batch, drafts: Sequence[Draft]) -> None:
    """Judge rows of contacts."""
    filing = _Filing(batch, drafts)
    for draft in drafts:
        if not draft.problems:
            filing.judge(draft)


class _Filing:
    """What a batch of rows may meet: contacts and sites that are there."""

    def __init__(self, batch: Batch, drafts: Sequence[Draft]) -> None:
        self.batch = batch
        known = known_contacts_by_id(batch.actor, RIGHT, ids_of(drafts))
        self.by_id = {one.public_id: one for one in known}
        customers = Customers(batch.actor, RIGHT, drafts)
        self.owners: dict[int, UUID] = {}
        for draft in drafts:
            if not draft.problems and "id" not in draft.given and (one := customers.of(draft)):
                self.owners[draft.number] = one.public_id
        owners = set(self.owners.values()) | {one.customer_public_id for one in known}
        self.contacts: dict[tuple[UUID, str], list[KnownContact]] = {}
        names = spellings(values_of(drafts, "name"))
        for contact in known_contacts(batch.actor, RIGHT, customer_ids=owners, names=names):
            key = contact.customer_public_id, folded(contact.name)
            self.contacts.setdefault(key, []).append(contact)
        self.sites: dict[tuple[UUID, str], list[KnownSite]] = {}
        places = spellings(values_of(drafts, "site"))
        for site in known_sites(batch.actor, RIGHT, customer_ids=owners, names=places):
            key = site.customer_public_id, folded(site.name)
            self.sites.setdefault(key, []).append(site)

    def judge(self, draft: Draft) -> None:
        """Give the draft its problems, or its verdict and act."""
        known = self._known(draft)
        if draft.problems:
            return
        owner = known.customer_public_id if known else self.owners[draft.number]
        site_id = self._site(draft, owner, known)
        roles = self._roles(draft)
        if draft.problems:
            return
        if known is not None:
            self._edit(draft, known, site_id, roles)
        elif need(Kind.CONTACTS, draft):
            self._create(draft, owner, site_id, roles or ())

    def _known(self, draft: Draft) -> KnownContact | None:
        if "id" in draft.given:
            known = self.by_id.get(draft.given["id"])
            if known is None:
                not_found(draft)
            elif customer_differs(draft, known.customer_public_id):
                return None
            return known
        key = self.owners[draft.number], folded(draft.given.get("name", ""))
        found = self.contacts.get(key, [])
        digits = {phone_digits(one) for one in draft.given.get("phones", ())}
        if digits:
            # Two people of one name are told apart by their numbers.
            found = [one for one in found if not one.digits or digits & set(one.digits)]
        return only_one(found, draft, "name")

    def _site(self, draft: Draft, owner: UUID, known: KnownContact | None) -> UUID | None:
        if "site" not in draft.given:
            return None
        if known is not None and folded(known.site_name) == folded(draft.given["site"]):
            return known.site_public_id
        found = self.sites.get((owner, folded(draft.given["site"])), [])
        if not found:
            draft.wrong("site", _("The customer has no site of this name. Import sites first."))
        site = only_one(found, draft, "site")
        return site.public_id if site else None

    def _roles(self, draft: Draft) -> tuple[str, ...] | None:
        """Codes of the roles given by code or name; None when none are given."""
        if "roles" not in draft.given:
            return None
        meant = {
            folded(word).casefold(): role.code
            for role in contact_roles()
            for word in (role.name_zh, role.name_en, role.code)
        }
        words = [folded(word).casefold() for word in draft.given["roles"]]
        if any(word not in meant for word in words):
            known = _(", ").join(role.name_zh for role in contact_roles())
            draft.wrong("roles", _("Choose from these roles: %(roles)s.") % {"roles": known})
        return tuple(meant[word] for word in words if word in meant)

    def _create(
        self, draft: Draft, owner: UUID, site_id: UUID | None, roles: tuple[str, ...]
    ) -> None:
        given, batch = draft.given, self.batch

        def act() -> None:
            made = create_contact(
                actor=batch.actor,
                customer_id=owner,
                name=given["name"],
                phones=given.get("phones", ()),
                site_id=site_id,
                title=given.get("title", ""),
                email=given.get("email", ""),
                roles=roles,
                now=batch.now,
            )
            if not given.get("active", True):
                values: dict[str, Any] = {name: getattr(made, name) for name in OWN}
                edit_contact(
                    actor=batch.actor,
                    contact_id=made.public_id,
                    version=made.version,
                    phones=given.get("phones", ()),
                    site_id=site_id,
                    roles=roles,
                    now=batch.now,
                    **values | {"active": False},
                )

        draft.creates(act)

    def _edit(
        self,
        draft: Draft,
        known: KnownContact,
        site_id: UUID | None,
        roles: tuple[str, ...] | None,
    ) -> None:
        own: dict[str, Any] = {name: draft.given[name] for name in OWN if name in draft.given}
        phones = draft.given.get("phones", known.phones)
        place = site_id or known.site_public_id
        parts = known.roles if roles is None else roles
        is_same = (
            not differing(known, own)
            and {phone_digits(one) for one in phones} == set(known.digits)
            and place == known.site_public_id
            and set(parts) == set(known.roles)
        )
        if is_same:
            return
        values = {name: getattr(known, name) for name in OWN} | own

        def act() -> None:
            edit_contact(
                actor=self.batch.actor,
                contact_id=known.public_id,
                version=known.version,
                phones=phones,
                site_id=place,
                roles=parts,
                now=self.batch.now,
                **values,
            )

        draft.changes(act)
