"""The product's own source as syntax trees and texts."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "yinuo"
# From the top: an upper domain may know a lower one.
DOMAINS = (
    "appraisal",
    "devices",
    "prevention",
    "trainings",
    "feedback",
    "campaigns",
    "billing",
    "routing",
    "dispatch",
    "oncall",
    "relocations",
    "software",
    "goods",
    "repairs",
    "parts",
    "checklists",
    "fieldwork",
    "emergency",
    "requests",
    "obligations",
    "breaches",
    "imports",
    "contracts",
    "assets",
    "customers",
    "notices",
    "document_templates",
    "network",
)


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def python_files(*below: str) -> list[Path]:
    """Our Python files, migrations aside; of one part of the package when it is named."""
    folder = PACKAGE.joinpath(*below)
    return sorted(file for file in folder.rglob("*.py") if "migrations" not in file.parts)


def functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def shown(file: Path, line: int = 0) -> str:
    """Where to look, as an editor opens it."""
    return f"{file.relative_to(ROOT)}:{line}" if line else str(file.relative_to(ROOT))


def uses_of_objects(file: Path) -> list[tuple[str, int]]:
    """`(model, line)` of every `Model.objects` in a file."""
    return [
        (ast.unparse(node.value), node.lineno)
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager")
    ]
