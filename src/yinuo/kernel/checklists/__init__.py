"""Checklists as data: what is asked, what an answer must be, and what it says about the thing.

Pure: no texts for people but the template's own, no clock, no storage.
"""

from yinuo.kernel.checklists.answers import AnswerError, checked_answer
from yinuo.kernel.checklists.judging import Standing, asked_items, standing_of
from yinuo.kernel.checklists.template import (
    Checklist,
    ChecklistError,
    Condition,
    CountWord,
    Item,
    ItemKind,
    Option,
    Section,
)

__all__ = [
    "AnswerError",
    "Checklist",
    "ChecklistError",
    "Condition",
    "CountWord",
    "Item",
    "ItemKind",
    "Option",
    "Section",
    "Standing",
    "asked_items",
    "checked_answer",
    "standing_of",
]
