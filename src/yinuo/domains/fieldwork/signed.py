"""Signed sheets as others count them: what the customer ticked, who did the work, for whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from yinuo.domains.fieldwork.models import SignOff


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
