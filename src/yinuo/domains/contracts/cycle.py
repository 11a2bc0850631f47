"""Where a contract stands in the cycle QYBS, and what is missing for its next stage (LV-01)."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from yinuo.domains.contracts.models import Contract
from yinuo.domains.contracts.papers import missing_papers_of
from yinuo.domains.contracts.policies import visible_contracts
from yinuo.domains.contracts.terms import terms_of
from yinuo.domains.contracts.warranty import Dates, warranty_terms
from yinuo.domains.customers.selectors import list_contacts, list_sites
from yinuo.domains.network.types import Actor
from yinuo.kernel.contract_stages import Condition, Stage, next_stage
from yinuo.platform.scoped import one_of

_CYCLE = Path(__file__).parent / "data" / "cycle.toml"


@dataclass(frozen=True, slots=True)
class Asked:
    """One condition of a stage. `missing` names what lacks, as codes or names; empty: it holds."""

    condition: str
    missing: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """True when nothing is missing."""
        return not self.missing


@dataclass(frozen=True, slots=True)
class StageView:
    """A stage that was entered, when, by whom, and which conditions held."""

    stage: str
    at: datetime
    actor: str
    held: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class CycleView:
    """Where a contract stands: its stage, the next one with its conditions, the history.

    `ends_on` is the first day nothing of it runs: its own end, or that of the last warranty.
    """

    stage: str
    next: str
    asked: tuple[Asked, ...]
    history: tuple[StageView, ...]
    ends_on: date | None

    @property
    def may_advance(self) -> bool:
        """True when every condition of the next stage holds."""
        return bool(self.next) and all(one.holds for one in self.asked)


@dataclass(frozen=True, slots=True)
class StandingView:
    """A contract's stage, the next one and what it still asks for."""

    stage: str
    next: str
    missing: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class _Looked:
    """What the conditions look at; `papers` are the titles that lack, `card` what lacks there."""

    contract: Contract
    today: date
    ends_on: date | None
    papers: Sequence[str]
    card: Sequence[str]


def cycle_of(actor: Actor, contract_id: object, now: datetime) -> CycleView:
    """The stage of a visible contract and what its next one asks for; NotFound otherwise."""
    contracts = visible_contracts(actor).select_related("customer", "project")
    contract = one_of(contracts, contract_id)
    following = next_stage(Stage(contract.stage))
    history = contract.stages.order_by("id")
    return CycleView(
        stage=contract.stage,
        next=following.value if following else "",
        asked=asked_before(actor, contract, following, now) if following else (),
        history=tuple(
            StageView(one.stage, one.at, one.actor_label, tuple(one.held), one.note)
            for one in history
        ),
        ends_on=runs_until(contract, now),
    )


def asked_before(
    actor: Actor, contract: Contract, stage: Stage, now: datetime
) -> tuple[Asked, ...]:
    """The conditions of a stage for this contract, in the order of the data, with what lacks."""
    card = _lacking_on_card(actor, contract.customer.public_id)
    papers = _lacking_papers([contract])[contract.pk]
    return _asked(_Looked(contract, today_of(now), runs_until(contract, now), papers, card), stage)


def stages_of(
    actor: Actor, customer_id: object, contract_ids: Collection[UUID], now: datetime
) -> dict[UUID, StandingView]:
    """The stage of several visible contracts of one customer and what each still lacks."""
    found = visible_contracts(actor).filter(public_id__in=contract_ids)
    rows = list(found.select_related("project").prefetch_related("supplements"))
    if not rows:
        return {}
    card, papers = _lacking_on_card(actor, customer_id), _lacking_papers(rows)
    views = {}
    for one in rows:
        following = next_stage(Stage(one.stage))
        looked = _Looked(one, today_of(now), runs_until(one, now), papers[one.pk], card)
        asked = _asked(looked, following) if following else ()
        missing = tuple(each for each in asked if not each.holds)
        views[one.public_id] = StandingView(one.stage, following or "", missing)
    return views


def _asked(looked: _Looked, stage: Stage) -> tuple[Asked, ...]:
    return tuple(
        Asked(code, tuple(_CHECKS[Condition(code)](looked)))
        for code in conditions_for(looked.contract.kind, stage)
    )


def _lacking_papers(contracts: Sequence[Contract]) -> dict[int, list[str]]:
    missing = missing_papers_of([one.pk for one in contracts])
    return {pk: [one.title_zh or one.title_en for one in rows] for pk, rows in missing.items()}


def _lacking_on_card(actor: Actor, customer_id: object) -> list[str]:
    """What the customer's card lacks: a site with its address, a contact with a number."""
    sites = list_sites(actor, customer_id=customer_id, limit=200).items
    contacts = list_contacts(actor, customer_id=customer_id, limit=200).items
    missing = []
    if not any(one.active and one.address for one in sites):
        missing.append("site_address")
    if not any(one.active and one.phones for one in contacts):
        missing.append("contact_phone")
    return missing


def conditions_for(kind: str, stage: Stage) -> tuple[str, ...]:
    """The codes of the conditions that a stage asks of contracts of a kind."""
    data = _cycle()
    own = data.get("kinds", {}).get(kind, {})
    return tuple(own.get(stage.value, data["stages"].get(stage.value, ())))


def remind_days() -> int:
    """How many days before its end a contract that sets nothing itself counts as ending."""
    return int(_cycle()["remind_days"])


def runs_until(contract: Contract, now: datetime) -> date | None:
    """The first day on which a contract no longer runs, as far as it is known at `now`.

    Its own end with the supplements in effect; without one, that of its last warranty term.
    """
    terms = terms_of(contract, today_of(now))
    if terms.ends_on is not None:
        return terms.ends_on
    accepted = contract.project.accepted_on if contract.project else None
    clauses = warranty_terms(
        contract.plan_version_id, terms, Dates(None, accepted), settings.TIME_ZONE, now
    )
    known = [one.until for one in clauses if one.until]
    return max(known, default=None) if terms.annual_fee is None else None


def today_of(now: datetime) -> date:
    """The day of an instant in the company's local time."""
    return now.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


@cache
def _cycle() -> Mapping[str, Any]:
    return tomllib.loads(_CYCLE.read_text(encoding="utf-8"))


def _signed(looked: _Looked) -> list[str]:
    contract = looked.contract
    return ["amount"] if contract.total is None and contract.annual_fee is None else []


def _project_finished(looked: _Looked) -> list[str]:
    project = looked.contract.project
    if project is None:
        return ["project"]
    return [] if project.finished_on or project.accepted_on else ["finished_on"]


def _project_accepted(looked: _Looked) -> list[str]:
    project = looked.contract.project
    if project is None:
        return ["project"]
    accepted = project.accepted_on
    return [] if accepted and accepted <= looked.today else ["accepted_on"]


def _papers_complete(looked: _Looked) -> list[str]:
    return list(looked.papers)


def _registered(looked: _Looked) -> list[str]:
    return list(looked.card)


def _begun(looked: _Looked) -> list[str]:
    return [] if looked.contract.starts_on <= looked.today else ["starts_on"]


def _ending(looked: _Looked) -> list[str]:
    if looked.ends_on is None:
        return ["ends_on"]
    days = looked.contract.remind_days or remind_days()
    return [] if (looked.ends_on - looked.today).days <= days else ["not_yet"]


_CHECKS: Mapping[Condition, Callable[[_Looked], list[str]]] = {
    Condition.SIGNED: _signed,
    Condition.PROJECT_FINISHED: _project_finished,
    Condition.PROJECT_ACCEPTED: _project_accepted,
    Condition.PAPERS_COMPLETE: _papers_complete,
    Condition.CUSTOMER_REGISTERED: _registered,
    Condition.BEGUN: _begun,
    Condition.ENDING: _ending,
}
