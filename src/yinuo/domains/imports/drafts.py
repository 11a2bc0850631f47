"""A row under judgement: what it gives, what is wrong with it, and what it would do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django.utils.translation import gettext as _

from yinuo.domains.imports.columns import columns_of
from yinuo.domains.imports.types import Kind, Problem, Verdict
from yinuo.domains.imports.values import BadValue, folded, parsed, text_of
from yinuo.domains.network.types import Actor
from yinuo.platform.tabular.types import LONGEST_CELL


@dataclass(slots=True)
class Draft:
    """A row of a batch. `given` holds only cells that are not empty, by column code."""

    number: int
    cells: Mapping[str, str]
    given: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    verdict: Verdict = Verdict.UNCHANGED
    # Calls one service; None when nothing is to be done.
    act: Callable[[], object] | None = None

    def wrong(self, column: str, message: str) -> None:
        """Say what is wrong with a cell."""
        self.problems.append(Problem(column, self.cells.get(column, ""), message))

    def creates(self, act: Callable[[], object]) -> None:
        """It would make something new."""
        self.verdict, self.act = Verdict.NEW, act

    def changes(self, act: Callable[[], object]) -> None:
        """It would change what is there."""
        self.verdict, self.act = Verdict.CHANGED, act


@dataclass(frozen=True, slots=True)
class Batch:
    """Who judges when, and what the file says elsewhere.

    `unit_id` is the unit (public id) of new customers without one. `in_file` tells which of some
    keys other rows of the same file have; in a dry run those are not there yet.
    """

    actor: Actor
    now: datetime
    unit_id: object
    is_trial: bool
    in_file: Callable[[set[str]], set[str]]


class Filing(Protocol):
    """How one kind of row finds what is there and calls the services."""

    def __call__(self, batch: Batch, drafts: Sequence[Draft]) -> None:
        """Give every draft its problems, or its verdict and act."""
        ...


def read_draft(kind: Kind, number: int, cells: Mapping[str, str]) -> Draft:
    """The draft of a row: every cell parsed, the wrong ones named."""
    draft = Draft(number, cells)
    for column in columns_of(kind):
        text = cells.get(column.code, "")
        if not text:
            continue
        try:
            draft.given[column.code] = parsed(column.type, text)
        except BadValue as error:
            draft.wrong(column.code, error.message)
    return draft


def need(kind: Kind, draft: Draft) -> bool:
    """True when a new row has every cell it needs; says which it lacks."""
    lacking = [
        column.code
        for column in columns_of(kind)
        if column.needed and not draft.given.get(column.code)
    ]
    for code in lacking:
        draft.wrong(code, _("This cell must be filled in for a new row."))
    return not lacking


def differing(known: Any, given: Mapping[str, Any]) -> bool:
    """True when any given value is another than the known row's attribute of that name."""
    return any(not same(getattr(known, name), value) for name, value in given.items())


def same(there: Any, given: Any) -> bool:
    """True when a value that is there would come out of a file as the given one.

    Line ends, blanks around and what no cell can hold are not a difference: an export that is sent
    back must change nothing.
    """
    if isinstance(there, str) and isinstance(given, str):
        there = text_of(there)
        return there == given or there[:LONGEST_CELL] == given or folded(there) == given
    return bool(there == given)
