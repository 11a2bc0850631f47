"""Money in the demo company: quotes, a letter, charges, goods ordered, a statement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from yinuo.domains.billing.charge_types import Borne, Work
from yinuo.domains.billing.letter_types import CostLine, LetterData
from yinuo.domains.billing.selectors import list_price_lists
from yinuo.domains.billing.services import (
    charge_work,
    draft_quote,
    issue_statement,
    record_answer,
    send_quote,
)
from yinuo.domains.billing.services.letter_answers import confirm_letter, send_letter
from yinuo.domains.billing.services.letters import draft_letter
from yinuo.domains.billing.types import Purpose, QuoteData
from yinuo.domains.breaches.selectors import Narrowed, list_breaches
from yinuo.domains.contracts.selectors import list_contracts
from yinuo.domains.customers.selectors import list_customers
from yinuo.domains.network.selectors import list_people, list_units
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.selectors import list_requests
from yinuo.domains.requests.services import open_request
from yinuo.domains.requests.types import Intake
from yinuo.kernel.pricing import Item
from yinuo.surfaces.cli.demo.history import Case

VISIT = Item("visit", persons=2, zone="inner")
FITTING = Item("second_visit", persons=2, zone="inner")
WAY = Item("transport", Decimal(2), zone="inner")
YEAR = (
    *(Item("information_point", Decimal(126)), Item("switch", Decimal(12))),
    *(Item("server", Decimal(3)), Item("pc", Decimal(85)), Item("voice_point", Decimal(60))),
    Item("exchange", size=Decimal(128)),
    *(Item("camera", Decimal(64)), Item("cctv_host", Decimal(2))),
)
GOODS = (Item("door_plate", Decimal(12)), Item("lamp_post_flag", Decimal(40)))


class _Till:
    """Who writes quotes and charges, by which lists, for whom."""

    def __init__(self, actor: Actor, now: datetime) -> None:
        self.actor, self.now = actor, now
        self.lists = {one.code: one.public_id for one in list_price_lists(actor)}

    def customer(self, word: str) -> object:
        """The customer whose name holds a word."""
        return list_customers(self.actor, text=word, limit=1).items[0].public_id

    def contract(self, customer_id: object) -> object:
        """The newest contract of a customer."""
        return list_contracts(self.actor, customer_id=customer_id, limit=1).items[0].public_id

    def quote(self, word: str, code: str, title: str, items: Iterable[Item], **more: int) -> Any:
        """A draft of some days ago; `deliver` promises goods in so many days."""
        at = self.now - timedelta(days=more.get("ago", 3))
        valid_until = (self.now + timedelta(days=12)).date()
        customer_id, deliver = self.customer(word), more.get("deliver")
        data = QuoteData(
            customer_id=customer_id,
            price_list_id=self.lists[code],
            title=title,
            valid_until=valid_until,
            items=tuple(items),
            contract_id=self.contract(customer_id) if deliver else None,
            deliver_by=valid_until + timedelta(days=deliver) if deliver else None,
        )
        return draft_quote(actor=self.actor, data=data, now=at)

    def send(self, quote: Any, outcome: str = "", reason: str = "") -> None:
        """Send it, and take down the answer when there is one."""
        at = self.now - timedelta(days=2)
        known: dict[str, Any] = {"actor": self.actor, "quote_id": quote.public_id}
        sent = send_quote(**known, version=quote.version, now=at).quote
        if outcome:
            answer: dict[str, Any] = {"outcome": outcome, "name": "王主任", "reason": reason}
            record_answer(**known, version=sent.version, **answer, now=self.now - timedelta(days=1))


def take_money(actor: Actor, cases: Sequence[Case], now: datetime) -> None:
    """Quotes waiting, accepted, declined and drafted, and what follows from them."""
    till = _Till(actor, now)
    till.quote("锦绣", "lowvoltage", "弱电系统年度维护", YEAR)
    till.send(till.quote("锦绣", "lowvoltage", "门禁控制器返修安装", (VISIT, FITTING, WAY)))
    declined = till.quote("锦绣", "lowvoltage", "机房设备搬迁", (WAY,))
    till.send(declined, "declined", "今年预算已用完")
    goods = till.quote("蜀山", "signage", "更换门牌和灯杆旗", GOODS, deliver=7)
    till.send(goods, "accepted")
    _write_damage(till)
    _enter_work(till)
    _pass_goodwill(till, cases)
    _write_letter(till)
    _state(till)


def _write_damage(till: _Till) -> None:
    """A separate contract for a card reader that the customer's own truck hit; it waits for him."""
    customer_id = till.customer("锦绣")
    for case in list_requests(till.actor, customer_id=customer_id, limit=1).items:
        valid_until = (till.now + timedelta(days=12)).date()
        data = QuoteData(
            customer_id=customer_id,
            price_list_id=till.lists["lowvoltage"],
            title="读卡器更换（使用方货车撞坏）",
            valid_until=valid_until,
            items=(VISIT,),
            request_id=case.public_id,
            deliver_by=valid_until + timedelta(days=5),
            purpose=Purpose.DAMAGE.value,
            salesperson_id=list_people(till.actor, limit=1)[0].public_id,
            department_id=list_units(till.actor)[0].public_id,
        )
        till.send(draft_quote(actor=till.actor, data=data, now=till.now - timedelta(days=3)))


def _enter_work(till: _Till) -> None:
    """Work of past cases at our cost: covered, out of goodwill, after a wrong diagnosis."""
    day = till.now.date()
    cases = list_requests(till.actor, customer_id=till.customer("锦绣"), limit=3).items
    reasons = (("cover", ""), ("goodwill", "到场迟到，致歉"), ("misdiagnosis", "误判为电源故障"))
    for case, (borne_by, reason) in zip(cases, reasons, strict=False):
        work = Work(till.lists["lowvoltage"], (VISIT,), day, borne_by=borne_by, reason=reason)
        charge_work(actor=till.actor, request_id=case.public_id, work=work, now=till.now)


def _pass_goodwill(till: _Till, cases: Sequence[Case]) -> None:
    """A call after the contract's end: its goodwill bears the visit and a part of the way."""
    customer_id = till.customer("华锐")
    case = next(one for one in cases if one.customer_id == customer_id)
    intake = Intake(
        customer_id=customer_id,
        site_id=case.site_id,
        contact_id=case.contact_id,
        asset_id=case.asset_id,
        symptom=case.symptom,
        keep=True,
    )
    at = till.now - timedelta(hours=5)
    opened = open_request(actor=till.actor, intake=intake, now=at)
    work = Work(till.lists["lowvoltage"], (VISIT, WAY), till.now.date(), borne_by=Borne.COVER.value)
    charge_work(actor=till.actor, request_id=opened.public_id, work=work, now=till.now)


def _write_letter(till: _Till) -> None:
    """A letter of contact that waits for the customer, its cost from the list and a carrier's."""
    cases = list_requests(till.actor, customer_id=till.customer("锦绣"), state="open", limit=1)
    for case in cases.items:
        data = LetterData(
            findings="主机主板烧毁，需返厂维修。",
            work_planned="取回主机返修，修复后上门安装调试。",
            time_needed="返修约 10 个工作日，安装半天。",
            valid_until=(till.now + timedelta(days=10)).date(),
            costs=(CostLine("承运商账单", Decimal(1), "项", Decimal("86.50")),),
            price_list_id=till.lists["lowvoltage"],
            items=(FITTING, WAY),
        )
        known: dict[str, Any] = {"actor": till.actor, "now": till.now - timedelta(hours=3)}
        letter = draft_letter(request_id=case.public_id, data=data, **known)
        letter = confirm_letter(letter_id=letter.public_id, version=letter.version, **known)
        send_letter(letter_id=letter.public_id, version=letter.version, **known)


def _state(till: _Till) -> None:
    """The statement of a customer whose penalties were approved."""
    customer_id = till.customer("蜀山")
    approved = Narrowed(customer_id=customer_id, state="approved")
    if list_breaches(till.actor, approved, limit=1).items:
        issue_statement(
            actor=till.actor,
            customer_id=customer_id,
            contract_id=None,
            starts_on=(till.now - timedelta(days=90)).date(),
            ends_on=till.now.date(),
            now=till.now,
        )
