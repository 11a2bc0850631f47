"""The tree of companies: who belongs to whom, without circles however many change it at once."""

from __future__ import annotations

from django.db import connection
from django.utils.translation import gettext as _

from yinuo.domains.customers.models import Customer
from yinuo.domains.customers.policies import visible_customers
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import InvalidInput
from yinuo.platform.scoped import one_of

# Whoever moves a company holds it until his step ends: two moves can never close a circle together.
_TREE_LOCK = 20_261_122_05
MOST_LEVELS = 8

# How many companies stand above a customer, itself counted, and how many levels below it.
_ABOVE = """
WITH RECURSIVE above AS (
    SELECT id, parent_id, 1 AS height FROM customers_customer WHERE id = %s
    UNION ALL
    SELECT one.id, one.parent_id, above.height + 1
    FROM customers_customer AS one JOIN above ON one.id = above.parent_id
    WHERE above.height < 100
)
SELECT coalesce(max(height), 0), coalesce(bool_or(id = %s), false) FROM above
"""
_BELOW = """
WITH RECURSIVE below AS (
    SELECT id, 1 AS depth FROM customers_customer WHERE id = %s
    UNION ALL
    SELECT one.id, below.depth + 1
    FROM customers_customer AS one JOIN below ON one.parent_id = below.id
    WHERE below.depth < 100
)
SELECT max(depth) FROM below
"""


def parent_for(
    actor: Actor, parent_id: object, *, child: Customer | None = None
) -> Customer | None:
    """The company that a customer is to belong to; None for none. Call it inside the step.

    A parent that the actor cannot see stays when he leaves the field empty: he did not mean it.
    Raises InvalidInput on `parent_id` for a circle or more than eight levels, NotFound for one he
    cannot see.
    """
    if not parent_id:
        return _hidden_parent(actor, child)
    parent = one_of(visible_customers(actor), parent_id)
    if child is None or child.parent_id != parent.pk:
        _check_tree(parent, child)
    return parent


def _hidden_parent(actor: Actor, child: Customer | None) -> Customer | None:
    if child is None or child.parent_id is None:
        return None
    if visible_customers(actor).filter(pk=child.parent_id).exists():
        return None
    return child.parent


def _check_tree(parent: Customer, child: Customer | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TREE_LOCK])
        cursor.execute(_ABOVE, [parent.pk, child.pk if child else 0])
        height, is_circle = cursor.fetchone()
        if is_circle:
            message = _("This company belongs to the customer itself; it cannot stand above it.")
            raise InvalidInput({"parent_id": message})
        depth = 1
        if child is not None:
            cursor.execute(_BELOW, [child.pk])
            depth = cursor.fetchone()[0]
    if height + depth > MOST_LEVELS:
        raise InvalidInput({"parent_id": _("A tree of companies has at most eight levels.")})
