"""Servers started from processes of their own, and a look at what runs in /proc."""

import contextlib
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg

from yinuo.platform.postgres.folder import ServerFolder


def wait_until(is_so: Callable[[], bool], seconds: float = 10.0) -> bool:
    last_moment = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > last_moment:
            return False
        time.sleep(0.02)
    return True


def server_processes(folder: Path) -> list[int]:
    """Every process that works inside the folder's data: the server and all its children."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                if (entry / "cwd").readlink() == folder / "data":
                    found.append(int(entry.name))
    return found


def postmaster(folder: Path) -> int:
    return int((folder / "data" / "postmaster.pid").read_text().split()[0])


@dataclass
class Started:
    """A process that started a server, and what it said."""

    process: subprocess.Popen[str]
    folder: Path
    said: dict[str, str]

    @property
    def url(self) -> str:
        return self.said["application_url"]

    @property
    def guardian(self) -> int:
        holder = ServerFolder(self.folder).read_holder()
        assert holder is not None
        return holder.guardian_pid

    def note(self, text: str) -> None:
        """Writes a line that must be there after whatever comes next."""
        with psycopg.connect(self.said["owner_url"]) as connection:
            connection.execute("create table if not exists note (text text)")
            connection.execute("insert into note values (%s)", [text])

    def notes(self) -> list[str]:
        with psycopg.connect(self.said["owner_url"]) as connection:
            return [row[0] for row in connection.execute("select text from note order by text")]
