"""Makes the data folder of a new server: all of it or nothing, however often it is interrupted."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from yinuo.platform.postgres import settings
from yinuo.platform.postgres.account import Account
from yinuo.platform.postgres.binaries import MAJOR
from yinuo.platform.postgres.errors import (
    FolderUnusableError,
    PostgresError,
    StartFailedError,
    WrongVersionError,
)
from yinuo.platform.postgres.folder import ServerFolder, sync_folder
from yinuo.platform.postgres.settings import Passwords

UNFINISHED = "unfinished-"
DISK_TROUBLE = ("No space left", "Disk quota", "Read-only file system", "Input/output error")
LOOK_UP_SECONDS = 0.1


class AbandonedError(Exception):
    """The process that wanted the server has gone; nothing is left running."""


@dataclass
class Toolbox:
    """What every program of the server needs: where it is, whom it runs as, when to give up.

    `lock_descriptor` is the folder's lock once it is taken. Every program inherits it, so the
    folder stays locked while any of them lives, even when the guardian has been killed.
    """

    programs: Path
    account: Account
    is_abandoned: Callable[[], bool]
    lock_descriptor: int = -1

    def environment(self) -> dict[str, str]:
        """A bare environment: no `PG…` variable and no secret of ours reaches the server."""
        kept = {k: v for k in ("PATH", "LD_LIBRARY_PATH") if (v := os.environ.get(k))}
        return {**kept, "LC_ALL": "C", "TZ": "UTC"}

    def run(self, folder: Path, program: str, *arguments: str, given: str = "") -> None:
        """Runs a program inside the data folder `folder` to its end, with `given` as its input.

        Raises AbandonedError (the program is killed), FolderUnusableError or StartFailedError.
        """
        options = self.account.popen_options(folder)
        with tempfile.TemporaryFile("w+") as said, tempfile.TemporaryFile("w+") as source:
            source.write(given)
            source.seek(0)
            child = subprocess.Popen(  # noqa: S603 - our own programs and arguments
                [str(self.programs / program), *arguments],
                stdin=source,
                stdout=said,
                stderr=subprocess.STDOUT,
                pass_fds=[self.lock_descriptor],
                env=self.environment(),
                **options,
            )
            while child.poll() is None:
                try:
                    child.wait(LOOK_UP_SECONDS)
                except subprocess.TimeoutExpired:
                    if self.is_abandoned():
                        child.kill()
                        child.wait()
                        raise AbandonedError from None
            if child.returncode != 0:
                said.seek(0)
                raise failure(f"{program} failed", said.read())


def failure(what: str, said: str) -> PostgresError:
    """The refusal for a program's last words."""
    tail = "\n".join(said.strip().splitlines()[-8:]) or "it said nothing"
    if any(sign in said for sign in DISK_TROUBLE):
        return FolderUnusableError(f"{what} because of the disk: free space or repair it\n{tail}")
    return StartFailedError(f"{what}:\n{tail}")


def check_version(data: Path) -> None:
    """Refuses data of another major version (WrongVersionError) or no data of PostgreSQL at all."""
    try:
        found = (data / "PG_VERSION").read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise FolderUnusableError(
            f"{data} exists but holds no PostgreSQL data: move it away, or name another folder"
        ) from None
    if found != str(MAJOR):
        raise WrongVersionError(
            f"{data} was written by PostgreSQL {found}, this version of Yinuo runs PostgreSQL "
            f"{MAJOR}: start it with the version that wrote it and take a backup, then restore "
            "that here; nothing was changed"
        )


def initialise(folder: ServerFolder, toolbox: Toolbox, *, throwaway: bool) -> None:
    """Makes `folder.data` with roles and database, unless it is there already.

    Everything happens in an unfinished folder that is renamed when it is complete and on disk;
    what an interrupted attempt left is swept away first.
    """
    for left_over in folder.root.glob(f"{UNFINISHED}*"):
        shutil.rmtree(left_over)
    if folder.data.exists():
        check_version(folder.data)
        return
    unfinished = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=folder.root))
    account = toolbox.account
    if not account.is_ours:
        os.chown(unfinished, account.uid, account.gid)
    data = account.data_argument(unfinished)
    toolbox.run(
        unfinished,
        "initdb",
        *("-D", data, "-U", settings.SUPERUSER_ROLE, "--auth=reject"),
        *("--encoding=UTF8", "--locale=C", "--locale-provider=builtin"),
        *("--builtin-locale=C.UTF-8", "--data-checksums", "--no-sync", "--no-instructions"),
    )
    memory = settings.machine_memory_bytes()
    (unfinished / "postgresql.conf").write_text(settings.initial_configuration(memory))
    (unfinished / "pg_hba.conf").write_text(settings.SIGN_IN_RULES)
    passwords = Passwords(*(secrets.token_urlsafe(32) for _ in range(3)))
    statements = settings.role_statements(passwords, for_tests=throwaway)
    fast = [] if not throwaway else ["-c", "fsync=off"]
    toolbox.run(
        unfinished,
        "postgres",
        *("--single", "-D", data, "-j", "-c", "exit_on_error=on", *fast, "template1"),
        given="".join(f"{statement};\n\n" for statement in statements),
    )
    if not throwaway:
        toolbox.run(unfinished, "initdb", "--sync-only", "-D", data)
    folder.write_private(folder.passwords, asdict(passwords))
    unfinished.rename(folder.data)
    sync_folder(folder.root)
