"""Shapes: what may stand at a place of the file, how it is read, and its JSON Schema."""

from yinuo.planfile.shapes.reading import (
    CLAUSE_ID,
    CODE,
    BadValueError,
    Reader,
    Schema,
    Shape,
    scalar,
)
from yinuo.planfile.shapes.records import Key, Record, Values
from yinuo.planfile.shapes.values import (
    Bilingual,
    Known,
    ListOf,
    Number,
    String,
    Word,
    YesNo,
    number_in,
)

__all__ = [
    "CLAUSE_ID",
    "CODE",
    "BadValueError",
    "Bilingual",
    "Key",
    "Known",
    "ListOf",
    "Number",
    "Reader",
    "Record",
    "Schema",
    "Shape",
    "String",
    "Values",
    "Word",
    "YesNo",
    "number_in",
    "scalar",
]
