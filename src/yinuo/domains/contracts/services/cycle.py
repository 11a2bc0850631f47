"""Moving a contract through the cycle QYBS, and renewing it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from yinuo.domains.contracts.cycle import asked_before, runs_until, today_of
from yinuo.domains.contracts.models import Contract, StageEntry
from yinuo.domains.contracts.policies import visible_contracts
from yinuo.domains.contracts.services.contracts import create_contract
from yinuo.domains.contracts.services.entering import ContractData
from yinuo.domains.contracts.terms import terms_of
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.kernel.contract_stages import STAGE_MOVES, Stage, next_stage
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import Work, stored, writing
from yinuo.platform.scoped import one_of

NOTE_LENGTH = 400


def advance_contract(
    *, actor: Actor, contract_id: object, version: int, note: str = "", now: datetime
) -> Contract:
    """Let a contract enter its next stage, when every condition of it holds.

    Raises IllegalMove with what is missing in `details`, Conflict when somebody was faster.
    """
    contract = _writable(actor, contract_id)
    following = next_stage(Stage(contract.stage))
    if following is None:
        raise IllegalMove(_("This is the last stage. A renewal begins the cycle again."))
    with writing(actor=actor, now=now) as work:
        asked = asked_before(actor, contract, following, now)
        missing = {one.condition: list(one.missing) for one in asked if not one.holds}
        if missing:
            raise IllegalMove(
                _("Something is still missing for this stage."), details={"missing": missing}
            )
        held = [one.condition for one in asked]
        return _entered(contract, following, version, work, held=held, note=note)


def take_back_contract(
    *, actor: Actor, contract_id: object, version: int, reason: str, now: datetime
) -> Contract:
    """Put a contract one stage back that was moved too early; the history keeps both moves."""
    if not reason.strip() or len(reason) > NOTE_LENGTH:
        raise InvalidInput({"reason": _("Say why, in at most 400 characters.")})
    contract = _writable(actor, contract_id)
    before = STAGE_MOVES["taken_back"].get(Stage(contract.stage))
    if before is None:
        raise IllegalMove(_("This is the first stage."))
    with writing(actor=actor, now=now) as work:
        return _entered(contract, before, version, work, held=[], note=reason.strip())


def renew_contract(
    *,
    actor: Actor,
    contract_id: object,
    number: str,
    starts_on: date,
    ends_on: date | None,
    annual_fee: Decimal | None,
    now: datetime,
) -> Contract:
    """Sign the contract that follows this one: the same plan, things and figures, a new cycle.

    A contract is renewed once, from the stage S on or when it has ended; one that ended at B
    enters S with it. Raises IllegalMove, InvalidInput.
    """
    before = _writable(actor, contract_id)
    over_from = runs_until(before, now)
    is_over = over_from is not None and over_from <= today_of(now)
    if before.stage != Stage.FOLLOW_UP and not is_over:
        raise IllegalMove(_("A contract is renewed from the stage S, follow-up."))
    if before.renewals.exists():
        raise IllegalMove(_("This contract was renewed already."))
    with writing(actor=actor, now=now) as work:
        # Of two people renewing at the same time the second one finds the first one's contract.
        Contract.objects.select_for_update(no_key=True).get(pk=before.pk)
        if before.renewals.exists():
            raise IllegalMove(_("This contract was renewed already."))
        if is_over and before.stage == Stage.SERVICE:
            held = [one.condition for one in asked_before(actor, before, Stage.FOLLOW_UP, now)]
            _entered(before, Stage.FOLLOW_UP, None, work, held=held, note="")
        same = _same(before, today_of(now))
        data = replace(same, number=number, starts_on=starts_on, ends_on=ends_on)
        made = create_contract(
            actor=actor,
            customer_id=before.customer.public_id,
            data=replace(data, annual_fee=annual_fee, is_renewal=True),
            now=now,
        )
        stored(made, expected_version=None, changes={"renews": before})
        work.audit("contract.renew", before, after={"by": made.number})
        return made


def _same(contract: Contract, day: date) -> ContractData:
    """What a contract says on a day, its supplements included."""
    terms = terms_of(contract, day)
    coverage = contract.coverage.select_related("site", "asset")
    return ContractData(
        number=contract.number,
        plan_version_id=contract.plan_version.public_id,
        starts_on=contract.starts_on,
        kind=contract.kind,
        total=terms.total,
        parameters=dict(terms.parameters),
        site_ids=[one.site.public_id for one in coverage if one.site],
        asset_ids=[one.asset.public_id for one in coverage if one.asset],
        covers=contract.covers,
        remind_days=contract.remind_days,
        responsible_id=_still_there(contract),
    )


def _still_there(contract: Contract) -> UUID | None:
    """Who is in charge of it, unless he has left."""
    person = contract.responsible
    return person.public_id if person and person.active else None


def _writable(actor: Actor, contract_id: object) -> Contract:
    contracts = visible_contracts(actor, Permission.CONTRACT_WRITE)
    with_all = contracts.select_related("customer", "project", "plan_version")
    return one_of(with_all, contract_id)


def _entered(
    contract: Contract, stage: Stage, version: int | None, work: Work, *, held: list[str], note: str
) -> Contract:
    before = contract.stage
    stored(contract, expected_version=version, changes={"stage": stage.value})
    work.add(
        StageEntry(
            contract=contract,
            stage=stage.value,
            at=work.now,
            actor_label=work.actor.label,
            held=held,
            note=note[:NOTE_LENGTH],
        )
    )
    work.audit("contract.stage", contract, before={"stage": before}, after={"stage": stage.value})
    work.emit("contract.stage_entered", contract, {"stage": stage.value})
    return contract
