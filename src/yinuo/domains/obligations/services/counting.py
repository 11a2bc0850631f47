"""Taking a count of what a contract must keep at all times; the last one says whether it does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from yinuo.domains.contracts.covered import models_covered
from yinuo.domains.contracts.policies import visible_contracts
from yinuo.domains.contracts.subjects import read_contracts
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.contract_facts import begun, instant_of_day
from yinuo.domains.obligations.counts import asked, counted_clauses
from yinuo.domains.obligations.services.holding import record_fact
from yinuo.domains.obligations.services.looking import look_now
from yinuo.domains.obligations.types import NewFact
from yinuo.kernel.evaluation.coverage import COUNTED
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import writing
from yinuo.platform.scoped import one_of

MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted for a duty (a clause of the plan) on a day: how many of each name."""

    clause: str
    counted_on: date
    have: Mapping[str, int]


def count_kept(
    *, actor: Actor, contract_id: object, counted: Counted, source: str, now: datetime
) -> UUID:
    """Record a count of what a contract must keep; gives the fact's id.

    What is owed that day, by the plan and the assets covered now, is kept with it. Less than that
    is a miss until a later count makes it up. Raises InvalidInput by field, IllegalMove before the
    contract has begun, NotFound for what the actor may not record.
    """
    row = one_of(visible_contracts(actor, Permission.CUSTOMER_WRITE), contract_id)
    contract = read_contracts([row.pk])[row.pk]
    if not begun(contract, now):
        raise IllegalMove(_("The contract has not begun yet."))
    clauses = counted_clauses(contract.plan_version_id)
    clause = next((one for one in clauses if one.id == counted.clause), None)
    if clause is None:
        raise InvalidInput({"clause": _("Choose one of those offered.")})
    needed = asked(clause, models_covered(contract.id))
    zone = ZoneInfo(contract.zone)
    _check(counted, needed, contract.terms.starts_on, now.astimezone(zone).date())
    with writing(actor=actor, now=now) as work:
        at = instant_of_day(counted.counted_on, zone, work.now)
        have = {name: counted.have[name] for name in needed}
        attrs = {"clause": clause.id, "needed": needed, "have": have}
        made = record_fact(contract, NewFact(COUNTED, at, source, attrs), work)
        after = {"clause": clause.id, "on": counted.counted_on.isoformat(), "have": have}
        work.audit("contract.count", row, after=after)
        look_now(contract, work)
        return made


def _check(counted: Counted, needed: Mapping[str, int], begins: date, today: date) -> None:
    problems: dict[str, str] = {}
    if counted.counted_on > today:
        problems["counted_on"] = _("This day is still to come.")
    elif counted.counted_on < begins:
        problems["counted_on"] = _("Give a day on which the contract runs.")
    if not needed:
        problems["have"] = _("Nothing is owed: no asset of the contract calls for any.")
    elif counted.have.keys() != needed.keys():
        problems["have"] = _("Give a number for each of: %(names)s.") % {
            "names": ", ".join(name or "-" for name in needed)
        }
    elif any(not 0 <= number <= MOST for number in counted.have.values()):
        problems["have"] = _("Give whole numbers from 0 to 1,000,000.")
    if problems:
        raise InvalidInput(problems)
