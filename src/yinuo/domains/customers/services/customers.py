"""Customers: create and edit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from yinuo.domains.customers.models import Customer
from yinuo.domains.customers.policies import visible_customers
from yinuo.domains.customers.services.trees import parent_for
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import unit_for
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import InvalidInput
from yinuo.platform.journal.work import stored, writing
from yinuo.platform.scoped import one_of
from yinuo.platform.sorting import pinyin_key

NAME_LENGTH = 200
SHORT_NAME_LENGTH = 80


def create_customer(
    *,
    actor: Actor,
    unit_id: object,
    name: str,
    short_name: str = "",
    notes: str = "",
    parent_id: object = None,
    now: datetime,
) -> Customer:
    """Open a customer file in a unit the actor may write in.

    `parent_id` names the company it belongs to. Two customers may share a name; the intake shows
    both. Raises InvalidInput, NotFound.
    """
    unit = unit_for(actor, unit_id, Permission.CUSTOMER_WRITE)
    _check(name, short_name)
    with writing(actor=actor, now=now) as work:
        customer = Customer.objects.create(
            name=name.strip(),
            name_key=pinyin_key(name.strip()),
            short_name=short_name.strip(),
            notes=notes,
            unit=unit,
            parent=parent_for(actor, parent_id),
        )
        after = {"name": customer.name, "unit": unit.code, "parent": _id_of(customer.parent)}
        work.audit("customer.create", customer, after=after)
        work.emit("customer.created", customer)
        return customer


def edit_customer(
    *,
    actor: Actor,
    customer_id: object,
    version: int,
    name: str,
    short_name: str,
    notes: str,
    active: bool,
    parent_id: object,
    now: datetime,
) -> Customer:
    """Change a customer's own data and the company it belongs to.

    Raises Conflict when somebody was faster, InvalidInput for a circle of companies.
    """
    customers = visible_customers(actor, Permission.CUSTOMER_WRITE).select_related("parent")
    customer = one_of(customers, customer_id)
    _check(name, short_name)
    with writing(actor=actor, now=now) as work:
        before = _shown(customer)
        changes = {
            "parent": parent_for(actor, parent_id, child=customer),
            "name": name.strip(),
            "name_key": pinyin_key(name.strip()),
            "short_name": short_name.strip(),
            "notes": notes,
            "active": active,
        }
        stored(customer, expected_version=version, changes=changes)
        work.audit("customer.edit", customer, before=before, after=_shown(customer))
        work.emit("customer.changed", customer)
        return customer


def _shown(customer: Customer) -> dict[str, Any]:
    return {
        "name": customer.name,
        "short_name": customer.short_name,
        "active": customer.active,
        "parent": _id_of(customer.parent),
    }


def _id_of(customer: Customer | None) -> str | None:
    return str(customer.public_id) if customer else None


def _check(name: str, short_name: str) -> None:
    problems: dict[str, str] = {}
    if not name.strip() or len(name) > NAME_LENGTH:
        problems["name"] = _("Give a name of at most 200 characters.")
    if len(short_name) > SHORT_NAME_LENGTH:
        problems["short_name"] = _("Use at most 80 characters.")
    if problems:
        raise InvalidInput(problems)
