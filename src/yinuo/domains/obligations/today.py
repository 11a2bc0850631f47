"""Today's promises: everything visible that is still owed, by time left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import QuerySet

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.models import LIVE, ObligationRow
from yinuo.domains.obligations.policies import money_units, visible_obligations
from yinuo.domains.obligations.selectors import obligation_view, priced_view
from yinuo.domains.obligations.shared_caps import bounds_of
from yinuo.domains.obligations.types import ObligationView
from yinuo.platform.paging import Page, page_of

# A miss that is not made good leads the list for a day; older ones stand in the list of misses.
MISSES_SHOWN = timedelta(days=1)
SOON, TODAY = timedelta(hours=1), timedelta(days=1)
# The counter looks at so many of each unit's last events: one that commits late shows as well.
EVENTS_SEEN = 20

# Nobody works through more by eye; counting on would read every promise of a large company.
MOST_COUNTED = 999

MINE, MY_UNIT = "mine", "unit"
STATES = ("running", "paused", "missed")

_COUNTER = """
SELECT coalesce(sum(last.id), 0) FROM unnest(%s::bigint[]) AS unit(id)
CROSS JOIN LATERAL (
    SELECT event.id FROM outbox_event AS event WHERE event.unit_id = unit.id
    ORDER BY event.id DESC LIMIT %s
) AS last
"""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which of the running promises to show; empty fields narrow nothing.

    `whose` is `mine` (in one's own charge), `unit` (of one's own unit) or empty; `customer_id` and
    `contract_id` are internal ids already found in the actor's scope; `promise` a code of plans.
    """

    whose: str = ""
    customer_id: int | None = None
    contract_id: int | None = None
    promise: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many promises are over (and not older than a day), due within the hour and the day.

    None of the figures goes beyond `MOST_COUNTED + 1`, which stands for any greater number.
    """

    over: int
    soon: int
    today: int


EVERYTHING = Narrowing()


def list_running(
    actor: Actor,
    *,
    now: datetime,
    narrowing: Narrowing = EVERYTHING,
    cursor: str = "",
    limit: int = 50,
    by_money: bool = False,
) -> Page[ObligationView]:
    """What is still owed and visible, the one due first leading: misses not made good on top.

    Where the actor may see money each has its own. `by_money` lists only what has a price, the most
    at risk within a day leading, misses of any age among them.
    """
    rows = _live(actor, narrowing)
    if narrowing.state:
        rows = rows.filter(state=narrowing.state)
    # By money an old miss leads as long as it goes on costing.
    if narrowing.state != "missed" and not by_money:
        rows = rows.filter(due_at__gte=now - MISSES_SHOWN)
    order: tuple[str, ...] = ("due_at", "id")
    if by_money:
        rows = rows.filter(late_day__isnull=False, unit_id__any=money_units(actor))
        order = ("-late_day", "-id")
    units = money_units(actor)

    found = page_of(rows, order=order, cursor=cursor, limit=limit)
    bounds = bounds_of(row for row in found.items if row.unit_id in units)

    def view(row: ObligationRow) -> ObligationView:
        return priced_view(row, bounds) if row.unit_id in units else obligation_view(row)

    return found.map(view)


def count_running(actor: Actor, *, now: datetime, narrowing: Narrowing = EVERYTHING) -> Counts:
    """How many of the visible promises are over, due soon and due within a day."""
    rows = _live(actor, narrowing)

    def many(since: datetime, until: datetime) -> int:
        return rows.filter(due_at__gte=since, due_at__lt=until)[: MOST_COUNTED + 1].count()

    soon, day = now + SOON, now + TODAY
    return Counts(many(now - MISSES_SHOWN, now), many(now, soon), many(soon, day))


def running_counter(actor: Actor) -> str:
    """Changes whenever something happens in the actor's units; for live lists, one cheap query."""
    units = list(actor.units_for(Permission.OBLIGATION_READ))
    with connection.cursor() as cursor:
        cursor.execute(_COUNTER, [units, EVENTS_SEEN])
        (total,) = cursor.fetchone()
    return str(total)


def _live(actor: Actor, narrowing: Narrowing) -> QuerySet[ObligationRow]:
    rows = visible_obligations(actor).filter(LIVE, due_at__isnull=False)
    if narrowing.whose == MINE:
        rows = rows.filter(owner_id=actor.person_id)
    elif narrowing.whose == MY_UNIT:
        rows = rows.filter(unit_id__any=() if actor.unit_id is None else (actor.unit_id,))
    if narrowing.customer_id is not None:
        rows = rows.filter(customer_id=narrowing.customer_id)
    if narrowing.contract_id is not None:
        rows = rows.filter(contract_id=narrowing.contract_id)
    if narrowing.promise:
        rows = rows.filter(promise=narrowing.promise)
    return rows
