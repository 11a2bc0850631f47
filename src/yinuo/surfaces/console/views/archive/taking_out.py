"""Parts of a customer's file taken out as workbooks: calls on him, consents, the health record."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yinuo.domains.customers.selectors import get_customer, list_contacts, list_customer_visits
from yinuo.domains.customers.types import CustomerRow
from yinuo.domains.feedback.health import health_of_customer
from yinuo.domains.feedback.health_types import HealthLine
from yinuo.domains.network.types import Actor
from yinuo.platform.paging import Page
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.exports import workbook
from yinuo.surfaces.console.file_columns import CONSENTS, HEALTH, VISITS, ContactConsent


@require_GET
@page
def of_customer(request: HttpRequest, customer_id: UUID, part: str) -> HttpResponse:
    """One part of the file of a customer as a workbook."""
    customer = get_customer(actor_of(request), customer_id)
    parts: dict[str, tuple[Any, Any, Any]] = {
        "visits": (_("Calls on the customer"), VISITS, _visits),
        "consents": (_("Consent"), CONSENTS, _consents),
        "health": (_("Health record"), HEALTH, _health),
    }
    if part not in parts:
        raise Http404
    title, columns, read = parts[part]
    return workbook(request, f"{customer.name} {title}", columns, read, customer=customer)


def _visits(actor: Actor, *, customer: CustomerRow, cursor: str, limit: int) -> Page[Any]:
    return list_customer_visits(actor, customer.public_id, cursor=cursor, limit=limit)


def _consents(
    actor: Actor, *, customer: CustomerRow, cursor: str, limit: int
) -> Page[ContactConsent]:
    found = list_contacts(actor, customer_id=customer.public_id, cursor=cursor, limit=limit)
    rows = tuple(ContactConsent(one, said) for one in found.items for said in one.consents)
    return Page(rows, found.next_cursor)


def _health(actor: Actor, *, customer: CustomerRow, cursor: str, limit: int) -> Page[HealthLine]:
    return Page(health_of_customer(actor, customer, timezone.now()).lines, "")
