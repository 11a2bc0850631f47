"""Contracts: create and edit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from yinuo.domains.assets.selectors import get_asset, get_project
from yinuo.domains.contracts.cycle import today_of
from yinuo.domains.contracts.figures import figures_of
from yinuo.domains.contracts.kinds import kind_code
from yinuo.domains.contracts.models import Contract, ContractCoverage, PlanVersion, StageEntry
from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.contracts.policies import visible_contracts
from yinuo.domains.contracts.services.entering import ContractData
from yinuo.domains.contracts.services.offering import offered_version
from yinuo.domains.contracts.services.packages import grant_package, package_of, with_package
from yinuo.domains.contracts.services.papers import promise_plan_papers
from yinuo.domains.contracts.types import COVERED_ITEMS
from yinuo.domains.customers.callers import resolve_place
from yinuo.domains.customers.types import Place
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import visible_people
from yinuo.domains.network.types import Actor
from yinuo.kernel.evaluation.clocks import number_of
from yinuo.kernel.plan.plan import Plan
from yinuo.platform.errors import InvalidInput, NotFound
from yinuo.platform.journal.work import stored, writing
from yinuo.platform.scoped import one_of

NUMBER_LENGTH = 60
MOST_PARAMETERS = 100
MOST_REMIND_DAYS = 730


def create_contract(
    *, actor: Actor, customer_id: object, data: ContractData, now: datetime
) -> Contract:
    """Bind a customer, some of its sites or some of its assets to a plan version.

    Raises InvalidInput, NotFound for anything the actor cannot see (R02).
    """
    place = resolve_place(actor, Permission.CONTRACT_WRITE, customer_id=customer_id)
    plan_version = offered_version(actor, data.plan_version_id, today_of(now))
    plan = compiled_plan(plan_version.pk).plan
    package = package_of(plan, data.package)
    data = with_package(data, package)
    held = data.kind if data.is_renewal else None
    data = replace(data, kind=kind_code(plan, data.kind, held))
    _check(data, place, plan_version)
    with writing(actor=actor, now=now) as work:
        contract = Contract.objects.create(
            customer_id=place.customer_id,
            plan_version=plan_version,
            package=data.package,
            **_values(data),
            **_chosen(actor, place, data),
        )
        grant_package(contract, package, work)
        _set_coverage(actor, contract, place, data)
        work.add(
            StageEntry(contract=contract, stage=contract.stage, at=now, actor_label=actor.label)
        )
        work.audit("contract.create", contract, after=_shown(data, plan_version.number))
        if not data.is_renewal:
            promise_plan_papers(contract, work)
        work.emit("contract.created", contract)
        return contract


def edit_contract(
    *, actor: Actor, contract_id: object, version: int, data: ContractData, now: datetime
) -> Contract:
    """Change a contract. Cases already running keep the plan version they began with."""
    contract = one_of(
        visible_contracts(actor, Permission.CONTRACT_WRITE).select_related("customer"), contract_id
    )
    place = resolve_place(actor, Permission.CONTRACT_WRITE, customer_id=contract.customer.public_id)
    held = contract.plan_version_id
    plan_version = offered_version(actor, data.plan_version_id, today_of(now), held=held)
    plan = compiled_plan(plan_version.pk).plan
    data = replace(data, kind=kind_code(plan, data.kind, contract.kind))
    _check(data, place, plan_version, but=contract)
    with writing(actor=actor, now=now) as work:
        before = {"starts_on": str(contract.starts_on), "ends_on": str(contract.ends_on)}
        chosen = _chosen(actor, place, data, contract.responsible_id)
        changes = _values(data) | chosen | {"plan_version": plan_version}
        stored(contract, expected_version=version, changes=changes)
        ContractCoverage.objects.filter(contract=contract).delete()
        _set_coverage(actor, contract, place, data)
        work.audit(
            "contract.edit", contract, before=before, after=_shown(data, plan_version.number)
        )
        promise_plan_papers(contract, work)
        work.emit("contract.changed", contract)
        return contract


def _values(data: ContractData) -> dict[str, Any]:
    return {
        "number": data.number.strip(),
        "kind": data.kind.strip(),
        "starts_on": data.starts_on,
        "ends_on": data.ends_on,
        "total": data.total,
        "annual_fee": data.annual_fee,
        "parameters": data.parameters,
        "remind_days": data.remind_days,
    }


def _chosen(
    actor: Actor, place: Place, data: ContractData, held: int | None = None
) -> dict[str, Any]:
    """What stays as it is unless it was named; `held` is the person in charge at present."""
    chosen: dict[str, Any] = {}
    if data.covers is not None:
        chosen["covers"] = [item for item in COVERED_ITEMS if item in data.covers]
    if data.project_id:
        project = get_project(actor, data.project_id)
        if project.customer_public_id != place.customer_public_id:
            raise NotFound
        chosen["project_id"] = project.id
    if data.responsible_id:
        person = one_of(visible_people(actor), data.responsible_id)
        if not person.active and person.pk != held:
            raise InvalidInput({"responsible_id": _("Choose somebody who has not left.")})
        chosen["responsible"] = person
    return chosen


def _shown(data: ContractData, plan_number: int) -> dict[str, Any]:
    return {
        "number": data.number,
        "plan_number": plan_number,
        "starts_on": str(data.starts_on),
        "ends_on": str(data.ends_on) if data.ends_on else None,
        "total": str(data.total) if data.total is not None else None,
    }


def _set_coverage(actor: Actor, contract: Contract, place: Place, data: ContractData) -> None:
    rows = []
    for site_id in data.site_ids:
        site = resolve_place(
            actor,
            Permission.CONTRACT_WRITE,
            customer_id=place.customer_public_id,
            site_id=site_id,
        )
        rows.append(ContractCoverage(contract=contract, site_id=site.site_id))
    for asset_id in data.asset_ids:
        asset = get_asset(actor, asset_id)
        if asset.customer_id != place.customer_id:
            raise NotFound
        rows.append(ContractCoverage(contract=contract, asset_id=asset.id))
    ContractCoverage.objects.bulk_create(rows)


def move_contract(
    *,
    actor: Actor,
    contract_id: object,
    version: int,
    plan_version_id: object,
    reason: str = "",
    now: datetime,
) -> Contract:
    """Bind a contract to another version of the plan it is bound to; nothing else changes.

    Cases already running keep the version and the figures they began with. Raises InvalidInput
    for a version of another plan or the present one, or when a figure of the contract lies
    outside the bounds of that version; Conflict when somebody changed the contract meanwhile.
    """
    contracts = visible_contracts(actor, Permission.CONTRACT_WRITE).select_related("plan_version")
    contract = one_of(contracts, contract_id)
    present = contract.plan_version
    target = offered_version(actor, plan_version_id, today_of(now), held=present.pk)
    problems: dict[str, str] = {}
    if target.code != present.code:
        problems["plan_version_id"] = _("This version belongs to another plan.")
    elif target.pk == present.pk:
        problems["plan_version_id"] = _("The contract is bound to this version already.")
    if wrong := wrong_parameters(contract.parameters, compiled_plan(target.pk).plan):
        problems["parameters"] = wrong
    if problems:
        raise InvalidInput(problems)
    with writing(actor=actor, now=now) as work:
        stored(contract, expected_version=version, changes={"plan_version": target})
        work.audit(
            "contract.move",
            contract,
            before={"plan_number": present.number},
            after={"plan_number": target.number},
            reason=reason.strip(),
        )
        promise_plan_papers(contract, work)
        work.emit("contract.changed", contract)
        return contract


def wrong_parameters(parameters: Mapping[str, Any], plan: Plan) -> str:
    """Which figures are no numbers or lie outside their bounds, in words; empty if none.

    Names the plan does not know are left alone: they are remarks of the contract.
    """
    wrong = []
    for one in figures_of(plan):
        given = parameters.get(one.name)
        if given is None:
            continue
        figure = number_of(given)
        if figure is None or isinstance(given, bool):
            wrong.append(_("%(name)s: give a number.") % {"name": one.name})
        elif one.lowest is not None and figure < one.lowest:
            wrong.append(
                _("%(name)s: at least %(number)s.") % {"name": one.name, "number": one.lowest}
            )
        elif one.highest is not None and figure > one.highest:
            wrong.append(
                _("%(name)s: at most %(number)s.") % {"name": one.name, "number": one.highest}
            )
    return " ".join(wrong)


def wrong_amounts(total: Decimal | None, annual_fee: Decimal | None) -> dict[str, str]:
    """Which amounts of a contract or supplement are out of bounds, by field."""
    given = {"total": total, "annual_fee": annual_fee}
    return {
        name: _("Give an amount of at least 0 and below 10¹².")
        for name, amount in given.items()
        if amount is not None and not 0 <= amount < Decimal(10) ** 12
    }


def _check(
    data: ContractData, place: Place, version: PlanVersion, *, but: Contract | None = None
) -> None:
    problems: dict[str, str] = {}
    number = data.number.strip()
    if not number or len(number) > NUMBER_LENGTH:
        problems["number"] = _("Give a number of at most 60 characters.")
    same = Contract.objects.filter(customer_id=place.customer_id, number=number)
    if but is not None:
        same = same.exclude(pk=but.pk)
    if same.exists():
        problems["number"] = _("This customer already has a contract of this number.")
    if data.ends_on and data.ends_on <= data.starts_on:
        problems["ends_on"] = _("The contract must end after it starts.")
    problems |= wrong_amounts(data.total, data.annual_fee)
    if wrong := wrong_parameters(data.parameters, compiled_plan(version.pk).plan):
        problems["parameters"] = wrong
    problems |= _chosen_problems(data)
    if len(data.parameters) > MOST_PARAMETERS:
        problems["parameters"] = _("Use at most 100 parameters.")
    if problems:
        raise InvalidInput(problems)


def _chosen_problems(data: ContractData) -> dict[str, str]:
    problems: dict[str, str] = {}
    if data.covers is not None and not set(data.covers) <= set(COVERED_ITEMS):
        problems["covers"] = _("Choose one of those offered.")
    if data.remind_days is not None and not 1 <= data.remind_days <= MOST_REMIND_DAYS:
        problems["remind_days"] = _("Give a number of days from 1 to 730.")
    return problems
