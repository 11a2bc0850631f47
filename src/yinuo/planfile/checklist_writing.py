"""A typed checklist as a YAML file, for the builder: reading it gives the same checklist."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import yaml

from yinuo.kernel.checklists import Checklist, Item, Option, Section
from yinuo.kernel.plan.text import Text

WIDTH = 100
# Decimal places where a file says nothing.
USUAL_PLACES = 2
Bounds = tuple[Decimal | None, Decimal | None]


def written(checklist: Checklist) -> str:
    """The file of a checklist. Remarks of an earlier file are not in it."""
    content = {
        "checklist": checklist.code,
        "title": _text(checklist.title),
        **({"note": _text(checklist.note)} if checklist.note else {}),
        "sections": [_section(one) for one in checklist.sections],
    }
    return str(yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=WIDTH))


def _section(section: Section) -> dict[str, Any]:
    return {
        "code": section.code,
        "title": _text(section.title),
        **({"asset_classes": list(section.asset_classes)} if section.asset_classes else {}),
        "items": [_item(one) for one in section.items],
    }


def _item(item: Item) -> dict[str, Any]:
    """What differs from what a line says when it says nothing."""
    rest: dict[str, Any] = {
        "required": None if item.required else "no",
        "fails_on": item.fails_on,
        "options": [_option(one) for one in item.options],
        "unit": _text(item.unit) if item.unit else None,
        "normal": _bounds(item.normal),
        "possible": _bounds(item.possible),
        "places": None if item.places == USUAL_PLACES else item.places,
        "counts": [one.value for one in item.counts],
        "when": {"item": item.when.item, "is": list(item.when.words)} if item.when else None,
        "follow_up": _text(item.follow_up) if item.follow_up else None,
    }
    said = {name: value for name, value in rest.items() if value not in (None, "", [], {})}
    return {"code": item.code, "kind": item.kind.value, "title": _text(item.title), **said}


def _option(option: Option) -> dict[str, Any]:
    fails = {"fails": "yes"} if option.fails else {}
    return {"code": option.code, "title": _text(option.title), **fails}


def _bounds(bounds: Bounds) -> dict[str, str]:
    named = zip(("from", "to"), bounds, strict=True)
    return {name: str(one) for name, one in named if one is not None}


def _text(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
