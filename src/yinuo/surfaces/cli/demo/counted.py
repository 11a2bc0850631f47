"""What demo contracts keep at all times, counted: one depot complete, one a part short."""

from __future__ import annotations

from datetime import datetime

from yinuo.domains.contracts.types import ContractRow
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.contract_promises import promises_of_contract
from yinuo.domains.obligations.services.counting import Counted, count_kept

SOURCE = "console"


def count_depot(actor: Actor, row: ContractRow, *, short: int, now: datetime) -> None:
    """Count everything a contract keeps; so many of the last name are missing."""
    for one in promises_of_contract(actor, row.public_id, now).keepings:
        if not one.asks:
            continue
        have = dict(one.asks)
        last = list(have)[-1]
        have[last] = max(have[last] - short, 0)
        counted = Counted(one.clause, now.date(), have)
        count_kept(actor=actor, contract_id=row.public_id, counted=counted, source=SOURCE, now=now)
