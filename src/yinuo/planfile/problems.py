"""What is wrong with a plan file, where, and what was probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from yinuo.planfile.messages import Message, in_chinese

_MOST_SHOWN = 20


class Severity(StrEnum):
    """Errors keep a plan from being published; warnings do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "提示"}


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
        return self.in_language("en")

    def said(self, language: str) -> str:
        """The message in Chinese (`zh`, `zh-hans` …) or English."""
        return in_chinese(self.message) if language.startswith("zh") else str(self.message)

    def in_language(self, language: str) -> str:
        """Place, severity, message, clause and code in one line."""
        where = f"{self.line}:{self.column}"
        about = f" [{self.clause}]" if self.clause else ""
        name = SEVERITIES[self.severity] if language.startswith("zh") else self.severity
        return f"{where}: {name}: {self.said(language)}{about} ({self.code})"


class PlanError(Exception):
    """A plan file that does not publish; ``problems`` holds every finding, errors and warnings."""

    def __init__(self, source: str, problems: Iterable[Problem]) -> None:
        self.source = source
        self.problems = tuple(sorted(problems))
        super().__init__(self.in_language("en"))

    def in_language(self, language: str) -> str:
        """The first twenty errors, a line each, and how many more there are."""
        errors = [one for one in self.problems if one.severity is Severity.ERROR]
        lines = [f"{self.source}:{one.in_language(language)}" for one in errors[:_MOST_SHOWN]]
        if (rest := len(errors) - _MOST_SHOWN) > 0:
            lines.append(f"…另有 {rest} 处" if language.startswith("zh") else f"… and {rest} more")
        return "\n".join(lines)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A question mark after the nearest known word, or a short list when there are few.

    >>> did_you_mean("respnd", ["respond", "restore"])
    '; did you mean "respond"?'
    """
    words = sorted(set(known))
    near = get_close_matches(word, words, n=1, cutoff=0.6)
    if near:
        return Message('; did you mean "{near}"?', near=near[0])
    if 0 < len(words) <= 12:
        return Message("; known are {names}", names=", ".join(words))
    return ""
