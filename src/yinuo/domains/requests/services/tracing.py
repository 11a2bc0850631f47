"""What a fault leaves on its asset once it is restored: how long the asset was down (B-22)."""

from __future__ import annotations

from collections.abc import Iterable

from yinuo.domains.assets.services.cases import keep_case_downtime
from yinuo.domains.obligations.types import FactView, NewFact
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.reports import RESTORED
from yinuo.kernel.states import RequestState

FAULT = "fault"
# Facts that begin, end or undo a restoration.
TELLING = frozenset({"restored", "not_fixed", "reopened", "cancelled", "merged", "withdrawn"})


def trace_downtime(request: Request, facts: Iterable[FactView | NewFact]) -> None:
    """Keep the downtime of the request's asset as its facts that count stand now: from the report
    until it was restored last. Cancelled and merged requests, and those of other kinds, leave none.
    """
    if request.asset_id is None or request.kind != FAULT:
        return
    restored = [fact.occurred_at for fact in facts if fact.kind == "restored"]
    is_over = RequestState(request.state) in RESTORED
    ended_at = max(restored) if restored and is_over else None
    keep_case_downtime(
        request.asset_id, request.public_id, request.number, request.reported_at, ended_at
    )
