"""What dispatch must know of sheets: what a visit is about, and what people already have to do."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from yinuo.domains.fieldwork.models import Companion, WorkOrder
from yinuo.domains.fieldwork.policies import visible_work_orders
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.kernel.work_states import WorkOrderState
from yinuo.platform.scoped import one_of

# From being given to somebody until the work there is done.
_S = WorkOrderState
# The columns of a visit wanted; whole sheets, cases and assets take several times as long to read.
_WANTED = (
    *("public_id", "version", "number", "state", "unit_id", "customer_id", "agreed_for"),
    *("service_at", "assignee_id", "request__public_id", "request__asset__asset_class"),
    *("request__site__latitude", "request__site__longitude"),
)
UNDER_WAY = [one.value for one in (_S.ASSIGNED, _S.ACCEPTED, _S.APPOINTED, _S.DEPARTED, _S.ARRIVED)]


@dataclass(frozen=True, slots=True)
class VisitWanted:
    """The visit of a sheet, as somebody is looked for."""

    id: int
    public_id: UUID
    version: int
    number: str
    state: str
    unit_id: int
    customer_id: int
    request_public_id: UUID
    product_line: str
    latitude: Decimal | None
    longitude: Decimal | None
    not_before: datetime | None
    agreed_for: datetime | None
    assignee_id: int | None


@dataclass(frozen=True, slots=True)
class OpenVisit:
    """A sheet that a person has on his hands."""

    work_order_id: int
    person_id: int
    agreed_for: datetime | None


def get_visit(actor: Actor, work_order_id: object) -> VisitWanted:
    """The visit of a sheet to which the actor may send people; NotFound for any other."""
    orders = visible_work_orders(actor).filter(
        unit_id__any=actor.units_for(Permission.WORK_ORDER_ASSIGN)
    )
    with_case = orders.select_related("request__asset", "request__site").only(*_WANTED)
    one = one_of(with_case, work_order_id)
    request = one.request
    site = request.site
    return VisitWanted(
        id=one.pk,
        public_id=one.public_id,
        version=one.version,
        number=one.number,
        state=one.state,
        unit_id=one.unit_id,
        customer_id=one.customer_id,
        request_public_id=request.public_id,
        product_line=request.asset.asset_class if request.asset else "",
        latitude=site.latitude if site else None,
        longitude=site.longitude if site else None,
        not_before=one.agreed_for or one.service_at,
        agreed_for=one.agreed_for,
        assignee_id=one.assignee_id,
    )


def open_visits(person_ids: Collection[int], but: Collection[int]) -> list[OpenVisit]:
    """Sheets under way that these people lead or go along to, `but` some left out.

    The caller knows the people.
    """
    found = WorkOrder.objects.filter(state__in=UNDER_WAY).exclude(pk__in=but)
    return _led(found.filter(assignee_id__in=person_ids)) + _along(
        Companion.objects.filter(work_order__in=found, person_id__in=person_ids)
    )


def appointments_within(begins: datetime, ends: datetime, but: int) -> list[OpenVisit]:
    """Sheets under way that are agreed for after `begins` and before `ends`, `but` one left out.

    Everybody's: the caller knows the people.
    """
    found = WorkOrder.objects.filter(
        state__in=UNDER_WAY, agreed_for__gt=begins, agreed_for__lt=ends, assignee__isnull=False
    ).exclude(pk=but)
    return _led(found.order_by()) + _along(Companion.objects.filter(work_order__in=found))


def _led(found: QuerySet[WorkOrder]) -> list[OpenVisit]:
    """Of sheets that have somebody."""
    rows = found.values_list("pk", "assignee_id", "agreed_for")
    return [OpenVisit(*one) for one in rows]


def _along(found: QuerySet[Companion]) -> list[OpenVisit]:
    rows = found.values_list("work_order_id", "person_id", "work_order__agreed_for")
    return [OpenVisit(*one) for one in rows]


def people_who_know(customer_id: int) -> frozenset[int]:
    """Who has worked for the customer before. The caller has checked the customer."""
    return who_know_each([customer_id])[customer_id]


def who_know_each(customer_ids: Collection[int]) -> dict[int, frozenset[int]]:
    """The same for each of some customers. One statement."""
    rows = WorkOrder.objects.filter(
        customer_id__in=customer_ids, finished_at__isnull=False, assignee__isnull=False
    )
    known: dict[int, set[int]] = {one: set() for one in customer_ids}
    for customer, person in rows.order_by().values_list("customer_id", "assignee_id").distinct():
        known[customer].add(person)
    return {customer: frozenset(people) for customer, people in known.items()}
