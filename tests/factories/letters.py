"""Letters of contact in the states a test needs, each of a request of its own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from tests.factories.company import Member

from yinuo.domains.billing.letter_models import Letter
from yinuo.domains.billing.letter_types import CostLine, LetterData
from yinuo.domains.billing.services.letter_answers import (
    confirm_letter,
    send_letter,
    withdraw_letter,
)
from yinuo.domains.billing.services.letters import draft_letter


def make_letter(by: Member, request: Any) -> Letter:
    """A draft that nobody has confirmed."""
    now = datetime.now(UTC)
    data = LetterData(
        findings="主机主板烧毁",
        work_planned="更换主板并测试",
        time_needed="1 个工作日",
        valid_until=(now + timedelta(days=10)).date(),
        costs=(CostLine("人工", Decimal(2), "人次", Decimal(400)),),
    )
    return draft_letter(actor=by.actor, request_id=request.public_id, data=data, now=now)


def make_confirmed_letter(by: Member, request: Any) -> Letter:
    """A draft that our side has confirmed."""
    letter, now = make_letter(by, request), datetime.now(UTC)
    known = {"letter_id": letter.public_id, "version": letter.version}
    return confirm_letter(actor=by.actor, now=now, **known)


def make_sent_letter(by: Member, request: Any) -> Letter:
    """A letter that waits for the customer."""
    letter, now = make_confirmed_letter(by, request), datetime.now(UTC)
    known = {"letter_id": letter.public_id, "version": letter.version}
    return send_letter(actor=by.actor, now=now, **known).letter


def make_withdrawn_letter(by: Member, request: Any) -> Letter:
    """A draft that was taken back: its request waits for nothing."""
    letter, now = make_letter(by, request), datetime.now(UTC)
    known = {"letter_id": letter.public_id, "version": letter.version}
    return withdraw_letter(actor=by.actor, reason="写错了", now=now, **known)
