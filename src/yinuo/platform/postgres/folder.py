"""The private folder of one embedded server: its files, its lock, and who holds it.

<folder>/            0700
    data/            PostgreSQL's own files, its Unix socket among them
    passwords.json   0600, passwords of the three roles
    holder.json      0600, who runs the server now
    lock             held (flock) by the guardian and every server process
    server.log       what the server says; no statements, no values
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from yinuo.platform.postgres.errors import FolderInUseError, FolderUnusableError

SOCKET_NAME = ".s.PGSQL.5432"
SOCKET_PATH_BYTES = 107
LOG_KEPT_BYTES = 10_000_000


@dataclass(frozen=True)
class Holder:
    """Who runs the server of a folder, and where its socket is."""

    owner_pid: int
    guardian_pid: int
    socket_folder: str
    ready: bool = False


@dataclass(frozen=True)
class ServerFolder:
    """Paths inside `root`, which is absolute."""

    root: Path

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def passwords(self) -> Path:
        return self.root / "passwords.json"

    @property
    def holder(self) -> Path:
        return self.root / "holder.json"

    @property
    def lock(self) -> Path:
        return self.root / "lock"

    @property
    def log(self) -> Path:
        return self.root / "server.log"

    def prepare(self) -> None:
        """Creates the folder, private (0700); never changes the mode of one that is not ours.

        Raises FolderUnusableError when the place cannot be written, or holds other things and is
        open to others.
        """
        try:
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self.root.stat().st_mode & 0o077:
                if any(self.root.iterdir()) and not self.lock.exists():
                    raise FolderUnusableError(
                        f"{self.root} holds other things and is open to other users: name an "
                        "empty or a new folder"
                    )
                self.root.chmod(0o700)
            probe = self.root / f"writable-{os.getpid()}"
            probe.touch(mode=0o600)
            probe.unlink()
            if self.log.exists() and self.log.stat().st_size > LOG_KEPT_BYTES:
                self.log.replace(self.log.with_suffix(".log.1"))
        except OSError as error:
            raise unusable(self.root, error) from error

    def write_private(self, path: Path, content: dict[str, Any]) -> None:
        """Writes JSON with mode 0600 in one durable step (temporary file, fsync, rename)."""
        descriptor, name = tempfile.mkstemp(dir=self.root, prefix=f".{path.name}-")
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(content, file)
                file.flush()
                os.fsync(file.fileno())
            self.give_to_owner(Path(name))
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
        sync_folder(self.root)

    def give_to_owner(self, path: Path) -> None:
        """A file that root makes in somebody's folder belongs to that somebody."""
        owner = self.root.stat()
        if os.geteuid() == 0 and owner.st_uid != 0:
            os.chown(path, owner.st_uid, owner.st_gid)

    def read_holder(self) -> Holder | None:
        """Who is written down as holder; None when nobody is or the note is not readable."""
        try:
            return Holder(**json.loads(self.holder.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def write_holder(self, holder: Holder) -> None:
        self.write_private(self.holder, asdict(holder))

    def is_locked(self) -> bool:
        """True while a guardian or any server process of this folder lives."""
        try:
            with self.lock.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except FileNotFoundError:
            return False
        except OSError as error:
            raise unusable(self.root, error) from error
        return False

    def acquire(self, patience_seconds: float) -> int:
        """Takes the lock and returns its descriptor, which server processes inherit.

        Waits up to `patience_seconds` for a server whose owner has already ended; a live owner is
        refused at once with FolderInUseError.
        """
        try:
            descriptor = os.open(self.lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            self.give_to_owner(self.lock)
        except OSError as error:
            raise unusable(self.root, error) from error
        last_moment = time.monotonic() + patience_seconds
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                # A glance of `is_locked` is over in a blink; a holder's note may lag as long.
                holder = self.read_holder()
                owned = holder is not None and is_alive(holder.owner_pid)
                blink = time.monotonic() < last_moment - patience_seconds + 0.3
                if time.monotonic() > last_moment or (owned and not blink):
                    os.close(descriptor)
                    raise self._in_use(holder, owned=owned) from None
                time.sleep(0.05)
            else:
                return descriptor

    def _in_use(self, holder: Holder | None, *, owned: bool) -> FolderInUseError:
        if holder is None:
            return FolderInUseError(f"{self.root} is in use by another process")
        if owned:
            return FolderInUseError(
                f"{self.root} is in use: its database server was started by process "
                f"{holder.owner_pid}. Stop that process, or name another folder"
            )
        return FolderInUseError(
            f"{self.root} is in use: the process {holder.owner_pid} that started its database "
            f"server has ended, but the server (guardian {holder.guardian_pid}) is still stopping"
        )


def is_alive(pid: int) -> bool:
    """True when a process with this id exists and is not a mere zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    with contextlib.suppress(OSError, IndexError):
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
        return state not in ("Z", "X")
    return True


def socket_fits(folder: Path) -> bool:
    """True when a socket in `folder` has an address short enough for the operating system."""
    return len(os.fsencode(folder / SOCKET_NAME)) <= SOCKET_PATH_BYTES


def sync_folder(folder: Path) -> None:
    """Makes renames inside `folder` durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def unusable(folder: Path, error: OSError) -> FolderUnusableError:
    """The refusal for an operating system error on `folder`, in the operator's words."""
    reason = os.strerror(error.errno) if error.errno else str(error)
    return FolderUnusableError(
        f"{folder} cannot be used for the database ({reason}): check its owner and rights, free "
        "space and whether the disk is writable, or name another folder"
    )
