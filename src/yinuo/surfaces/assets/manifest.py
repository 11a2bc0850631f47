"""What Vite built: which hashed files belong to a surface, and the shapes of the icons."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DIST = Path(__file__).resolve().parent / "dist"


class AssetsMissingError(RuntimeError):
    """The assets are not built, or do not know what a template asks for."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The files of one surface, as paths below the static address."""

    script: str
    styles: tuple[str, ...]


def _read(name: str) -> Any:
    try:
        return json.loads((DIST / name).read_text())
    except FileNotFoundError as error:
        raise AssetsMissingError("Build the assets first: make assets") from error


@cache
def entry(surface: str) -> Entry:
    """The files of a surface, for example `console`. Errors: AssetsMissingError."""
    built = _read("manifest.json").get(f"src/{surface}/main.ts")
    if built is None:
        raise AssetsMissingError(f"No surface {surface!r} among the built assets")
    return Entry(script=built["file"], styles=tuple(built.get("css", ())))


@cache
def parts(surface: str) -> tuple[str, ...]:
    """Every file that the script of a surface loads at once or later, itself and its styles first.

    Errors: AssetsMissingError.
    """
    entered = entry(surface)
    built = _read("manifest.json")
    found = dict.fromkeys((entered.script, *entered.styles))
    left = _loaded_by(built[f"src/{surface}/main.ts"])
    while left:
        one = built[left.pop()]
        if one["file"] not in found:
            found |= dict.fromkeys((one["file"], *one.get("css", ())))
            left += _loaded_by(one)
    return tuple(found)


def _loaded_by(part: dict[str, Any]) -> list[str]:
    return [*part.get("imports", ()), *part.get("dynamicImports", ())]


@cache
def built_file(source: str) -> str:
    """What a source named among the entries became. Errors: AssetsMissingError."""
    built = _read("manifest.json").get(source)
    if built is None:
        raise AssetsMissingError(f"No entry {source!r} among the built assets")
    return str(built["file"])


@cache
def _shapes() -> dict[str, str]:
    shapes: dict[str, str] = _read("icons.json")
    return shapes


def icon_shape(name: str) -> str:
    """The inner SVG of an icon named in frontend/icons.txt. Errors: AssetsMissingError."""
    try:
        return _shapes()[name]
    except KeyError as error:
        raise AssetsMissingError(f"Add the icon {name!r} to frontend/icons.txt") from error
