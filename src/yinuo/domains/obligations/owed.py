"""What is owed to one customer and missed already, or due before an instant."""

from __future__ import annotations

from datetime import datetime

from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.models import LIVE
from yinuo.domains.obligations.policies import visible_obligations
from yinuo.domains.obligations.selectors import obligation_view
from yinuo.domains.obligations.types import ObligationView

MOST_OWED = 200


def owed_to_customer(actor: Actor, customer_id: int, *, until: datetime) -> list[ObligationView]:
    """Visible promises to a customer (internal id) not kept and due by then, the first one leading.

    Misses that are not made good are among them, however old. At most 200; one statement.
    """
    rows = visible_obligations(actor).filter(LIVE, customer_id=customer_id, due_at__lte=until)
    return [obligation_view(row) for row in rows.order_by("due_at", "id")[:MOST_OWED]]
