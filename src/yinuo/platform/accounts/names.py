"""One spelling per account name: what was typed and what is stored compare equal."""

from __future__ import annotations

import unicodedata

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

USERNAME_LENGTH = 64

# No "@": a user name can then never be mistaken for somebody else's e-mail address.
username_validator = RegexValidator(
    r"\A[\w.+-]+\Z", _("A user name has letters, digits and . + - _ only."), code="username"
)


def fold(name: str) -> str:
    """The stored spelling of a user name or e-mail address: NFKC, lower case, no blanks around.

    >>> fold(" ＺＨＡＮＧ．Wei０１ ")
    'zhang.wei01'
    """
    # Lower-casing can undo NFKC (U+0130), hence once before and once after.
    lowered = unicodedata.normalize("NFKC", name).lower()
    return unicodedata.normalize("NFKC", lowered).strip()
