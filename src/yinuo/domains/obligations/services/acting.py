"""What happens by itself: a worker claims subjects and computes them anew, many at a time.

Claiming locks the subject rows with SKIP LOCKED, so several workers share the work and none waits;
a worker that dies or freezes loses its locks and another one takes over. Nothing polls every row:
what is due is found by an index over the next instant of interest, what was computed with an
older table of holidays by an index over the editions that subjects keep, what was computed before
a supplement reached back to it by a mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from logging import getLogger
from typing import Any
from uuid import UUID

from django.db import DatabaseError, OperationalError, transaction
from django.db.models import QuerySet

from yinuo.domains.contracts.statutory import holidays_edition
from yinuo.domains.network.types import SYSTEM
from yinuo.domains.obligations.bindings import binding_of
from yinuo.domains.obligations.computing import evaluated
from yinuo.domains.obligations.contract_facts import CONTRACT, lent_facts
from yinuo.domains.obligations.models import LIVE, FactRow, ObligationRow, SubjectRow
from yinuo.domains.obligations.services.escalating import take_steps
from yinuo.domains.obligations.services.settling import Computed, settle
from yinuo.domains.obligations.services.storing import (
    CLOCK,
    HOLIDAYS,
    TERMS,
    Cause,
    Differences,
    differences,
    keep_editions,
)
from yinuo.domains.obligations.types import Binding
from yinuo.kernel.facts import Fact
from yinuo.platform.journal.work import Work, writing

AT_ONCE = 100
# Of the obligations that wait, so many are looked at for each subject wanted. What another worker
# holds, even a frozen one, then hardly stands in the way of the rest.
LOOKED_AT = 10
# A subject that cannot be computed is tried again later and does not hold up the others.
RETRY_AFTER = timedelta(minutes=5)

Lent = dict[int, list[Fact]]

_log = getLogger("yinuo.clocks")


def act_on_due(*, now: datetime, at_most: int = AT_ONCE) -> int:
    """Bring subjects with something due at or before `now` up to date; gives how many.

    A missed promise is marked and told exactly once, each step of a ladder is taken once. Zero
    means nothing was due or all of it is in other workers' hands. What contracts themselves promise
    is looked at with its figures, in `looking`.
    """
    due = ObligationRow.objects.filter(next_at__lte=now).exclude(subject_type=CONTRACT)
    wanted = due.order_by("next_at").values("subject_id")[: at_most * LOOKED_AT]
    with writing(actor=SYSTEM, now=now) as work:
        claimed = SubjectRow.objects.select_for_update(skip_locked=True)
        subjects = list(claimed.filter(subject_id__in=wanted)[:at_most])
        return _bring_up_to_date(subjects, CLOCK, work)


def compute_outdated(*, now: datetime, at_most: int = AT_ONCE) -> int:
    """Compute subjects anew whose terms are others now, or live ones that an older table of
    holidays was used for; gives how many.

    Run again it goes on where it stopped: what is done no longer carries mark or older edition.
    """
    with writing(actor=SYSTEM, now=now) as work:
        claimed = SubjectRow.objects.select_for_update(skip_locked=True)
        if changed := list(claimed.filter(terms_changed=True).order_by("id")[:at_most]):
            return _bring_up_to_date(changed, TERMS, work)
        older = claimed.filter(holidays__lt=holidays_edition()).order_by("holidays")
        return _bring_up_to_date(list(older[:at_most]), HOLIDAYS, work)


def _bring_up_to_date(subjects: Sequence[SubjectRow], cause: Cause, work: Work) -> int:
    """All together; when something of it is refused or fails, each by itself. Gives how many."""
    if not subjects:
        return 0
    kept = len(work.pending)
    try:
        with transaction.atomic():
            _compute_all(subjects, cause, work)
    except OperationalError:
        # The database's trouble, not a subject's: the whole step ends and is tried again.
        raise
    except Exception as error:
        del work.pending[kept:]
        if len(subjects) == 1:
            _postpone(subjects[0].subject_id, work.now, error)
            return 1
        for subject in subjects:
            _bring_up_to_date([subject], cause, work)
    return len(subjects)


def _compute_all(subjects: Sequence[SubjectRow], cause: Cause, work: Work) -> None:
    ids = [subject.subject_id for subject in subjects]
    lent = lent_facts(binding_of(subject) for subject in subjects)
    facts = _by_subject(FactRow.objects.filter(subject_id__in=ids).order_by("id"))
    stored = _by_subject(ObligationRow.objects.filter(subject_id__in=ids))
    found, computed, rows = Differences(), [], []
    for subject in subjects:
        mine = facts.get(subject.subject_id, [])
        kept = stored.get(subject.subject_id, [])
        one = _evaluated(binding_of(subject), mine, kept, lent, work)
        if one is not None:
            own = differences(one.binding, one.evaluation, kept, cause, work)
            computed.append(one)
            rows.append((subject, [*kept, *own.new]))
            found.add(own)
    found.write(work)
    keep_editions(rows)
    if cause is TERMS:
        SubjectRow.objects.filter(subject_id__in=ids).update(terms_changed=False)
    settle(computed, found, work)
    take_steps(found.rungs, work)


def _evaluated(
    binding: Binding, facts: list[Any], stored: list[Any], lent: Lent, work: Work
) -> Computed | None:
    """What the kernel says of one subject; None when it cannot say, which stops no other."""
    try:
        return Computed(binding, evaluated(binding, facts, work.now, lent), facts, stored)
    except DatabaseError:
        raise
    except Exception as error:
        _postpone(binding.subject_id, work.now, error)
        return None


def _postpone(subject_id: UUID, now: datetime, error: Exception) -> None:
    _log.error("promises of subject %s could not be computed", subject_id, exc_info=error)
    rows = ObligationRow.objects.filter(subject_id=subject_id)
    rows.filter(next_at__lte=now).update(next_at=now + RETRY_AFTER)
    mine = SubjectRow.objects.filter(subject_id=subject_id)
    older = mine.filter(holidays__lt=holidays_edition()).update(holidays=holidays_edition())
    if mine.filter(terms_changed=True).update(terms_changed=False) or older:
        rows.filter(LIVE).update(next_at=now + RETRY_AFTER)


def _by_subject(rows: QuerySet[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(row.subject_id, []).append(row)
    return found
