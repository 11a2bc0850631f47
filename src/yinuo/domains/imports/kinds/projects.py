"""Projects: by ID, or by name at the customer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from yinuo.domains.assets.known import KnownProject, known_projects
from yinuo.domains.assets.services import create_project, edit_project
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
OWN = ("name", "accepted_on", "finished_on")


def file_projects(batch: Batch, drafts: Sequence[Draft]) -> None:
    """Judge rows of projects."""
    customers = Customers(batch.actor, RIGHT, drafts)
    owners: dict[int, UUID] = {}
    for draft in drafts:
        if not draft.problems and "id" not in draft.given and (one := customers.of(draft)):
            owners[draft.number] = one.public_id
    known = known_projects(
        batch.actor,
        RIGHT,
        customer_ids=set(owners.values()),
        names=spellings(values_of(drafts, "name")),
        public_ids=ids_of(drafts),
    )
    by_id = {one.public_id: one for one in known}
    for draft in drafts:
        if draft.problems:
            continue
        if "id" in draft.given:
            _by_id(batch, draft, by_id.get(draft.given["id"]))
            continue
        owner, name = owners[draft.number], folded(draft.given.get("name", ""))
        same = [
            one for one in known if one.customer_public_id == owner and folded(one.name) == name
        ]
        if (there := only_one(same, draft, "name")) is not None:
            _edit(batch, draft, there)
        elif not draft.problems and need(Kind.PROJECTS, draft):
            _create(batch, draft, owner)


def _by_id(batch: Batch, draft: Draft, known: KnownProject | None) -> None:
    if known is None:
        not_found(draft)
    elif not customer_differs(draft, known.customer_public_id):
        _edit(batch, draft, known)


def _create(batch: Batch, draft: Draft, owner: UUID) -> None:
    own: dict[str, Any] = {name: draft.given[name] for name in OWN if name in draft.given}
    draft.creates(
        lambda: create_project(actor=batch.actor, customer_id=owner, now=batch.now, **own)
    )


def _edit(batch: Batch, draft: Draft, known: KnownProject) -> None:
    own = {name: draft.given[name] for name in OWN if name in draft.given}
    if not differing(known, own):
        return
    values: dict[str, Any] = {name: getattr(known, name) for name in OWN} | own
    draft.changes(
        lambda: edit_project(
            actor=batch.actor,
            project_id=known.public_id,
            version=known.version,
            now=batch.now,
            **values,
        )
    )
