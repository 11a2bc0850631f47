"""The JSON Schema of plan files: editors complete and check with it."""

from __future__ import annotations

from collections.abc import Mapping

from yinuo.planfile.amounts import UNIT_WORDS
from yinuo.planfile.anchors import FORMS as ANCHOR_FORMS
from yinuo.planfile.catalogue import records
from yinuo.planfile.clauses import KINDS
from yinuo.planfile.limits import FORMS as LIMIT_FORMS
from yinuo.planfile.periods import NAMED
from yinuo.planfile.shapes import CODE, Record, Schema

SCHEMA_ID = "urn:yinuo:plan:1"


def plan_schema() -> Schema:
    """JSON Schema (draft 2020-12) of a plan file. Names the plan declares are not checked."""
    table = records()
    definitions: Schema = {
        name: record.definition() for name, record in table.items() if name != "plan"
    }
    definitions.update(_shared())
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "Yinuo service plan",
        **table["plan"].definition(),
        "$defs": definitions,
    }


_VALUE: Schema = {"type": ["string", "number", "boolean"]}
_VALUES: Schema = {"anyOf": [_VALUE, {"type": "array", "items": _VALUE, "minItems": 1}]}
_FACT: Schema = {"$ref": "#/$defs/code"}
_NUMBER: Schema = {"type": "number"}


def _shared() -> Schema:
    text = _mapping({"zh": {"type": "string"}, "en": {"type": "string"}})
    ends = ("above", "at_least", "up_to", "below")
    bounds = _mapping({**dict.fromkeys(ends, _NUMBER), "not": _VALUES})
    windows: Schema = {"type": ["string", "array"]}
    return {
        "code": {"type": "string", "pattern": f"^{CODE.pattern}$"},
        "text": {"anyOf": [{"type": ["string", "number"]}, text]},
        "amount": {"type": "string", "pattern": _amount_pattern()},
        "condition": {"type": "object", "additionalProperties": {"anyOf": [_VALUES, bounds]}},
        "limit": {"anyOf": [{"$ref": "#/$defs/amount"}, *_refs(LIMIT_FORMS)]},
        "anchor": {"anyOf": [_FACT, {"type": "array", "items": _FACT}, *_refs(ANCHOR_FORMS)]},
        "period": {"anyOf": [{"enum": list(NAMED)}, _mapping(_LONG_PERIODS, most=1)]},
        "week": {"anyOf": [{"const": "7x24"}, {"type": "object", "additionalProperties": windows}]},
        "clause": _clause(),
    }


_LONG_PERIODS: Schema = {"rolling": {"$ref": "#/$defs/amount"}, "seasons": _VALUES}


def _mapping(properties: Schema, most: int | None = None) -> Schema:
    made: Schema = {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": False,
        "properties": properties,
    }
    return made if most is None else {**made, "maxProperties": most}


def _amount_pattern() -> str:
    number = r"\d+(\.\d+)?"
    units = "|".join(sorted(UNIT_WORDS, key=len, reverse=True))
    return rf"^\s*{number}\s*((-|–|to)\s*{number}\s*)?({units})\s*$"


def _clause() -> Schema:
    """The clause of the kind written, so that editors show the errors of that kind alone."""
    cases: list[Schema] = [
        {"if": {"required": ["kind"], "properties": {"kind": {"const": kind}}}, "then": form}
        for kind, form in zip(KINDS, _refs(KINDS), strict=True)
    ]
    plain: Schema = {"if": {"not": {"required": ["kind"]}}, "then": KINDS["deadline"].schema()}
    return {
        "type": "object",
        "properties": {"kind": {"enum": list(KINDS)}},
        "allOf": [*cases, plain],
    }


def _refs(forms: Mapping[str, Record]) -> list[Schema]:
    return [record.schema() for record in forms.values()]
