"""Phone numbers as people write them, and as they are compared."""

from __future__ import annotations

import re
import unicodedata

MIN_DIGITS = 3
MAX_DIGITS = 20
_SHAPE = re.compile(r"\+?[\d\s().\-/#*]*(?:(?:转|ext\.?|x)\s*\d{1,6})?", re.IGNORECASE)


def phone_digits(text: str) -> str:
    """The digits that identify a number: full-width folded, country code 86 and an extension cut.

    >>> phone_digits("＋８６ 138-0013-8000")
    '13800138000'
    >>> phone_digits("0755-2345 6789 转 802")
    '075523456789'
    """
    folded = unicodedata.normalize("NFKC", text)
    main = re.split(r"转|ext\.?|x", folded, maxsplit=1, flags=re.IGNORECASE)[0]
    digits = re.sub(r"\D", "", main)
    international = folded.strip().startswith(("+86", "0086"))
    if international:
        digits = digits.removeprefix("00").removeprefix("86")
        # A mainland landline keeps its trunk zero only in national writing.
        return digits if digits.startswith("1") else f"0{digits.lstrip('0')}"
    return digits


def is_phone(text: str) -> bool:
    """True when the text is written like a number with 3 to 20 digits."""
    folded = unicodedata.normalize("NFKC", text).strip()
    return bool(_SHAPE.fullmatch(folded)) and MIN_DIGITS <= len(phone_digits(text)) <= MAX_DIGITS
