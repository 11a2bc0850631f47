"""Kinds of documents: what each is called, which words it prints, what may be left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from yinuo.platform.errors import NotFound, Text
from yinuo.platform.rendering.wording import PLACEHOLDERS

LANGUAGES = {"zh": "zh-hans", "en": "en"}
# What is written for this one stands on every kind that has nothing of its own there.
EVERY = "every"
COMMON_WORDS: Mapping[str, Text] = {"pages": _("Page {page} of {pages}")}
_VALUE = re.compile(r"%\((\w+)\)[sd]")

Data = Mapping[str, Any]


def _as_it_is(data: Data) -> Data:
    return data


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """One kind of document.

    `words` are its labels by code. `passages` names what may be left out, by the key of its
    content; what law, a promise or a signature needs is not among them. `sample` is the content a
    preview shows, a JSON file in which `@code` stands for a word; `block_data` makes of it what
    the template of the DOCX takes. A kind without title has one from elsewhere: of a service plan,
    of a checklist.
    """

    code: str
    name: Text
    words: Mapping[str, Text]
    template: Path
    sample: Path
    blocks: Path | None = None
    passages: Mapping[str, Text] = field(default_factory=dict)
    has_title: bool = True
    placeholders: tuple[str, ...] = PLACEHOLDERS
    block_data: Callable[[Data], Data] = _as_it_is

    def name_in(self, language: str) -> str:
        """What it is called, which is its title too."""
        return built_in(self.name, language)


def built_in(text: Text, language: str) -> str:
    """A text as the product says it, the places of its values in braces."""
    with override(LANGUAGES[language]):
        return _VALUE.sub(r"{\1}", str(text))


_KINDS: dict[str, DocumentKind] = {}


def declared(kind: DocumentKind) -> DocumentKind:
    """Make a kind known; gives it back."""
    _KINDS[kind.code] = kind
    return kind


def all_kinds() -> tuple[DocumentKind, ...]:
    """Every kind, by domain from below."""
    return tuple(_KINDS.values())


def kind_of(code: str) -> DocumentKind:
    """The kind of a code; NotFound otherwise."""
    if code not in _KINDS:
        raise NotFound
    return _KINDS[code]


@dataclass(frozen=True, slots=True)
class Which:
    """A kind in one language, written `quote-zh`. The kind is None for what every one carries."""

    kind: DocumentKind | None
    language: str

    @property
    def kind_code(self) -> str:
        """The kind's code."""
        return self.kind.code if self.kind else EVERY

    @property
    def code(self) -> str:
        """As addresses name it."""
        return f"{self.kind_code}-{self.language}"

    @property
    def words(self) -> Mapping[str, Text]:
        """Labels by code: its own and those of every document."""
        return {**(self.kind.words if self.kind else {}), **COMMON_WORDS}

    @property
    def passages(self) -> Mapping[str, Text]:
        """What may be left out."""
        return self.kind.passages if self.kind else {}

    @property
    def has_title(self) -> bool:
        """True when its title is written here."""
        return self.kind is not None and self.kind.has_title

    @property
    def placeholders(self) -> tuple[str, ...]:
        """What its texts may name in braces."""
        return self.kind.placeholders if self.kind else ("company", "unit", "number", "date")


def which_of(code: object) -> Which:
    """A kind in a language by its code; NotFound otherwise."""
    name, _dash, language = str(code).rpartition("-")
    if language not in LANGUAGES:
        raise NotFound
    return Which(None if name == EVERY else kind_of(name), language)


def every_one() -> tuple[Which, ...]:
    """All kinds in all languages, what every one carries first."""
    kinds: tuple[DocumentKind | None, ...] = (None, *all_kinds())
    return tuple(Which(kind, language) for kind in kinds for language in LANGUAGES)
