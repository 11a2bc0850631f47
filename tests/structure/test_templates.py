"""What templates may not hold, because the content policy refuses it in the browser (R21)."""

from __future__ import annotations

import re
from importlib import import_module

import pytest
from tests.structure.source import PACKAGE, shown

TEMPLATES = sorted(PACKAGE.rglob("*.html"))
FORBIDDEN = {
    "an inline style": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an inline handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "htmx code in an attribute": re.compile(
        r"\b(data-)?hx-(on|vars)\b|\bjs:|javascript:", re.IGNORECASE
    ),
    "something from another host": re.compile(
        r"(src|href|action)\s*=\s*[\"']?(https?:)?//", re.IGNORECASE
    ),
    "text that is not escaped": re.compile(r"\|\s*safe\b|\{%\s*autoescape\s+off", re.IGNORECASE),
}
SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.IGNORECASE | re.DOTALL)


@pytest.mark.req("R21")
@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds(what: str) -> None:
    assert TEMPLATES
    found = [
        shown(file, text.count("\n", 0, hit.start()) + 1)
        for file in TEMPLATES
        for text in [file.read_text(encoding="utf-8")]
        for hit in FORBIDDEN[what].finditer(text)
    ]
    assert not found


@pytest.mark.req("R21")
def test_scripts_come_from_files_only() -> None:
    inline = [
        shown(file)
        for file in TEMPLATES
        for attributes, body in SCRIPT.findall(file.read_text(encoding="utf-8"))
        if body.strip() or "src" not in attributes
    ]
    assert not inline


@pytest.mark.parametrize("kind", ["filters", "tags"])
def test_no_two_libraries_of_the_back_office_give_one_name_to_two_things(kind: str) -> None:
    """A template that loads both would silently use the later one."""
    libraries = PACKAGE / "surfaces" / "console" / "templatetags"
    names = [file.stem for file in libraries.glob("*.py") if file.stem != "__init__"]
    owners: dict[str, list[str]] = {}
    for name in names:
        library = import_module(f"yinuo.surfaces.console.templatetags.{name}").register
        for word in getattr(library, kind):
            owners.setdefault(word, []).append(name)
    assert len(owners) > 10
    assert {word: files for word, files in owners.items() if len(files) > 1} == {}
