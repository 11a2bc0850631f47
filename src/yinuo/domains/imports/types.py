"""What imports hand to others: frozen, without queries behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Kind(StrEnum):
    """What a file lists; in the order in which a company's files are best sent."""

    CUSTOMERS = "customers"
    SITES = "sites"
    CONTACTS = "contacts"
    PROJECTS = "projects"
    ASSETS = "assets"
    COMPONENTS = "components"
    CONTRACTS = "contracts"
    PAPERS = "papers"
    EVENTS = "events"


class State(StrEnum):
    """Where a run stands. The worker moves it on but for `checked`, where a person decides."""

    READING = "reading"
    CHECKING = "checking"
    CHECKED = "checked"
    WRITING = "writing"
    DONE = "done"
    REFUSED = "refused"
    CANCELLED = "cancelled"


AT_WORK = frozenset({State.READING, State.CHECKING, State.WRITING})
ENDED = frozenset({State.DONE, State.REFUSED, State.CANCELLED})


class Verdict(StrEnum):
    """What a row would do, or did."""

    WAITING = "waiting"
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    WRONG = "wrong"


class Step(StrEnum):
    """What the worker still has to do with a row."""

    CHECK = "check"
    WRITE = "write"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a cell and what to do. `column` is a column's code, or empty."""

    column: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class RunRow:
    """An import as lists and pages show it."""

    public_id: UUID
    kind: Kind
    state: State
    file_name: str
    person: str
    created_at: datetime
    moved_at: datetime
    ended_at: datetime | None
    columns: tuple[str, ...]
    unknown_columns: tuple[str, ...]
    refusal: str
    rows: int
    checked: int
    new: int
    changed: int
    unchanged: int
    wrong: int
    written: int

    @property
    def to_write(self) -> int:
        """Rows that a start would write, or is writing."""
        return self.new + self.changed

    @property
    def percent(self) -> int:
        """How much of the present phase is done, 0 to 100."""
        done, total = {
            State.CHECKING: (self.checked, self.rows),
            State.WRITING: (self.written, self.to_write),
        }.get(self.state, (1, 1))
        return 100 if total == 0 else min(100, done * 100 // total)


@dataclass(frozen=True, slots=True)
class WrongRow:
    """A row that cannot be taken, with what to do about it."""

    number: int
    problems: tuple[Problem, ...]
