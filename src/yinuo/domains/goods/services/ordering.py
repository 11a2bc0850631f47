"""Ordering goods for a customer, by our people or by himself in the portal (SG-07, MS-01)."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from yinuo.domains.assets.policies import visible_projects
from yinuo.domains.contracts.plans import clauses_promising
from yinuo.domains.contracts.selectors import get_contract, list_contracts
from yinuo.domains.contracts.types import ContractRow, ContractStanding
from yinuo.domains.customers.policies import visible_customers
from yinuo.domains.customers.visitors import Visitor
from yinuo.domains.goods.models import GoodsItem, GoodsLine, GoodsOrder, GoodsRevision
from yinuo.domains.goods.services.checking import (
    PLACE_LENGTH,
    TEXT_LENGTH,
    items_named,
    not_past,
    text_problems,
    wanted_items,
)
from yinuo.domains.goods.services.holding import DELIVER, SOURCE, SUBJECT, tell_staff
from yinuo.domains.goods.types import KeptLine, OrderData
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.network.upline import document_number
from yinuo.domains.obligations.services import bind_subject
from yinuo.domains.obligations.types import Binding, NewFact
from yinuo.domains.requests.policies import visible_requests
from yinuo.domains.requests.services.visiting import actor_for
from yinuo.platform.days import day_of
from yinuo.platform.errors import InvalidInput
from yinuo.platform.journal.work import Work, writing
from yinuo.platform.scoped import one_of

DOCUMENT_KIND, ORDERED = "DH", "goods.ordered"
MOST_CONTRACTS = 50


def place_order(*, actor: Actor, data: OrderData, now: datetime) -> GoodsOrder:
    """Order goods for a customer; what its contract promises about it begins.

    Raises NotFound for anything outside the actor's scope or of another customer, Forbidden,
    InvalidInput by field.
    """
    return _place(actor, data, now, in_portal=False)


def order_in_portal(*, visitor: Visitor, data: OrderData, now: datetime) -> GoodsOrder:
    """The same by the customer himself, for himself: under his contract that promises it."""
    actor = actor_for(
        visitor, Permission.GOODS_WRITE, Permission.CUSTOMER_READ, Permission.CONTRACT_READ
    )
    customer_id = visitor.customer_public_id
    contract = promised_contract(actor, customer_id, day_of(now))
    own = replace(
        data,
        customer_id=customer_id,
        contract_id=contract.public_id if contract else None,
        project_id=None,
        request_id=None,
    )
    return _place(actor, own, now, in_portal=True)


def promised_contract(actor: Actor, customer_id: object, today: date) -> ContractRow | None:
    """The newest contract of a customer that runs and promises deliveries; None without one."""
    found = list_contracts(actor, customer_id=customer_id, limit=MOST_CONTRACTS)
    for one in found.items:
        runs = one.standing(today) is ContractStanding.RUNNING
        if runs and clauses_promising(one.plan_version_id, DELIVER):
            return one
    return None


@dataclass(frozen=True, slots=True)
class _Around:
    """What an order is about, found in the actor's scope."""

    customer: Any
    contract: ContractRow | None
    project: Any
    request: Any


def _place(actor: Actor, data: OrderData, now: datetime, *, in_portal: bool) -> GoodsOrder:
    wanted = {item: number for item, number in wanted_items(data.lines).items() if number}
    _check(data, now)
    with writing(actor=actor, now=now) as work:
        now = work.now
        around = _around(actor, data, day_of(now))
        unit_id = around.request.unit_id if around.request else around.customer.unit_id
        require(actor, Permission.GOODS_WRITE, unit_id)
        items = items_named(wanted)
        order = GoodsOrder.objects.create(
            number=document_number(DOCUMENT_KIND, unit_id, now),
            unit_id=unit_id,
            customer=around.customer,
            contract_id=around.contract.id if around.contract else None,
            project=around.project,
            request=around.request,
            is_urgent=data.is_urgent,
            wished_on=data.wished_on,
            supplied_on=data.supplied_on,
            deliver_to=data.deliver_to.strip(),
            note=data.note.strip(),
            in_portal=in_portal,
            ordered_at=now,
            ordered_by=actor.label,
        )
        pairs = [(items[item_id], number) for item_id, number in wanted.items()]
        _write_first(order, pairs, work)
        _begin(order, around.contract, work)
        if in_portal:
            tell_staff(order, ORDERED, work)
        return order


def _write_first(order: GoodsOrder, pairs: list[tuple[GoodsItem, int]], work: Work) -> None:
    """The articles wanted, and the order as its first version."""
    GoodsLine.objects.bulk_create(
        GoodsLine(order=order, item=item, quantity=number) for item, number in pairs
    )
    first = GoodsRevision(
        order=order,
        number=1,
        asked_at=order.ordered_at,
        asked_by=order.ordered_by,
        recorded_by=order.ordered_by,
        is_urgent=order.is_urgent,
        wished_on=order.wished_on,
        lines=kept_lines(pairs),
    )
    work.add(first)


def kept_lines(pairs: list[tuple[GoodsItem, int]]) -> list[dict[str, Any]]:
    """The articles of a version as they are kept with it."""
    return [
        asdict(KeptLine(item.code, item.name, item.name_en or item.name, item.measure, number))
        for item, number in pairs
    ]


def ordered_fact(order: GoodsOrder, at: datetime, **more: str) -> NewFact:
    """What the promises of an order begin by; `deliver_by` once a day is promised."""
    kind = "urgent" if order.is_urgent else "normal"
    return NewFact("ordered", at, SOURCE, {"order_kind": kind, **more})


def _around(actor: Actor, data: OrderData, today: date) -> _Around:
    customer = one_of(visible_customers(actor), data.customer_id)
    contract = project = request = None
    if data.contract_id:
        contract = get_contract(actor, data.contract_id)
        if contract.customer_public_id != customer.public_id:
            raise InvalidInput({"contract_id": _("This is another customer's contract.")})
        if contract.standing(today) is not ContractStanding.RUNNING:
            raise InvalidInput({"contract_id": _("This contract does not run today.")})
    if data.project_id:
        project = one_of(visible_projects(actor).filter(customer=customer), data.project_id)
    if data.request_id:
        request = one_of(visible_requests(actor).filter(customer=customer), data.request_id)
    return _Around(customer, contract, project, request)


def _begin(order: GoodsOrder, contract: ContractRow | None, work: Work) -> None:
    actor: Any = work.actor
    binding = Binding(
        subject_type=SUBJECT,
        subject_id=order.public_id,
        customer_id=order.customer_id,
        unit_id=order.unit_id,
        plan_version_id=contract.plan_version_id if contract else None,
        contract_id=contract.id if contract else None,
        zone=settings.TIME_ZONE,
    )
    bind_subject(binding, [ordered_fact(order, work.now)], actor=actor, now=work.now)
    work.audit("goods.order", order, after={"number": order.number})
    work.emit("goods.ordered", order, {"number": order.number})


def _check(data: OrderData, now: datetime) -> None:
    texts = {"deliver_to": (data.deliver_to, PLACE_LENGTH), "note": (data.note, TEXT_LENGTH)}
    problems = text_problems(texts, ()) | not_past("wished_on", data.wished_on, now)
    if data.supplied_on is not None and data.supplied_on > day_of(now):
        problems["supplied_on"] = _("This day is still to come.")
    if problems:
        raise InvalidInput(problems)
