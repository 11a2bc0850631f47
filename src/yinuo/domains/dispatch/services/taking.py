"""Taking lines of a plan over: sheets assigned, time booked, a decision kept for each."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from yinuo.domains.dispatch.booking import book, hold_time_of, release_stale
from yinuo.domains.dispatch.models import Booking, Decision, PlanLine, PlanRun, PlanTaken
from yinuo.domains.dispatch.placing import broken_rules
from yinuo.domains.dispatch.plan_types import Change, RunState, Taken
from yinuo.domains.dispatch.policies import visible_runs
from yinuo.domains.fieldwork.services import assign_work_order
from yinuo.domains.fieldwork.services.moving import locked_order
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import Conflict, IllegalMove, NotFound, YinuoError
from yinuo.platform.journal.work import Work, writing
from yinuo.platform.scoped import identity, one_of

CHANGING = (Change.NEW, Change.MOVED)


class _Refused(Exception):
    """A line that cannot be taken over after all; everything of this attempt is taken back."""

    def __init__(self, line: PlanLine, message: str) -> None:
        super().__init__(message)
        self.line, self.message = line, message


def take_lines(
    *,
    actor: Actor,
    run_id: object,
    line_ids: Collection[object] | None,
    source: str,
    now: datetime,
) -> Taken:
    """Take over the named lines, or all; each that cannot be is left out with the reason.

    A sheet that changed since the plan was made, a time that is past, a hard rule that is broken
    by now and a booking in the way refuse a line. Raises IllegalMove for a plan that is not done,
    NotFound for one the actor does not see and for a line that is not of the plan.
    """
    with writing(actor=actor, now=now) as work:
        run = one_of(visible_runs(actor).select_for_update(of=("self",)), run_id)
        if run.state != RunState.DONE:
            raise IllegalMove(_("This plan is not done. Nothing can be taken over."))
        lines = _lines(run, line_ids)
        refused = {one.public_id: message for one in lines if (message := _stale(one, now))}
        for one, message in broken_rules(
            actor, [one for one in lines if one.public_id not in refused]
        ):
            refused[one.public_id] = message
        sound = _held([one for one in lines if one.public_id not in refused], actor, refused, now)
        sound = _without_clashes(sound, refused)
        while sound:
            mark = len(work.pending)
            try:
                with transaction.atomic():
                    _take(run, sound, actor, source, work)
                break
            except _Refused as error:
                del work.pending[mark:]
                refused[error.line.public_id] = error.message
                sound = _without_clashes([one for one in sound if one != error.line], refused)
        return Taken(run.public_id, len(sound), {str(key): text for key, text in refused.items()})


def _lines(run: PlanRun, line_ids: Collection[object] | None) -> list[PlanLine]:
    rows = run.lines.filter(change__in=CHANGING, taken__isnull=True)
    if line_ids is not None:
        wanted = {identity(each) for each in line_ids}
        if run.lines.filter(public_id__in=wanted).count() < len(wanted):
            raise NotFound
        rows = rows.filter(public_id__in=wanted)
    return list(rows.select_related("work_order__request__asset", "person").order_by("number"))


def _stale(line: PlanLine, now: datetime) -> str:
    if line.work_order.version != line.order_version:
        return _("The sheet was changed since the plan was made. Plan again.")
    if line.starts_at is None or line.starts_at < now:
        return _("The time planned is past.")
    return ""


def _held(
    lines: Collection[PlanLine], actor: Actor, refused: dict[UUID, str], now: datetime
) -> list[PlanLine]:
    """The lines whose sheets are as they were planned, these and their people's time held.

    Sheets before people, as everywhere, so that nobody waits for another who waits for him. What
    is booked for them and over stands in nobody's way.
    """
    kept = []
    for line in sorted(lines, key=lambda one: one.work_order_id):
        try:
            locked_order(actor, line.work_order.public_id, line.order_version)
        except YinuoError as error:
            refused[line.public_id] = _said(error)
        else:
            kept.append(line)
    people = {_goer_id(one) for one in kept}
    hold_time_of(people)
    release_stale(people, [one.work_order_id for one in kept], now)
    return sorted(kept, key=lambda one: one.number)


def _said(error: YinuoError) -> str:
    if isinstance(error, Conflict):
        return _("The sheet was changed since the plan was made. Plan again.")
    return str(error.message)


def _without_clashes(lines: Iterable[PlanLine], refused: dict[UUID, str]) -> list[PlanLine]:
    """The lines for which no other booking is in the way; that of a refused line may be one."""
    kept = list(lines)
    while True:
        in_way = Booking.objects.filter(
            released_at__isnull=True, person_id__in={one.person_id for one in kept}
        ).exclude(work_order_id__in={one.work_order_id for one in kept})
        spans = [(one.person_id, one.period.lower, one.period.upper) for one in in_way]
        clashing = {
            one.public_id
            for one in kept
            if any(
                person == one.person_id and begins < _end(one) and ends > _begin(one)
                for person, begins, ends in spans
            )
        }
        if not clashing:
            return kept
        message = _("Other work was booked for this time meanwhile.")
        refused.update(dict.fromkeys(clashing, message))
        kept = [one for one in kept if one.public_id not in clashing]


def _begin(line: PlanLine) -> datetime:
    assert line.starts_at is not None
    return line.leaves_at or line.starts_at


def _goer_id(line: PlanLine) -> int:
    assert line.person_id is not None
    return line.person_id


def _end(line: PlanLine) -> datetime:
    assert line.ends_at is not None
    return line.ends_at


def _take(run: PlanRun, lines: list[PlanLine], actor: Actor, source: str, work: Work) -> None:
    """All of these held lines, or none: assigned, then old times released and new ones booked."""
    for line in lines:
        assert line.person is not None
        try:
            if line.before_id != line.person_id:
                assign_work_order(
                    actor=actor,
                    work_order_id=line.work_order.public_id,
                    assignee_id=line.person.public_id,
                    version=line.order_version,
                    source=source,
                    now=work.now,
                )
        except YinuoError as error:
            raise _Refused(line, _said(error)) from error
    present = Booking.objects.filter(released_at__isnull=True)
    present.filter(work_order_id__in=[one.work_order_id for one in lines]).update(
        released_at=work.now
    )
    for line in lines:
        period = (_begin(line), _end(line))
        if not book(_goer_id(line), line.work_order_id, period, work.now):
            raise _Refused(line, _("Other work was booked for this time meanwhile."))
        decision = _decision(run, line, actor, work.now)
        decision.save()
        work.add(
            PlanTaken(line=line, decision=decision, taken_at=work.now, taken_by=actor.label[:80])
        )
        after = {"plan": str(run.public_id), "person": str(line.person_id)}
        work.audit("dispatch.take", decision, after=after)


def _decision(run: PlanRun, line: PlanLine, actor: Actor, now: datetime) -> Decision:
    content: dict[str, Any] = {
        **line.content,
        "plan": str(run.public_id),
        "goers": [],
        "refused": [],
    }
    return Decision(
        work_order_id=line.work_order_id,
        person_id=_goer_id(line),
        decided_at=now,
        decided_by=actor.label[:80],
        place=1,
        reason=_("As planned"),
        weights=run.weights,
        considered=int(run.summary.get("people", 0)),
        content=content,
    )
