"""Starts and stops the embedded server from the process that needs it."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

from yinuo.platform.postgres import settings
from yinuo.platform.postgres.errors import BY_CODE, PostgresError, StartFailedError
from yinuo.platform.postgres.folder import Holder, ServerFolder, unusable
from yinuo.platform.postgres.settings import Passwords

# Longer than the guardian's own patience with the server.
STOP_SECONDS = 10.0


@dataclass(frozen=True)
class Addresses:
    """`postgresql://` addresses of one server, one for each role. They contain passwords."""

    application_url: str
    owner_url: str
    superuser_url: str

    def environment(self) -> dict[str, str]:
        """The variables that the settings read."""
        return {"DATABASE_URL": self.application_url, "DATABASE_OWNER_URL": self.owner_url}


class EmbeddedPostgres:
    """The PostgreSQL server of one private folder, as long as this process lives.

        with EmbeddedPostgres(Path("var/postgres")) as addresses:
            …connect to addresses.application_url…

    The server ends with `stop()`, with the `with` block, and with this process, however that
    ends; the next start recovers. `throwaway` makes a server for tests: faster, not durable, its
    folder removed at the end, its owner role may create databases.
    """

    def __init__(self, folder: Path, *, throwaway: bool = False) -> None:
        self.folder = ServerFolder(folder.absolute())
        self.throwaway = throwaway
        self._guardian: subprocess.Popen[bytes] | None = None

    def start(self) -> Addresses:
        """Starts the server and returns when it accepts connections.

        Makes folder, data, roles and database when there are none. Raises FolderInUseError,
        FolderUnusableError, WrongVersionError or StartFailedError; nothing runs then.
        """
        if self.is_running():
            raise PostgresError("this server is already started")
        command = [sys.executable, "-P", "-m", "yinuo.platform.postgres.guardian"]
        arguments = [str(self.folder.root), str(os.getpid())]
        mode = ["--throwaway"] if self.throwaway else []
        self._guardian = subprocess.Popen(  # noqa: S603 - our own module
            [*command, *arguments, *mode],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd="/",
            start_new_session=True,
        )
        try:
            answer = self._first_line(self._guardian)
            if "ready" not in answer:
                kind = BY_CODE.get(answer["error"], PostgresError)
                raise kind(answer["message"])
            return addresses(self.folder, answer["socket_folder"])
        except BaseException:
            self.stop()
            raise

    @staticmethod
    def _first_line(guardian: subprocess.Popen[bytes]) -> dict[str, str]:
        assert guardian.stdout is not None
        line = guardian.stdout.readline()
        if not line:
            raise StartFailedError(
                f"the database's guardian ended with exit code {guardian.wait()} before the "
                "server was ready; its error output says why"
            )
        answer: dict[str, str] = json.loads(line)
        return answer

    def stop(self, *, immediate: bool = False) -> None:
        """Stops the server and returns when none of its processes is left. Harmless when stopped.

        `immediate` skips the final checkpoint: quicker now, recovery at the next start.
        """
        guardian, self._guardian = self._guardian, None
        if guardian is None:
            return
        assert guardian.stdin is not None
        assert guardian.stdout is not None
        if immediate:
            guardian.send_signal(signal.SIGQUIT)
        with contextlib.suppress(OSError):
            guardian.stdin.close()
        guardian.stdout.close()
        try:
            guardian.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            guardian.kill()  # the kernel then stops the server
            guardian.wait()

    def is_running(self) -> bool:
        """True while our guardian lives; it gives up when the server will not stay up."""
        return self._guardian is not None and self._guardian.poll() is None

    def __enter__(self) -> Addresses:
        return self.start()

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.stop()


def running_server(folder: Path) -> tuple[Holder, Addresses] | None:
    """The server that another process runs on `folder`: who holds it, and how to connect.

    None when no server runs there or it is not ready yet. Needs the rights of the folder's owner.
    """
    place = ServerFolder(folder.absolute())
    if not place.is_locked():
        return None
    holder = place.read_holder()
    if holder is None or not holder.ready:
        return None
    return holder, addresses(place, holder.socket_folder)


def addresses(folder: ServerFolder, socket_folder: str) -> Addresses:
    """The addresses of the server in `folder`, from its stored passwords."""
    try:
        stored = Passwords(**json.loads(folder.passwords.read_text(encoding="utf-8")))
    except OSError as error:
        raise unusable(folder.passwords, error) from error

    def url(role: str, password: str) -> str:
        host = quote(socket_folder, safe="")
        return f"postgresql://{role}:{quote(password)}@/{settings.DATABASE}?host={host}"

    return Addresses(
        application_url=url(settings.APPLICATION_ROLE, stored.application),
        owner_url=url(settings.OWNER_ROLE, stored.owner),
        superuser_url=url(settings.SUPERUSER_ROLE, stored.superuser),
    )
