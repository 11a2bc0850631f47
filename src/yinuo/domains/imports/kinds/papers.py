"""Promised papers: by ID, or by title at the contract or project."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from yinuo.domains.assets.known import KnownProject, known_projects
from yinuo.domains.contracts.known import KnownContract, known_contracts
from yinuo.domains.contracts.known_papers import KnownPaper, known_papers
from yinuo.domains.contracts.services.papers import PaperData, edit_paper, promise_paper
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
from yinuo.kernel.plan.papers import PaperStart

RIGHT = Permission.CONTRACT_WRITE
OWN = ("title", "kind", "due_after", "due_days", "due_on")


def file_papers(batch: Batch, drafts: Sequence[Draft]) -> None:
    """Judge rows of promised papers."""
    filing = _Filing(batch, drafts)
    for draft in drafts:
        if not draft.problems:
            filing.judge(draft)


class _Filing:
    """What a batch of rows may meet: customers, their contracts, projects and papers."""

    def __init__(self, batch: Batch, drafts: Sequence[Draft]) -> None:
        self.batch = batch
        customers = Customers(batch.actor, RIGHT, drafts)
        self.owners: dict[int, UUID] = {}
        for draft in drafts:
            if not draft.problems and "id" not in draft.given and (one := customers.of(draft)):
                self.owners[draft.number] = one.public_id
        owners = set(self.owners.values())
        known: dict[str, Any] = {"customer_ids": owners}
        self.contracts = known_contracts(
            batch.actor, RIGHT, numbers=values_of(drafts, "contract"), **known
        )
        self.projects = known_projects(
            batch.actor, RIGHT, names=spellings(values_of(drafts, "project")), **known
        )
        papers = known_papers(batch.actor, RIGHT, public_ids=ids_of(drafts), **known)
        self.by_id = {one.public_id: one for one in papers}
        self.papers = papers

    def judge(self, draft: Draft) -> None:
        """Give the draft its problems, or its verdict and act."""
        after = draft.given.get("due_after", "")
        if after not in ("", *(one.value for one in PaperStart)):
            draft.wrong("due_after", _("Write signed, finished, accepted, or nothing."))
        if "due_days" in draft.given and draft.given["due_days"] % 1:
            draft.wrong("due_days", _("Give whole days."))
        if draft.problems:
            return
        if "id" in draft.given:
            known = self.by_id.get(draft.given["id"])
            if known is None:
                not_found(draft)
            elif not customer_differs(draft, known.customer_public_id):
                self._edit(draft, known)
            return
        owner = self.owners[draft.number]
        contract, project = self._contract(draft, owner), self._project(draft, owner)
        if draft.problems:
            return
        same = [one for one in self.papers if _is_same(one, draft, owner, contract, project)]
        if (there := only_one(same, draft, "title")) is not None:
            self._edit(draft, there)
        elif not draft.problems and need(Kind.PAPERS, draft):
            self._create(draft, contract, project)

    def _contract(self, draft: Draft, owner: UUID) -> KnownContract | None:
        number = draft.given.get("contract")
        if number is None:
            return None
        found = [
            one
            for one in self.contracts
            if one.customer_public_id == owner and one.number == number
        ]
        if not found:
            draft.wrong("contract", _("The customer has no contract of this number."))
        return only_one(found, draft, "contract")

    def _project(self, draft: Draft, owner: UUID) -> KnownProject | None:
        name = draft.given.get("project")
        if name is None:
            return None
        found = [
            one
            for one in self.projects
            if one.customer_public_id == owner and folded(one.name) == folded(name)
        ]
        if not found:
            draft.wrong("project", _("The customer has no project of this name."))
        return only_one(found, draft, "project")

    def _create(
        self, draft: Draft, contract: KnownContract | None, project: KnownProject | None
    ) -> None:
        if contract is None and project is None:
            draft.wrong("contract", _("Name the contract or the project."))
            return
        data, batch = _data({}, draft), self.batch
        draft.creates(
            lambda: promise_paper(
                actor=batch.actor,
                contract_id=contract.public_id if contract else None,
                project_id=project.public_id if project else None,
                data=data,
                now=batch.now,
            )
        )

    def _edit(self, draft: Draft, known: KnownPaper) -> None:
        own = {name: draft.given[name] for name in OWN if name in draft.given}
        if not differing(known, own):
            return
        data, batch = _data({name: getattr(known, name) for name in OWN}, draft), self.batch
        draft.changes(
            lambda: edit_paper(
                actor=batch.actor,
                paper_id=known.public_id,
                version=known.version,
                data=data,
                now=batch.now,
            )
        )


def _is_same(
    one: KnownPaper,
    draft: Draft,
    owner: UUID,
    contract: KnownContract | None,
    project: KnownProject | None,
) -> bool:
    where = (contract.public_id if contract else None, project.public_id if project else None)
    return (
        one.customer_public_id == owner
        and (one.contract_public_id, one.project_public_id) == where
        and folded(one.title) == folded(draft.given.get("title", ""))
    )


def _data(known: dict[str, Any], draft: Draft) -> PaperData:
    """The paper as the row leaves it. A fixed day takes the place of days after something."""
    own = {name: draft.given[name] for name in OWN if name in draft.given}
    if "due_on" in own and "due_after" not in own:
        known = known | {"due_after": "", "due_days": 0}
    elif own.get("due_after") and "due_on" not in own:
        known = known | {"due_on": None}
    values = known | own
    if "due_days" in values:
        values["due_days"] = int(values["due_days"])
    return PaperData(**values)
