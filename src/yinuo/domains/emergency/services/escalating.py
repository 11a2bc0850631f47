"""What happens by itself: a step that waits too long tells its holder, then those above (BP-04).

Workers claim due plans with SKIP LOCKED; each step of the ladder is taken once, by a unique row
whose notices are written in the same transaction.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q

from yinuo.domains.emergency.chains import (
    chain_of,
    next_escalation,
    place_of,
    plan_behind,
    role_titles,
    rungs_until,
)
from yinuo.domains.emergency.models import ChainEscalation, EmergencyPlan
from yinuo.domains.emergency.services.moving import tell
from yinuo.domains.network.roster import Roster, read_roster
from yinuo.domains.network.types import SYSTEM
from yinuo.kernel.emergency import ChainState
from yinuo.kernel.evaluation.ladder import Rung
from yinuo.kernel.plan.emergency import EmergencyChain, EmergencyStep
from yinuo.kernel.states import ENDED
from yinuo.platform.journal.work import Work, writing

TOPIC = "emergency.idle"
AT_ONCE = 50
OWNER = "owner"


def escalate_waiting_steps(*, now: datetime, at_most: int = AT_ONCE) -> int:
    """Take what is due of the ladders of waiting steps; gives how many plans were looked at.

    The chain of a request that has ended meanwhile is closed instead. Zero means nothing was due or
    all of it is in other workers' hands.
    """
    with writing(actor=SYSTEM, now=now) as work:
        claimed = EmergencyPlan.objects.select_for_update(skip_locked=True, of=("self",))
        due = claimed.filter(Q(next_at__lte=now)).select_related("request", "unit")
        rows = list(due.order_by("next_at")[:at_most])
        roster = read_roster() if rows else None
        for row in rows:
            assert roster is not None
            _escalate(row, roster, work)
        return len(rows)


def _escalate(row: EmergencyPlan, roster: Roster, work: Work) -> None:
    chain, now = chain_of(row), work.now
    step = place_of(row).step(chain)
    changes: dict[str, Any] = {"next_at": next_escalation(chain, step, row.step_since, now)}
    if row.request.state in ENDED:
        changes = {"state": ChainState.CLOSED.value, "ended_at": now, "next_at": None}
        work.audit("emergency.end", row, after={"request": row.request.state})
    elif step is not None:
        _take(row, chain, step, roster, work)
    EmergencyPlan.objects.filter(pk=row.pk).update(**changes)


def _take(
    row: EmergencyPlan, chain: EmergencyChain, step: EmergencyStep, roster: Roster, work: Work
) -> None:
    known = ChainEscalation.objects.filter(
        plan=row, revision=row.revision, position=row.position, since=row.step_since
    )
    taken = set(known.values_list("rung", "repetition"))
    counted: dict[int, int] = {}
    for rung in rungs_until(chain, step, row.step_since, work.now):
        repetition = counted.get(rung.step, 0)
        counted[rung.step] = repetition + 1
        if (rung.step, repetition) not in taken:
            _tell(row, step, rung, roster, work)
            work.add(_row(row, rung, repetition, work.now))


def _tell(row: EmergencyPlan, step: EmergencyStep, rung: Rung, roster: Roster, work: Work) -> None:
    titles = role_titles(step.roles, plan_behind(row.plan_version_id))
    data = {
        "zh": step.title.zh,
        "en": step.title.en,
        "since": row.step_since.isoformat(),
        "role_zh": "、".join(one.zh for one in titles),
        "role_en": ", ".join(one.en for one in titles),
    }
    for role in rung.notify:
        roles = step.roles if role == OWNER else (role,)
        tell(row, TOPIC, roles, data, rung.by, work, roster)


def _row(row: EmergencyPlan, rung: Rung, repetition: int, now: datetime) -> ChainEscalation:
    return ChainEscalation(
        plan=row,
        revision=row.revision,
        position=row.position,
        rung=rung.step,
        repetition=repetition,
        since=row.step_since,
        at=rung.at,
        taken_at=now,
    )
