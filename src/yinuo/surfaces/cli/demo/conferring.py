"""The demo company's expert clinic: a case two experts look at, one of them has advised."""

from __future__ import annotations

from datetime import datetime, timedelta

from yinuo.domains.network.types import Actor
from yinuo.domains.requests.selectors import list_requests
from yinuo.domains.requests.services import (
    Invitation,
    give_advice,
    invite_expert,
    join_clinic,
)

SOURCE = "console"
QUESTION = "日志反复报链路抖动，是光模块还是交换板？需要带哪些备件？"
ADVICE = "先互换两端光模块，若告警跟随模块则换模块；同时带一块交换板备用。"


def confer(host: Actor, advising: Actor, waiting: Actor, now: datetime) -> None:
    """Ask both into the newest open request; the first takes part and advises."""
    found = list_requests(host, state="open", limit=1).items
    if not found:
        return
    for number, expert in enumerate((advising, waiting)):
        at = max(found[0].reported_at, now - timedelta(minutes=50 - 20 * number))
        seat = invite_expert(
            actor=host,
            request_id=found[0].public_id,
            invitation=Invitation(expert.person_public_id, QUESTION),
            source=SOURCE,
            now=at,
        )
        if expert is advising:
            said = at + timedelta(minutes=8)
            join_clinic(
                actor=expert, seat_id=seat.public_id, version=1, source=SOURCE, now=min(said, now)
            )
            give_advice(actor=expert, seat_id=seat.public_id, advice=ADVICE, source=SOURCE, now=now)
