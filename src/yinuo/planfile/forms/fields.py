"""What a form is made of: fields with their value, words to choose from and findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from yinuo.kernel.plan.text import Text
from yinuo.planfile.problems import Problem

# How a field is entered. `yaml` takes what no other way can show.
TEXT, BOTH, YES_NO, WORD, WORDS, YAML = "text", "both", "yesno", "word", "words", "yaml"
RECORD, ITEMS, NAMED, CHOICE = "record", "items", "named", "choice"


@dataclass(frozen=True, slots=True)
class Option:
    """A word to choose, with its name in both languages."""

    code: str
    title: Text


@dataclass(slots=True)
class Field:
    """One place of the plan. `path` leads to it, steps joined by `/`.

    `values` are the texts to show: one, two (Chinese, English) or one for each word of a list.
    `inner` are the fields written inside it, `further` those that may be added.
    """

    path: str
    name: str
    way: str
    label: Text
    about: str = ""
    required: bool = False
    is_written: bool = False
    values: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    inner: tuple[Field, ...] = ()
    further: tuple[Field, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    is_item: bool = False

    @property
    def value(self) -> str:
        """The only value, or the first."""
        return self.values[0] if self.values else ""

    @property
    def second(self) -> str:
        """The English of a text in both languages."""
        return self.values[1] if len(self.values) > 1 else ""

    @property
    def is_wide(self) -> bool:
        """Whether it takes the whole width: it holds other fields or a long text."""
        return self.way in (RECORD, ITEMS, NAMED, CHOICE, BOTH, YAML)

    @property
    def is_simple(self) -> bool:
        """Whether an empty one can be filled in at once."""
        return self.way in (TEXT, BOTH, YES_NO, WORD, WORDS)

    def every(self) -> Iterator[Field]:
        """This field and all within it."""
        yield self
        for one in (*self.inner, *self.further):
            yield from one.every()
