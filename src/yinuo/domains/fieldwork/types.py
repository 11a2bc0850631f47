"""What field work takes in and hands out: frozen, without queries behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from yinuo.domains.assets.types import ComponentRow, Replacement
from yinuo.domains.requests.types import GivenAnswer
from yinuo.kernel.plan.guiding import SheetResult, result_named
from yinuo.kernel.work_states import BEFORE_VISIT

MOST_PERSONS = 99


class SheetForm(StrEnum):
    """What the sheet is called; both have the same lines."""

    CONTACT_SHEET = "contact_sheet"
    REPAIR_SHEET = "repair_sheet"


class CustomerKind(StrEnum):
    """Under which terms the customer is served (LV-15)."""

    IN_WARRANTY = "in_warranty"
    ANNUAL_CONTRACT = "annual_contract"
    PER_VISIT = "per_visit"
    BY_LETTER = "by_letter"


class Accessories(StrEnum):
    """Whether accessories were handed over (LV-15)."""

    YES = "yes"
    NO = "no"
    NONE = "none"


class Dissatisfaction(StrEnum):
    """What he was not satisfied with."""

    ATTITUDE = "attitude"
    SKILL = "skill"
    SPEED = "speed"


class SigningWay(StrEnum):
    """How it was signed."""

    DRAWN = "drawn"
    PAPER = "paper"


class WorkOrderView(StrEnum):
    """Which work orders a list shows."""

    MINE = "mine"
    UNASSIGNED = "unassigned"
    OPEN = "open"
    OVERDUE = "overdue"
    TO_FILE = "to_file"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class SheetHead:
    """The upper part of a sheet, as the service centre writes it."""

    contact_name: str
    contact_phone: str
    address: str
    work_wanted: str
    present_state: str = ""
    handling_plan: str = ""
    service_at: datetime | None = None
    customer_kind: str = ""
    customer_kind_reason: str = ""
    form: str = SheetForm.CONTACT_SHEET.value
    remind_on: date | None = None


@dataclass(frozen=True, slots=True)
class VisitReport:
    """What was found and done; `result` is a code of the plan's results (LV-15), `persons` how many
    worked there, None for as many as the sheet says already.

    `finished_at` None means now.
    """

    findings: str
    work_done: str
    result: str
    parts_used: str = ""
    result_reason: str = ""
    remarks: str = ""
    finished_at: datetime | None = None
    # Why it is written down over 30 days later.
    late_reason: str = ""
    persons: int | None = None
    # Of a visit that is not done: a kind of fact about repairs tried, which the cover counts.
    tried: str = ""
    # Components of the asset that were replaced; None leaves what an earlier report said.
    replaced: tuple[Replacement, ...] | None = None


@dataclass(frozen=True, slots=True)
class PutIn:
    """So many of a part out of stock that were put in, as it was called then."""

    number: str
    name: str
    measure: str
    quantity: int


@dataclass(frozen=True, slots=True)
class ReplacedComponent:
    """A component that was replaced, as it was called then: what went out, what came in."""

    component_id: UUID
    name: str
    out: str
    model: str
    serial: str


@dataclass(frozen=True, slots=True)
class StepReport:
    """A step on a sheet. `occurred_at` None means now; `agreed_for` and `way` belong to the call
    before leaving."""

    kind: str
    occurred_at: datetime | None = None
    reason: str = ""
    agreed_for: datetime | None = None
    way: str = ""
    # Why it is recorded over 30 days later.
    late_reason: str = ""


@dataclass(frozen=True, slots=True)
class CustomerPart:
    """What the customer states; `works` None and the empty words mean no statement."""

    signer_name: str
    works: bool | None = None
    accessories: str = ""
    satisfaction: str = ""
    dissatisfied_with: tuple[str, ...] = ()
    suggestions: str = ""


@dataclass(frozen=True, slots=True)
class SignOffView:
    """A signature and the statement it was given with.

    `is_valid` is False when the sheet has changed since: it then needs a new signature (R55).
    """

    public_id: UUID
    way: str
    part: CustomerPart
    signed_at: datetime
    recorded_at: datetime
    recorded_by: str
    content_hash: str
    file_id: UUID | None
    path: str
    is_valid: bool


@dataclass(frozen=True, slots=True)
class WorkOrderRow:
    """A work order as lists show it."""

    public_id: UUID
    version: int
    number: str
    form: str
    state: str
    position: int
    request_public_id: UUID
    request_number: str
    customer_public_id: UUID
    customer_name: str
    unit_name: str
    contact_name: str
    contact_phone: str
    address: str
    work_wanted: str
    assignee_public_id: UUID | None
    assignee_name: str
    service_at: datetime | None
    agreed_for: datetime | None
    remind_on: date | None
    issued_at: datetime
    overdue: str

    @property
    def may_be_sent(self) -> bool:
        """True while its visit is not under way: somebody can still be looked for."""
        return self.state in BEFORE_VISIT


@dataclass(frozen=True, slots=True)
class Times:
    """When the steps of a sheet happened."""

    assigned_at: datetime | None
    contacted_at: datetime | None
    departed_at: datetime | None
    arrived_at: datetime | None
    finished_at: datetime | None
    signed_at: datetime | None
    returned_at: datetime | None
    filed_at: datetime | None


@dataclass(frozen=True, slots=True)
class CompanionRow:
    """Who goes along to a visit; the hours he said he worked there, None: as long as the lead."""

    person_id: int
    public_id: UUID
    name: str
    version: int
    began_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class WorkOrderPage:
    """Everything about one sheet, and what this person may do next.

    `may_edit`: change its head; `may_continue`: issue a further sheet of the same work.
    """

    row: WorkOrderRow
    head: SheetHead
    report: VisitReport
    times: Times
    way: str
    issued_by: str
    assigned_by: str
    declined_reason: str
    ended_reason: str
    asset_name: str
    asset_serial: str
    zone: str
    sign_offs: tuple[SignOffView, ...]
    siblings: tuple[WorkOrderRow, ...]
    next_steps: tuple[str, ...]
    # How this visit may end by its plan, and what was answered to the plan's questions.
    results: tuple[SheetResult, ...]
    answers: tuple[GivenAnswer, ...]
    may_edit: bool
    may_continue: bool
    unit_id: int
    # What was replaced in the asset, and what is in it now and could be.
    replaced: tuple[ReplacedComponent, ...] = ()
    components: tuple[ComponentRow, ...] = ()
    # What was put in out of stock.
    put_in: tuple[PutIn, ...] = ()
    # Who goes along; the assignee leads.
    companions: tuple[CompanionRow, ...] = ()

    @property
    def result(self) -> SheetResult | None:
        """How the visit ended, None before its report."""
        return result_named(self.results, self.report.result)

    def may(self, kind: str) -> bool:
        """True when this person may take the step now."""
        return kind in self.next_steps


@dataclass(frozen=True, slots=True)
class Signed:
    """What a signature was bound to: the sheet's content and its hash."""

    content: Mapping[str, Any]
    content_hash: str
