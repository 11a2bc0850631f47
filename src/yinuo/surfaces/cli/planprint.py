"""What `yinuo plan` prints: tables and sentences for people, one JSON document for programs."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from yinuo.kernel.plan.clauses import Clause, Deadline, Statement
from yinuo.kernel.plan.plan import Plan
from yinuo.kernel.plan.showing import clause_rows
from yinuo.kernel.plan.text import Text
from yinuo.planfile.load import Checked

if TYPE_CHECKING:
    from yinuo.kernel.evaluation import Evaluation, Evaluator, Obligation, Promised

SCHEMA = 1


def print_json(data: Any) -> None:
    """One document, UTF-8, keys in the order written."""
    print(json.dumps(data, ensure_ascii=False, indent=2))


def print_check(found: Sequence[Checked], language: str, *, as_json: bool) -> None:
    """Every finding with its place; then a line that counts."""
    if as_json:
        print_json({"schema": SCHEMA, "files": [_checked(one) for one in found]})
        return
    for one in found:
        for problem in one.problems:
            print(f"{one.source}:{problem.in_language(language)}")
        print(f"{one.source}: {_counts(one).in_language(language)}")


def _checked(one: Checked) -> dict[str, Any]:
    plan = one.plan
    return {
        "file": one.source,
        "ok": plan is not None,
        "hash": plan.hash if plan else None,
        "clauses": len(plan.clauses) if plan else None,
        "unmeasured": unmeasured(plan) if plan else None,
        "errors": len(one.errors),
        "warnings": len(one.warnings),
        "problems": [
            {
                "line": problem.line,
                "column": problem.column,
                "severity": str(problem.severity),
                "code": problem.code,
                "message": str(problem.message),
                "message_zh": problem.said("zh"),
                "clause": problem.clause,
            }
            for problem in one.problems
        ],
    }


def unmeasured(plan: Plan) -> int:
    """How many clauses are kept as text because nobody can measure them."""
    return sum(isinstance(clause, Statement) for clause in plan.clauses)


def _counts(one: Checked) -> Text:
    errors, warnings = len(one.errors), len(one.warnings)
    if one.plan is None:
        return Text(
            f"错误 {errors} 处，警告 {warnings} 处", f"{errors} error(s), {warnings} warning(s)"
        )
    clauses, kept, meaning = len(one.plan.clauses), unmeasured(one.plan), one.plan.hash[:12]
    return Text(
        f"通过，{clauses} 条条款，其中 {kept} 条仅为文字、无法计量，警告 {warnings} 处，"
        f"含义码 {meaning}",
        f"ok, {clauses} clauses, {kept} kept as text without measure, "
        f"{warnings} warning(s), meaning {meaning}",
    )


def print_plan(plan: Plan, language: str, *, as_json: bool) -> None:
    """The clauses in the order of the plan."""
    rows = clause_rows(plan)
    if as_json:
        print_json(
            {
                "schema": SCHEMA,
                "plan": plan.code,
                "version": plan.version,
                "hash": plan.hash,
                "title": _both(plan.title),
                "currency": plan.currency,
                "timezone": plan.zone,
                "clauses": [
                    {
                        name: _both(one) if isinstance(one, Text) else one
                        for name, one in row.items()
                    }
                    for row in rows
                ],
            }
        )
        return
    print(f"{plan.title.in_language(language)}  {plan.code} {plan.version}  {plan.hash[:12]}")
    heads = HEADS_ZH if language == "zh" else HEADS_EN
    table = [[_cell(row[name], language) for name in heads] for row in rows]
    print_table(list(heads.values()), table)


HEADS_ZH = {
    "number": "编号",
    "clause": "条款",
    "promise": "承诺",
    "applies_to": "适用",
    "start": "起点",
    "limit": "时限/要求",
    "calendar": "日历",
    "remedies": "违约责任",
}
HEADS_EN = {
    "number": "no.",
    "clause": "clause",
    "promise": "promise",
    "applies_to": "applies to",
    "start": "start",
    "limit": "limit",
    "calendar": "calendar",
    "remedies": "remedies",
}


def _cell(value: Any, language: str) -> str:
    return value.in_language(language) if isinstance(value, Text) else str(value)


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def print_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns aligned by display width; Chinese characters are two wide."""
    widths = [max(width(row[n]) for row in [heads, *rows]) for n in range(len(heads))]
    for row in [heads, *rows]:
        cells = [cell + " " * (widths[n] - width(cell)) for n, cell in enumerate(row)]
        print("  ".join(cells).rstrip())


def width(text: str) -> int:
    """Columns a text takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


# -- evaluations ----------------------------------------------------------------------------


def print_evaluation(
    evaluation: Evaluation, language: str, subject: str | None, *, as_json: bool
) -> None:
    """Obligations with their explanation, remedies, covers, notes."""
    from yinuo.kernel.evaluation.report import as_data

    data = as_data(evaluation)
    if subject is not None:
        for name in ("obligations", "remedies", "covers", "notes", "changes"):
            data[name] = [one for one in data[name] if one["subject"] == subject]
    if as_json:
        print_json({"schema": SCHEMA, **data})
        return
    for one in data["obligations"]:
        name = one["period"]["name"] if one["period"] else ""
        print(
            f"{one['subject']} {name} {one['clause']}: {one['state']}, due {one['due_at'] or '–'}"
        )
        for line in one["explanation"][language]:
            print(f"    {line}")
    _print_money(data, language)
    for one in data["covers"]:
        covered = "covered" if one["covered"] else "not covered"
        print(f"{one['subject']} {one['clause']}: {covered}; {one['reason'][language]}")
    for one in data["notes"]:
        print(f"{one['subject']}: {one[language]} ({one['code']})", file=sys.stderr)


def _print_money(data: dict[str, Any], language: str) -> None:
    for one in data["remedies"]:
        amount = "" if one["amount"] is None else f"{one['amount']} {one['currency']}"
        computation = one["computation"][language]
        print(f"{one['subject']} {one['clause']} {one['remedy']}: {computation} {amount}".rstrip())
    for one in data["totals"]:
        print(f"{one['contract'] or '–'} {one['paid_by']}: {one['amount']} {one['currency']}")


def print_due(
    evaluator: Evaluator,
    promised: Sequence[Promised],
    at: datetime,
    language: str,
    *,
    as_json: bool,
) -> None:
    """The promises a case would have."""
    from yinuo.kernel.evaluation.report import iso

    plan, zone = evaluator.plan, evaluator.zone
    rows = [_due_row(evaluator, one) for one in promised]
    if as_json:
        print_json(
            {
                "schema": SCHEMA,
                "plan": plan.code,
                "hash": plan.hash,
                "from": iso(at, zone),
                "promises": [_due(row, zone) for row in rows],
            }
        )
        return
    table = []
    for clause, obligation, waits, limit in rows:
        title = clause.title or evaluator.wording.word("promises", clause.promise)
        due = iso(obligation.due_at, zone) if obligation is not None else None
        when = due or f"({waits.in_language(language)}: {limit.in_language(language)})"
        mark = "*" if obligation is not None and obligation.provisional else ""
        table.append([clause.id, title.in_language(language), when + mark])
    print_table(["clause", "promise", "due"], table)


def _due_row(evaluator: Evaluator, one: Promised) -> tuple[Clause, Obligation | None, Text, Text]:
    clause, words, nothing = evaluator.plan.clause(one.clause_id), evaluator.wording, Text("", "")
    if not isinstance(clause, Deadline):
        return clause, one.obligation, nothing, nothing
    limit = words.limit(clause.limit) if clause.limit else nothing
    return clause, one.obligation, words.anchor(clause.start), limit


def _due(row: tuple[Clause, Obligation | None, Text, Text], zone: Any) -> dict[str, Any]:
    from yinuo.kernel.evaluation.report import iso

    clause, obligation, waits, limit = row
    return {
        "clause": clause.id,
        "number": clause.number,
        "promise": clause.promise,
        "title": _both(clause.title),
        "started_at": iso(obligation.started_at, zone) if obligation else None,
        "due_at": iso(obligation.due_at, zone) if obligation else None,
        "provisional": obligation.provisional if obligation else False,
        "waits_for": None if obligation else _both(waits),
        "limit": _both(limit),
    }
