"""Terms and later agreements of a contract: entered, kept, withdrawn (MS-07)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from yinuo.domains.contracts.cycle import today_of
from yinuo.domains.contracts.models import Agreement, Contract
from yinuo.domains.contracts.policies import visible_contracts
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import visible_people
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.files.services import staff_limits, store_file
from yinuo.platform.files.types import FileView, Upload, owner_of
from yinuo.platform.journal.work import Work, stored, writing
from yinuo.platform.scoped import one_of

TEXT_LENGTH, OUTCOME_LENGTH = 4_000, 400
PURPOSE = "agreement"


@dataclass(frozen=True, slots=True)
class AgreementData:
    """What was agreed and when; with a due day it is owed, by the person named if any."""

    text: str
    agreed_on: date
    due_on: date | None = None
    responsible_id: object = None


def add_agreement(
    *, actor: Actor, contract_id: object, data: AgreementData, now: datetime
) -> Agreement:
    """Hold a further term with a contract. Raises InvalidInput."""
    contract = one_of(visible_contracts(actor, Permission.CONTRACT_WRITE), contract_id)
    _check(data)
    person = one_of(visible_people(actor), data.responsible_id) if data.responsible_id else None
    with writing(actor=actor, now=now) as work:
        agreement = Agreement.objects.create(
            contract=contract,
            text=data.text.strip(),
            agreed_on=data.agreed_on,
            due_on=data.due_on,
            responsible=person,
            entered_at=now,
            entered_by=actor.label,
        )
        after = {"agreed_on": str(data.agreed_on), "due_on": str(data.due_on or "")}
        work.audit("contract.agree", contract, after=after)
        work.emit("contract.agreed", contract)
        return agreement


def hold_term(contract_id: int, data: AgreementData, work: Work) -> Agreement:
    """Hold a term with a contract (internal id) in the running step; the caller has checked it."""
    _check(data)
    contract = Contract.objects.get(pk=contract_id)
    agreement = Agreement.objects.create(
        contract=contract,
        text=data.text.strip(),
        agreed_on=data.agreed_on,
        due_on=data.due_on,
        entered_at=work.now,
        entered_by=work.actor.label,
    )
    after = {"agreed_on": str(data.agreed_on), "due_on": str(data.due_on or "")}
    work.audit("contract.agree", contract, after=after)
    work.emit("contract.agreed", contract)
    return agreement


def keep_agreement(
    *,
    actor: Actor,
    agreement_id: object,
    version: int,
    kept_on: date,
    outcome: str = "",
    now: datetime,
) -> Agreement:
    """Record that an agreement was kept, on which day. Raises IllegalMove when it is settled."""
    if kept_on > today_of(now):
        raise InvalidInput({"kept_on": _("Give a day that has come.")})
    return _settle(actor, agreement_id, version, {"kept_on": kept_on}, outcome, now)


def withdraw_agreement(
    *, actor: Actor, agreement_id: object, version: int, outcome: str, now: datetime
) -> Agreement:
    """Let an agreement no longer bind, with the reason. Raises IllegalMove when it is settled."""
    if not outcome.strip():
        raise InvalidInput({"outcome": _("Say why, in at most 400 characters.")})
    return _settle(actor, agreement_id, version, {"withdrawn_on": today_of(now)}, outcome, now)


def attach_to_agreement(
    *, actor: Actor, agreement_id: object, upload: Upload, now: datetime
) -> FileView:
    """Keep the signed paper with an agreement; the same file twice is kept once."""
    agreement = _writable(actor, agreement_id)
    with writing(actor=actor, now=now):
        return store_file(
            owner=owner_of(agreement),
            purpose=PURPOSE,
            upload=upload,
            limits=staff_limits(),
            actor=actor,
            now=now,
        )


def _settle(
    actor: Actor,
    agreement_id: object,
    version: int,
    changes: dict[str, Any],
    outcome: str,
    now: datetime,
) -> Agreement:
    if len(outcome) > OUTCOME_LENGTH:
        raise InvalidInput({"outcome": _("Use at most 400 characters.")})
    agreement = _writable(actor, agreement_id)
    if agreement.kept_on or agreement.withdrawn_on:
        raise IllegalMove(_("This agreement is settled already."))
    with writing(actor=actor, now=now) as work:
        changes |= {"outcome": outcome.strip()}
        stored(agreement, expected_version=version, changes=changes)
        after = {name: str(value) for name, value in changes.items()}
        work.audit("contract.settle_agreement", agreement.contract, after=after)
        work.emit("contract.agreed", agreement.contract)
        return agreement


def _writable(actor: Actor, agreement_id: object) -> Agreement:
    contracts = visible_contracts(actor, Permission.CONTRACT_WRITE)
    agreements = Agreement.objects.filter(contract__in=contracts).select_related("contract")
    return one_of(agreements, agreement_id)


def _check(data: AgreementData) -> None:
    problems: dict[str, str] = {}
    if not data.text.strip() or len(data.text) > TEXT_LENGTH:
        problems["text"] = _("Write what was agreed, in at most 4,000 characters.")
    if data.due_on and data.due_on < data.agreed_on:
        problems["due_on"] = _("Give a day on or after that of the agreement.")
    if problems:
        raise InvalidInput(problems)
