"""`yinuo prices check FILE…`: price list files on the command line.

Exit status: 0 fine, 1 a list has an error, 2 wrong usage. `--json` prints one JSON document;
without it the text is for people. Needs neither a database nor a server.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from yinuo.kernel.plan.text import Text
from yinuo.planfile.pricelists import CheckedPrices, check_price_list
from yinuo.surfaces.cli.exits import CLEAN, FAILED, USAGE
from yinuo.surfaces.cli.planprint import print_json

SCHEMA = "yinuo.prices/1"


def main(arguments: Sequence[str]) -> int:
    """Run one `yinuo prices` command; the exit status."""
    parser = _parser()
    try:
        options = parser.parse_args(list(arguments))
    except SystemExit as ended:
        return int(ended.code or 0)
    if not hasattr(options, "files"):
        parser.print_usage(sys.stderr)
        return USAGE
    try:
        found = [check_price_list(path.read_bytes(), str(path)) for path in options.files]
    except OSError as error:
        print(f"yinuo prices: cannot read {error.filename}: {error.strerror}", file=sys.stderr)
        return USAGE
    try:
        _print(found, options.language, as_json=options.json)
    except BrokenPipeError:
        return CLEAN
    return CLEAN if all(one.price_list for one in found) else FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="yinuo prices", description="Work with price lists.")
    commands = parser.add_subparsers(metavar="COMMAND")
    check = commands.add_parser("check", help="errors of price list files")
    check.add_argument("--json", action="store_true", help="print one JSON document")
    check.add_argument("--language", choices=("zh", "en"), default="zh", help="language of texts")
    check.add_argument("files", nargs="+", type=Path, metavar="FILE")
    return parser


def _print(found: Sequence[CheckedPrices], language: str, *, as_json: bool) -> None:
    """Every finding with its place; then a line that counts."""
    if as_json:
        print_json({"schema": SCHEMA, "files": [_checked(one) for one in found]})
        return
    for one in found:
        for problem in one.problems:
            print(f"{one.source}:{problem.in_language(language)}")
        print(f"{one.source}: {_counts(one).in_language(language)}")


def _checked(one: CheckedPrices) -> dict[str, Any]:
    list_ = one.price_list
    return {
        "file": one.source,
        "ok": list_ is not None,
        "code": list_.code if list_ else None,
        "hash": list_.hash if list_ else None,
        "entries": len(list_.entries) if list_ else None,
        "errors": len(one.problems),
        "problems": [
            {
                "line": problem.line,
                "column": problem.column,
                "code": problem.code,
                "message": str(problem.message),
                "message_zh": problem.said("zh"),
            }
            for problem in one.problems
        ],
    }


def _counts(one: CheckedPrices) -> Text:
    if one.price_list is None:
        count = len(one.problems)
        return Text(f"{count} 个错误", f"{count} error{'' if count == 1 else 's'}")
    count = len(one.price_list.entries)
    return Text(f"{count} 个条目，没有错误", f"{count} entries, no errors")
