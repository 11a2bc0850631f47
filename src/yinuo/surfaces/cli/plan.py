"""`yinuo plan check | show | evaluate | due`: plan files on the command line.

Exit status: 0 fine, 1 the plan or the facts are wrong, 2 wrong usage. `--json` prints one JSON
document; without it the text is for people. Needs neither a database nor a server.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from yinuo.kernel.plan.plan import Plan
from yinuo.planfile.load import Checked, check_text
from yinuo.planfile.messages import in_chinese
from yinuo.surfaces.cli.exits import CLEAN, FAILED, USAGE
from yinuo.surfaces.cli.planprint import (
    print_check,
    print_due,
    print_evaluation,
    print_json,
    print_plan,
)


class UsageError(Exception):
    """The command was called wrongly."""


def main(arguments: Sequence[str]) -> int:
    """Run one `yinuo plan` command; the exit status."""
    parser = _parser()
    try:
        options = parser.parse_args(list(arguments))
    except SystemExit as ended:
        return int(ended.code or 0)
    if not hasattr(options, "run"):
        parser.print_usage(sys.stderr)
        return USAGE
    try:
        status: int = options.run(options)
    except UsageError as error:
        print(f"yinuo plan: {error}", file=sys.stderr)
        return USAGE
    except BrokenPipeError:
        return CLEAN
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="yinuo plan", description="Work with plan files.")
    commands = parser.add_subparsers(metavar="COMMAND")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--json", action="store_true", help="print one JSON document")
    shared.add_argument("--language", choices=("zh", "en"), default="zh", help="language of texts")
    check = commands.add_parser("check", parents=[shared], help="errors and warnings of plan files")
    check.add_argument("files", nargs="+", type=Path, metavar="FILE")
    check.set_defaults(run=run_check)
    show = commands.add_parser("show", parents=[shared], help="the clauses as a table")
    show.add_argument("file", type=Path, metavar="FILE")
    show.set_defaults(run=run_show)
    evaluate = commands.add_parser("evaluate", parents=[shared], help="what the facts came to")
    evaluate.add_argument("file", type=Path, metavar="FILE")
    evaluate.add_argument("--facts", required=True, type=Path, help="JSON lines; - is stdin")
    evaluate.add_argument("--at", required=True, help="the instant, such as 2026-05-01T23:10+08:00")
    evaluate.add_argument("--known-at", help="leave out facts received after this instant")
    evaluate.add_argument("--subject", help="only this subject")
    evaluate.set_defaults(run=run_evaluate)
    due = commands.add_parser("due", parents=[shared], help="due times a case would get")
    due.add_argument("file", type=Path, metavar="FILE")
    due.add_argument(
        "--select",
        action="append",
        default=[],
        metavar="NAME=VALUE[,…]",
        help="attributes of the case",
    )
    due.add_argument("--from", dest="at", required=True, help="the instant it is reported")
    due.add_argument("--fact", default="reported", help="the fact that happens then")
    due.add_argument("--subject", default="request", help="the kind of subject")
    due.set_defaults(run=run_due)
    schema = commands.add_parser("schema", help="the JSON Schema of plan files")
    schema.set_defaults(run=run_schema)
    reference = commands.add_parser("reference", help="every key and word, as Markdown")
    reference.set_defaults(run=run_reference)
    return parser


# -- commands -------------------------------------------------------------------------------


def run_check(options: argparse.Namespace) -> int:
    """`plan check`: 1 when a file has an error."""
    found = [check_text(_bytes(path), str(path)) for path in options.files]
    print_check(found, options.language, as_json=options.json)
    return FAILED if any(one.errors for one in found) else CLEAN


def run_show(options: argparse.Namespace) -> int:
    """`plan show`: the clauses."""
    plan = _plan(options)
    if plan is None:
        return FAILED
    print_plan(plan, options.language, as_json=options.json)
    return CLEAN


def run_evaluate(options: argparse.Namespace) -> int:
    """`plan evaluate`: 1 when the plan or a line of facts is wrong."""
    from yinuo.kernel.evaluation import Evaluator
    from yinuo.planfile.factlines import read_facts

    as_of = _instant(options.at, "--at")
    known_at = _instant(options.known_at, "--known-at") if options.known_at else None
    plan = _plan(options)
    if plan is None:
        return FAILED
    data = sys.stdin.buffer.read() if str(options.facts) == "-" else _bytes(options.facts)
    facts, problems = read_facts(data, plan)
    errors = [one for one in problems if one.severity == "error"]
    if errors:
        refused = Checked(str(options.facts), None, tuple(problems))
        print_check([refused], options.language, as_json=options.json)
        return FAILED
    for one in problems:
        print(f"{options.facts}:{one.in_language(options.language)}", file=sys.stderr)
    evaluation = Evaluator(plan).evaluate(facts, as_of, known_at)
    print_evaluation(evaluation, options.language, options.subject, as_json=options.json)
    return CLEAN


def run_due(options: argparse.Namespace) -> int:
    """`plan due`: 1 when the plan is wrong or a selector is not the plan's."""
    from yinuo.kernel.evaluation import Evaluator, preview

    at = _instant(options.at, "--from")
    select = _selection(options.select)
    plan = _plan(options)
    if plan is None:
        return FAILED
    problem = _unknown_value(plan, select)
    if problem:
        said = in_chinese(problem) if options.language == "zh" else problem
        print(f"{options.file}: {said}", file=sys.stderr)
        return FAILED
    evaluator = Evaluator(plan)
    promised = preview(evaluator, select, at, options.fact, options.subject)
    print_due(evaluator, promised, at, options.language, as_json=options.json)
    return CLEAN


def run_schema(options: argparse.Namespace) -> int:
    """`plan schema`: for editors."""
    from yinuo.planfile.schema import plan_schema

    print_json(plan_schema())
    return CLEAN


def run_reference(options: argparse.Namespace) -> int:
    """`plan reference`: the tables of the documentation."""
    from yinuo.planfile.reference import reference_markdown

    print(reference_markdown(), end="")
    return CLEAN


# -- reading the arguments ------------------------------------------------------------------


def _plan(options: argparse.Namespace) -> Plan | None:
    checked = check_text(_bytes(options.file), str(options.file))
    if checked.plan is None:
        print_check([checked], options.language, as_json=options.json)
    return checked.plan


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from None


def _instant(text: str, option: str) -> datetime:
    from yinuo.planfile.factlines import instant_in

    try:
        return instant_in(text, option)
    except Exception as error:
        raise UsageError(str(error)) from None


def _selection(pairs: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for pair in (one for text in pairs for one in text.split(",") if one.strip()):
        name, equals, value = pair.partition("=")
        if not equals or not name.strip() or not value.strip():
            raise UsageError(f'--select takes name=value, not "{pair}"')
        found[name.strip()] = value.strip()
    return found


def _unknown_value(plan: Plan, select: dict[str, Any]) -> str:
    from yinuo.planfile.messages import Message
    from yinuo.planfile.problems import did_you_mean

    for name, value in select.items():
        selector = plan.selector(name)
        codes = [choice.code for choice in selector.values] if selector else []
        if codes and value not in codes:
            hint = did_you_mean(value, codes)
            return Message(
                '"{text}" is no {name} of this plan{hint}', text=value, name=name, hint=hint
            )
    return ""
