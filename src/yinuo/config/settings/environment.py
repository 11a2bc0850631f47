"""Reading environment variables with one rule for flags, numbers and folders."""

from __future__ import annotations

import os
from pathlib import Path

TRUE_WORDS = frozenset({"1", "true", "yes", "on"})


def text(name: str, default: str = "") -> str:
    """The variable's value without surrounding blanks, or `default` when unset or blank."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool = False) -> bool:
    """True for 1, true, yes, on (any case); `default` when unset."""
    value = text(name)
    return value.lower() in TRUE_WORDS if value else default


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list; blanks around words and empty words are dropped."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def var_folder() -> Path:
    """Folder of everything the product writes on this machine (`YINUO_VAR`, default ./var)."""
    return Path(text("YINUO_VAR", "var")).resolve()
