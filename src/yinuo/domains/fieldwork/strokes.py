"""A signature drawn on the screen: points within a fixed frame, nothing else.

Only numbers come in and only numbers go out, so that what is shown is made by us (R55). The frame
is 900 units wide and 300 high, whatever the screen that it was drawn on.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from itertools import pairwise
from math import dist
from typing import Any

import orjson
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw

from yinuo.platform.errors import InvalidInput

WIDTH, HEIGHT = 900, 300
INK, PEN_WIDTH = "#1a2433", 5
MOST_STROKES = 200
MOST_POINTS = 6_000
LONGEST_TEXT = 150_000
# A slip of the finger is no signature: the line is at least this long.
SHORTEST_LINE = 120.0

Strokes = list[list[list[int]]]


def parsed_strokes(text: str) -> Strokes:
    """The strokes written in `text` as JSON, `[[[x, y], …], …]`.

    Raises InvalidInput for the field `strokes` when it is blank, malformed, outside the frame or
    larger than a hand draws.
    """
    if not text.strip():
        raise InvalidInput({"strokes": _("The signature is missing: sign in the box.")})
    if len(text) > LONGEST_TEXT:
        raise _unreadable()
    try:
        found = orjson.loads(text)
    except ValueError as error:
        raise _unreadable() from error
    return checked_strokes(found)


def checked_strokes(found: Any) -> Strokes:
    """The same strokes when they are a signature; InvalidInput for the field `strokes` if not."""
    if not isinstance(found, list) or len(found) > MOST_STROKES:
        raise _unreadable()
    if sum(len(stroke) if isinstance(stroke, list) else 1 for stroke in found) > MOST_POINTS:
        raise _unreadable()
    if not all(isinstance(stroke, list) and all(map(_is_point, stroke)) for stroke in found):
        raise _unreadable()
    if sum(map(_length, found)) < SHORTEST_LINE:
        raise InvalidInput({"strokes": _("The signature is missing: sign in the box.")})
    return [stroke for stroke in found if stroke]


def svg_path(strokes: Sequence[Sequence[Sequence[int]]]) -> str:
    """The `d` of an SVG path through the points; a single point becomes a dot.

    >>> svg_path([[[1, 2], [3, 4]], [[5, 6]]])
    'M1 2L3 4M5 6L5 6'
    """
    lines = []
    for first, *rest in strokes:
        points = "".join(f"L{x} {y}" for x, y in rest or [first])
        lines.append(f"M{first[0]} {first[1]}{points}")
    return "".join(lines)


def svg_image(strokes: Sequence[Sequence[Sequence[int]]]) -> str:
    """The signature as an SVG picture of its own, for documents."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<path d="{svg_path(strokes)}" fill="none" stroke="{INK}" stroke-width="{PEN_WIDTH}"'
        ' stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )


def png_image(strokes: Sequence[Sequence[Sequence[int]]]) -> bytes:
    """The signature as a PNG picture, for documents that take no SVG."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), "white")
    pen = ImageDraw.Draw(picture)
    for stroke in strokes:
        points = [(x, y) for x, y in stroke]
        pen.line(points * 2 if len(points) == 1 else points, INK, PEN_WIDTH, joint="curve")
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def _is_point(point: Any) -> bool:
    return (
        isinstance(point, list)
        and len(point) == 2
        and all(type(one) is int for one in point)
        and 0 <= point[0] <= WIDTH
        and 0 <= point[1] <= HEIGHT
    )


def _length(stroke: Sequence[Sequence[int]]) -> float:
    return sum(dist(a, b) for a, b in pairwise(stroke))


def _unreadable() -> InvalidInput:
    return InvalidInput({"strokes": _("The signature could not be read. Sign once more.")})
