"""The JSON Schema of plan files: editors complete and check with it."""

from __future__ import annotations

from yinuo.planfile.amounts import UNIT_WORDS
from yinuo.planfile.anchors import FORMS as ANCHOR_FORMS
from yinuo.planfile.catalogue import records
from yinuo.planfile.clauses import KINDS
from yinuo.planfile.limits import FORMS as LIMIT_FORMS
from yinuo.planfile.periods import NAMED
from yinuo.planfile.shapes import CODE, Schema

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


def _shared() -> Schema:
    number = r"\d+(\.\d+)?"
    units = "|".join(sorted(UNIT_WORDS, key=len, reverse=True))
    amount = rf"^\s*{number}\s*((-|–|to)\s*{number}\s*)?({units})\s*$"
    value: Schema = {"type": ["string", "number", "boolean"]}
    values: Schema = {"anyOf": [value, {"type": "array", "items": value, "minItems": 1}]}
    bounds: Schema = {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": False,
        "properties": {"above": {"type": "number"}, "up_to": {"type": "number"}, "not": values},
    }
    fact: Schema = {"$ref": "#/$defs/code"}
    windows: Schema = {"type": ["string", "array"]}
    return {
        "code": {"type": "string", "pattern": f"^{CODE.pattern}$"},
        "text": {
            "anyOf": [
                {"type": ["string", "number"]},
                {
                    "type": "object",
                    "minProperties": 1,
                    "additionalProperties": False,
                    "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
                },
            ]
        },
        "amount": {"type": "string", "pattern": amount},
        "condition": {"type": "object", "additionalProperties": {"anyOf": [values, bounds]}},
        "limit": {"anyOf": [{"$ref": "#/$defs/amount"}, *_refs(LIMIT_FORMS)]},
        "anchor": {"anyOf": [fact, {"type": "array", "items": fact}, *_refs(ANCHOR_FORMS)]},
        "period": {
            "anyOf": [
                {"enum": list(NAMED)},
                {
                    "type": "object",
                    "minProperties": 1,
                    "maxProperties": 1,
                    "additionalProperties": False,
                    "properties": {"rolling": {"$ref": "#/$defs/amount"}, "seasons": values},
                },
            ]
        },
        "week": {"anyOf": [{"const": "7x24"}, {"type": "object", "additionalProperties": windows}]},
        "clause": {"anyOf": _refs(KINDS)},
    }


def _refs(forms: object) -> list[Schema]:
    assert isinstance(forms, dict)
    return [record.schema() for record in forms.values()]
