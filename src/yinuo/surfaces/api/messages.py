"""What is wrong with a field, in the reader's language, instead of the validator's own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from yinuo.surfaces.api.inputs import OWN_MESSAGE

MOST_FIELDS = 30
LONGEST_NAME = 80
# Where a value stood: its source and the parameter ninja wraps the whole body in.
_SOURCES = frozenset({"body", "query", "path", "header"})
_WRAPPERS = frozenset({"data", "filters"})


def fields_of(errors: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Field name to message; nested fields are written `phones.2`. At most 30 are named."""
    fields: dict[str, str] = {}
    for error in errors:
        if len(fields) == MOST_FIELDS:
            break
        fields.setdefault(_name(error["loc"]), _message(error))
    return fields


def _name(location: Iterable[Any]) -> str:
    parts = [str(part) for part in location]
    if parts and parts[0] in _SOURCES:
        parts = parts[1:]
    if parts and parts[0] in _WRAPPERS:
        parts = parts[1:]
    return ".".join(parts)[:LONGEST_NAME] or "body"


def _message(error: Mapping[str, Any]) -> str:
    kind: str = error["type"]
    given: Mapping[str, Any] = error.get("ctx") or {}
    if kind == OWN_MESSAGE:
        return str(given["message"])
    if kind == "string_too_long":
        return _("Use at most %(most)d characters.") % {"most": given["max_length"]}
    if kind in {"too_long", "dict_too_long"}:
        return _("Give at most %(most)d entries.") % {"most": given["max_length"]}
    if kind in {"literal_error", "enum"}:
        return _("Choose one of: %(words)s.") % {"words": given.get("expected", "")}
    return _fixed(kind)


def _fixed(kind: str) -> str:
    texts = {
        "missing": _("This field is needed."),
        "extra_forbidden": _("There is no such field."),
        "string_too_short": _("This must not be empty."),
        "string_pattern_mismatch": _("This text has a character that cannot be stored."),
        "string_type": _("Give a text."),
        "bool_type": _("Give true or false."),
        "list_type": _("Give a list."),
        "dict_type": _("Give an object."),
        "model_type": _("Give an object."),
        "model_attributes_type": _("Give an object."),
        "greater_than_equal": _("This number is too small."),
        "less_than_equal": _("This number is too large."),
    }
    if kind.startswith("uuid"):
        return _("This is not an id.")
    if kind.startswith("int"):
        return _("Give a whole number.")
    if kind.startswith("decimal"):
        return _('Give the amount as text, such as "1250.00".')
    return texts.get(kind) or _("This value is not accepted.")
