"""What checklists take in and hand out: frozen, without queries behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from yinuo.kernel.checklists import Item, Section, Standing
from yinuo.kernel.plan.text import Text


class ChecklistState(StrEnum):
    """Whether lines may still be filled in."""

    OPEN = "open"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A published version as lists show it."""

    id: int
    public_id: UUID
    code: str
    number: int
    title: Text
    published_at: datetime
    published_by: str


@dataclass(frozen=True, slots=True)
class LineAnswer:
    """One line to be saved; an answer of None takes it back.

    `version` is the line's as the person saw it: 0 before its first answer, None for any.
    """

    item: str
    answer: Any
    note: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class FollowUpView:
    """Work opened because of a failed line."""

    item: str
    request_public_id: UUID
    request_number: str
    request_state: str


@dataclass(frozen=True, slots=True)
class LineView:
    """A line as it stands. `version` is 0 before its first answer."""

    item: Item
    answer: Any
    note: str
    version: int
    standing: Standing
    answered_at: datetime | None
    answered_by: str
    follow_up: FollowUpView | None

    @property
    def is_answered(self) -> bool:
        """True once there is an answer."""
        return self.answer is not None


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section with the lines that are asked."""

    section: Section
    lines: tuple[LineView, ...]


@dataclass(frozen=True, slots=True)
class ChecklistRow:
    """A filled checklist as the page of its sheet shows it."""

    public_id: UUID
    version: int
    state: str
    template: TemplateRow
    sheet_public_id: UUID
    sheet_number: str
    carried_from: str
    begun_at: datetime
    begun_by: str
    finished_at: datetime | None
    finished_by: str
    unfinished: tuple[str, ...]
    unfinished_reason: str
    content_hash: str


@dataclass(frozen=True, slots=True)
class ChecklistView:
    """A checklist with every line that is asked, and what this person may do with it."""

    row: ChecklistRow
    asset_class: str
    sections: tuple[SectionView, ...]
    note: Text
    may_fill: bool
    may_finish: bool
    may_reopen: bool

    @property
    def lines(self) -> tuple[LineView, ...]:
        """Every line in order."""
        return tuple(line for section in self.sections for line in section.lines)

    def count(self, standing: Standing) -> int:
        """How many lines stand so."""
        return sum(line.standing is standing for line in self.lines)

    @property
    def answered(self) -> int:
        """How many lines are answered."""
        return sum(line.is_answered for line in self.lines)

    @property
    def failed(self) -> int:
        """How many lines say that something is not in order."""
        return self.count(Standing.FAILED)

    @property
    def missing(self) -> tuple[LineView, ...]:
        """Required lines without an answer."""
        return tuple(line for line in self.lines if line.item.required and not line.is_answered)


@dataclass(frozen=True, slots=True)
class LeftOver:
    """Lines of an earlier sheet of the same work that nobody has taken over yet."""

    checklist_public_id: UUID
    sheet_number: str
    title: Text
    lines: int


@dataclass(frozen=True, slots=True)
class SheetChecklists:
    """The checklists of a sheet, what earlier sheets left, and which may be begun here."""

    rows: tuple[ChecklistView, ...]
    left_over: tuple[LeftOver, ...]
    templates: tuple[TemplateRow, ...]
    may_fill: bool


@dataclass(frozen=True, slots=True)
class Origin:
    """Which line of which sheet a follow-up request comes from."""

    sheet_public_id: UUID
    sheet_number: str
    checklist_title: Text
    item_title: Text
