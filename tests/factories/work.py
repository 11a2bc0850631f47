"""Work orders in any state, each step through the service a person would use."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.factories.company import Member

from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.fieldwork.selectors import get_work_order_page
from yinuo.domains.fieldwork.services import (
    assign_work_order,
    edit_work_order,
    issue_work_order,
    report_work,
    sign_work_order,
    take_step,
)
from yinuo.domains.fieldwork.types import CustomerPart, SheetHead, StepReport, VisitReport

# A signature as a hand draws it: one long stroke and a short one.
STROKES = json.dumps(
    [[[x, 150 + (x * 7) % 60] for x in range(60, 700, 8)], [[720, 90], [760, 200]]]
)
HEAD = SheetHead(
    contact_name="李工",
    contact_phone="13900010001",
    address="南山区科技园一路 8 号",
    work_wanted="门禁控制器全部离线，现场检查并恢复",
)
REPORT = VisitReport(findings="控制器电源模块损坏", work_done="更换电源模块并测试", result="done")
PART = CustomerPart(
    signer_name="李晓明", works=True, accessories="none", satisfaction="very_satisfied"
)
WAY = ("accepted", "appointed", "departed", "arrived", "worked", "signed", "returned", "filed")


def issue(by: Member, request: Any, head: SheetHead = HEAD, after: Any = None) -> WorkOrder:
    """A sheet just issued."""
    return issue_work_order(
        actor=by.actor,
        request_id=request.public_id,
        head=head,
        after_id=after.public_id if after else None,
        source="test",
        now=datetime.now(UTC),
    )


def make_work_order(issuer: Member, technician: Member, request: Any, state: str) -> WorkOrder:
    """A sheet brought to this state: taken by the technician, and so on by him."""
    order = issue(issuer, request)
    if state != "drafted":
        take(technician, order)
        advance(technician, order, state)
    return fresh(order)


def take(by: Member, order: WorkOrder) -> None:
    """Take an unassigned sheet oneself."""
    assign_work_order(
        actor=by.actor,
        work_order_id=order.public_id,
        assignee_id=by.person.public_id,
        source="test",
        now=datetime.now(UTC),
    )


def advance(by: Member, order: WorkOrder, state: str) -> None:
    """From accepted to this state, each step now."""
    for kind in WAY[1 : WAY.index(state) + 1]:
        step(by, order, kind)


def step(by: Member, order: WorkOrder, kind: str, **more: Any) -> WorkOrder:
    """One step, taken now unless said otherwise."""
    now = more.pop("now", None) or datetime.now(UTC)
    known = {"actor": by.actor, "work_order_id": order.public_id, "source": "test", "now": now}
    if kind == "worked":
        return report_work(report=more.pop("report", REPORT), **known, **more)
    if kind == "signed":
        version = more.pop("version", None) or fresh(order).version
        part, strokes = more.pop("part", PART), more.pop("strokes", STROKES)
        return sign_work_order(version=version, part=part, strokes=strokes, **known)
    if kind == "appointed":
        more = {"agreed_for": now + timedelta(hours=1), "way": "上门", **more}
    version = more.pop("version", None)
    return take_step(report=StepReport(kind, **more), version=version, **known)


def fresh(order: WorkOrder) -> WorkOrder:
    """The sheet as it is stored now."""
    return WorkOrder.objects.get(public_id=order.public_id)


def change_work(by: Member, order: WorkOrder, work_wanted: str) -> None:
    """The office wants something else done."""
    present, now = fresh(order), datetime.now(UTC)
    head = get_work_order_page(by.actor, order.public_id, now=now).head
    edit_work_order(
        actor=by.actor,
        work_order_id=order.public_id,
        head=SheetHead(
            contact_name=head.contact_name,
            contact_phone=head.contact_phone,
            address=head.address,
            work_wanted=work_wanted,
        ),
        version=present.version,
        now=now,
    )


def make_companion(order: WorkOrder, person: Member) -> None:
    """Let somebody go along to a sheet's visit, without a time kept for him."""
    now = datetime.now(UTC)
    order.companions.create(person=person.person, named_at=now, named_by="测试")
