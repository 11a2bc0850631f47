"""What clocks do by themselves: a worker claims due subjects and computes them anew.

Claiming locks the subject rows with SKIP LOCKED, so several workers share the work and none waits;
a worker that dies lets its locks go and another one takes over. Nothing polls every row: due
ones are found by an index over the next instant of interest.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from logging import getLogger

from django.db import OperationalError, transaction

from yinuo.domains.network.types import SYSTEM
from yinuo.domains.obligations.computing import obligations_of, stored_facts
from yinuo.domains.obligations.models import ObligationRow, SubjectRow
from yinuo.domains.obligations.services.recording import binding_of
from yinuo.domains.obligations.services.storing import store_differences
from yinuo.platform.journal.work import Work, writing

AT_ONCE = 100
# A subject that cannot be computed is tried again later and does not hold up the others.
RETRY_AFTER = timedelta(minutes=5)
LOOK_AGAIN_AFTER = timedelta(seconds=1)

_log = getLogger("yinuo.clocks")


def act_on_due(*, now: datetime, at_most: int = AT_ONCE) -> int:
    """Bring subjects with something due at or before `now` up to date; gives how many.

    A missed promise is marked and told exactly once. Zero means nothing was due or all of it is
    in other workers' hands.
    """
    with writing(actor=SYSTEM, now=now) as work:
        due = ObligationRow.objects.filter(next_at__lte=now).values("subject_id")
        # The limit counts claimed rows only: what another worker holds, even a frozen one, never
        # stands in the way of the rest.
        claimed = SubjectRow.objects.select_for_update(skip_locked=True).filter(subject_id__in=due)
        subjects = list(claimed[:at_most])
        for subject in subjects:
            _bring_up_to_date(subject, work)
        return len(subjects)


def _bring_up_to_date(subject: SubjectRow, work: Work) -> None:
    binding = binding_of(subject)
    kept = len(work.pending)
    try:
        with transaction.atomic():
            results = obligations_of(binding, stored_facts(binding), work.now)
            store_differences(binding, results, work)
            _leave_nothing_due(subject, work.now)
    except OperationalError:
        # The database's trouble, not the subject's: the whole step ends and is tried again.
        raise
    except Exception:
        del work.pending[kept:]
        _log.exception("promises of %s could not be computed", binding.subject)
        ObligationRow.objects.filter(subject_id=subject.subject_id, next_at__lte=work.now).update(
            next_at=work.now + RETRY_AFTER
        )


def _leave_nothing_due(subject: SubjectRow, now: datetime) -> None:
    """At the due instant itself a promise is still kept (an event then is in time): look again."""
    ObligationRow.objects.filter(subject_id=subject.subject_id, next_at__lte=now).update(
        next_at=now + LOOK_AGAIN_AFTER
    )
