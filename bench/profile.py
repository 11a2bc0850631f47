"""Where the time of one call goes, by part of the product and by library."""

from __future__ import annotations

import cProfile
import pstats
import uuid
from collections import defaultdict

from bench.company import Company
from bench.same_sql import post

CALLS = 200
# The first pattern found in a file's path names the part.
PARTS = (
    ("kernel", "yinuo/kernel"),
    ("domains", "yinuo/domains"),
    ("platform", "yinuo/platform"),
    ("api", "yinuo/surfaces"),
    ("pydantic and ninja", "ninja"),
    ("pydantic and ninja", "pydantic"),
    ("psycopg and database", "psycopg"),
    ("django test client", "django/test"),
    ("django ORM", "django/db"),
    ("django", "django"),
)


def profile_of_one_call(company: Company) -> dict[str, float]:
    """Milliseconds of one call by part, with the profiler's own cost in them, largest first."""
    post(company, str(uuid.uuid4()))
    profiler = cProfile.Profile()
    profiler.enable()
    for _ in range(CALLS):
        post(company, str(uuid.uuid4()))
    profiler.disable()
    parts: dict[str, float] = defaultdict(float)
    for (file, _line, name), entry in pstats.Stats(profiler).stats.items():  # type: ignore[attr-defined]
        parts[_part(file, name)] += entry[2]
    ordered = sorted(parts.items(), key=lambda item: -item[1])
    return {name: round(seconds / CALLS * 1000, 3) for name, seconds in ordered}


def _part(file: str, name: str) -> str:
    path = file.replace("\\", "/")
    for part, pattern in PARTS:
        if pattern in path or (path == "~" and pattern in name):
            return part
    return "python"
