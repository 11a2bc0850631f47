"""What is wrong with the items of a quote, item by item and field by field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from yinuo.kernel.plan.text import Text


@dataclass(frozen=True, slots=True)
class ItemProblem:
    """One finding: the item's place from 0, the field, a stable code, and words."""

    item: int
    field: str
    code: str
    words: Text


class PricingError(ValueError):
    """Items that cannot be priced; `problems` holds every finding."""

    def __init__(self, problems: Iterable[ItemProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"item {one.item + 1}: {one.words.en}" for one in self.problems))


class PriceListError(ValueError):
    """A price list that contradicts itself.

    `entry` is the code of the entry, `key` its part; `template` and `values` make the message, so
    that it can be said in another language.
    """

    def __init__(self, entry: str, key: str, code: str, template: str, **values: str) -> None:
        self.entry, self.key, self.code = entry, key, code
        self.template, self.values = template, values
        super().__init__(template.format(**values))
