"""The papers promised to customers, many rows at once: for imports and exports."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from yinuo.domains.contracts.models import Paper
from yinuo.domains.contracts.papers import visible_papers
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor


@dataclass(frozen=True, slots=True)
class KnownPaper:
    """A promised paper as a row of a file; `title` is the Chinese one where it has two."""

    id: int
    public_id: UUID
    version: int
    customer_public_id: UUID
    customer_name: str
    contract_public_id: UUID | None
    contract_number: str
    project_public_id: UUID | None
    project_name: str
    title: str
    kind: str
    due_after: str
    due_days: int
    due_on: date | None


def known_papers(
    actor: Actor,
    permission: Permission,
    *,
    customer_ids: Collection[UUID] = (),
    public_ids: Collection[UUID] = (),
) -> list[KnownPaper]:
    """The papers of these customers, and those of these ids."""
    found = visible_papers(actor, permission).filter(
        Q(customer__public_id__in=customer_ids) | Q(public_id__in=public_ids)
    )
    return _rows(found.order_by("id"))


def papers_after(actor: Actor, last_id: int, limit: int) -> list[KnownPaper]:
    """The next visible papers behind a row number, in the order they were promised."""
    return _rows(visible_papers(actor).filter(id__gt=last_id).order_by("id")[:limit])


def _rows(found: QuerySet[Paper]) -> list[KnownPaper]:
    return [
        KnownPaper(
            id=one.pk,
            public_id=one.public_id,
            version=one.version,
            customer_public_id=one.customer.public_id,
            customer_name=one.customer.name,
            contract_public_id=one.contract.public_id if one.contract else None,
            contract_number=one.contract.number if one.contract else "",
            project_public_id=one.project.public_id if one.project else None,
            project_name=one.project.name if one.project else "",
            title=one.title_zh or one.title_en,
            kind=one.kind,
            due_after=one.due_after,
            due_days=one.due_days,
            due_on=one.due_on,
        )
        for one in found.select_related("customer", "contract", "project")
    ]
