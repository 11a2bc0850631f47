"""The words of a quote or statement as the blocks of a DOCX take them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_WIDTHS = (6, 2, 2, 2)


def block_data(words: Mapping[str, Any]) -> dict[str, Any]:
    """What `quote.blocks` names, from the words that `quote.typ` takes: the same figures."""
    columns = [
        {"title": title, "width": width, "right": at > 0}
        for at, (title, width) in enumerate(zip(words["columns"], _WIDTHS, strict=True))
    ]
    rows = [
        [
            "\n".join(one for one in (line["title"], line["rule"]) if one),
            line["quantity"],
            line["price"],
            line["amount"],
        ]
        for line in words["lines"]
    ]
    remarks = words["remarks"]
    return {
        "head": words["head"],
        "lines": {"columns": columns, "rows": rows},
        "sums": [{"title": one["label"], "body": one["value"]} for one in words["sums"]],
        "total": _beside(words["total"]),
        "capitals": _beside(words["capitals"]),
        "source": words["source"],
        "remarks": [remarks] if remarks["body"] else [],
        "signatures": words["signatures"],
    }


def _beside(pair: Mapping[str, str]) -> str:
    return f"{pair['label']}  {pair['value']}" if pair["value"] else ""
