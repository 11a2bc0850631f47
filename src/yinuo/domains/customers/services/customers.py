"""Customers: create and edit."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from yinuo.domains.customers.models import Customer
from yinuo.domains.customers.policies import visible_customers
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
    now: datetime,
) -> Customer:
    """Open a customer file in a unit the actor may write in.

    Two customers may share a name; the intake shows both. Raises InvalidInput, NotFound.
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
        )
        work.audit("customer.create", customer, after={"name": customer.name, "unit": unit.code})
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
    now: datetime,
) -> Customer:
    """Change a customer's own data. Raises Conflict when somebody was faster."""
    customer = one_of(visible_customers(actor, Permission.CUSTOMER_WRITE), customer_id)
    _check(name, short_name)
    with writing(actor=actor, now=now) as work:
        before = {"name": customer.name, "active": customer.active}
        changes = {
            "name": name.strip(),
            "name_key": pinyin_key(name.strip()),
            "short_name": short_name.strip(),
            "notes": notes,
            "active": active,
        }
        stored(customer, expected_version=version, changes=changes)
        work.audit("customer.edit", customer, before=before, after={"name": name, "active": active})
        work.emit("customer.changed", customer)
        return customer


def _check(name: str, short_name: str) -> None:
    problems: dict[str, str] = {}
    if not name.strip() or len(name) > NAME_LENGTH:
        problems["name"] = _("Give a name of at most 200 characters.")
    if len(short_name) > SHORT_NAME_LENGTH:
        problems["short_name"] = _("Use at most 80 characters.")
    if problems:
        raise InvalidInput(problems)
