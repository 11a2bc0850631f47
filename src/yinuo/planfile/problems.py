"""What is wrong with a plan file, where, and what was probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum


class Severity(StrEnum):
    """Errors keep a plan from being published; warnings do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One finding. Lines and columns count from 1; ``code`` is stable, ``message`` is not."""

    line: int
    column: int
    severity: Severity
    code: str
    message: str
    clause: str = ""

    def __str__(self) -> str:
        where = f"{self.line}:{self.column}"
        about = f" [{self.clause}]" if self.clause else ""
        return f"{where}: {self.severity}: {self.message}{about} ({self.code})"


class PlanError(Exception):
    """A plan file that does not publish; ``problems`` holds every finding, errors and warnings."""

    def __init__(self, source: str, problems: Iterable[Problem]) -> None:
        self.source = source
        self.problems = tuple(sorted(problems))
        errors = [one for one in self.problems if one.severity is Severity.ERROR]
        shown = "\n".join(f"{source}:{one}" for one in errors[:20])
        more = f"\n… and {len(errors) - 20} more" if len(errors) > 20 else ""
        super().__init__(shown + more)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A question mark after the nearest known word, or a short list when there are few.

    >>> did_you_mean("respnd", ["respond", "restore"])
    '; did you mean "respond"?'
    """
    words = sorted(set(known))
    near = get_close_matches(word, words, n=1, cutoff=0.6)
    if near:
        return f'; did you mean "{near[0]}"?'
    if 0 < len(words) <= 12:
        return f"; known are {', '.join(words)}"
    return ""
