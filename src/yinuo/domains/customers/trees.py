"""The tree of companies a customer stands in, as far as the actor sees it."""

from __future__ import annotations

from django.db import connection

from yinuo.domains.customers.types import Branch
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor

# A customer's whole tree from the top one in the actor's scope: the customer's own branch upwards
# as far as it is visible, then everything below. Levels are bounded by the service; here by 100.
_TREE = """
WITH RECURSIVE above AS (
    SELECT id, parent_id, 1 AS height FROM customers_customer WHERE id = %(id)s
    UNION ALL
    SELECT one.id, one.parent_id, above.height + 1
    FROM customers_customer AS one JOIN above ON one.id = above.parent_id
    WHERE one.unit_id = ANY(%(units)s::bigint[]) AND above.height < 100
), tree AS (
    SELECT one.id, one.public_id, one.name, one.active, 0 AS level,
        ARRAY[one.name_key::text] AS place
    FROM customers_customer AS one
    WHERE one.id = (SELECT id FROM above ORDER BY height DESC LIMIT 1)
    UNION ALL
    SELECT one.id, one.public_id, one.name, one.active, tree.level + 1,
        tree.place || one.name_key::text || one.id::text
    FROM customers_customer AS one JOIN tree ON one.parent_id = tree.id
    WHERE one.unit_id = ANY(%(units)s::bigint[]) AND tree.level < 100
)
SELECT public_id, name, level, active FROM tree ORDER BY place LIMIT %(most)s
"""
MOST_BRANCHES = 200


def customer_tree(actor: Actor, customer_id: int) -> tuple[Branch, ...]:
    """The companies a visible customer (internal id) belongs to and those that belong to it.

    From the top one the actor sees, in order of names, at most 200; one query. A customer on its
    own gives himself alone.
    """
    units = list(actor.units_for(Permission.CUSTOMER_READ))
    with connection.cursor() as cursor:
        cursor.execute(_TREE, {"id": customer_id, "units": units, "most": MOST_BRANCHES})
        return tuple(Branch(*row) for row in cursor.fetchall())
