"""Log lines of supervision: JSON on standard error, in the form of the product's other logs."""

from __future__ import annotations

import contextlib
import json
import sys
from datetime import UTC, datetime


def say(logger: str, level: str, message: str, **facts: object) -> None:
    """Writes one line at once. A closed standard error is no reason to stop supervising."""
    line = {
        "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "level": level,
        "logger": logger,
        "message": message,
        **facts,
    }
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.write(json.dumps(line, ensure_ascii=False) + "\n")
        sys.stderr.flush()
