"""Who is calling: by part of a number, or by name of a contact or company; and the place a
request names."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from yinuo.domains.customers.phones import is_phone, phone_digits
from yinuo.domains.customers.types import Caller, Place
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.platform.database.lookups import LONGEST_RUN, WILD
from yinuo.platform.errors import InvalidInput, NotFound
from yinuo.platform.scoped import identity

MOST_CALLERS = 8
FEWEST_LETTERS = 2
# Of more that fit only so many are sorted: who types that little must type on.
MOST_SORTED = 400

# Hand-written: it runs for every request opened and answers what four queries would. The scope
# is part of it, and a site or contact of another customer does not join. Columns as in Place.
_PLACE = """
SELECT customer.id, customer.public_id, customer.name, customer.unit_id, unit.code,
    site.id, site.public_id, coalesce(site.zone, 'Asia/Shanghai'),
    contact.id, contact.public_id, coalesce(contact.name, ''),
    coalesce((SELECT phone.number FROM customers_phone AS phone
              WHERE phone.contact_id = contact.id ORDER BY phone.id LIMIT 1), '')
FROM customers_customer AS customer
JOIN network_unit AS unit ON unit.id = customer.unit_id
LEFT JOIN customers_site AS site
    ON site.customer_id = customer.id AND site.public_id = %s::uuid
LEFT JOIN customers_contact AS contact
    ON contact.customer_id = customer.id AND contact.public_id = %s::uuid
WHERE customer.public_id = %s::uuid AND customer.unit_id = ANY(%s::bigint[])
"""

# Hand-written, because nothing else keeps them fast whatever is typed: the planner does not know
# how many rows fit, so that it is told the order of steps. First some rows that fit, within the
# scope and in no order (a word such as 公司 fits nearly every row: sorting all of them to show
# eight would take seconds); then those are looked up and sorted. `OFFSET 0` keeps a step as it is;
# a later way to find rows is taken only while the earlier ones have not found enough.
_OWN = """
JOIN LATERAL (SELECT contact.id FROM customers_contact AS contact
    JOIN customers_customer AS customer ON customer.id = contact.customer_id
    WHERE contact.id = phone.contact_id AND contact.active
        AND customer.unit_id = ANY(%(units)s::bigint[]) OFFSET 0) AS own ON true
"""
_PHONES = f"""
WITH fitting AS MATERIALIZED (SELECT * FROM (
    (SELECT phone.id, 0 AS rank FROM customers_phone AS phone {_OWN}
        WHERE phone.digits = %(digits)s LIMIT 40)
    UNION ALL (SELECT phone.id, 1 FROM customers_phone AS phone {_OWN}
        WHERE reverse(phone.digits) >= %(end)s AND reverse(phone.digits) < %(end_after)s LIMIT 40)
    UNION ALL (SELECT phone.id, 2 FROM customers_phone AS phone {_OWN}
        WHERE phone.digits >= %(digits)s AND phone.digits < %(after)s LIMIT 40)
    UNION ALL (SELECT phone.id, 3 FROM customers_phone AS phone {_OWN}
        WHERE digit_grams(phone.digits) @> %(runs)s::text[]
            AND strpos(phone.digits, %(digits)s::text) > 0 LIMIT 40)
    ) AS step LIMIT 40
), best AS MATERIALIZED (SELECT id, min(rank) AS rank FROM fitting GROUP BY id)
SELECT one.* FROM best JOIN LATERAL (
    SELECT customer.public_id, customer.name, contact.public_id, contact.name, phone.number
    FROM customers_phone AS phone JOIN customers_contact AS contact ON contact.id = phone.contact_id
    JOIN customers_customer AS customer ON customer.id = contact.customer_id
    WHERE phone.id = best.id OFFSET 0
) AS one ON true
ORDER BY best.rank, one.number, best.id LIMIT {2 * MOST_CALLERS}
"""  # noqa: S608 - constants only
_NAMES = f"""
WITH people AS MATERIALIZED (
    SELECT contact.id, contact.name_key FROM customers_contact AS contact
    JOIN LATERAL (SELECT customer.id FROM customers_customer AS customer
        WHERE customer.id = contact.customer_id
            AND customer.unit_id = ANY(%(units)s::bigint[]) OFFSET 0) AS own ON true
    WHERE search_grams(contact.name) @> search_grams(%(text)s::text)
        AND contact.name ILIKE %(like)s AND contact.active LIMIT {MOST_SORTED}
), companies AS MATERIALIZED (SELECT * FROM (
    (SELECT id, name_key FROM (SELECT * FROM customers_customer LIMIT 1000) AS any_customer
        WHERE name ILIKE %(like)s AND active AND unit_id = ANY(%(units)s::bigint[]))
    UNION ALL (SELECT id, name_key FROM customers_customer
        WHERE search_grams(name) @> search_grams(%(text)s::text) AND name ILIKE %(like)s
            AND active AND unit_id = ANY(%(units)s::bigint[]) LIMIT {MOST_SORTED})
    UNION ALL (SELECT id, name_key FROM customers_customer
        WHERE search_grams(short_name) @> search_grams(%(text)s::text) AND short_name ILIKE %(like)s
            AND active AND unit_id = ANY(%(units)s::bigint[]) LIMIT {MOST_SORTED})
    ) AS step LIMIT {MOST_SORTED}
), best AS MATERIALIZED (
    (SELECT id, name_key, 0 AS rank FROM people ORDER BY name_key, id LIMIT {MOST_CALLERS})
    UNION ALL
    (SELECT DISTINCT id, name_key, 1 FROM companies ORDER BY name_key, id LIMIT {MOST_CALLERS})
)
SELECT one.* FROM best JOIN LATERAL (
    SELECT customer.public_id, customer.name, contact.public_id, contact.name,
        (SELECT phone.number FROM customers_phone AS phone WHERE phone.contact_id = contact.id
         ORDER BY phone.id LIMIT 1)
    FROM customers_contact AS contact JOIN customers_customer AS customer
        ON customer.id = contact.customer_id
    WHERE contact.id = best.id AND best.rank = 0
    UNION ALL
    SELECT customer.public_id, customer.name, NULL, NULL, NULL
    FROM customers_customer AS customer WHERE customer.id = best.id AND best.rank = 1
) AS one ON true
ORDER BY best.rank, best.name_key, best.id
"""  # noqa: S608 - constants only


def find_callers(actor: Actor, text: str) -> list[Caller]:
    """People and companies that fit what was typed, best first, at most eight.

    Digits are looked for in known numbers, whole numbers and endings first; other text in names of
    any width. `matched` says which: phone, contact or customer.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    if is_phone(text):
        return _by_phone(actor, phone_digits(text))
    if len(text) < FEWEST_LETTERS:
        return []
    return _by_name(actor, text)


def resolve_place(
    actor: Actor,
    permission: Permission,
    *,
    customer_id: object,
    site_id: object = None,
    contact_id: object = None,
) -> Place:
    """Customer, site and contact of a new request, each within the actor's scope (R02).

    Raises NotFound for what the actor cannot see, InvalidInput without customer. A site or
    contact of another customer counts as absent.
    """
    if not customer_id:
        raise InvalidInput({"customer_id": _("Choose the customer first.")})
    site = identity(site_id) if site_id else None
    contact = identity(contact_id) if contact_id else None
    units = list(actor.units_for(permission))
    with connection.cursor() as cursor:
        cursor.execute(_PLACE, [site, contact, identity(customer_id), units])
        row = cursor.fetchone()
    place = Place(*row) if row else None
    if place is None or (site and not place.site_id) or (contact and not place.contact_id):
        raise NotFound
    return place


def _by_phone(actor: Actor, digits: str) -> list[Caller]:
    """The whole number first, then its end (what people give on the phone), its start, the rest."""
    size = min(len(digits), LONGEST_RUN)
    runs = sorted({digits[at : at + size] for at in range(len(digits) - size + 1)})
    given = {
        "units": list(actor.units_for(Permission.CUSTOMER_READ)),
        "digits": digits,
        "after": _after(digits),
        "end": digits[::-1],
        "end_after": _after(digits[::-1]),
        "runs": runs,
    }
    return _callers(_PHONES, given, "phone")[:MOST_CALLERS]


def _by_name(actor: Actor, text: str) -> list[Caller]:
    """People of that name first, then companies."""
    given = {
        "units": list(actor.units_for(Permission.CUSTOMER_READ)),
        "text": text,
        "like": f"%{text.translate(WILD)}%",
    }
    return _callers(_NAMES, given, "contact")[:MOST_CALLERS]


def _callers(sql: str, given: dict[str, Any], matched: str) -> list[Caller]:
    """The rows as callers, each phone once; those without contact were found as companies."""
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        rows = dict.fromkeys(cursor.fetchall())
    return [
        Caller(
            customer_public_id=customer_id,
            customer_name=customer,
            contact_public_id=contact_id,
            contact_name=contact or "",
            phone=number or "",
            matched=matched if contact_id else "customer",
        )
        for customer_id, customer, contact_id, contact, number in rows
    ]


def _after(digits: str) -> str:
    """The first text behind all that begin with these digits, in any collation."""
    stem = digits.rstrip("9")
    return stem[:-1] + str(int(stem[-1]) + 1) if stem else "a"
