"""Both languages are whole: nothing untranslated, doubtful, outdated, or written past the catalogue."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import polib
import pytest
from tools import messages

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "src" / "yinuo" / "surfaces").rglob("templates/**/*.html"))
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
# Names and keys that are the same in every language.
UNTRANSLATED = {"一诺", "Yinuo", "Ctrl", "Enter", "v"}


@pytest.fixture(scope="module", params=messages.LANGUAGES)
def catalogue(request: pytest.FixtureRequest) -> polib.POFile:
    return messages.read_catalogue(request.param)


@pytest.mark.req("B-81")
def test_every_entry_is_translated_and_none_is_doubtful(catalogue: polib.POFile) -> None:
    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []


@pytest.mark.req("B-81")
def test_the_catalogue_has_exactly_the_texts_of_the_sources(catalogue: polib.POFile) -> None:
    wanted = set(messages.collect().places)
    present = {messages.key(entry) for entry in catalogue}
    assert present - wanted == set()
    assert wanted - present == set()


@pytest.mark.req("B-81")
def test_no_source_calls_gettext_by_a_name_the_collector_does_not_know() -> None:
    known = messages.SINGULAR | messages.PLURAL | messages.IN_CONTEXT
    hidden = []
    for path in sorted((ROOT / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
                names = [one.asname for one in node.names if one.asname and "gettext" in one.name]
                hidden += [
                    (str(path.relative_to(ROOT)), name) for name in names if name not in known
                ]
    assert hidden == []


def test_translations_keep_the_placeholders(catalogue: polib.POFile) -> None:
    for entry in catalogue:
        forms = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
        expected = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        for form in forms:
            assert set(PLACEHOLDER.findall(form)) <= expected, entry.msgid
            if not entry.msgid_plural:
                assert set(PLACEHOLDER.findall(form)) == expected, entry.msgid


def test_chinese_texts_use_chinese_punctuation() -> None:
    half_width = re.compile(r"[\u4e00-\u9fff][,;:?!]|[,;:?!][\u4e00-\u9fff]")
    texts = [e.msgstr for e in messages.read_catalogue("zh_Hans")]
    assert [text for text in texts if half_width.search(text)] == []


BLOCK = re.compile(r"{%\s*(comment|blocktrans(?:late)?)\b.*?{%\s*end\1\s*%}", re.DOTALL)
TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
SPOKEN = re.compile(r"""(?:aria-label|title|placeholder|alt)\s*=\s*("[^"]*"|'[^']*')""")
WORD = re.compile(r"[A-Za-z\u4e00-\u9fff]+")


def bare_words(template: str) -> set[str]:
    """Words a reader would see or hear that no translate tag produced."""
    source = TAG.sub(" ", BLOCK.sub(" ", template))
    spoken = " ".join(SPOKEN.findall(source))
    seen = re.sub(r"&\w+;", " ", re.sub(r"<[^>]*>", " ", source))
    return set(WORD.findall(f"{seen} {spoken}")) - UNTRANSLATED


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_templates_say_nothing_past_the_catalogue(path: Path) -> None:
    assert bare_words(path.read_text(encoding="utf-8")) == set()


def test_a_bare_word_is_found() -> None:
    assert bare_words('<p title="Hello">{% translate "Fine" %} 你好</p>') == {"Hello", "你好"}
