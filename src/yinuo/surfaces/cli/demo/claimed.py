"""Pauses as claims in the demo company: a version of its own plan that asks the customer.

No vendor's pages promise such a window; it is the demo company's own second version of the plan
for security appliances, approved by a second person like every other.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from yinuo.domains.assets.selectors import list_assets
from yinuo.domains.contracts.selectors import get_plan_source, list_contracts
from yinuo.domains.contracts.services import (
    approve_draft,
    begin_draft,
    move_contract,
    publish_draft,
)
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.services import open_request, record_steps
from yinuo.domains.requests.services.silence import record_silences
from yinuo.domains.requests.types import Intake, StepFact

HOSPITAL = "ZW-AQ-2026-078"
LIMIT = "        rows: {serious: 24 hours, general: 72 hours}\n"
ASKING = (
    "    stops:\n"
    "      - {reason: waiting_for_customer, proof: yes, acknowledgement: unless_objected,"
    " objection_window: 4 hours, budget: 3 days}\n"
)
PUBLISHED_BEFORE, MOVED_BEFORE = timedelta(days=21), timedelta(days=14)
# How long ago each began, what was reported, and the proof that the customer is waited for.
PAUSES = (
    (
        timedelta(hours=26),
        "入侵检测探针无法升级规则库，需医院提供维护窗口。",
        "邮件：请院方安排维护窗口",
    ),
    (
        timedelta(minutes=50),
        "边界防火墙日志外发中断，待院方开放日志服务器端口。",
        "来电记录：院方答复需内部审批",
    ),
)


def publish_asking_version(
    plans: Mapping[str, object], *, writer: Actor, approver: Actor, publisher: Actor, now: datetime
) -> object:
    """The appliance plan's second version, which asks customers about pauses; gives its id."""
    at = now - PUBLISHED_BEFORE
    first = plans["appliance"]
    source = get_plan_source(writer, first)
    assert LIMIT in source, "the plan's restoration clause reads otherwise"
    asking = source.replace(LIMIT, LIMIT + ASKING, 1)
    draft = begin_draft(actor=writer, source=asking, plan_version_id=first, now=at)
    draft = approve_draft(actor=approver, draft_id=draft.public_id, version=draft.version, now=at)
    made = publish_draft(actor=publisher, draft_id=draft.public_id, version=draft.version, now=at)
    return made.public_id


def claim_pauses(version_id: object, *, seller: Actor, consultant: Actor, now: datetime) -> None:
    """Two requests of the hospital: one pause went by in silence, one waits for its answer."""
    contract = next(
        one for one in list_contracts(seller, text=HOSPITAL).items if one.number == HOSPITAL
    )
    move_contract(
        actor=seller,
        contract_id=contract.public_id,
        version=contract.version,
        plan_version_id=version_id,
        reason="双方约定：等待客户的暂停须经客户确认",
        now=now - MOVED_BEFORE,
    )
    customer_id = contract.customer_public_id
    assets = list_assets(seller, customer_id=customer_id).items
    for index, (before, symptom, proof) in enumerate(PAUSES):
        asset_id = assets[index % len(assets)].public_id
        intake = Intake(customer_id, symptom, level="general", asset_id=asset_id)
        _pause(intake, proof, consultant, now - before)
    record_silences(now=now)


def _pause(intake: Intake, proof: str, consultant: Actor, began: datetime) -> None:
    """A request that waits for the customer from an instant on."""
    request = open_request(actor=consultant, intake=intake, now=began - timedelta(minutes=25))
    attrs = {"reason": "waiting_for_customer", "proof": "yes"}
    steps = [
        StepFact("responded", began - timedelta(minutes=10)),
        StepFact("paused", began, attrs, {"proof": proof}, shown=True),
    ]
    record_steps(
        actor=consultant,
        request_id=request.public_id,
        facts=steps,
        source="console",
        now=began,
    )
