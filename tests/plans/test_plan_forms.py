"""Plans as forms: complete, the same meaning after editing, comments kept, findings in place."""

from __future__ import annotations

from pathlib import Path

import pytest

from yinuo.planfile import check_text
from yinuo.planfile.catalogue import records
from yinuo.planfile.chinese_keys import ABOUT
from yinuo.planfile.document import read_document
from yinuo.planfile.forms import Act, Field, Form, acted, plan_form
from yinuo.planfile.forms.labels import label_of
from yinuo.planfile.source import read_nodes
from yinuo.planfile.splicing import ABSENT, changed

PLANS = sorted((Path(__file__).resolve().parents[2] / "plans").glob("*.yaml"))
SINGLE = ("text", "both", "word", "yesno", "words", "yaml")
PLAN = """# ours
plan: small  # its code
title: {zh: 小方案, en: Small}
version: "1"
selectors:
  level: {values: [serious, general]}
clauses:
  # the first promise
  - id: respond
    promise: respond
    applies_to: {level: serious}
    start: reported
    end: responded
    limit: 30 minutes  # as the customer asked
  - {id: restore, promise: restore, start: reported, end: restored, limit: 2 days}
"""


def form_of(text: str, at: str) -> Form:
    return plan_form(read_nodes(text, "plan.yaml"), check_text(text).problems, at)


def field_at(text: str, path: str) -> Field:
    steps = path.split("/")
    at = "/".join(steps[:2]) if steps[0] == "clauses" else steps[0]
    # Where a way of writing is chosen, the entry below has the same path and bears the findings.
    return [one for one in form_of(text, at).field.every() if one.path == path][-1]


@pytest.mark.req("B-04")
@pytest.mark.parametrize("file", PLANS, ids=lambda file: file.stem)
def test_sending_every_field_as_shown_says_the_same(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    meaning = check_text(text).plan
    assert meaning is not None
    sent = 0
    for part in form_of(text, "head").parts[::9]:
        for field in form_of(text, part.at).field.every():
            if field.is_written and field.values and field.way in SINGLE:
                new = acted(text, Act("set", field.path, field.values))
                sent += 1
                if new != text:
                    plan = check_text(new).plan
                    assert plan is not None, field.path
                    assert plan.hash == meaning.hash, field.path
    assert sent > 10


@pytest.mark.parametrize("file", PLANS, ids=lambda file: file.stem)
def test_everything_written_is_in_the_form(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    root = read_nodes(text, "plan.yaml")
    clauses = root.get("clauses")
    assert clauses is not None
    for place, clause in enumerate(clauses.items):
        shown = {one.path for one in form_of(text, f"clauses/{place}").field.every()}
        missing = {f"clauses/{place}/{key.text}" for key, _ in clause.pairs} - shown
        assert missing <= {f"clauses/{place}/kind"}


def test_an_edit_keeps_the_comments() -> None:
    new = acted(PLAN, Act("set", "clauses/0/limit", ("20 minutes",)))
    assert new == PLAN.replace("limit: 30 minutes", "limit: 20 minutes")
    new = acted(PLAN, Act("set", "clauses/0/number", ("3.1",)))
    assert new.replace("    number: 3.1\n", "").replace("    number: '3.1'\n", "") == PLAN
    new = acted(PLAN, Act("set", "clauses/1/limit", ("",)))
    assert "# as the customer asked" in new
    assert "limit" not in read_document(new)["clauses"][1]


def test_a_value_of_a_flow_mapping_is_replaced_alone() -> None:
    new = acted(PLAN, Act("set", "title", ("小方案: 甲", "Small")))
    assert read_document(new)["title"] == {"zh": "小方案: 甲", "en": "Small"}
    assert new.count("#") == PLAN.count("#")


def test_a_wrong_word_is_told_at_its_field_with_line_and_column() -> None:
    new = acted(PLAN, Act("set", "clauses/0/end", ("respnded",)))
    field = field_at(new, "clauses/0/end")
    (problem,) = field.problems
    assert (problem.line, problem.column) == (13, 10)
    assert "responded" in problem.said("zh")
    part = next(one for one in form_of(new, "head").parts if one.at == "clauses/0")
    assert part.errors == 1


def test_what_is_missing_is_told_at_the_empty_field() -> None:
    new = acted(PLAN, Act("remove", "clauses/0/start"))
    assert [one.code for one in field_at(new, "clauses/0/start").problems] == ["missing_key"]


@pytest.mark.parametrize(
    "kind", ["deadline", "recurring", "coverage", "warranty", "level_change", "statement"]
)
def test_a_clause_of_each_kind_is_added_and_every_part_of_it_can_be(kind: str) -> None:
    text = acted(PLAN, Act("add", "clauses", (kind,)))
    assert check_text(text).plan is not None
    for field in form_of(text, "clauses/2").field.further:
        what = Act("add", field.path) if not field.is_simple else Act("set", field.path, ("1",))
        assert acted(text, what) != text, field.path


def test_a_snippet_that_is_no_yaml_stands_as_typed_and_is_told() -> None:
    text = acted(PLAN, Act("add", "calendars", ("office",)))
    new = acted(text, Act("set", "calendars/office/week", ("{mon: [",)))
    assert field_at(new, "calendars/office/week").values == ("{mon: [",)
    assert check_text(new).errors


@pytest.mark.parametrize(
    "act",
    [
        Act("set", "clauses/99/limit", ("1 hour",)),
        Act("set", "clauses/x", ("1",)),
        Act("remove", "nowhere/at/all"),
        Act("add", "title", ("x",)),
        Act("set", "/".join(["a"] * 100), ("x",)),
        Act("set", "", ("x",)),
        Act("fly", "title", ("x", "y")),
    ],
    ids=str,
)
def test_an_act_that_leads_nowhere_changes_no_meaning_it_should_not(act: Act) -> None:
    new = acted(PLAN, act)
    assert read_document(new)["clauses"] == read_document(PLAN)["clauses"]


def test_removing_the_first_key_of_an_item_keeps_the_item() -> None:
    new = changed(PLAN, ("clauses", "0", "id"), ABSENT)
    assert "  - promise: respond\n" in new
    assert new.count("#") == PLAN.count("#")


def test_every_key_says_in_chinese_what_it_means() -> None:
    keys = {name: key for one in records().values() for name, key in one.keys.items()}
    assert {key.about for key in keys.values()} - set(ABOUT) == set()
    assert {name for name in keys if label_of(name).zh == name} == set()
