"""A plan being written: the next version of the appliance maker's, with its tests."""

from __future__ import annotations

from datetime import datetime

from yinuo.domains.contracts.plan_tests import reported_fact
from yinuo.domains.contracts.selectors import get_plan_source
from yinuo.domains.contracts.services import PlanTestData, begin_draft, keep_test
from yinuo.domains.network.types import Actor

SLOWER, FASTER = "limit: 30 minutes", "limit: 20 minutes"
CASES = (("严重故障，随时来电", "serious"), ("一般故障", "general"))


def write_plan(writer: Actor, plan_version_id: object, now: datetime) -> None:
    """A draft from a published version that answers faster, waiting for a second person."""
    source = get_plan_source(writer, plan_version_id).replace(SLOWER, FASTER, 1)
    draft = begin_draft(actor=writer, source=source, plan_version_id=plan_version_id, now=now)
    for name, level in CASES:
        data = PlanTestData(name, [reported_fact({"level": level}, now)], now)
        keep_test(actor=writer, draft_id=draft.public_id, data=data, now=now)
