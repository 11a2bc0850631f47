"""Turns: a call that works for long is let in one at a time, so that others are not kept waiting.

When fifty phones come back at once, each with a day's work, they would fill every thread of the web
server, and whoever reads a page would wait behind all of them. So a process takes in the work of
one phone at a time and tells the others at once to come again in a few seconds; they keep what they
have until it is taken (docs/performance.md has the figures).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from yinuo.surfaces.api.errors import Unavailable


class Turn:
    """Lets so many callers of this process in at once; the others are told to try again."""

    def __init__(self, at_once: int) -> None:
        self._free = BoundedSemaphore(at_once)

    @contextmanager
    def taken(self) -> Iterator[None]:
        """The caller's turn; raises Unavailable, which names the seconds to wait, without one."""
        if not self._free.acquire(blocking=False):
            raise Unavailable
        try:
            yield
        finally:
            self._free.release()
