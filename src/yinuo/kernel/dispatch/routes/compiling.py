"""The one place that knows the compiler: with Numba functions are compiled, without they run as is.

Numba keeps what it compiled in the folder that ``NUMBA_CACHE_DIR`` names when it is first imported,
so whoever starts the process sets it before. Uncompiled (no Numba, or ``NUMBA_DISABLE_JIT=1``) the
same functions give the same routes, some hundred times slower: the first plan, which is greedy, is
there after a second or two.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Found = TypeVar("Found")

try:
    from numba import njit
except ImportError:

    def compiled(function: Callable[Given, Found]) -> Callable[Given, Found]:
        """The function as it is."""
        return function

else:

    def compiled(function: Callable[Given, Found]) -> Callable[Given, Found]:
        """The function, compiled when it is first called, without the interpreter's lock."""
        fast: Callable[Given, Found] = njit(cache=True, nogil=True)(function)
        return fast
