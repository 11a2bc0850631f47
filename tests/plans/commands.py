"""`yinuo plan …` as a person types it, run in this process: exit status and what it printed."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from yinuo.surfaces.cli.plan import main

ROOT = Path(__file__).resolve().parents[2]
PLANS = ROOT / "plans"
SHIPPED = ("appliance", "broadcast", "lowvoltage", "materials", "servers", "signage")


class Ran(NamedTuple):
    """One run of the command."""

    status: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """The JSON document it printed."""
        return json.loads(self.out)


def plan_command(*arguments: str | Path) -> Ran:
    """Run `yinuo plan ARGUMENTS…`."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = main([str(one) for one in arguments])
    return Ran(status, out.getvalue(), err.getvalue())


class Outcome:
    """What `plan evaluate --json` says about a plan and facts at an instant."""

    def __init__(self, plan: Path, facts: Path, at: str, *more: str) -> None:
        ran = plan_command("evaluate", plan, "--facts", facts, "--at", at, "--json", *more)
        assert ran.status == 0, ran.out + ran.err
        self.data = ran.data

    def all_of(self, clause: str, subject: str | None = None) -> list[dict[str, Any]]:
        """Every obligation of a clause, in the order printed."""
        return [
            one
            for one in self.data["obligations"]
            if one["clause"] == clause and subject in (None, one["subject"])
        ]

    def one(self, clause: str, subject: str | None = None) -> dict[str, Any]:
        """The only obligation of a clause (on a subject)."""
        found = self.all_of(clause, subject)
        assert len(found) == 1, [(one["subject"], one["state"]) for one in found]
        return found[0]

    def clauses_of(self, subject: str) -> set[str]:
        """Clauses with an obligation on a subject."""
        return {one["clause"] for one in self.data["obligations"] if one["subject"] == subject}

    def cover(self, clause: str, subject: str) -> dict[str, Any]:
        """What a warranty clause says about a subject."""
        found = [
            one
            for one in self.data["covers"]
            if one["clause"] == clause and one["subject"] == subject
        ]
        assert len(found) == 1, found
        return found[0]

    def remedies(self, clause: str | None = None) -> list[dict[str, Any]]:
        """Remedy lines (of a clause)."""
        return [one for one in self.data["remedies"] if clause in (None, one["clause"])]

    def amounts(self, clause: str | None = None) -> list[Decimal]:
        """Amounts of the penalty lines (of a clause)."""
        return [Decimal(one["amount"]) for one in self.remedies(clause) if one["amount"]]

    def total(self, paid_by: str = "vendor") -> Decimal:
        """The printed totals of one payer, summed over contracts."""
        owed = [one for one in self.data["totals"] if one["paid_by"] == paid_by]
        return sum((Decimal(one["amount"]) for one in owed), Decimal(0))


def shortly(obligation: dict[str, Any]) -> tuple[str, str | None]:
    """State and local due time to the minute (or second), as the tables in the tests write them."""
    due = obligation["due_at"]
    return obligation["state"], None if due is None else due[:16].replace("T", " ")


def facts_in(text: str) -> str:
    """JSON lines from `SUBJECT KIND INSTANT [name=value …]`; a line after `#` is a comment.

    >>> facts_in("request:1 reported 2026-03-02T08:00+08:00 level=p1")
    '{"subject": "request:1", "kind": "reported", "occurred_at": "2026-03-02T08:00+08:00", "attrs": {"level": "p1"}}'
    """
    lines = []
    for line in text.splitlines():
        words = line.partition("#")[0].split()
        if words:
            attrs = dict(word.split("=", 1) for word in words[3:])
            fact = {"subject": words[0], "kind": words[1], "occurred_at": words[2], "attrs": attrs}
            lines.append(json.dumps(fact, ensure_ascii=False))
    return "\n".join(lines)
