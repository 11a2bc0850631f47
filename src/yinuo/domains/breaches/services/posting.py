"""Posting: the ledger follows what the kernel says, by further rows.

The difference between what the clause comes to now and what was posted so far is a new row. So a
late or corrected fact never changes an entry, a statement keeps what it shows, and posting the
same twice posts nothing. The caller holds the subjects' locks and a business step.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import connection
from django.db.models import Sum

from yinuo.domains.breaches.keeping import kept_lines, kept_stretches
from yinuo.domains.breaches.models import Breach, Entry, LegCorrection, Right, Share
from yinuo.domains.breaches.services.entering import VENDOR, Money, move, next_entry
from yinuo.domains.breaches.shares import attributed, share_rows
from yinuo.domains.breaches.types import Case, EntryKind
from yinuo.kernel.breach_states import BreachState, RightState
from yinuo.kernel.evaluation import Obligation, RemedyLine
from yinuo.kernel.evaluation.results import State
from yinuo.platform.journal.bulk import update_together
from yinuo.platform.journal.work import Work

_Key = tuple[UUID, str, int]
_NOTHING = Decimal("0.00")
# What of an open right follows its miss.
_GROWS = ("text_zh", "text_en", "extends_days", "extends_months")
# Taken while the breaches of one contract are priced together.
_CONTRACT_LOCK = 0x62726561
_COMPUTED = (
    "version",
    "state",
    "started_at",
    "due_at",
    "ended_at",
    "late_seconds",
    "recorded_by",
    "lines",
    "stretches",
    "amount",
    "entered",
    "computed_at",
)


@dataclass(slots=True)
class _Ledger:
    """What stands in the ledger of some subjects, and what is to be written."""

    breaches: dict[_Key, Breach]
    posted: dict[tuple[int, str], Decimal]
    corrections: dict[int, list[LegCorrection]]
    rights: dict[tuple[int, str], Right]
    changed: dict[int, Breach] = field(default_factory=dict)
    shared: dict[int, list[Share]] = field(default_factory=dict)
    # Who pays what was posted, by breach and remedy.
    payers: dict[tuple[int, str], str] = field(default_factory=dict)


def lock_contracts(contract_ids: Iterable[int]) -> None:
    """Keep others from pricing breaches of these contracts until the step ends."""
    with connection.cursor() as cursor:
        for one in sorted(set(contract_ids)):
            cursor.execute(
                "SELECT pg_advisory_xact_lock(%s, %s)", [_CONTRACT_LOCK, one % (1 << 31)]
            )


def subjects_with_breaches(contract_ids: Iterable[int]) -> set[UUID]:
    """The subjects of these contracts that stand in the ledger."""
    rows = Breach.objects.filter(contract_id__in=list(contract_ids))
    return set(rows.values_list("subject_id", flat=True))


def post(cases: Sequence[Case], *, work: Work) -> None:
    """Bring the ledger of these subjects to what the kernel says, by further rows.

    A promise the facts no longer call missed is withdrawn and its money taken back. The number of
    statements does not grow with the number of cases.
    """
    if not cases:
        return
    ledger = _read(cases)
    _begin(cases, ledger, work)
    for case in cases:
        _settle(case, ledger, work)
    _write(ledger, work)


def _read(cases: Sequence[Case]) -> _Ledger:
    ids = [case.subject_id for case in cases]
    rows = Breach.objects.filter(subject_id__in=ids)
    # Reading needs no names: the lock is on the breaches alone.
    breaches = list(rows.select_for_update().order_by("id"))
    ledger = _Ledger({_key(row): row for row in breaches}, {}, {}, {})
    if not breaches:
        return ledger
    keys = [row.pk for row in breaches]
    posted = Entry.objects.filter(breach__in=keys, kind=EntryKind.POSTED.value).order_by()
    totals = posted.values_list("breach_id", "remedy", "paid_by").annotate(total=Sum("amount"))
    for breach_id, remedy, payer, total in totals:
        before = ledger.posted.get((breach_id, remedy), _NOTHING)
        ledger.posted[breach_id, remedy] = before + total
        ledger.payers[breach_id, remedy] = payer
    for said in LegCorrection.objects.filter(breach__in=keys).order_by("id"):
        ledger.corrections.setdefault(said.breach_id, []).append(said)
    for right in Right.objects.filter(breach__in=keys).select_for_update():
        ledger.rights[right.breach_id, right.remedy] = right
    return ledger


def _key(row: Breach) -> _Key:
    return (row.subject_id, row.clause, row.position)


def _begin(cases: Sequence[Case], ledger: _Ledger, work: Work) -> None:
    """Insert the breaches that are new, so that their rows can name them."""
    new = [
        _new(case, one, work.now)
        for case in cases
        for one in case.missed
        if (case.subject_id, one.clause_id, one.number) not in ledger.breaches
        and (one.clause_id, one.number) not in case.frozen
    ]
    for row in Breach.objects.bulk_create(new):
        ledger.breaches[_key(row)] = row


def _new(case: Case, one: Obligation, now: datetime) -> Breach:
    return Breach(
        subject_type=case.subject_type,
        subject_id=case.subject_id,
        customer_id=case.customer_id,
        unit_id=case.unit_id,
        contract_id=case.contract_id,
        plan_version_id=case.plan_version_id,
        clause=one.clause_id,
        position=one.number,
        due_at=_due(case, one),
        late_seconds=0,
        owner_id=case.owner_id,
        currency=case.currency,
        posted_at=now,
        computed_at=now,
    )


def _due(case: Case, one: Obligation) -> datetime:
    if one.due_at is not None:
        return one.due_at
    return one.period.ends_at if one.period is not None else case.as_of


def _settle(case: Case, ledger: _Ledger, work: Work) -> None:
    lines: dict[tuple[str, int], list[RemedyLine]] = {}
    for line in case.lines:
        lines.setdefault((line.clause_id, line.number), []).append(line)
    missed = {(one.clause_id, one.number): one for one in case.missed}
    for (subject_id, clause, position), breach in list(ledger.breaches.items()):
        name = (clause, position)
        if subject_id != case.subject_id or name in case.frozen:
            continue
        one = missed.get(name)
        if one is not None:
            _extend(case, one, breach, lines.get(name, []), ledger)
        _price(breach, lines.get(name, []) if one else [], ledger, work)
        if one is None and breach.state != BreachState.WITHDRAWN.value:
            move(breach, "withdrawn", work)
            _forget_extent(breach)
            ledger.changed[breach.pk] = breach
            ledger.shared[breach.pk] = []


def _extend(
    case: Case, one: Obligation, breach: Breach, lines: list[RemedyLine], ledger: _Ledger
) -> None:
    """Bring extent, lines and hands up to date; a breach that is as it was is left alone."""
    due_at = _due(case, one)
    found = attributed(case, one, ledger.corrections.get(breach.pk, []))
    values = {
        "started_at": one.started_at,
        "due_at": due_at,
        "ended_at": one.ended_at,
        "late_seconds": int(one.late_by.total_seconds()) if one.state is State.MISSED else 0,
        "recorded_by": case.recorders.get((one.clause_id, one.number)),
        "lines": kept_lines(lines),
        "stretches": kept_stretches(found),
    }
    if all(getattr(breach, name) == value for name, value in values.items()):
        return
    for name, value in values.items():
        setattr(breach, name, value)
    breach.computed_at = case.as_of
    ledger.changed[breach.pk] = breach
    ledger.shared[breach.pk] = share_rows(breach, found, due_at)


def _forget_extent(breach: Breach) -> None:
    """What was not missed was late by nothing, in nobody's hands."""
    breach.late_seconds, breach.lines, breach.stretches = 0, [], []


def _price(breach: Breach, lines: list[RemedyLine], ledger: _Ledger, work: Work) -> None:
    """Post the differences of money, and bring the rights that are not money up to date."""
    priced = {one.remedy_id: one for one in lines if one.amount is not None}
    before = breach.entered
    known = {remedy for breach_id, remedy in ledger.posted if breach_id == breach.pk}
    moved = _NOTHING
    for remedy in sorted(known | set(priced)):
        line = priced.get(remedy)
        wanted = signed_amount(line) if line is not None else _NOTHING
        more = wanted - ledger.posted.get((breach.pk, remedy), _NOTHING)
        if more:
            payer = ledger.payers.get((breach.pk, remedy), VENDOR)
            work.add(next_entry(breach, _money(remedy, line, more, payer), work))
            moved += more
    if breach.entered != before:
        move(breach, "posted", work, amount=moved)
        ledger.changed[breach.pk] = breach
    _grant(breach, [one for one in lines if one.amount is None], ledger, work)


def signed_amount(line: RemedyLine) -> Decimal:
    """The money of a line: positive is owed to the customer; what he owes is negative."""
    assert line.amount is not None, "only money is posted"
    return -line.amount if line.paid_by == "customer" else line.amount


def _money(remedy: str, line: RemedyLine | None, amount: Decimal, payer: str) -> Money:
    """Without a line the remedy is gone: what was posted is taken back from whom it was on."""
    if line is None:
        return Money(EntryKind.POSTED, amount, paid_by=payer, remedy=remedy)
    return Money(
        EntryKind.POSTED,
        amount,
        paid_by=line.paid_by,
        remedy=remedy,
        base=line.base,
        base_name=line.base_name,
        computation_zh=line.computation.zh,
        computation_en=line.computation.en,
    )


def _grant(breach: Breach, lines: list[RemedyLine], ledger: _Ledger, work: Work) -> None:
    """Rights that are new are added; open ones grow or become void; decided ones stay."""
    wanted = {one.remedy_id: one for one in lines if one.kind not in ("penalty", "bonus")}
    known = {key: row for key, row in ledger.rights.items() if key[0] == breach.pk}
    for remedy, line in wanted.items():
        right = known.pop((breach.pk, remedy), None)
        if right is None:
            work.add(_right(breach, line))
        elif right.state in (RightState.OPEN.value, RightState.VOID.value):
            _follow(right, RightState.OPEN, line)
    for right in known.values():
        if right.state == RightState.OPEN.value:
            _follow(right, RightState.VOID, None)


def _right(breach: Breach, line: RemedyLine) -> Right:
    return Right(
        breach=breach,
        remedy=line.remedy_id,
        kind=line.kind,
        paid_by=line.paid_by,
        text_zh=line.text.zh or line.computation.zh,
        text_en=line.text.en or line.computation.en,
        extends=line.extends,
        extends_days=line.extends_days,
        extends_months=line.extends_months,
    )


def _follow(right: Right, state: RightState, line: RemedyLine | None) -> None:
    values = {"state": state.value}
    if line is not None:
        fresh = _right(right.breach, line)
        values |= {name: getattr(fresh, name) for name in _GROWS}
    if any(getattr(right, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(right, name, value)
        right.version += 1
        right.save()


def _write(ledger: _Ledger, work: Work) -> None:
    for breach in ledger.changed.values():
        breach.version += 1
    update_together(list(ledger.changed.values()), _COMPUTED)
    if ledger.shared:
        Share.objects.filter(breach__in=list(ledger.shared)).delete()
        work.add(*(row for rows in ledger.shared.values() for row in rows))
