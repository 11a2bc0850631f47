"""Signed sheets as others count them: what the customer ticked, who did the work, for whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from yinuo.domains.fieldwork.models import SignOff, WorkOrder


@dataclass(frozen=True, slots=True)
class SignedSheet:
    """One signature on a sheet. `number` grows with each; `unit_id` is that of the engineer."""

    number: int
    public_id: UUID
    work_order_pk: int
    work_order_public_id: UUID
    request_pk: int
    plan_version_id: int | None
    customer_id: int
    project_id: int | None
    unit_id: int
    engineer_id: int
    satisfaction: str
    suggestions: str
    signer_name: str
    signed_at: datetime
    recorded_at: datetime


def sheets_signed_after(number: int, at_most: int) -> list[SignedSheet]:
    """Signatures after this one, in the order they were taken down; for the product itself."""
    return _sheets(SignOff.objects.filter(pk__gt=number).order_by("pk")[:at_most])


def last_signed(request_pk: int, until: datetime) -> SignedSheet | None:
    """The last signature on a request's sheets by an instant. The caller checked the request."""
    rows = SignOff.objects.filter(work_order__request_id=request_pk, signed_at__lte=until)
    return next(iter(_sheets(rows.order_by("-signed_at", "-pk")[:1])), None)


def _sheets(rows: QuerySet[SignOff]) -> list[SignedSheet]:
    read: Iterable[SignOff] = rows.select_related(
        "work_order__assignee", "work_order__request__asset"
    )
    return [_sheet(row) for row in read]


def _sheet(row: SignOff) -> SignedSheet:
    order = row.work_order
    request, engineer = order.request, order.assignee
    assert engineer is not None  # the database lets no sheet be signed without one
    return SignedSheet(
        number=row.pk,
        public_id=row.public_id,
        work_order_pk=order.pk,
        work_order_public_id=order.public_id,
        request_pk=order.request_id,
        plan_version_id=request.plan_version_id,
        customer_id=order.customer_id,
        project_id=request.asset.project_id if request.asset else None,
        unit_id=engineer.unit_id,
        engineer_id=engineer.pk,
        satisfaction=row.satisfaction,
        suggestions=row.suggestions,
        signer_name=row.signer_name,
        signed_at=row.signed_at,
        recorded_at=row.recorded_at,
    )


@dataclass(frozen=True, slots=True)
class WorkedSheet:
    """A sheet as it was worked on: of which request, given to its engineer when, his way."""

    public_id: UUID
    number: str
    request_pk: int
    request_public_id: UUID
    request_kind: str
    level: str
    plan_version_id: int | None
    engineer_id: int
    unit_id: int
    assigned_at: datetime | None
    departed_at: datetime | None
    arrived_at: datetime | None


def worked_sheets(public_ids: Iterable[UUID]) -> dict[UUID, WorkedSheet]:
    """Sheets with an engineer by public id; one statement, for the product itself."""
    return _worked(WorkOrder.objects.filter(public_id__in=list(public_ids)))


def worked_sheets_about(subject_ids: Iterable[UUID]) -> dict[UUID, WorkedSheet]:
    """Sheets that are one of the subjects, or whose request is; for the product itself."""
    ids = list(subject_ids)
    mine = Q(public_id__in=ids) | Q(request__public_id__in=ids)
    return _worked(WorkOrder.objects.filter(mine))


def _worked(rows: QuerySet[WorkOrder]) -> dict[UUID, WorkedSheet]:
    columns = rows.filter(assignee__isnull=False).values_list(
        "public_id",
        "number",
        "request_id",
        "request__public_id",
        "request__kind",
        "request__level",
        "request__plan_version_id",
        "assignee_id",
        "assignee__unit_id",
        "assigned_at",
        "departed_at",
        "arrived_at",
    )
    return {row[0]: WorkedSheet(*row) for row in columns}
