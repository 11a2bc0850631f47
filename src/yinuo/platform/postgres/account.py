"""Which account of the machine runs the server, and how a child process becomes that account.

PostgreSQL refuses to run as root, so root hands the server to an unprivileged account: the owner
of an existing data folder, else an account named `yinuo` if the administrator made one, else
`nobody`. Nobody else's folder is opened up for it: see `DATA_BY_WORKING_DIRECTORY`.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yinuo.platform.postgres.errors import FolderUnusableError

PREFERRED_ACCOUNTS = ("yinuo", "nobody")
PR_SET_PDEATHSIG = 1

# A process always reaches its own working directory, whatever the modes of the folders above it.
# Linux shows that directory under this name, so an unprivileged server works inside root's home.
DATA_BY_WORKING_DIRECTORY = "/proc/self/cwd"


@dataclass(frozen=True)
class Account:
    """An account that the server runs under."""

    name: str
    uid: int
    gid: int

    @property
    def is_ours(self) -> bool:
        """True when this process already runs under the account and changes nothing."""
        return self.uid == os.geteuid()

    def popen_options(self, folder: Path) -> dict[str, Any]:
        """Options of `subprocess.Popen` that start a child in `folder` under this account."""
        options: dict[str, Any] = {"cwd": folder, "preexec_fn": _end_with(signal.SIGINT)}
        if not self.is_ours:
            options |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return options

    def data_argument(self, folder: Path) -> str:
        """How a server started by `popen_options(folder)` is told where its data are."""
        return str(folder) if self.is_ours else DATA_BY_WORKING_DIRECTORY


def _end_with(sent: signal.Signals) -> Callable[[], None]:
    """A `preexec_fn` by which a program ends with its parent from its very first moment.

    The guardian ignores `sent` for itself, and a program inherits that until it has set its own
    handlers: a parent killed in these milliseconds would otherwise leave it running for ever.
    """
    wish = die_with_parent(sent)

    def begin() -> None:
        signal.signal(sent, signal.SIG_DFL)
        if wish is not None:
            wish()

    return begin


def server_account(data: Path) -> Account:
    """The account for the server of `data`, which need not exist yet.

    Raises FolderUnusableError when an ordinary user would run on somebody else's data, when root
    finds no unprivileged account, or when root runs on a machine without `/proc`.
    """
    owner = data.stat().st_uid if data.exists() else None
    if os.geteuid() != 0:
        if owner not in (None, os.geteuid()):
            raise FolderUnusableError(
                f"{data} belongs to user id {owner}, this process runs as user id {os.geteuid()}: "
                "start as that user or as root, or name another folder"
            )
        return _by_uid(os.geteuid())
    if not Path(DATA_BY_WORKING_DIRECTORY).exists():
        raise FolderUnusableError(
            "PostgreSQL does not run as root, and handing it to another account needs /proc: "
            "start as an ordinary user"
        )
    if owner:
        return _by_uid(owner)
    for name in PREFERRED_ACCOUNTS:
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(found.pw_name, found.pw_uid, found.pw_gid)
    raise FolderUnusableError(
        "PostgreSQL does not run as root and there is no account "
        f"{' or '.join(PREFERRED_ACCOUNTS)}: create one, or start as an ordinary user"
    )


def _by_uid(uid: int) -> Account:
    try:
        found = pwd.getpwuid(uid)
    except KeyError:
        raise FolderUnusableError(
            f"user id {uid} has no entry in the machine's accounts, which PostgreSQL needs: "
            "add one, or start as another user"
        ) from None
    return Account(found.pw_name, found.pw_uid, found.pw_gid)


def die_with_parent(
    sent: signal.Signals, *, parent: int | None = None
) -> Callable[[], None] | None:
    """A `preexec_fn` by which Linux sends `sent` to the child when its parent ends, even by KILL.

    It must run after the change of account, which clears the wish; `subprocess` does so.
    `parent` is the calling process unless a child makes the wish for itself. None elsewhere than
    on Linux.
    """
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    expected = os.getpid() if parent is None else parent

    def ask() -> None:
        prctl(PR_SET_PDEATHSIG, int(sent), 0, 0, 0)
        if os.getppid() != expected:
            os.kill(os.getpid(), sent)

    return ask
