"""What each operation does: the same services that the pages of the web call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yinuo.domains.checklists.selectors import checklist_of
from yinuo.domains.checklists.services import answer_lines, begin_checklist, finish_checklist
from yinuo.domains.devices.arriving import arrival_proof, checked_arrival
from yinuo.domains.devices.models import Operation
from yinuo.domains.devices.policies import own_operations
from yinuo.domains.devices.telling import tell_dispatchers
from yinuo.domains.devices.types import (
    OPEN_STATES,
    Act,
    Arrival,
    Beginning,
    Finishing,
    HoursWorked,
    LinesGiven,
    Need,
    NextVisit,
    OperationState,
    Sent,
    Signing,
    Step,
)
from yinuo.domains.fieldwork.policies import visible_work_orders
from yinuo.domains.fieldwork.services import report_work, sign_work_order, take_step
from yinuo.domains.fieldwork.services.accompanying import log_hours
from yinuo.domains.fieldwork.services.noting import note_on_request
from yinuo.domains.fieldwork.types import VisitReport
from yinuo.domains.network.types import Actor
from yinuo.kernel.work_states import UNSIGNED
from yinuo.platform.errors import IllegalMove, InvalidInput, NotFound
from yinuo.platform.journal.work import writing
from yinuo.platform.scoped import one_of

SOURCE = "device"
NEED_TOPIC, NEXT_TOPIC = "device.need", "device.next_visit"
TEXT_LENGTH = 1_000


class NotYetError(IllegalMove):
    """What somebody else's phone has to say first is not here; it is sent again until it is."""

    message = gettext_lazy("This counts as soon as the arrival of whoever leads the visit is here.")


@dataclass(frozen=True, slots=True)
class Done:
    """What an operation left: the sheet, its versions before and after, the arrival as shown."""

    order_id: int
    version_before: int
    version: int
    order: Any
    arrival: Arrival | None = None

    def keep_with(self, operation: Operation) -> None:
        """Keep beside the stored operation what the sheet has no place for."""
        if self.arrival is not None:
            arrival_proof(operation, self.order, self.arrival).save()


def perform(actor: Actor, sent: Sent, at: datetime, now: datetime) -> Done:
    """Carry out an operation that happened `at`; inside a running step.

    A step is a fact: it counts whatever else changed on the sheet, as long as the sheet's state
    allows it. A report and a signature need the sheet as the device showed it. Whoever goes along
    writes his hours, everything else is done by the lead. Raises Conflict, IllegalMove, Forbidden,
    NotFound, InvalidInput like the services, NotYetError for hours before the lead's arrival.
    """
    assert sent.act is not None
    order = one_of(visible_work_orders(actor).select_for_update(of=("self",)), sent.work_order_id)
    if order.assignee_id != actor.person_id and not isinstance(sent.act, HoursWorked):
        raise NotFound(_("This sheet is no longer yours."))
    before = order.version
    _ACTS[type(sent.act)](actor, sent, sent.act, at, now)
    arrival = sent.act.arrival if isinstance(sent.act, Step) else None
    order.refresh_from_db()
    return Done(order.pk, before, order.version, order, arrival)


def _step(actor: Actor, sent: Sent, act: Step, at: datetime, now: datetime) -> None:
    if act.arrival is not None:
        checked_arrival(act.arrival, act.report.kind)
    take_step(
        actor=actor,
        work_order_id=sent.work_order_id,
        report=replace(act.report, occurred_at=at),
        source=SOURCE,
        now=now,
    )


def _report(actor: Actor, sent: Sent, act: VisitReport, at: datetime, now: datetime) -> None:
    report_work(
        actor=actor,
        work_order_id=sent.work_order_id,
        report=replace(act, finished_at=at),
        version=_expected_version(actor, sent),
        source=SOURCE,
        now=now,
    )


def _sign(actor: Actor, sent: Sent, act: Signing, at: datetime, now: datetime) -> None:
    _require_drawn_anew(actor, sent)
    sign_work_order(
        actor=actor,
        work_order_id=sent.work_order_id,
        version=_expected_version(actor, sent),
        part=act.part,
        strokes=act.strokes,
        signed_at=at,
        source=SOURCE,
        now=now,
    )


def _begin(actor: Actor, sent: Sent, act: Beginning, at: datetime, now: datetime) -> None:
    begin_checklist(
        actor=actor,
        sheet_id=sent.work_order_id,
        template_id=act.template_id,
        public_id=act.checklist_id,
        now=now,
    )


def _lines(actor: Actor, sent: Sent, act: LinesGiven, at: datetime, now: datetime) -> None:
    _own_checklist(actor, sent, act.checklist_id)
    answer_lines(actor=actor, checklist_id=act.checklist_id, lines=act.lines, now=now)


def _finish(actor: Actor, sent: Sent, act: Finishing, at: datetime, now: datetime) -> None:
    finish_checklist(
        actor=actor,
        checklist_id=act.checklist_id,
        # Its lines came by operations of their own, each checked against what stood there.
        version=_own_checklist(actor, sent, act.checklist_id),
        unfinished_reason=act.unfinished_reason,
        now=now,
    )


def _need(actor: Actor, sent: Sent, act: Need, at: datetime, now: datetime) -> None:
    _note(actor, sent, act.text, {"need": act.what.value}, NEED_TOPIC, at, now)


def _next(actor: Actor, sent: Sent, act: NextVisit, at: datetime, now: datetime) -> None:
    attrs = {"next_visit": act.on.isoformat()}
    _note(actor, sent, act.note, attrs, NEXT_TOPIC, at, now)


def _hours(actor: Actor, sent: Sent, act: HoursWorked, at: datetime, now: datetime) -> None:
    try:
        log_hours(
            actor=actor,
            work_order_id=sent.work_order_id,
            began_at=act.began_at,
            ended_at=act.ended_at,
            version=act.version,
            now=now,
        )
    except IllegalMove as error:
        # Both were without network, and this phone had it first.
        order = one_of(visible_work_orders(actor), sent.work_order_id)
        if order.arrived_at is None and order.state in UNSIGNED:
            raise NotYetError from error
        raise


def _note(
    actor: Actor,
    sent: Sent,
    text: str,
    attrs: dict[str, str],
    topic: str,
    at: datetime,
    now: datetime,
) -> None:
    """An internal note of the request; whoever gives the sheets out is told."""
    said = text.strip()
    if not said or len(said) > TEXT_LENGTH:
        raise InvalidInput({"text": _("Say what it is, in at most 1,000 characters.")})
    with writing(actor=actor, now=now) as work:
        order = note_on_request(
            actor=actor, work_order_id=sent.work_order_id, text=said, attrs=attrs, at=at, now=now
        )
        tell_dispatchers(work, topic, order, attrs)


def _own_checklist(actor: Actor, sent: Sent, checklist_id: object) -> int:
    """The version of a checklist of this very sheet; NotFound for another's."""
    sheet_id, version = checklist_of(actor, checklist_id)
    if sheet_id != sent.work_order_id:
        raise NotFound
    return version


def _require_drawn_anew(actor: Actor, sent: Sent) -> None:
    """A drawing that was not taken counts never again: the customer saw another sheet (R55)."""
    kept = own_operations(actor).filter(
        work_order__public_id=sent.work_order_id,
        kind=sent.kind.value,
        state__in=OPEN_STATES,
        body__strokes=sent.body.get("strokes"),
    )
    if kept.exists():
        words = _("This signature was given for the sheet as it was. Let the customer sign anew.")
        raise InvalidInput({"strokes": words})


def _expected_version(actor: Actor, sent: Sent) -> int:
    """The version the sheet has if only this person's own operations changed it since the device
    read it; somebody else's change in between leaves the device's own, which is stale then."""
    applied = own_operations(actor).filter(
        work_order__public_id=sent.work_order_id,
        # Not those with the same base: the phone counts on while older ones still wait on it.
        version_before__gte=sent.base_version,
        state=OperationState.APPLIED.value,
    )
    expected = sent.base_version
    for before, after in applied.order_by("id").values_list("version_before", "version_after"):
        if before != expected or after is None:
            return sent.base_version
        expected = after
    return expected


_ACTS: dict[type[Act], Callable[[Actor, Sent, Any, datetime, datetime], None]] = {
    Step: _step,
    VisitReport: _report,
    Signing: _sign,
    Beginning: _begin,
    LinesGiven: _lines,
    Finishing: _finish,
    Need: _need,
    NextVisit: _next,
    HoursWorked: _hours,
}
