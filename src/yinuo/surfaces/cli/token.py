"""`yinuo token …`: API tokens for scripts, made by whoever holds the server.

`create` prints the token alone on standard output, so that a script can keep it; it cannot be
shown again. Exit codes: 0 done, 1 refused, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from yinuo.platform.postgres import PostgresError, database_environment, server_folder
from yinuo.surfaces.cli.database import named_by_environment
from yinuo.surfaces.cli.exits import FAILED, RefusedError
from yinuo.surfaces.cli.up import var_folder

DEFAULT_DAYS = 90
MOST_DAYS = 366


def days(text: str) -> int:
    """A number of days from 1 to 366. Errors: argparse's."""
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= MOST_DAYS):
        raise argparse.ArgumentTypeError(f"a token lives from 1 to {MOST_DAYS} days")
    return int(text)


def parser() -> argparse.ArgumentParser:
    """The verbs and their options."""
    made = argparse.ArgumentParser(prog="yinuo token", description=__doc__)
    place = argparse.ArgumentParser(add_help=False)
    place.add_argument("--var", type=Path, help="folder of everything written (./var)")
    verbs = made.add_subparsers(dest="verb", required=True)
    create = verbs.add_parser("create", help="make a token and print it, once", parents=[place])
    create.add_argument("user", help="user name")
    create.add_argument(
        "--scope", action="append", required=True, help="request:open, request:*, *:read or *"
    )
    create.add_argument("--name", default="command line", help="what the token is for")
    create.add_argument("--days", type=days, default=DEFAULT_DAYS, help="1 to 366 (90)")
    listed = verbs.add_parser("list", help="list a user's tokens that still work", parents=[place])
    listed.add_argument("user", help="user name")
    revoke = verbs.add_parser("revoke", help="end a token at once", parents=[place])
    revoke.add_argument("id", help="the id that `yinuo token list` shows")
    return made


def main(arguments: list[str]) -> int:
    """`yinuo token VERB` with the arguments after `token`."""
    options = parser().parse_args(arguments)
    try:
        var = var_folder(options.var)
        _require_installation(var)
        with database_environment(var) as found:
            return _act({"YINUO_VAR": str(var), **found}, options)
    except (PostgresError, RefusedError) as error:
        sys.stderr.write(f"yinuo token: {error}\n")
        return FAILED


def _require_installation(var: Path) -> None:
    """Refuses a folder that nothing was ever started in: a token there would be for nobody."""
    if not named_by_environment() and not server_folder(var).is_dir():
        raise RefusedError(
            f"there is no installation in {var}: name its folder with --var, set DATABASE_URL, "
            "or start one with `yinuo up`"
        )


def _act(database: dict[str, str], options: argparse.Namespace) -> int:
    """Run the verb as the application role. Errors: RefusedError."""
    os.environ.update({"DJANGO_SETTINGS_MODULE": "yinuo.config.settings", **os.environ, **database})
    import django

    django.setup()
    from django.db import DatabaseError

    from yinuo.surfaces.cli.token_actions import ACTIONS

    try:
        return ACTIONS[options.verb](options)
    except DatabaseError as error:
        raise RefusedError(f"the database refuses: {error}") from error
