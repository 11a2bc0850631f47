"""Building the demo company step by step, each through the service a person would use."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from yinuo.domains.assets.services import AssetData, create_asset, create_project
from yinuo.domains.billing.services import publish_price_list
from yinuo.domains.checklists.services import publish_checklist
from yinuo.domains.contracts.services import ContractData, create_contract, publish_plan
from yinuo.domains.customers.services import create_contact, create_customer, create_site
from yinuo.domains.network import services as network
from yinuo.domains.network.actors import get_actor
from yinuo.domains.network.selectors import list_roles, list_units
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.selectors import list_requests
from yinuo.platform.accounts.services import NewUser, create_user
from yinuo.surfaces.cli.demo.afterwards import after_the_cases, keep_visits
from yinuo.surfaces.cli.demo.breaches import miss_promises
from yinuo.surfaces.cli.demo.claimed import claim_pauses, publish_asking_version
from yinuo.surfaces.cli.demo.conferring import confer
from yinuo.surfaces.cli.demo.contract_cycles import move_contracts
from yinuo.surfaces.cli.demo.customer_files import fill_files
from yinuo.surfaces.cli.demo.dispatching import fill_board
from yinuo.surfaces.cli.demo.drafts import write_plan
from yinuo.surfaces.cli.demo.duty import keep_watch
from yinuo.surfaces.cli.demo.emergencies import wait_for_approval
from yinuo.surfaces.cli.demo.exposed import leave_open
from yinuo.surfaces.cli.demo.history import Case, live_through
from yinuo.surfaces.cli.demo.money import take_money
from yinuo.surfaces.cli.demo.offering import offer_requests
from yinuo.surfaces.cli.demo.qualifying import qualify_people
from yinuo.surfaces.cli.demo.recalls import recall_something
from yinuo.surfaces.cli.demo.scoring import appeal_scores, publish_scores, rule_call_backs
from yinuo.surfaces.cli.demo.stocking import ask_for_some, fill_depots
from yinuo.surfaces.cli.demo.today import fill_queues, plan_day, set_up_groups
from yinuo.surfaces.cli.demo.visiting import let_visit
from yinuo.surfaces.cli.demo.wording import word_documents

COMPANY_FILE = Path(__file__).with_name("company.toml")
ADMINISTRATOR = "administrator"
VISITING_ROLES = ("technician", "duty_engineer", "system_engineer")
# The company is founded this long before the day of loading, so that its history has room.
FOUNDED_DAYS_AGO = 800


@dataclass(frozen=True, slots=True)
class Account:
    """A demo account as printed."""

    username: str
    password: str
    role: str


@cache
def company() -> dict[str, Any]:
    """The company as data."""
    return tomllib.loads(COMPANY_FILE.read_text(encoding="utf-8"))


def accounts() -> Iterator[Account]:
    """All demo accounts with the names of their roles; contacts of customers come last."""
    names = {role.code: f"{role.name_zh} {role.name_en}" for role in list_roles()}
    for person in company()["people"]:
        yield Account(person["username"], company()["password"], names[person["role"]])
    for visitor in company()["visitors"]:
        yield Account(visitor["username"], company()["password"], "客户联系人 Customer's contact")


def is_demo() -> bool:
    """True when the company in this installation is the demo company."""
    actor = _actor_or_none()
    return actor is not None and any(u.name == company()["name"] for u in list_units(actor))


def load_demo(now: datetime) -> None:
    """Load everything in one transaction: a killed load leaves an empty installation."""
    with transaction.atomic():
        founded = now - timedelta(days=FOUNDED_DAYS_AGO)
        user_ids = _found(founded)
        admin = get_actor(user_ids[company()["people"][0]["username"]])
        _units(admin, founded)
        _people(admin, user_ids, founded)
        plans = _plans(admin, founded)
        asking = publish_asking_version(
            plans,
            writer=_someone("service_manager", user_ids),
            approver=_someone("service_director", user_ids),
            publisher=admin,
            now=now,
        )
        write_plan(_someone("service_manager", user_ids), asking, now)
        _paperwork(admin, founded)
        manager = _someone("service_manager", user_ids)
        seller = _Seller(admin, plans, _technicians(user_ids), now)
        cases = [case for data in company()["customers"] for case in seller.serve(data)]
        live_through(cases, consultant=manager, now=now)
        _misses(cases, user_ids, now)
        fill_files(seller.actor, now)
        recall_something(manager, now)
        take_money(manager, cases, now)
        after_the_cases(manager, company(), now)
        qualify_people(get_actor(admin.user_id or 0), now)
        keep_watch(manager, now)
        _today(cases, user_ids, admin, now)
        consultant = _someone("service_consultant", dict(user_ids))
        wait_for_approval(cases, consultant=consultant, now=now)
        offer_requests(manager, _someone("partner", user_ids), now)
        fill_board(manager, now)
        confer(manager, consultant, _someone("technician", dict(user_ids)), now)
        for data in company()["visitors"]:
            let_visit(data, company()["password"], by=seller.actor, now=now)
        move_contracts(seller.actor, now)
        keep_visits(seller.actor, manager, now)
        claim_pauses(asking, seller=seller.actor, consultant=manager, now=now)


def _misses(cases: Sequence[Case], user_ids: Mapping[str, int], now: datetime) -> None:
    """What was missed, and what the people who may decide about it decided."""
    known = dict(user_ids)
    miss_promises(
        cases,
        consultant=_someone("service_consultant", known),
        manager=_someone("service_manager", known),
        director=_someone("service_director", known),
        now=now,
    )


def _today(cases: Sequence[Case], user_ids: Mapping[str, int], admin: Actor, now: datetime) -> None:
    """What stands open this morning: one technician's sheets, and the queues of the groups."""
    manager = _someone("service_manager", dict(user_ids))
    rule_call_backs(manager, now)
    publish_scores(_someone("service_director", dict(user_ids)), now)
    appeal_scores(_someone("technician", dict(user_ids)), manager, now)
    admin = get_actor(admin.user_id or 0)
    people = {name: get_actor(user_id) for name, user_id in user_ids.items()}
    consultant = people["kefu"]
    plan_day(cases, technician=people["jishu"], consultant=manager, now=now)
    units = {unit.code: unit.public_id for unit in list_units(admin)}
    set_up_groups(company()["groups"], units, people, by=admin, now=now)
    fill_queues(cases, consultant=consultant, now=now)
    leave_open(cases, consultant=consultant, now=now)
    keeper = people["beijian"]
    fill_depots(keeper, company()["parts"], now)
    found = list_requests(keeper, state="open", text="西部云", limit=3).items
    open_ones = [one.public_id for one in found]
    ask_for_some(keeper, manager, consultant, open_ones, now)


def _actor_or_none() -> Actor | None:
    from yinuo.domains.network.selectors import find_user_id

    user_id = find_user_id(company()["people"][0]["username"])
    return get_actor(user_id) if user_id else None


def _found(founded: datetime) -> dict[str, int]:
    """The users of all people, and headquarters with its administrator."""
    user_ids = {
        person["username"]: create_user(
            NewUser(person["username"], person["name"], company()["password"]), now=founded
        ).pk
        for person in company()["people"]
    }
    first = company()["people"][0]
    network.found_company(
        name=company()["name"],
        code=company()["code"],
        admin_name=first["name"],
        user_id=user_ids[first["username"]],
        now=founded,
    )
    return user_ids


def _units(admin: Actor, now: datetime) -> None:
    for unit in company()["units"]:
        # Rights reach a new unit only when the actor is read again.
        actor = get_actor(admin.user_id or 0)
        parent = _unit_id(actor, unit["parent"])
        network.create_unit(
            actor=actor, parent_id=parent, code=unit["code"], name=unit["name"], now=now
        )


def _unit_id(actor: Actor, code: str) -> object:
    return next(unit.public_id for unit in list_units(actor) if unit.code == code)


def _people(admin: Actor, user_ids: dict[str, int], now: datetime) -> None:
    actor = get_actor(admin.user_id or 0)
    for data in company()["people"][1:]:
        unit_id = _unit_id(actor, data["unit"])
        person = network.create_person(
            actor=actor, unit_id=unit_id, name=data["name"], phone=data.get("phone", ""), now=now
        )
        network.link_user(
            actor=actor, person_id=person.public_id, user_id=user_ids[data["username"]], now=now
        )
        network.assign_role(
            actor=actor,
            person_id=person.public_id,
            role_code=data["role"],
            unit_id=unit_id,
            now=now,
        )


def _someone(role: str, user_ids: dict[str, int]) -> Actor:
    person = next(one for one in company()["people"] if one["role"] == role)
    return get_actor(user_ids[person["username"]])


def _technicians(user_ids: dict[str, int]) -> dict[str, Actor]:
    """Who goes out for each unit: one of its own, else one of the unit above."""
    at_home = {
        person["unit"]: get_actor(user_ids[person["username"]])
        for person in company()["people"]
        if person["role"] in VISITING_ROLES
    }
    parents = {unit["code"]: unit["parent"] for unit in company()["units"]}
    for code in parents:
        at_home.setdefault(code, at_home[parents[code]])
    return at_home


def _plans(admin: Actor, now: datetime) -> Mapping[str, object]:
    """Publishes every plan file shipped; gives the version ids by plan code."""
    published = {}
    for file in sorted(settings.PLANS_FOLDER.glob("*.yaml")):
        source = file.read_text(encoding="utf-8")
        version = publish_plan(actor=admin, source=source, source_name=file.name, now=now)
        published[version.code] = version.public_id
    return published


def _paperwork(admin: Actor, now: datetime) -> None:
    """What stands in the company's papers: prices, checklists, its own words."""
    _prices(admin, now)
    _checklists(admin, now)
    word_documents(admin, company()["documents"], now)


def _prices(admin: Actor, now: datetime) -> None:
    """Publishes every price list shipped."""
    for file in sorted(settings.PRICES_FOLDER.glob("*.yaml")):
        source = file.read_text(encoding="utf-8")
        publish_price_list(actor=admin, source=source, source_name=file.name, now=now)


def _checklists(admin: Actor, now: datetime) -> None:
    """Publishes every checklist shipped."""
    for file in sorted(settings.CHECKLISTS_FOLDER.glob("*.yaml")):
        source = file.read_text(encoding="utf-8")
        publish_checklist(actor=admin, source=source, source_name=file.name, now=now)


class _Seller:
    """Fills the archive: one customer with sites, contacts, project, assets and contract."""

    def __init__(
        self,
        admin: Actor,
        plans: Mapping[str, object],
        technicians: Mapping[str, Actor],
        now: datetime,
    ) -> None:
        self.actor = get_actor(admin.user_id or 0)
        self.plans = plans
        self.technicians = technicians
        self.now = now
        self.founded = now - timedelta(days=FOUNDED_DAYS_AGO)

    def serve(self, data: dict[str, Any]) -> list[Case]:
        """Creates the customer's file; gives the cases it will report."""
        customer = create_customer(
            actor=self.actor,
            unit_id=_unit_id(self.actor, data["unit"]),
            name=data["name"],
            short_name=data["short_name"],
            now=self.founded,
        )
        sites = [self._site(customer.public_id, *site) for site in data["sites"]]
        contacts = [self._contact(customer.public_id, *one) for one in data["contacts"]]
        project = self._project(customer.public_id, data.get("project"))
        assets = [
            self._asset(customer.public_id, sites[index % len(sites)], project, *asset)
            for index, asset in enumerate(data["assets"])
        ]
        self._contract(customer.public_id, project, data)
        symptoms = company()["symptoms"][data["plan"] or "none"]
        return [
            Case(
                customer_id=customer.public_id,
                site_id=sites[index % len(sites)],
                contact_id=contacts[index % len(contacts)],
                asset_id=assets[index % len(assets)],
                symptom=symptom,
                technician=self.technicians[data["unit"]],
            )
            for index, symptom in enumerate(symptoms)
        ]

    def _site(self, customer_id: object, name: str, address: str) -> object:
        site = create_site(
            actor=self.actor, customer_id=customer_id, name=name, address=address, now=self.founded
        )
        return site.public_id

    def _contact(self, customer_id: object, name: str, title: str, phone: str) -> object:
        contact = create_contact(
            actor=self.actor,
            customer_id=customer_id,
            name=name,
            title=title,
            phones=[phone],
            now=self.founded,
        )
        return contact.public_id

    def _project(self, customer_id: object, project: list[Any] | None) -> object:
        if project is None:
            return None
        name, days = project
        accepted_on = (self.now + timedelta(days=days)).date()
        made = create_project(
            actor=self.actor,
            customer_id=customer_id,
            name=name,
            finished_on=accepted_on - timedelta(days=12),
            accepted_on=accepted_on,
            now=self.founded,
        )
        return made.public_id

    def _asset(
        self,
        customer_id: object,
        site_id: object,
        project_id: object,
        name: str,
        model: str,
        asset_class: str,
        serial: str,
    ) -> object:
        data = AssetData(
            name=name,
            model=model,
            asset_class=asset_class,
            serial=serial,
            site_id=site_id,
            project_id=project_id,
        )
        asset = create_asset(actor=self.actor, customer_id=customer_id, data=data, now=self.founded)
        return asset.public_id

    def _contract(self, customer_id: object, project_id: object, data: dict[str, Any]) -> None:
        terms = data.get("contract")
        if terms is None or data["plan"] not in self.plans:
            return
        today = self.now.date()
        create_contract(
            actor=self.actor,
            customer_id=customer_id,
            data=ContractData(
                number=terms["number"],
                plan_version_id=self.plans[data["plan"]],
                starts_on=today + timedelta(days=terms["start"]),
                ends_on=today + timedelta(days=terms["end"]),
                kind=terms.get("kind", ""),
                total=Decimal(terms["total"]),
                annual_fee=Decimal(terms["annual_fee"]) if "annual_fee" in terms else None,
                parameters=terms.get("parameters", {}),
                project_id=project_id,
            ),
            now=self.founded,
        )
