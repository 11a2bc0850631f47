"""What an evaluation gives back: obligations, remedies, covers and notes, all immutable."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from yinuo.kernel.evaluation.subjects import Subject
from yinuo.kernel.facts import Fact
from yinuo.kernel.plan.clauses import Clause, Target
from yinuo.kernel.plan.text import EMPTY, Text


class State(StrEnum):
    """Where an obligation stands."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    MISSED = "missed"
    VOID = "void"


class Pause(NamedTuple):
    """A claimed stop of the clock; ``counted`` is false when it does not hold, with why."""

    reason: str
    began_at: datetime
    ended_at: datetime | None
    counted: bool
    why: str = ""


class Span(NamedTuple):
    """A period, half-open: the first instant belongs to it, the last does not."""

    begins_at: datetime
    ends_at: datetime
    name: str = ""


class Value(NamedTuple):
    """A measured figure beside what it is held against.

    ``short`` is what it lacks of a target missed, ``beyond`` by how much a target kept is passed.
    ``parts`` are the numbers it was made of, by name (times in seconds), ``stretches`` the first
    stretches of time down.
    """

    figure: Decimal
    target: str
    unit: str
    cases: int
    short: Decimal | None = None
    beyond: Decimal | None = None
    bounds: Target | None = None
    parts: tuple[tuple[str, Decimal], ...] = ()
    stretches: tuple[Span, ...] = ()


class Obligation(NamedTuple):
    """One promise applied to one subject or one period.

    ``due_at`` is None while the limit is not known (an agreed time that is not agreed yet).
    ``late_by`` runs from the due instant to the end, or to the instant of evaluation while open.
    ``next_at`` is the next instant at which something happens by itself, ``next_step`` says what:
    ``due``, or the position of the escalation step as ``step:2``.
    """

    clause_id: str
    promise: str
    subject: str
    state: State
    started_at: datetime | None
    due_at: datetime | None
    ended_at: datetime | None = None
    late_by: timedelta = timedelta(0)
    pauses: tuple[Pause, ...] = ()
    provisional: bool = False
    next_at: datetime | None = None
    next_step: str = ""
    period: Span | None = None
    number: int = 0
    start_fact: Fact | None = None
    end_fact: Fact | None = None
    note: str = ""
    value: Value | None = None
    missing: tuple[str, ...] = ()
    changed_at: datetime | None = None
    since: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether something is still owed: running, paused, or missed and not made good."""
        return self.state in OPEN or (self.state is State.MISSED and self.ended_at is None)


OPEN = frozenset({State.RUNNING, State.PAUSED})


def beyond_horizon(clause: Clause, subject: Subject) -> Obligation:
    """The answer where the calendar has none: open, without a due time, and saying so."""
    return Obligation(
        clause.id, clause.promise, subject.name, State.RUNNING, None, None, note="beyond_horizon"
    )


class RemedyLine(NamedTuple):
    """One consequence. ``amount`` is None when the base is not known or it is not money."""

    clause_id: str
    remedy_id: str
    subject: str
    kind: str
    paid_by: str
    base: Decimal | None = None
    base_name: str = ""
    computation: Text = EMPTY
    amount: Decimal | None = None
    extends_days: int = 0
    extends_months: int = 0
    steps: int = 1
    extends: str = ""
    extension: str = ""
    text: Text = EMPTY
    contract: str = ""
    incurred_at: datetime | None = None
    period: Span | None = None
    number: int = 0
    reduced_by: Decimal = Decimal(0)
    final: bool = True


class Cover(NamedTuple):
    """A term of warranty on one subject, and whether it holds at the instant of evaluation.

    ``code`` is the reason as one word: within, not_begun, over, unknown_start, excluded,
    not_factory. ``refused`` is excluded or not_factory whenever the terms say so, also outside
    the term.
    """

    clause_id: str
    subject: str
    covers: tuple[str, ...]
    begins_at: datetime | None
    ends_at: datetime | None
    is_covered: bool
    reason: Text
    rung: str = ""
    support_until: datetime | None = None
    code: str = ""
    refused: str = ""


class Note(NamedTuple):
    """Something about the facts that a reader should know, such as a contradiction."""

    subject: str
    code: str
    text: Text
