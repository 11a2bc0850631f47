"""Hearing of contracts: what happened to them, their customers and their cases.

Contracts, papers and calls stand below obligations and know nothing of them. They record an event
in their own step; here it is read and the contract is looked at, within a second where a worker
runs. A transaction that commits late may show an earlier id after a later one, so rows of the last
minutes are read again; looking twice changes nothing. A slow round over all contracts finds
whatever no event told of, such as contracts that were there before.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Least

from yinuo.domains.contracts.subjects import contracts_after, ids_of, ids_of_customers
from yinuo.domains.obligations.contract_facts import CONTRACT
from yinuo.domains.obligations.models import ChangeRow, ContractLook, FactRow, ReadUpTo, SubjectRow
from yinuo.platform.journal.models import OutboxEvent

AT_ONCE = 2_000
# A step commits within so long; what is older is read once and for all.
SETTLED = timedelta(minutes=2)
# Figures of cases follow that much later: many facts, one look.
CASES_AFTER = timedelta(seconds=30)
OF_CONTRACTS = "contract."
OF_CUSTOMERS = "customer.visited"
ROUND_AT_ONCE = 500


def follow_contracts(*, now: datetime) -> None:
    """Have contracts looked at to which, or to whose customer, something happened."""
    with transaction.atomic():
        stream = _claimed("events")
        if stream is None:
            return
        events = list(
            OutboxEvent.objects.filter(pk__gt=stream.last_id)
            .order_by("pk")
            .values_list("pk", "at", "topic", "subject_id")[:AT_ONCE]
        )
        told = [one for one in events if one[2].startswith(OF_CONTRACTS)]
        visits = [one for one in events if one[2] == OF_CUSTOMERS]
        contract_ids = ids_of(one[3] for one in told) if told else []
        contract_ids += ids_of_customers(one[3] for one in visits) if visits else []
        latest = max((one[1] for one in (*told, *visits)), default=now)
        _wake(contract_ids, latest, now)
        _read(stream, [(one[0], one[1]) for one in events], now)


def follow_cases(*, now: datetime) -> bool:
    """Have contracts looked at whose cases have new facts, or promises that moved by themselves.

    True when there is more to read at once.
    """
    is_more = False
    for name, rows in (
        ("facts", FactRow.objects.values_list("pk", "received_at", "subject_id", "occurred_at")),
        ("changes", ChangeRow.objects.values_list("pk", "at", "subject_id", "at")),
    ):
        with transaction.atomic():
            stream = _claimed(name)
            if stream is None:
                continue
            found = list(rows.filter(pk__gt=stream.last_id).order_by("pk")[:AT_ONCE])
            _touch([(one[2], one[3], one[1]) for one in found], now)
            _read(stream, [(one[0], one[1]) for one in found], now)
            is_more |= len(found) == AT_ONCE
    return is_more


def go_round(*, now: datetime, at_most: int = ROUND_AT_ONCE) -> int:
    """Look at some contracts more, in the order they were made: unknown or changed ones are woken.

    Gives how many were gone over; at the end the round begins again.
    """
    with transaction.atomic():
        stream = _claimed("round")
        if stream is None:
            return 0
        found = contracts_after(stream.last_id, at_most)
        known = dict(
            ContractLook.objects.filter(contract_id__in=[one for one, _ in found]).values_list(
                "contract_id", "version"
            )
        )
        _wake([one for one, version in found if known.get(one) != version], now, now)
        stream.last_id = found[-1][0] if len(found) == at_most else 0
        stream.save(update_fields=["last_id"])
        return len(found)


def _claimed(name: str) -> ReadUpTo | None:
    """The stream, locked; None while another worker reads it."""
    rows = ReadUpTo.objects.select_for_update(skip_locked=True)
    found: ReadUpTo | None = rows.filter(stream=name).first()
    if found is None:
        ReadUpTo.objects.bulk_create([ReadUpTo(stream=name)], ignore_conflicts=True)
        found = rows.filter(stream=name).first()
    return found


def _read(stream: ReadUpTo, rows: list[tuple[int, datetime]], now: datetime) -> None:
    """Rows that are settled are not read again; in a full page the rest must not hold it up."""
    settled = [pk for pk, at in rows if at <= now - SETTLED or len(rows) == AT_ONCE]
    if settled and settled[-1] != stream.last_id:
        stream.last_id = settled[-1]
        stream.save(update_fields=["last_id"])


def _wake(contract_ids: Iterable[int], at: datetime, now: datetime) -> None:
    """Have them looked at now, unless they were since `at`; once more when it has settled."""
    ids = sorted(set(contract_ids))
    if not ids:
        return
    new = [ContractLook(contract_id=one, look_at=now) for one in ids]
    ContractLook.objects.bulk_create(new, ignore_conflicts=True)
    looks = ContractLook.objects.filter(contract_id__in=ids)
    unseen = looks.filter(Q(looked_at__isnull=True) | Q(looked_at__lte=at))
    unseen.update(look_at=Least(Coalesce(F("look_at"), now), now))
    later = at + SETTLED
    seen = looks.filter(looked_at__gt=at, looked_at__lt=later)
    seen.update(look_at=Least(Coalesce(F("look_at"), later), later))


def _touch(rows: list[tuple[UUID, datetime, datetime]], now: datetime) -> None:
    """The contracts of these cases: figures are open from the earliest thing that occurred."""
    subjects = SubjectRow.objects.filter(subject_id__in={one[0] for one in rows})
    bound = subjects.exclude(subject_type=CONTRACT).filter(contract_id__isnull=False)
    contracts = dict(bound.values_list("subject_id", "contract_id"))
    found: dict[int, tuple[datetime, datetime]] = {}
    for subject_id, occurred_at, at in rows:
        contract_id = contracts.get(subject_id)
        if contract_id is not None:
            first, last = found.get(contract_id, (occurred_at, at))
            found[contract_id] = (min(first, occurred_at), max(last, at))
    for contract_id, (first, last) in found.items():
        due = last + CASES_AFTER
        looks = ContractLook.objects.filter(contract_id=contract_id)
        looks.filter(Q(looked_at__isnull=True) | Q(looked_at__lte=due)).update(
            look_at=Least(Coalesce(F("look_at"), due), due),
            touched_from=Least(Coalesce(F("touched_from"), first), first),
        )
