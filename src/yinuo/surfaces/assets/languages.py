"""Which of two texts that are data a reader gets."""

from __future__ import annotations

from django.utils.translation import get_language


def is_chinese() -> bool:
    """True when the reader reads Chinese."""
    return (get_language() or "").startswith("zh")


def in_language(zh: str, en: str) -> str:
    """The reader's one of two texts that are data, the other one when it is missing."""
    return (zh or en) if is_chinese() else (en or zh)
