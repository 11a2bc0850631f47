"""Every sentence of `plan check` is said in Chinese and in English."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from tests.plans.commands import plan_command

from yinuo.planfile import check_text
from yinuo.planfile.catalogue import records
from yinuo.planfile.chinese import CALENDARS, PHRASES, SENTENCES
from yinuo.planfile.messages import Message, in_chinese

SOURCES = sorted((Path(__file__).parents[2] / "src/yinuo/planfile").glob("*.py"))
TELLERS = {
    "BadValueError",
    "error",
    "say",
    "_report",
    "_at",
    "_error",
    "_RefusedError",
    "_WrongError",
}
NAMERS = {"String", "Word", "Known", "scalar", "NamedShape"}
SIGNS = re.compile(r"[㐀-鿿]")


def calls(names: set[str]) -> list[tuple[str, ast.Call]]:
    return [
        (path.name, node)
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in names
    ]


def texts(call: ast.Call) -> list[str]:
    return [
        one.value
        for one in call.args
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and " " in one.value
    ]


def templates() -> list[str]:
    return [
        str(call.args[0].value)
        for _, call in calls({"Message"})
        if call.args and isinstance(call.args[0], ast.Constant)
    ]


def test_every_sentence_has_its_chinese():
    said = {text for _, call in calls(TELLERS) for text in texts(call)} | set(templates())
    assert len(said) > 120
    assert {text for text in said if text not in SENTENCES} == set()


def test_every_name_in_a_sentence_has_its_chinese():
    named = {text for _, call in calls(NAMERS) for text in texts(call)}
    named |= {record.name for record in records().values()}
    assert {text for text in named if text not in PHRASES} == set()


def test_no_sentence_is_built_where_no_one_can_translate_it():
    built = [
        (name, ast.unparse(call))
        for name, call in calls(TELLERS | {"Problem"})
        if any(isinstance(one, ast.JoinedStr) for one in call.args)
    ]
    assert [one for one in built if one[0] != "reports.py"] == []


@pytest.mark.parametrize("table", [SENTENCES, PHRASES, CALENDARS])
def test_the_chinese_is_chinese_and_keeps_every_value(table):
    for english, chinese in table.items():
        assert SIGNS.search(chinese) or set(english) <= set('{}: "keybadwht'), english
        assert set(re.findall(r"\{(\w+)\}", chinese)) == set(re.findall(r"\{(\w+)\}", english))
        assert not re.search(r"[㐀-鿿],|,[㐀-鿿]", chinese), chinese


def test_a_message_within_a_message_is_said_in_chinese_too():
    hint = Message('; did you mean "{near}"?', near="reported")
    inner = Message('"{text}" is not {what}{hint}', text="reportd", what="a fact kind", hint=hint)
    outer = Message("{key}: {bad}", key="start", bad=inner)
    assert outer == 'start: "reportd" is not a fact kind; did you mean "reported"?'
    assert in_chinese(outer) == "start：“reportd”不是事件种类；是不是“reported”？"


BAD = """plan: trial
title: 试用
version: "1"
calendars:
  office: {week: {mon: closed}}
clauses:
  - {id: a, promise: respond, start: reportd, end: responded, limit: 0 hours}
"""


def test_a_bad_plan_is_told_in_both_languages():
    found = check_text(BAD).errors
    assert [one.said("en") for one in found] == [
        "calendar 'office' never opens",
        'start: "reportd" is not a fact kind; did you mean "reported"?',
        "limit: a limit of 0 can never be kept; it must be more",
    ]
    assert [one.said("zh-hans") for one in found] == [
        "这个日历从不开放，至少要有一个时间窗",
        "start：“reportd”不是事件种类；是不是“reported”？",
        "limit：时限为 0 不可能兑现，必须大于 0",
    ]


def test_the_command_prints_the_language_asked_for_and_json_holds_both(tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_text(BAD, encoding="utf-8")
    chinese = plan_command("check", path).out.splitlines()
    assert chinese[1].endswith(
        "错误: start：“reportd”不是事件种类；是不是“reported”？ [a] (unknown_word)"
    )
    assert chinese[-1].endswith("错误 3 处，警告 0 处")
    english = plan_command("check", path, "--language", "en").out.splitlines()
    assert english[-1].endswith("3 error(s), 0 warning(s)")
    (file,) = plan_command("check", path, "--json").data["files"]
    first = file["problems"][1]
    assert first["message"].startswith("start: ")
    assert SIGNS.search(first["message_zh"])


def test_facts_are_refused_in_the_language_asked_for(tmp_path):
    plan, facts = tmp_path / "plan.yaml", tmp_path / "facts.jsonl"
    plan.write_text(
        BAD.replace("reportd", "reported")
        .replace("0 hours", "1 hour")
        .replace("mon: closed", "mon: 09:00-10:00")
    )
    facts.write_text('{"subject": "request:1", "kind": "reported", "occurred_at": "yesterday"}')
    ran = plan_command("evaluate", plan, "--facts", facts, "--at", "2026-05-01T00:00+08:00")
    assert ran.status == 1
    assert "occurred_at：“yesterday”不是时刻" in ran.out
