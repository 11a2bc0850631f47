"""Bodies of what a phone sends, by kind; one that cannot be read refuses itself, not the call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

import orjson
from django.utils.translation import gettext as _
from pydantic import AfterValidator, Field, ValidationError

from yinuo.domains.devices.types import (
    Act,
    Arrival,
    ArrivalWay,
    Beginning,
    Finishing,
    HoursWorked,
    LinesGiven,
    Need,
    NeedKind,
    NextVisit,
    OperationKind,
    Sent,
    Signing,
    Step,
)
from yinuo.surfaces.api.inputs import Day, Id, Input, Instant, Line, Version, refusal, text
from yinuo.surfaces.api.messages import fields_of
from yinuo.surfaces.api.resources.checklists import LinesInput
from yinuo.surfaces.api.resources.dispatching import HoursInput
from yinuo.surfaces.api.resources.work_orders import ReportBody, SignBody, StepBody

# A clock a century off still gives an offset that fits.
MOST_OFFSET = 4_000_000_000_000
Note = Annotated[str, text(1_000)]


def _storable(body: dict[str, Any]) -> dict[str, Any]:
    """The body, if it can be kept as it is."""
    if b"\\u0000" in orjson.dumps(body):
        raise refusal(_("This text has a character that cannot be stored."))
    return body


class ArrivalBody(Input):
    """How an arrival was shown: degrees (WGS 84), metres of accuracy, a code, or why neither."""

    way: ArrivalWay
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None
    accuracy_m: Annotated[int, Field(ge=0, le=10_000_000)] | None = None
    code: Line = ""
    reason: Line = ""


class FieldStepBody(StepBody):
    """A step; an arrival says how it was shown."""

    arrival: ArrivalBody | None = None

    def act(self) -> Act:
        """The same for the service."""
        shown = self.arrival
        return Step(self.report(), Arrival(**shown.model_dump()) if shown else None)


class FieldReportBody(ReportBody):
    """What was found and done."""

    def act(self) -> Act:
        """The same for the service."""
        return self.report()


class FieldSignBody(SignBody):
    """The customer's part."""

    def act(self) -> Act:
        """The same for the service."""
        return Signing(self.part(), self.drawn())


class BeginBody(Input):
    """A checklist begun; the phone makes its id."""

    checklist_id: Id
    template_id: Id

    def act(self) -> Act:
        """The same for the service."""
        return Beginning(self.checklist_id, self.template_id)


class FieldLinesBody(LinesInput):
    """Lines of a checklist."""

    checklist_id: Id

    def act(self) -> Act:
        """The same for the service."""
        return LinesGiven(self.checklist_id, tuple(one.line() for one in self.lines))


class FieldFinishBody(Input):
    """The end of a checklist."""

    checklist_id: Id
    unfinished_reason: Note = ""

    def act(self) -> Act:
        """The same for the service."""
        return Finishing(self.checklist_id, self.unfinished_reason)


class NeedBody(Input):
    """What is missing on site."""

    what: NeedKind
    text: Note

    def act(self) -> Act:
        """The same for the service."""
        return Need(self.what, self.text)


class NextVisitBody(Input):
    """When somebody should come again."""

    on: Day
    note: Note

    def act(self) -> Act:
        """The same for the service."""
        return NextVisit(self.on, self.note)


class FieldHoursBody(HoursInput):
    """The hours of whoever goes along."""

    def act(self) -> Act:
        """The same for the service."""
        return HoursWorked(self.began_at, self.ended_at, self.version)


class OperationInput(Input):
    """One thing done on a phone. `occurred_at` by its clock; `offset_ms` what the server was ahead
    of it when that was last measured; `after` the operation of the same sheet before it."""

    id: Id
    work_order_id: Id
    kind: Literal["step", "report", "sign", "begin", "lines", "finish", "need", "next", "hours"]
    occurred_at: Instant
    base_version: Version
    body: Annotated[dict[str, Any], AfterValidator(_storable)]
    after: Id | None = None
    instead_of: Id | None = None
    offset_ms: Annotated[int, Field(strict=True, ge=-MOST_OFFSET, le=MOST_OFFSET)] | None = None

    def sent(self) -> Sent:
        """The same for the service; a body that cannot be read says what is wrong with it."""
        act: Act | None = None
        problems: dict[str, str] = {}
        try:
            act = _BODIES[self.kind](self.body)
        except ValidationError as error:
            problems = fields_of(error.errors())
        return Sent(
            id=self.id,
            work_order_id=self.work_order_id,
            kind=OperationKind(self.kind),
            occurred_at=self.occurred_at,
            base_version=self.base_version,
            body=self.body,
            act=act,
            problems=problems,
            after=self.after,
            instead_of=self.instead_of,
            offset_ms=self.offset_ms,
        )


_BODIES: dict[str, Callable[[dict[str, Any]], Act]] = {
    "step": lambda body: FieldStepBody.model_validate(body).act(),
    "report": lambda body: FieldReportBody.model_validate(body).act(),
    "sign": lambda body: FieldSignBody.model_validate(body).act(),
    "begin": lambda body: BeginBody.model_validate(body).act(),
    "lines": lambda body: FieldLinesBody.model_validate(body).act(),
    "finish": lambda body: FieldFinishBody.model_validate(body).act(),
    "need": lambda body: NeedBody.model_validate(body).act(),
    "next": lambda body: NextVisitBody.model_validate(body).act(),
    "hours": lambda body: FieldHoursBody.model_validate(body).act(),
}
