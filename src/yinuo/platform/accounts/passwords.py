"""What a password must not be (R11): too short, too long, common in disguise, one's own name."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.auth.password_validation import (
    CommonPasswordValidator as ShippedListValidator,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from pypinyin import lazy_pinyin

from yinuo.platform.accounts.names import fold

DISTINCT_CHARACTERS = 5
# Counted in UTF-8: "li" occurs in ordinary words by chance, one Chinese character does not.
NAME_BYTES = 3
# What must be left of a password without the owner's names and the padding around the rest.
LENGTH_BESIDE_NAMES = 8
PADDING = r"[\d\W_]+"


class LengthValidator:
    """Refuses passwords outside the two limits; longer ones would only cost the server time."""

    def __init__(self, shortest: int, longest: int) -> None:
        self.limits = {"shortest": shortest, "longest": longest}

    def validate(self, password: str, user: Any = None) -> None:
        """Errors: ValidationError when too short or too long."""
        if not self.limits["shortest"] <= len(password) <= self.limits["longest"]:
            raise ValidationError(self.get_help_text(), code="password_length")

    def get_help_text(self) -> str:
        """The rule in words."""
        return _("A password has %(shortest)d to %(longest)d characters.") % self.limits


class CommonPasswordValidator(ShippedListValidator):
    """Refuses the shipped list of common passwords, also when padded, doubled or in full width.

    Few common passwords have 12 characters; people reach that length with "password2026!!".
    """

    def validate(self, password: str, user: Any = None) -> None:
        """Errors: ValidationError when the password, or what is left of it, is on the list."""
        folded = fold(password)
        if len(set(folded)) < DISTINCT_CHARACTERS or any(
            core in self.passwords for core in _cores(folded)
        ):
            raise ValidationError(_("This password is too common."), code="password_too_common")


class OwnNameValidator:
    """Refuses passwords that are the owner's names, also in pinyin, with a year or so added."""

    def validate(self, password: str, user: Any = None) -> None:
        """Errors: ValidationError when under 8 characters are left beside names and padding."""
        folded = rest = fold(password)
        for name in _names(user):
            rest = rest.replace(name, "")
        if rest != folded and len(_bare(rest)) < LENGTH_BESIDE_NAMES:
            raise ValidationError(
                _("This password is too much like your own name."), code="password_too_similar"
            )

    def get_help_text(self) -> str:
        """The rule in words."""
        return _("Not your own name with something added.")


def _bare(folded: str) -> str:
    """The text without digits and punctuation at its ends."""
    return re.sub(rf"\A{PADDING}|{PADDING}\Z", "", folded)


def _cores(folded: str) -> set[str]:
    """What a common password may hide as: without padding, without repetition."""
    words = (folded, _bare(folded), re.sub(PADDING, "", folded))
    return {_period(word) for word in words if word}


def _period(word: str) -> str:
    """The shortest piece that `word` repeats whole ("abcabc" gives "abc"), else `word`."""
    start = (word + word).find(word, 1)
    return word[:start]


def _names(user: Any) -> list[str]:
    """The owner's names, longest first: user name, mail box, shown name and its pinyin."""
    if user is None:
        return []
    shown = fold(user.display_name)
    syllables = lazy_pinyin(shown)
    candidates = {
        fold(user.username),
        *re.split(r"[\W_]+", fold(user.username)),
        fold(user.email).partition("@")[0],
        *shown.split(),
        # Family name first or last, and names of any length: every rotation.
        *("".join(syllables[at:] + syllables[:at]) for at in range(len(syllables))),
    }
    names = (name for name in candidates if len(name.encode()) >= NAME_BYTES)
    return sorted(names, key=len, reverse=True)
