"""Lists in the documents that must be whole."""

from __future__ import annotations

import re
import tomllib

import pytest
from tests.structure.source import PACKAGE, ROOT

# Written by the product for its own child processes, or Django's names of settings.
NOT_FOR_DEPLOYERS = {"DATABASE_APPLICATION_ROLE"}
VARIABLE = re.compile(r"\b(?:YINUO_[A-Z_]+[A-Z]|DATABASE_(?:OWNER_)?URL)\b")


def read_by_the_product() -> set[str]:
    names: set[str] = set()
    for file in PACKAGE.rglob("*.py"):
        names |= set(VARIABLE.findall(file.read_text(encoding="utf-8")))
    return names - NOT_FOR_DEPLOYERS


def test_every_variable_is_documented_and_no_other() -> None:
    described = set(VARIABLE.findall((ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")))
    assert described == read_by_the_product()


def declared() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    return sorted({re.split(r"[\[<>=]", one)[0] for group in groups for one in group})


def spoken_of(name: str) -> list[str]:
    """A package under its own name or a shorter one that everybody uses."""
    short = name.removesuffix("-core-python").removesuffix("[compatible-mypy]")
    return [name, short, name.removesuffix("-python")]


@pytest.mark.parametrize("name", declared())
def test_every_dependency_has_a_line(name: str) -> None:
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    assert any(re.search(rf"(?<![\w-]){re.escape(one)}(?![\w-])", text) for one in spoken_of(name))
