"""What happened to a contract, as the kernel's facts: stored ones, calls, changes, suspensions.

Calls on the customer, supplements and suspensions stand in rows of their own domains already; they
are read from there, so that nothing is copied and nothing can be copied twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.contracts.subjects import ContractSubject, read_contracts
from yinuo.domains.contracts.terms import contract_fact
from yinuo.domains.customers.calls import Call, calls_on
from yinuo.domains.obligations.models import FactRow
from yinuo.domains.obligations.types import Binding
from yinuo.kernel.facts import NO_ATTRIBUTES, Fact
from yinuo.kernel.plan.selectors import SelectorType

CONTRACT = "contract"
VISITED = "visited"
# The attribute of a stored fact that names the call it is about.
CALL = "call"
NOON = time(12)


def facts_of_contract(
    contract: ContractSubject, stored: Sequence[FactRow], calls: Iterable[Call]
) -> list[Fact]:
    """All facts of a contract, in no order."""
    name = f"{CONTRACT}:{contract.terms.public_id}"
    zone = ZoneInfo(contract.zone)

    def made(kind: str, day: date, attrs: Mapping[str, Any] = NO_ATTRIBUTES) -> Fact:
        at = datetime.combine(day, time(), zone)
        return Fact(name, kind, at, at, attrs)

    found = [contract_fact(contract.terms, contract.zone)]
    found += [made("contract_changed", day, changed) for day, changed in contract.changes]
    for begins_on, ends_on in contract.suspensions:
        found.append(made("suspended", begins_on))
        if ends_on is not None:
            found.append(made("resumed", ends_on))
    for row in stored:
        found.append(
            Fact(name, row.kind, row.occurred_at, row.received_at, row.attrs, str(row.public_id))
        )
    told = {str(row.attrs.get(CALL, "")) for row in stored}
    for call in calls:
        if str(call.public_id) not in told and _counts(contract, call):
            at = instant_of_day(call.visited_on, zone, call.recorded_at)
            attrs = {CALL: str(call.public_id)}
            found.append(Fact(name, VISITED, at, call.recorded_at, attrs, str(call.public_id)))
    return found


def instant_of_day(day: date, zone: ZoneInfo, recorded_at: datetime) -> datetime:
    """The instant of something known by its day alone: noon there, or when it was recorded.

    Noon lies on the same day in every zone the plan may count its periods in.
    """
    return min(datetime.combine(day, NOON, zone), recorded_at)


def lent_facts(bindings: Iterable[Binding]) -> dict[int, list[Fact]]:
    """By contract (internal id) the facts that clauses of cases ask whether they were done.

    Most plans ask for none, and then nothing is read; else seven statements for any number.
    """
    wanted: dict[int, frozenset[str]] = {}
    for one in bindings:
        if one.contract_id is None or one.plan_version_id is None:
            continue
        if kinds := kinds_asked(one.plan_version_id):
            wanted[one.contract_id] = wanted.get(one.contract_id, frozenset()) | kinds
    if not wanted:
        return {}
    contracts = read_contracts(wanted)
    calls = calls_on({one.customer_id for one in contracts.values()})
    ids = {one.terms.public_id: one.id for one in contracts.values()}
    stored: dict[int, list[FactRow]] = {one: [] for one in wanted}
    for row in FactRow.objects.filter(subject_id__in=list(ids)):
        stored[ids[row.subject_id]].append(row)
    found: dict[int, list[Fact]] = {}
    for contract_id, contract in contracts.items():
        facts = facts_of_contract(contract, stored[contract_id], calls[contract.customer_id])
        found[contract_id] = [one for one in facts if one.kind in wanted[contract_id]]
    return found


def kinds_asked(plan_version_id: int) -> frozenset[str]:
    """The facts of the contract that cases under a plan ask for."""
    selectors = compiled_plan(plan_version_id).plan.selectors
    return frozenset(
        kind
        for one in selectors
        if one.type is SelectorType.DONE and one.owner == CONTRACT
        for kind in one.facts
    )


def _counts(contract: ContractSubject, call: Call) -> bool:
    return contract.runs_on(call.visited_on) and contract.has_site(call.site_id)


def next_day(contract: ContractSubject, now: datetime) -> datetime | None:
    """The next instant at which a supplement, suspension, beginning or end of it takes effect."""
    zone = ZoneInfo(contract.zone)
    days = [contract.terms.starts_on, *(day for day, _ in contract.changes)]
    days += [day for pair in contract.suspensions for day in pair if day is not None]
    at = [datetime.combine(day, time(), zone) for day in days]
    return min((one for one in at if one > now), default=None)


def begun(contract: ContractSubject, now: datetime) -> bool:
    """Whether it has begun, in the customer's zone."""
    return datetime.combine(contract.terms.starts_on, time(), ZoneInfo(contract.zone)) <= now
