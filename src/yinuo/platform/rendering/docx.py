"""`render_docx`: the same data as the PDF's become a DOCX that people can work on.

A template is a text file beside the code that knows what the document is about. Each line names a
block and where its content is in the data: `fields customer.rows`; `house` are the words around
it. The blocks are the methods of `docx_child.Sheet`. There is nothing in it to be evaluated, so it
may be edited by anybody (R22).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unicodedata import category

from yinuo.platform.rendering.pdf import AT_ONCE, House, made_by, pictures_of, words_of

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Cn"})


def render_docx(
    template: Path,
    data: Mapping[str, Any],
    *,
    house: House,
    pictures: Mapping[str, bytes] | None = None,
) -> bytes:
    """The DOCX of `data` by a template of blocks, in the house style.

    `data` is JSON-like; `pictures` are PNG or JPEG. The same input gives the same bytes.
    Invisible characters are left out, as in the PDF. Raises RenderingFailed, for a picture of
    another form and for a template whose block or content does not exist too.
    """
    order = {
        "source": template.read_text("utf-8"),
        "data": _visible(data),
        "house": _visible(words_of(house)),
        "pictures": pictures_of(house, pictures),
        "made_at": int(house.made_at.timestamp()),
    }
    with AT_ONCE, TemporaryDirectory(prefix="yinuo-document-") as nothing:
        return made_by("docx_child.py", json.dumps(order).encode(), nothing)


def _visible(value: Any) -> Any:
    """The same JSON-like value without characters that could turn a line around, or that XML
    does not allow."""
    if isinstance(value, str):
        text = value.replace("\r\n", "\n").replace("\r", "\n")
        return "".join(one for one in text if one in "\n\t" or category(one) not in _INVISIBLE)
    if isinstance(value, Mapping):
        return {name: _visible(one) for name, one in value.items()}
    if isinstance(value, Sequence):
        return [_visible(one) for one in value]
    return value
