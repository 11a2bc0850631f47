"""Suspending a contract and letting it run again; supplements that change it from a day."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from yinuo.domains.contracts.models import Contract, Supplement, Suspension
from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.contracts.policies import visible_contracts
from yinuo.domains.contracts.services.contracts import wrong_amounts, wrong_parameters
from yinuo.domains.contracts.subjects import ContractSubject, read_contracts, with_supplement
from yinuo.domains.contracts.terms import terms_of
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.kernel.money import FEN
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import stored, writing
from yinuo.platform.scoped import one_of

REASON_LENGTH, NUMBER_LENGTH, NOTE_LENGTH = 400, 60, 2_000


@dataclass(frozen=True, slots=True)
class SupplementData:
    """What changes from `effective_on`; None and a figure left out stay as they were."""

    number: str
    effective_on: date
    total: Decimal | None = None
    annual_fee: Decimal | None = None
    ends_on: date | None = None
    parameters: dict[str, Any] = field(default_factory=dict)
    note: str = ""


def suspend_contract(
    *,
    actor: Actor,
    contract_id: object,
    begins_on: date,
    ends_on: date | None,
    reason: str,
    now: datetime,
) -> Suspension:
    """Let a contract cover nothing from a day on, until a day or until it is resumed.

    Requests reported on those days find no cover in it, so none of its promised times begin.
    Raises InvalidInput for days outside the contract or of another suspension.
    """
    contract = one_of(visible_contracts(actor, Permission.CONTRACT_WRITE), contract_id)
    with writing(actor=actor, now=now) as work:
        # The lock keeps two overlapping suspensions from passing the check together.
        Contract.objects.select_for_update(no_key=True).get(pk=contract.pk)
        _check_suspension(contract, begins_on, ends_on, reason)
        suspension = Suspension.objects.create(
            contract=contract,
            begins_on=begins_on,
            ends_on=ends_on,
            reason=reason.strip(),
            suspended_by=actor.label,
        )
        after = {"from": str(begins_on), "until": str(ends_on) if ends_on else None}
        work.audit("contract.suspend", contract, after=after, reason=reason.strip())
        work.emit("contract.suspended", contract)
        return suspension


def resume_contract(
    *, actor: Actor, contract_id: object, version: int, resumes_on: date, now: datetime
) -> Suspension:
    """Let a suspended contract cover again from a day on.

    `version` is the suspension's. Raises IllegalMove when it is not suspended, InvalidInput for a
    day before the suspension began, Conflict when somebody was faster.
    """
    contract = one_of(visible_contracts(actor, Permission.CONTRACT_WRITE), contract_id)
    suspension = contract.suspensions.order_by("-begins_on").first()
    if suspension is None or (suspension.ends_on and suspension.ends_on <= resumes_on):
        raise IllegalMove(_("The contract is not suspended."))
    if resumes_on <= suspension.begins_on:
        raise InvalidInput({"resumes_on": _("Give a day after the suspension began.")})
    with writing(actor=actor, now=now) as work:
        changes = {"ends_on": resumes_on, "resumed_by": actor.label}
        stored(suspension, expected_version=version, changes=changes)
        work.audit("contract.resume", contract, after={"from": str(resumes_on)})
        work.emit("contract.resumed", contract)
        return suspension


def add_supplement(
    *, actor: Actor, contract_id: object, data: SupplementData, now: datetime
) -> Supplement:
    """Change total, annual fee, end or figures of a contract from a day on, for good.

    Covers and due times of requests reported from that day on read the new figures. A day in the
    past reaches back: requests reported since then are computed anew with what held on the day of
    their report, and what that changes in the ledger is posted as a difference. Requests reported
    before that day keep the figures they began with. Raises InvalidInput.
    """
    contract = _to_supplement(actor, contract_id, data)
    with writing(actor=actor, now=now) as work:
        supplement = Supplement.objects.create(
            contract=contract,
            number=data.number.strip(),
            effective_on=data.effective_on,
            total=data.total,
            annual_fee=data.annual_fee,
            ends_on=data.ends_on,
            parameters=data.parameters,
            note=data.note.strip(),
            agreed_at=now,
            actor_label=actor.label,
        )
        after = {"number": supplement.number, "from": str(data.effective_on)}
        work.audit("contract.supplement", contract, after=after)
        work.emit("contract.changed", contract)
        return supplement


def draft_supplement(*, actor: Actor, contract_id: object, data: SupplementData) -> ContractSubject:
    """The contract as it would stand with a supplement, checked as when it is added.

    Nothing is written. Raises InvalidInput.
    """
    contract = _to_supplement(actor, contract_id, data)
    known = read_contracts([contract.pk])[contract.pk]
    rounded = replace(data, total=_whole_fen(data.total), annual_fee=_whole_fen(data.annual_fee))
    return with_supplement(known, data.effective_on, rounded)


def _to_supplement(actor: Actor, contract_id: object, data: SupplementData) -> Contract:
    visible = visible_contracts(actor, Permission.CONTRACT_WRITE)
    contract = one_of(visible.select_related("plan_version"), contract_id)
    _check_supplement(contract, data)
    return contract


def _whole_fen(amount: Decimal | None) -> Decimal | None:
    """As the database keeps it: terms are compared by their digits."""
    return None if amount is None else amount.quantize(FEN)


def _check_suspension(
    contract: Contract, begins_on: date, ends_on: date | None, reason: str
) -> None:
    problems: dict[str, str] = {}
    if not reason.strip() or len(reason) > REASON_LENGTH:
        problems["reason"] = _("Say why, in at most 400 characters.")
    over_from = terms_of(contract, begins_on).ends_on
    if begins_on < contract.starts_on or (over_from and begins_on >= over_from):
        problems["begins_on"] = _("Give a day on which the contract runs.")
    if ends_on and ends_on <= begins_on:
        problems["ends_on"] = _("It must end after it starts.")
    others = contract.suspensions.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=begins_on))
    if ends_on:
        others = others.filter(begins_on__lt=ends_on)
    if not problems and others.exists():
        problems["begins_on"] = _("The contract is suspended on some of these days already.")
    if problems:
        raise InvalidInput(problems)


def _check_supplement(contract: Contract, data: SupplementData) -> None:
    problems: dict[str, str] = {}
    number = data.number.strip()
    if not number or len(number) > NUMBER_LENGTH:
        problems["number"] = _("Give a number of at most 60 characters.")
    elif contract.supplements.filter(number=number).exists():
        problems["number"] = _("This contract already has a supplement of this number.")
    if data.effective_on < contract.starts_on:
        problems["effective_on"] = _("Give a day on which the contract runs.")
    if data.ends_on and data.ends_on <= max(contract.starts_on, data.effective_on):
        problems["ends_on"] = _("The contract must end after it starts.")
    problems |= wrong_amounts(data.total, data.annual_fee)
    plan = compiled_plan(contract.plan_version_id).plan
    if wrong := wrong_parameters(data.parameters, plan):
        problems["parameters"] = wrong
    if len(data.note) > NOTE_LENGTH:
        problems["note"] = _("Use at most 2,000 characters.")
    nothing = (data.total, data.annual_fee, data.ends_on) == (None, None, None)
    if not problems and nothing and not data.parameters and not data.note.strip():
        problems["note"] = _("Say what changes.")
    if problems:
        raise InvalidInput(problems)
