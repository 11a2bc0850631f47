"""The command line: `yinuo VERB …`. Each verb is a module that is imported when it is called.

Exit status: 0 fine, 1 the thing asked for failed or the input is wrong, 2 wrong usage.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import NamedTuple

from yinuo.planfile.problems import did_you_mean
from yinuo.surfaces.cli.exits import CLEAN, USAGE


class Verb(NamedTuple):
    """Where a verb lives: a module and the function in it that takes the remaining arguments."""

    module: str
    function: str
    about: str


VERBS: dict[str, Verb] = {
    "plan": Verb("yinuo.surfaces.cli.plan", "main", "check, show, evaluate and query plan files"),
    "prices": Verb("yinuo.surfaces.cli.prices", "main", "check price list files"),
    "up": Verb("yinuo.surfaces.cli.up", "main", "run everything on this machine"),
    "web": Verb("yinuo.surfaces.cli.alone", "main_web", "run a web server alone"),
    "worker": Verb("yinuo.surfaces.cli.alone", "main_worker", "run a worker alone"),
    "token": Verb("yinuo.surfaces.cli.token", "main", "make, list and revoke API tokens"),
    "db": Verb("yinuo.surfaces.cli.db", "main", "look after the database"),
}


def main(argv: list[str] | None = None) -> int:
    """Run one verb; the exit status. The process's arguments when none are given."""
    arguments = sys.argv[1:] if argv is None else argv
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(usage(), file=sys.stdout if arguments else sys.stderr)
        return CLEAN if arguments else USAGE
    verb = VERBS.get(arguments[0])
    if verb is None:
        hint = did_you_mean(arguments[0], VERBS)
        print(f'yinuo: "{arguments[0]}" is no command{hint}\n{usage()}', file=sys.stderr)
        return USAGE
    function = getattr(import_module(verb.module), verb.function)
    status: int = function(arguments[1:])
    return status


def usage() -> str:
    """The list of verbs."""
    lines = [f"  {name:8} {verb.about}" for name, verb in VERBS.items()]
    return "\n".join(["usage: yinuo COMMAND …", "", *lines, "", "yinuo COMMAND --help says more."])
