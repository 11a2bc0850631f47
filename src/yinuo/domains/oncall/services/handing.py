"""Handing the log over at the end of a turn: made by the clock, acknowledged by the next one."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, Value
from django.utils.translation import gettext as _

from yinuo.domains.network.roster import read_roster
from yinuo.domains.network.types import SYSTEM, Actor
from yinuo.domains.notices.services import notify
from yinuo.domains.notices.types import Telling
from yinuo.domains.oncall.call_policies import visible_handovers
from yinuo.domains.oncall.models import Call, Handover, Turn
from yinuo.platform.errors import Conflict, Forbidden, IllegalMove
from yinuo.platform.journal.work import Work, stored, writing
from yinuo.platform.scoped import one_of

TOPIC, LATE_TOPIC = "duty.handover", "duty.handover_late"
# Who leads duty: told when nobody acknowledges a log.
MANAGERS = ("service_manager", "engineering_manager")
_MINUTE = timedelta(minutes=1)
AT_ONCE = 50
# A turn that ended longer ago is nobody's news any more.
BACK = timedelta(days=7)


def hand_over_turns(*, now: datetime, at_most: int = AT_ONCE) -> int:
    """Hand over the log of turns that have ended to whoever has the next turn of the rota.

    A part of a turn that goes on with the same person is no end. Each turn is handed over once,
    however many workers run: the turn's lock and its one row see to it.
    """
    ended = Turn.objects.filter(
        cancelled_at__isnull=True, period__endswith__gt=now - BACK, period__endswith__lte=now
    )
    done = Handover.objects.filter(turn__in=ended).values_list("turn_id", flat=True)
    waiting = list(ended.exclude(pk__in=list(done)).values_list("pk", flat=True)[:at_most])
    made = 0
    for pk in waiting:
        with writing(actor=SYSTEM, now=now) as work:
            locked = Turn.objects.select_for_update(of=("self",), skip_locked=True)
            turn = locked.select_related("rota").filter(pk=pk).first()
            following = turn and _following(turn)
            if turn is None or following is None or Handover.objects.filter(turn=turn).exists():
                continue
            if following.person_id == turn.person_id:
                continue
            handover = _made(turn, following, now)
            work.audit("duty.hand_over", handover, after={"unsolved": len(handover.unsolved)})
            holder = read_roster().person(following.person_id)
            telling = Telling(
                TOPIC, "duty", handover.public_id, turn.rota.unit_id, {"rota": turn.rota.name}
            )
            notify(work, telling, [holder] if holder else [], ())
            made += 1
    return made


def escalate_handovers(*, now: datetime, at_most: int = AT_ONCE) -> int:
    """Tell whoever leads duty, and the next one again, of logs nobody acknowledged in time.

    How long that is the rota says. Each is told once, however many workers run: its lock and the
    instant kept on it see to it. Gives how many were told.
    """
    wait = ExpressionWrapper(
        F("turn__rota__acknowledge_minutes") * Value(_MINUTE), output_field=DurationField()
    )
    due = ExpressionWrapper(F("made_at") + wait, output_field=DateTimeField())
    open_ones = Handover.objects.filter(acknowledged_at__isnull=True, escalated_at__isnull=True)
    late = open_ones.annotate(due_at=due).filter(due_at__lte=now)
    told = 0
    for pk in list(late.order_by("made_at", "id").values_list("pk", flat=True)[:at_most]):
        with writing(actor=SYSTEM, now=now) as work:
            free = late.select_for_update(of=("self",), skip_locked=True)
            row = free.select_related("turn__rota", "to").filter(pk=pk).first()
            if row is None:
                continue
            # No change of its version: whoever has the log open may still acknowledge it.
            row.escalated_at = now
            row.save(update_fields=["escalated_at"])
            work.audit("duty.handover_late", row, after={"rota": row.turn.rota.name})
            _escalate(row, work)
            told += 1
    return told


def _escalate(row: Handover, work: Work) -> None:
    rota, roster = row.turn.rota, read_roster()
    found = {one.person_id: one for one in roster.holders(MANAGERS, rota.unit_id).holders}
    if following := roster.person(row.to_id):
        found[following.person_id] = following
    telling = Telling(LATE_TOPIC, "duty", row.public_id, rota.unit_id, {"rota": rota.name})
    notify(work, telling, list(found.values()), ["phone"])


def acknowledge_handover(
    *, actor: Actor, handover_id: object, version: int, now: datetime
) -> Handover:
    """The next one has read the log. Raises Forbidden for anybody else, IllegalMove twice."""
    with writing(actor=actor, now=now) as work:
        row = one_of(visible_handovers(actor).select_for_update(of=("self",)), handover_id)
        if row.to_id != actor.person_id:
            raise Forbidden
        if row.acknowledged_at is not None:
            raise IllegalMove(_("It is acknowledged already."))
        if row.version != version:
            raise Conflict(details={"yours": version, "present": row.version})
        stored(row, expected_version=None, changes={"acknowledged_at": now})
        work.audit("duty.acknowledge", row, after={"acknowledged": True})
        return row


def _following(turn: Turn) -> Turn | None:
    later = Turn.objects.filter(
        rota_id=turn.rota_id, cancelled_at__isnull=True, period__startswith__gte=turn.period.upper
    )
    return later.order_by("period", "id").first()


def _made(turn: Turn, following: Turn, now: datetime) -> Handover:
    """The row: how many calls the turn had, and which of the person's are still unsolved."""
    of_turn = Call.objects.filter(
        rota_id=turn.rota_id,
        called_at__gte=turn.period.lower,
        called_at__lt=turn.period.upper,
    )
    unsolved = Call.objects.filter(
        rota_id=turn.rota_id, person_id=turn.person_id, solved_at__isnull=True
    )
    return Handover.objects.create(
        turn=turn,
        to_id=following.person_id,
        made_at=now,
        calls=of_turn.count(),
        unsolved=[str(one) for one in unsolved.values_list("public_id", flat=True)],
    )
