"""Plans nobody could keep, or nobody could read: `plan check` says where and why, in seconds."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from tests.plans.commands import plan_command

HEAD = """plan: trial
title: Trial
version: "1"
calendars:
  office: {week: {mon-fri: "09:00-18:00"}, holidays: china}
selectors:
  level: {values: [high, low]}
clauses:
"""
FIRST = HEAD.count("\n") + 1
RESPOND = """  - id: respond
    promise: respond
    start: reported
    end: responded
    limit: 4 hours
"""


def check(tmp_path: Path, text: str | bytes) -> tuple[int, list[dict[str, Any]]]:
    path = tmp_path / "plan.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    began = time.monotonic()
    ran = plan_command("check", path, "--json")
    assert time.monotonic() - began < 5
    (found,) = ran.data["files"]
    assert found["ok"] is (ran.status == 0)
    return ran.status, [one for one in found["problems"] if one["severity"] == "error"]


def changed(old: str, new: str) -> str:
    assert old in RESPOND
    return HEAD + RESPOND.replace(old, new)


def with_remedy(text: str) -> str:
    return HEAD + RESPOND + f"    remedies:\n      - {text}\n"


def test_the_plan_the_bad_ones_are_made_from_is_good(tmp_path):
    assert check(tmp_path, HEAD + RESPOND) == (0, [])


@pytest.mark.req("B-01")
@pytest.mark.parametrize(
    ("text", "line", "code", "says"),
    [
        # calendars
        (HEAD.replace('{mon-fri: "09:00-18:00"}', "{mon-fri: closed}") + RESPOND, 5, None, "office"),
        (HEAD.replace("09:00-18:00", "18:00-18:00") + RESPOND, 5, None, "18:00"),
        (HEAD.replace("09:00-18:00", "9-18") + RESPOND, 5, "bad_window", "08:30"),
        (HEAD.replace("holidays: china", "holidays: chna") + RESPOND, 5, "unknown_word", "china"),
        (changed("4 hours", "4 hours\n    calendar: offce"), FIRST + 5, "unknown_name", "office"),
        # limits
        (changed("4 hours", "0 hours"), FIRST + 4, "zero_limit", "more"),
        (changed("4 hours", "-4 hours"), FIRST + 4, "bad_amount", "-4 hours"),
        (changed("4 hours", "4 hors"), FIRST + 4, "unknown_unit", "hours"),
        (changed("4 hours", "4"), FIRST + 4, "no_unit", "unit"),
        (changed("4 hours", "nan hours"), FIRST + 4, "bad_amount", "nan"),
        (changed("4 hours", "8-4 hours"), FIRST + 4, "bad_range", "smaller"),
        (changed("4 hours", "1.5 working days"), FIRST + 4, "bad_amount", "whole"),
        (changed("4 hours", "900 years"), FIRST + 4, "too_long", "200 years"),
        (changed("4 hours", "2 working days"), FIRST + 4, "no_calendar", "calendar"),
        (changed("4 hours", "{parameter: hours}"), FIRST + 4, "unknown_name", "parameter"),
        (changed("4 hours", "{summ: [1 hour, 2 hours]}"), FIRST + 4, "unknown_key", "sum"),
        (with_remedy("penalty: {amount: 5, per_started: 1 working day}"), FIRST, "no_calendar", "calendar"),
        (changed("4 hours", "4 hours\n    stops: [{reason: safety, budget: 2 working days}]"), FIRST + 5, "no_calendar", "calendar"),
        # words
        (changed("    start:", "    strat:"), FIRST + 2, "unknown_key", '"start"'),
        (changed("promise: respond", "promise: respnd"), FIRST + 1, "unknown_word", '"respond"'),
        (changed("start: reported", "start: reportd"), FIRST + 2, "unknown_word", '"reported"'),
        (changed("4 hours", "4 hours\n    applies_to: {levl: high}"), FIRST + 5, "unknown_selector", "level"),
        (changed("4 hours", "4 hours\n    applies_to: {level: hgh}"), FIRST + 5, "unknown_value", "high"),
        (changed("    end: responded\n", ""), FIRST, "missing_key", '"end"'),
        (changed("- id:", "- kind: deadlin\n    id:"), FIRST, "unknown_word", "deadline"),
        # clauses against each other
        (HEAD + RESPOND + RESPOND, FIRST + 5, "duplicate_id", "respond"),
        (HEAD + RESPOND + RESPOND.replace("id: respond", "id: other"), FIRST + 5, "tie", "rank"),
        (changed("start: reported", "start: {clause: nobody, outcome: met}"), FIRST + 2, "unknown_name", "nobody"),
        # money
        (with_remedy("penalty: {percent: 1 %}"), FIRST + 6, "no_base", "base"),
        (with_remedy("penalty: {percent: 1 %, of: contract.totl}"), FIRST + 6, "unknown_word", "total"),
        (with_remedy("penalty: {percent: 0 %, of: contract.total}"), FIRST + 6, "bad_value", "above 0"),
        (with_remedy("penalty: {amount: 5, percent: 1 %, of: contract.total}"), FIRST + 6, "one_of", "exactly one"),
        (with_remedy("{penalty: {percent: 1 %, of: contract.total}, cap: {percent: 120 %, of: contract.total}}"), FIRST + 6, "cap_above_base", "100 %"),
        (with_remedy("{penalty: {amount: 500}, cap: {amount: 100}}"), FIRST + 6, "cap_below_step", "single step"),
        (with_remedy("{penalty: {amount: 500}, grant: refund}"), FIRST + 6, "one_of", "together"),
        # the file
        ("", 1, "empty_file", "empty"),
        ("[1, 2]", 1, "wrong_type", "key: value"),
        (HEAD.replace("title: Trial", "title: Trial\ntitle: Again") + RESPOND, 3, "duplicate_key", "twice"),
        (HEAD.replace("plan: trial", "plan: &a trial") + RESPOND, 1, "alias", "anchors"),
        (HEAD.replace("Trial", "!!python/object:os.system Trial") + RESPOND, 2, "tag", "tags"),
        (HEAD + RESPOND + "---\nplan: second\n", FIRST + 5, "several_documents", "one document"),
        (HEAD.replace("title: Trial", "title: [Trial") + RESPOND, None, "not_yaml", "YAML"),
        (HEAD.replace("title: Trial", "title: Tri\x00al") + RESPOND, 2, "not_yaml", ""),
        ((HEAD + RESPOND).encode().replace(b"Trial", "试用".encode("gb18030")), 2, "not_utf8", "UTF-8"),
        ((HEAD + RESPOND).encode("utf-16"), 1, "not_utf8", "UTF-8"),
        (HEAD.replace("plan: trial", "plan: Not A Code") + RESPOND, 1, "bad_value", "Not A Code"),
        (HEAD.replace("version", "timezone: Asia/Shanghay\nversion") + RESPOND, 3, "unknown_zone", "Shanghay"),
    ],
)  # fmt: skip
def test_a_mistake_is_refused_at_its_place_with_its_reason(tmp_path, text, line, code, says):
    status, errors = check(tmp_path, text)
    assert status == 1
    first = errors[0]
    assert line in (None, first["line"]), first
    assert code in (None, first["code"]), first
    assert says in first["message"], first
    assert len(errors) == 1, errors


def test_promises_that_wait_for_each_other_are_refused_with_both_names(tmp_path):
    text = HEAD + "".join(
        f"  - id: {one}\n    promise: other\n    slot: {one}\n"
        f"    start: {{clause: {two}, outcome: missed}}\n    end: restored\n    limit: 1 hour\n"
        for one, two in (("first", "second"), ("second", "first"))
    )
    status, errors = check(tmp_path, text)
    assert status == 1
    assert [one["line"] for one in errors] == [FIRST + 3, FIRST + 9]
    assert all(one["code"] == "circular" and "first, second" in one["message"] for one in errors)


def test_every_mistake_is_told_at_once_and_in_order(tmp_path):
    text = HEAD + RESPOND.replace("4 hours", "0 hours").replace("responded", "respondd")
    status, errors = check(tmp_path, text.replace("holidays: china", "holiday: china"))
    assert status == 1
    assert [one["line"] for one in errors] == [5, FIRST + 3, FIRST + 4]


@pytest.mark.parametrize(
    "selector",
    ["{type: covered}", "{type: covered, clause: nobody}", "{type: within}", "{type: done}",
     "{type: done, facts: visited, in: {seasons: [autumn]}}", "{type: working_day, calendar: nix}"],
)  # fmt: skip
def test_a_computed_selector_without_what_it_asks_is_refused(tmp_path, selector):
    head = HEAD.replace("  level:", f"  asked: {selector}\n  level:")
    status, errors = check(tmp_path, head + RESPOND + "    applies_to: {asked: yes}\n")
    assert status == 1
    assert {one["line"] for one in errors} == {7}


def bomb() -> str:
    """Nine levels of ten references each: a thousand million when anything expands them."""
    levels = [
        f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]" for level in range(1, 10)
    ]
    return "\n".join(['a0: &a0 ["lol"]', *levels])


def many_clauses(number: int) -> str:
    return HEAD + "".join(RESPOND.replace("id: respond", f"id: respond{n}") for n in range(number))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (bomb(), "alias"),
        (many_clauses(10_000), None),
        (HEAD + "  - " + "[" * 5_000, None),
        (HEAD + "  - " + "{a: " * 5_000, None),
        (HEAD + RESPOND + "    number: " + "9" * 600_000, "too_large"),
        (HEAD + RESPOND.replace("4 hours", "9" * 100_000 + " hours"), None),
        (HEAD + "".join(f"    k{n}: v\n" for n in range(20_000)), None),
        (HEAD.replace("level", "level: {values: [" + ",".join(f"v{n}" for n in range(900)) + "]}\n  other") + RESPOND, ""),
        (many_clauses(900), "tie"),
        ("? " * 3_000, None),
        ("- " * 3_000, None),
        ("'" * 3_001, None),
        ("%YAML 9.9\n---\na: b", None),
    ],
    ids=["bomb", "10000-clauses", "deep-lists", "deep-maps", "huge", "long-number",
         "many-keys", "many-values", "900-ties", "questions", "dashes", "quotes", "directive"],
)  # fmt: skip
def test_a_file_made_to_hurt_is_answered_within_seconds(tmp_path, text, code):
    status, errors = check(tmp_path, text)
    if code == "":
        assert status == 0
        return
    assert status == 1
    assert errors
    assert code in (None, errors[0]["code"])
    assert all(len(one["message"]) < 500 for one in errors)


def test_the_command_prints_place_reason_and_advice_in_one_line(tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_text(changed("start: reported", "start: reportd"))
    ran = plan_command("check", path, "--language", "en")
    assert ran.status == 1
    assert ran.out.splitlines()[0] == (
        f'{path}:{FIRST + 2}:12: error: start: "reportd" is not a fact kind; '
        'did you mean "reported"? [respond] (unknown_word)'
    )


@pytest.mark.parametrize(
    "arguments",
    [[], ["check"], ["evaluate", "x.yaml"], ["nonsense"], ["check", "/no/such/file.yaml"],
     ["due", "x.yaml", "--from", "yesterday"], ["show", "."]],
)  # fmt: skip
def test_a_wrong_call_is_status_2_and_says_so(arguments):
    ran = plan_command(*arguments)
    assert ran.status == 2
    assert ran.err
    assert "Traceback" not in ran.err


MEASURE = """  - id: uptime
    kind: measure
    figure: availability
    facts: outage_began
    until: outage_ended
    period: month
    target: {at_least: 99}
"""


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ("    good: {filled: yes}\n", "one_of"),
        ("    out_of: installed\n", "one_of"),
        ("    confirm_within: 5 days\n", "missing_key"),
        ("    weights: [{when: {degree: half}}]\n", "one_of"),
        ("    weights: [{percent: half}]\n", "wrong_type"),
        ("    planned: {facts: work_planned, begins: starts_at}\n", "missing_key"),
        ("    planned: {facts: work_planned, begins: starts_at, ends: ends_at, announced: 2 working days}\n", "no_calendar"),
        ("    planned: {facts: work_planned, begins: starts_at, ends: ends_at, at_most: 0 hours}\n", "zero_limit"),
        ("    confirmed_by: nobody\n", "unknown_word"),
        ("    exempt: []\n", "empty_list"),
        ("    remedies: [{bonus: {percent: 1 %}}]\n", "no_base"),
        ("    remedies: [{bonus: {amount: 5}, penalty: {amount: 5}}]\n", "one_of"),
        ("    remedies: [{penalty: {amount: 5, per_short: 0}}]\n", "bad_value"),
        ("    remedies: [{penalty: {share: 1/0, of: contract.total}}]\n", "wrong_type"),
    ],
)  # fmt: skip
def test_a_measure_that_cannot_be_worked_out_is_refused(tmp_path, more, code):
    assert check(tmp_path, HEAD + MEASURE) == (0, [])
    status, errors = check(tmp_path, HEAD + MEASURE + more)
    assert (status, [one["code"] for one in errors]) == (1, [code])
    assert errors[0]["line"] > HEAD.count("\n")


@pytest.mark.parametrize(
    "versions",
    ["[{from: 2026-07-01, week: {mon: closed}}]", "[{from: someday, week: 7x24}]",
     "[{from: 2026-07-01, week: 7x24}, {from: 2026-07-01, week: 7x24}]", "[{week: 7x24}]"],
)  # fmt: skip
def test_a_calendar_version_that_cannot_hold_is_refused(tmp_path, versions):
    head = HEAD.replace("holidays: china}", f"holidays: china, versions: {versions}}}")
    status, errors = check(tmp_path, head + RESPOND)
    assert status == 1
    assert [one["line"] for one in errors] == [5]
