"""The product's list of requirements is the whole catalogue."""

from __future__ import annotations

import re

import pytest
from tools.requirements import CATALOGUE, catalogue

SHARED = CATALOGUE.parents[2] / "shared"
_DEFINED = re.compile(
    r"(?:^|\s|\*)\**((?:BP|SG|LV|SV|MS|SA|B)-\d+)\b[^\n]*?\*\*|^- ([RG]\d\d) ", re.MULTILINE
)


@pytest.mark.skipif(
    not SHARED.is_dir(), reason="the requirement pages are not beside this checkout"
)
def test_every_requirement_of_the_pages_is_listed():
    pages = [*SHARED.glob("requirements/*.md"), SHARED / "design" / "reliability.md"]
    defined = {
        first or second
        for page in pages
        for first, second in _DEFINED.findall(page.read_text(encoding="utf-8"))
    }
    assert len(defined) > 150
    assert defined <= set(catalogue())


def test_no_requirement_is_listed_twice():
    lines = re.findall(r"^- \*\*(\S+)\*\*", CATALOGUE.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(lines) == len(set(lines)) == len(catalogue())
