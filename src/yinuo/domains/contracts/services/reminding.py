"""Telling account managers in time: contracts that end, agreements that fall due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection

from yinuo.domains.contracts.cycle import remind_days, today_of
from yinuo.domains.contracts.life import renewal_of
from yinuo.domains.contracts.models import Agreement, Contract
from yinuo.domains.network.roster import Holder, Roster, read_roster
from yinuo.domains.network.types import SYSTEM
from yinuo.domains.notices.services import notify
from yinuo.domains.notices.types import Telling
from yinuo.platform.journal.work import Work, writing

ENDING, DUE = "contract.ending", "contract.agreement_due"
MISSED = "contract.agreement_missed"
SUBJECT, ROLE = "contract", "account_manager"
AGREEMENT_DAYS = 7

# One statement finds what is near and claims it: the unique row lets each be told once, whoever
# else runs at the same time. An end or due day that moves is another row, and told anew.
_CLAIM_ENDING = """
INSERT INTO contracts_reminder (contract_id, about, "on", at)
SELECT contract.id, 'expiry', e.ends_on, %(now)s
FROM contracts_contract AS contract
CROSS JOIN LATERAL (
    SELECT coalesce(
        (SELECT ends_on FROM contracts_supplement
         WHERE contract_id = contract.id AND ends_on IS NOT NULL AND effective_on <= %(today)s
         ORDER BY effective_on DESC, id DESC LIMIT 1),
        contract.ends_on) AS ends_on
) AS e
WHERE e.ends_on BETWEEN %(today)s AND %(today)s + coalesce(contract.remind_days, %(days)s)
    AND NOT EXISTS (SELECT 1 FROM contracts_contract AS r WHERE r.renews_id = contract.id)
ON CONFLICT DO NOTHING
RETURNING contract_id, "on", about
"""
_CLAIM_DUE = """
INSERT INTO contracts_reminder (contract_id, about, "on", at)
SELECT contract_id, 'agreement:' || id, due_on, %(now)s
FROM contracts_agreement
WHERE kept_on IS NULL AND withdrawn_on IS NULL
    AND due_on BETWEEN %(today)s AND %(today)s + %(days)s
ON CONFLICT DO NOTHING
RETURNING contract_id, "on", about
"""
_CLAIM_MISSED = """
INSERT INTO contracts_reminder (contract_id, about, "on", at)
SELECT contract_id, 'missed:' || id, due_on, %(now)s
FROM contracts_agreement
WHERE kept_on IS NULL AND withdrawn_on IS NULL AND due_on < %(today)s
ON CONFLICT DO NOTHING
RETURNING contract_id, "on", about
"""


def remind_of_contracts(*, now: datetime) -> int:
    """Tell of every end and due day that has come near and every miss, each once; gives how many.

    Told are the account managers of the customer's unit or of the nearest one above that has any,
    whoever is in charge of the contract, and of an agreement also whoever is responsible for it. A
    contract that was renewed is not told of.
    """
    today = today_of(now)
    with writing(actor=SYSTEM, now=now) as work:
        ending = _claimed(_CLAIM_ENDING, now=now, today=today, days=remind_days())
        due = _claimed(_CLAIM_DUE, now=now, today=today, days=AGREEMENT_DAYS)
        missed = _claimed(_CLAIM_MISSED, now=now, today=today)
        if ending or due or missed:
            roster = read_roster()
            _tell_of_ends(ending, work, roster)
            _tell_of_agreements(DUE, due, work, roster)
            _tell_of_agreements(MISSED, missed, work, roster)
        return len(ending) + len(due) + len(missed)


def _claimed(statement: str, **given: Any) -> list[tuple[int, date, str]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return [(contract_id, on, about) for contract_id, on, about in cursor.fetchall()]


def _tell_of_ends(claimed: Sequence[tuple[int, date, str]], work: Work, roster: Roster) -> None:
    contracts = Contract.objects.select_related("customer").in_bulk([one[0] for one in claimed])
    for contract_id, on, _about in claimed:
        _tell(
            contracts[contract_id],
            ENDING,
            on,
            _price(contracts[contract_id], on),
            work,
            _told(contracts[contract_id], (), roster),
        )


def _told(contract: Contract, people: Sequence[int | None], roster: Roster) -> list[Holder]:
    """The account managers, who is in charge of the contract, and these people, each once."""
    holders = list(roster.holders([ROLE], contract.customer.unit_id).holders)
    known = {one.person_id for one in holders}
    for person_id in (contract.responsible_id, *people):
        found = roster.person(person_id)
        if found and found.person_id not in known:
            known.add(found.person_id)
            holders.append(found)
    return holders


def _price(contract: Contract, on: date) -> dict[str, str]:
    """What a year of renewal costs, where a rule gives it."""
    price = renewal_of(contract, on)
    return {"price": str(price.amount)} if price else {}


def _tell_of_agreements(
    topic: str, claimed: Sequence[tuple[int, date, str]], work: Work, roster: Roster
) -> None:
    ids = {int(about.partition(":")[2]): on for _contract, on, about in claimed}
    rows = Agreement.objects.select_related("contract__customer").in_bulk(list(ids))
    for agreement_id, on in ids.items():
        one = rows[agreement_id]
        holders = _told(one.contract, (one.responsible_id,), roster)
        _tell(one.contract, topic, on, {"text": one.text[:200]}, work, holders)


def _tell(
    contract: Contract,
    topic: str,
    on: date,
    more: dict[str, str],
    work: Work,
    holders: Sequence[Holder],
) -> None:
    data = {"number": contract.number, "customer": contract.customer.name, "on": on.isoformat()}
    telling = Telling(
        topic, SUBJECT, contract.public_id, contract.customer.unit_id, {**data, **more}
    )
    notify(work, telling, holders, ())
