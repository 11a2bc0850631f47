"""Plans as plain documents for editing: mappings, lists and values, and back to YAML.

`read_document` and `write_document` keep the meaning: a plan written back has the same hash.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from yinuo.planfile.source import Node, read_nodes, read_text

_WHOLE = re.compile(r"-?(0|[1-9]\d{0,14})")
_DECIMAL = re.compile(r"-?\d{1,9}\.\d{1,6}")


def read_document(data: str | bytes, source: str = "plan") -> Any:
    """The document of a YAML text. PlanError when it is no plain YAML (see `read_nodes`).

    Plain whole and decimal numbers become numbers, `true` and `false` booleans, an empty value
    None; everything else, dates too, stays text.
    """
    text = data if isinstance(data, str) else read_text(data, source)
    return value_of(read_nodes(text, source))


def value_of(node: Node) -> Any:
    """A node as plain data, see `read_document`."""
    if node.kind == "map":
        return {key.text: value_of(value) for key, value in node.pairs}
    if node.kind == "list":
        return [value_of(item) for item in node.items]
    return _scalar(node)


def _scalar(node: Node) -> Any:
    if not node.is_plain:
        return node.text
    if node.is_null:
        return None
    if node.text in ("true", "false"):
        return node.text == "true"
    if _WHOLE.fullmatch(node.text):
        return int(node.text)
    return float(node.text) if _DECIMAL.fullmatch(node.text) else node.text


def write_document(document: Any) -> str:
    """YAML text of a document, keys in the order given, readable by `load_plan`."""
    text: str = yaml.dump(
        document,
        Dumper=yaml.CSafeDumper,
        default_flow_style=False,
        allow_unicode=True,
        width=100,
        sort_keys=False,
    )
    return text
