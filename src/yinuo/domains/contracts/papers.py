"""Papers promised to customers: which there are, where each stands, which are missing (SG-08)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from yinuo.domains.contracts.models import Contract, Paper, PaperHandover
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.kernel.plan.papers import PaperStart, paper_due_on
from yinuo.platform.files.selectors import files_of
from yinuo.platform.files.types import FileView, Owner
from yinuo.platform.scoped import identity, one_of

OWNER_KIND = "contracts.paper"
VERSION, SIGNED = "version", "signed"
MOST_PAPERS = 500


class PaperState(StrEnum):
    """Where a paper stands; everything but the last two is missing to the customer."""

    NONE = "none"
    WRITTEN = "written"
    CHECKED = "checked"
    HANDED_OVER = "handed_over"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True)
class Handover:
    """Who took which version, when and how. `signed` is the signed receipt, if kept."""

    handed_on: date
    taken_by: str
    how: str
    file: FileView | None
    signed: FileView | None
    recorded_by: str


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A promised paper. `due_on` is the last day in time, None without a date or while the day it
    counts from (`due_after`) is not known; `versions` are its files, the newest first."""

    id: int
    public_id: UUID
    version: int
    customer_id: int
    customer_public_id: UUID
    contract_id: int | None
    contract_public_id: UUID | None
    contract_number: str
    project_public_id: UUID | None
    project_name: str
    code: str
    title_zh: str
    title_en: str
    kind: str
    due_after: str
    due_days: int
    fixed_on: date | None
    due_on: date | None
    versions: tuple[FileView, ...]
    checked_file: UUID | None
    checked_at: datetime | None
    checked_by: str
    handovers: tuple[Handover, ...]
    waived_reason: str

    @property
    def state(self) -> PaperState:
        """Handed over is the newest version, or an older one with nothing newer written."""
        if self.waived_reason:
            return PaperState.WAIVED
        newest = self.versions[0].public_id if self.versions else None
        last = self.handovers[0].file if self.handovers else None
        if last is not None and last.public_id == newest:
            return PaperState.HANDED_OVER
        if newest is None:
            return PaperState.NONE
        return PaperState.CHECKED if self.checked_file == newest else PaperState.WRITTEN

    @property
    def is_missing(self) -> bool:
        """True until the newest version was handed over, unless it is not owed any more."""
        return self.state not in (PaperState.HANDED_OVER, PaperState.WAIVED)

    def is_late(self, today: date) -> bool:
        """True when it is missing after its last day."""
        return self.is_missing and self.due_on is not None and self.due_on < today


def visible_papers(
    actor: Actor, permission: Permission = Permission.CONTRACT_READ
) -> QuerySet[Paper]:
    """Papers of customers in whose unit the actor holds the right."""
    return Paper.objects.filter(customer__unit_id__any=actor.units_for(permission))


def list_papers(
    actor: Actor,
    *,
    customer_id: object = None,
    contract_id: object = None,
    project_id: object = None,
) -> list[PaperRow]:
    """Visible papers of a customer, contract or project (public ids), what is due first leading.

    A project's are also those of contracts made for it. At most 500; three queries.
    """
    papers = visible_papers(actor)
    if customer_id is not None:
        papers = papers.filter(customer__public_id=identity(customer_id))
    if contract_id is not None:
        papers = papers.filter(contract__public_id=identity(contract_id))
    if project_id is not None:
        project = identity(project_id)
        papers = papers.filter(
            Q(project__public_id=project) | Q(contract__project__public_id=project)
        )
    return _rows(papers)


def get_paper(
    actor: Actor, public_id: object, permission: Permission = Permission.CONTRACT_READ
) -> PaperRow:
    """One visible paper; NotFound otherwise."""
    row = one_of(visible_papers(actor, permission), public_id)
    return _rows(Paper.objects.filter(pk=row.pk))[0]


def missing_papers(contract_id: int) -> tuple[PaperRow, ...]:
    """What a contract (internal id) promised and was not handed over, what is due first leading.

    The caller has scoped the contract.
    """
    return missing_papers_of([contract_id])[contract_id]


def missing_papers_of(contract_ids: Iterable[int]) -> dict[int, tuple[PaperRow, ...]]:
    """The same for several contracts at once; three queries."""
    found: dict[int, list[PaperRow]] = {one: [] for one in contract_ids}
    for row in _rows(Paper.objects.filter(contract_id__in=list(found), waived_reason="")):
        if row.contract_id is not None and row.is_missing:
            found[row.contract_id].append(row)
    return {contract_id: tuple(rows) for contract_id, rows in found.items()}


def _rows(papers: QuerySet[Paper]) -> list[PaperRow]:
    loaded = papers.select_related("customer", "contract__project", "project")
    rows = list(loaded.order_by("id")[:MOST_PAPERS])
    handovers = defaultdict(list)
    for one in PaperHandover.objects.filter(paper__in=rows).order_by("-id"):
        handovers[one.paper_id].append(one)
    owners = {row.pk: Owner(OWNER_KIND, row.public_id) for row in rows}
    files = files_of(owners.values())
    shaped = [_row(row, handovers[row.pk], files[owners[row.pk]]) for row in rows]
    return sorted(shaped, key=lambda one: (one.due_on is None, one.due_on, one.id))


def _row(row: Paper, handovers: list[PaperHandover], files: list[FileView]) -> PaperRow:
    contract, project = row.contract, row.project
    project = project or (contract.project if contract else None)
    by_id = {one.public_id: one for one in files}
    return PaperRow(
        id=row.pk,
        public_id=row.public_id,
        version=row.version,
        customer_id=row.customer_id,
        customer_public_id=row.customer.public_id,
        contract_id=row.contract_id,
        contract_public_id=contract.public_id if contract else None,
        contract_number=contract.number if contract else "",
        project_public_id=project.public_id if project else None,
        project_name=project.name if project else "",
        code=row.code,
        title_zh=row.title_zh,
        title_en=row.title_en,
        kind=row.kind,
        due_after=row.due_after,
        due_days=row.due_days,
        fixed_on=row.due_on,
        due_on=row.due_on or _due_on(row, contract, project),
        versions=tuple(one for one in reversed(files) if one.purpose == VERSION),
        checked_file=row.checked_file,
        checked_at=row.checked_at,
        checked_by=row.checked_by,
        handovers=tuple(_handover(one, by_id) for one in handovers),
        waived_reason=row.waived_reason,
    )


def _due_on(row: Paper, contract: Contract | None, project: Any) -> date | None:
    known = {
        PaperStart.SIGNED: contract.starts_on if contract else None,
        PaperStart.FINISHED: project.finished_on if project else None,
        PaperStart.ACCEPTED: project.accepted_on if project else None,
    }
    return paper_due_on(PaperStart(row.due_after) if row.due_after else None, row.due_days, known)


def _handover(row: PaperHandover, files: Mapping[UUID, FileView]) -> Handover:
    return Handover(
        handed_on=row.handed_on,
        taken_by=row.taken_by,
        how=row.how,
        file=files.get(row.file),
        signed=files.get(row.signed_file) if row.signed_file else None,
        recorded_by=row.recorded_by,
    )
