"""Routes are planned uncompiled here, so that no test waits for the compiler."""

from __future__ import annotations

import os

os.environ["NUMBA_DISABLE_JIT"] = "1"
