"""Exit codes of the command line, and the refusal that becomes one."""

from __future__ import annotations

CLEAN = 0
FAILED = 1
USAGE = 2


class RefusedError(Exception):
    """The command cannot do what was asked; the text says why and what to do."""
