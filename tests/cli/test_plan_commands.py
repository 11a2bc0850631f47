"""`yinuo plan …` for people and scripts: output, exit status, and reading without a framework."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.kernel.written import HEAD, ROOT

from yinuo.surfaces.cli import main

PLANS = sorted((ROOT / "plans").glob("*.yaml"))
CLAUSES = """\
  - {id: respond, number: "3.1", promise: respond, start: reported, end: responded, limit: 30 minutes,
     remedies: [{penalty: {percent: 1 %, of: contract.total}}]}
  - {id: site.s, promise: on_site, applies_to: {level: serious}, start: reported, end: arrived, limit: 4 hours}
  - {id: site.g, promise: on_site, applies_to: {level: general}, start: on_site_decided, end: arrived, limit: 24 hours}
  - {id: kind, kind: statement, text: {zh: 服务热情, en: Service is warm}}
"""
FACTS = [
    {
        "subject": "contract:1",
        "kind": "signed",
        "occurred_at": "2026-01-01T00:00:00+08:00",
        "attrs": {"total": "486000.00"},
    },
    {
        "subject": "request:1",
        "kind": "reported",
        "occurred_at": "2026-05-01T23:10:00+08:00",
        "attrs": {"level": "serious"},
    },
    {
        "subject": "request:1",
        "kind": "responded",
        "occurred_at": "2026-05-01T23:50:00+08:00",
        "received_at": "2026-05-02T08:00:00+08:00",
    },
]


@pytest.fixture
def plan(tmp_path) -> Path:
    path = tmp_path / "trial.yaml"
    path.write_text(HEAD + CLAUSES, encoding="utf-8")
    return path


def written(tmp_path: Path, lines: list) -> Path:
    path = tmp_path / "facts.jsonl"
    path.write_text(
        "\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines),
        encoding="utf-8",
    )
    return path


def run(capsys, *arguments) -> tuple[int, str, str]:
    status = main(["plan", *map(str, arguments)])
    shown = capsys.readouterr()
    return status, shown.out, shown.err


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_every_shipped_plan_passes_check_and_shows(path, capsys):
    status, out, _ = run(capsys, "check", path, "--json")
    checked = json.loads(out)["files"][0]
    assert (status, checked["ok"], checked["errors"], checked["warnings"]) == (0, True, 0, 0)
    assert run(capsys, "show", path)[0] == 0


@pytest.mark.req("B-01")
def test_check_counts_what_nobody_can_measure(plan, capsys):
    status, out, _ = run(capsys, "check", plan, "--language", "en")
    assert status == 0
    assert "1 kept as text without measure" in out


def test_check_of_several_files_fails_when_one_does(plan, tmp_path, capsys):
    bad = tmp_path / "bad.yaml"
    bad.write_text(HEAD + CLAUSES.replace("30 minutes", "0 minutes"), encoding="utf-8")
    status, out, _ = run(capsys, "check", plan, bad, "--json")
    files = json.loads(out)["files"]
    assert (status, [one["ok"] for one in files]) == (1, [True, False])
    problem = files[1]["problems"][0]
    assert (problem["code"], problem["clause"]) == ("zero_limit", "respond")
    assert problem["line"] == HEAD.count("\n") + 1


def test_show_prints_a_table_in_both_languages(plan, capsys):
    _, chinese, _ = run(capsys, "show", plan)
    _, english, _ = run(capsys, "show", plan, "--language", "en")
    assert "30 分钟" in chinese
    assert "合同总额的 1 %" in chinese
    assert "30 minutes" in english
    assert "1 % of the contract total" in english


@pytest.mark.req("B-06")
def test_due_says_when_and_what_waits_for_another_fact(plan, capsys):
    status, out, _ = run(
        capsys,
        "due",
        plan,
        "--select",
        "level=general",
        "--from",
        "2026-05-01T23:10+08:00",
        "--json",
    )
    promises = {one["clause"]: one for one in json.loads(out)["promises"]}
    assert status == 0
    assert promises["respond"]["due_at"] == "2026-05-01T23:40:00+08:00"
    assert promises["site.g"]["due_at"] is None
    assert promises["site.g"]["waits_for"]["en"] == "decided to go on site"
    assert set(promises) == {"respond", "site.g"}


@pytest.mark.req("B-06", "B-04")
def test_evaluate_gives_states_money_and_explanations(plan, tmp_path, capsys):
    facts = written(tmp_path, FACTS)
    status, out, _ = run(
        capsys, "evaluate", plan, "--facts", facts, "--at", "2026-05-02T09:00+08:00", "--json"
    )
    data = json.loads(out)
    respond = next(one for one in data["obligations"] if one["clause"] == "respond")
    assert status == 0
    assert (respond["state"], respond["due_at"], respond["late_seconds"]) == (
        "missed",
        "2026-05-01T23:40:00+08:00",
        600,
    )
    assert {
        "clause",
        "number",
        "subject",
        "period",
        "state",
        "started_at",
        "due_at",
        "ended_at",
        "late_seconds",
        "pauses",
        "provisional",
        "next_at",
        "explanation",
    } <= set(respond)
    assert any("heard of at 2026-05-02 08:00" in line for line in respond["explanation"]["en"])
    assert any("2026-05-01 23:40" in line for line in respond["explanation"]["zh"])
    [remedy] = data["remedies"]
    assert (remedy["clause"], remedy["base"], remedy["amount"]) == (
        "respond",
        "486000.00",
        "4860.00",
    )
    assert data["totals"] == [
        {"contract": "contract:1", "paid_by": "vendor", "amount": "4860.00", "currency": "CNY"}
    ]


def test_evaluate_reads_standard_input_and_known_at(plan, monkeypatch, capsys):
    data = "\n".join(json.dumps(one) for one in FACTS).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    status, out, _ = run(
        capsys,
        "evaluate",
        plan,
        "--facts",
        "-",
        "--at",
        "2026-05-02T09:00+08:00",
        "--known-at",
        "2026-05-02T07:00+08:00",
        "--json",
    )
    respond = next(one for one in json.loads(out)["obligations"] if one["clause"] == "respond")
    assert (status, respond["state"], respond["ended_at"]) == (0, "missed", None)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{", "not_json"),
        ("[1]", "not_json"),
        ('{"subject": "request:1", "kind": "reported"}', "missing_key"),
        (
            '{"subject": "request", "kind": "reported", "occurred_at": "2026-05-01T23:10:00+08:00"}',
            "bad_subject",
        ),
        (
            '{"subject": "request:1", "kind": 7, "occurred_at": "2026-05-01T23:10:00+08:00"}',
            "wrong_type",
        ),
        (
            '{"subject": "request:1", "kind": "reported", "occurred_at": "2026-05-01T23:10:00"}',
            "no_zone",
        ),
        ('{"subject": "request:1", "kind": "reported", "occurred_at": "yesterday"}', "bad_instant"),
        (
            '{"subject": "request:1", "kind": "reported", "occurred_at": "9999-12-31T23:59:59+08:00"}',
            "bad_instant",
        ),
        (
            '{"subject": "request:1", "kind": "reported", "occurred_at": "2026-05-01T23:10:00+08:00", "attrs": []}',
            "wrong_type",
        ),
        (
            '{"subject": "request:1", "kind": "reported", "occured_at": "2026-05-01T23:10:00+08:00"}',
            "unknown_key",
        ),
        (
            '{"subject": "request:1", "kind": "reported", "occurred_at": "2026-05-01T23:10:00+08:00", "attrs": {"total": NaN}}',
            "not_json",
        ),
        (
            '{"subject": "request:1", "kind": "reported", "occurred_at": "2026-05-01T23:10:00+08:00", "attrs": {"level": "serious", "level": "general"}}',
            "duplicate_key",
        ),
    ],
)
def test_a_wrong_line_of_facts_is_refused_with_its_number(plan, tmp_path, capsys, line, code):
    facts = written(tmp_path, [FACTS[0], "", line])
    status, out, _ = run(
        capsys, "evaluate", plan, "--facts", facts, "--at", "2026-05-02T09:00+08:00", "--json"
    )
    [problem] = json.loads(out)["files"][0]["problems"]
    assert (status, problem["line"], problem["code"]) == (1, 3, code)


def test_an_unknown_fact_kind_is_a_warning_with_the_nearest_word(plan, tmp_path, capsys):
    facts = written(tmp_path, [FACTS[1], {**FACTS[2], "kind": "respnded"}])
    status, _, err = run(
        capsys, "evaluate", plan, "--facts", facts, "--at", "2026-05-02T09:00+08:00",
        "--language", "en",
    )  # fmt: skip
    assert status == 0
    assert 'did you mean "responded"?' in err


def test_numbers_in_facts_stay_exact(plan, tmp_path, capsys):
    facts = written(
        tmp_path,
        [
            '{"subject": "contract:1", "kind": "signed", "occurred_at": "2026-01-01T00:00:00Z", "attrs": {"total": 0.1}}',
            *FACTS[1:],
        ],
    )
    _, out, _ = run(
        capsys, "evaluate", plan, "--facts", facts, "--at", "2026-05-02T09:00+08:00", "--json"
    )
    assert json.loads(out)["remedies"][0]["base"] == "0.1"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["frobnicate"],
        ["evaluate", "x.yaml"],
        ["check", "/nowhere/x.yaml"],
        ["due", "{plan}", "--from", "tomorrow"],
        ["due", "{plan}", "--select", "level", "--from", "2026-05-01T23:10+08:00"],
        ["evaluate", "{plan}", "--facts", "{plan}", "--at", "2026-05-01"],
    ],
)
def test_wrong_usage_exits_with_two(plan, capsys, arguments):
    status, out, err = run(capsys, *[one.format(plan=plan) for one in arguments])
    assert (status, out) == (2, "")
    assert err


def test_an_unknown_level_is_named_with_the_nearest(plan, capsys):
    status, _, err = run(
        capsys, "due", plan, "--select", "level=serius", "--from", "2026-05-01T23:10+08:00",
        "--language", "en",
    )  # fmt: skip
    assert status == 1
    assert 'did you mean "serious"?' in err


def test_an_unknown_verb_is_named_with_the_nearest(capsys):
    assert main(["paln"]) == 2
    assert 'did you mean "plan"?' in capsys.readouterr().err


def test_plan_commands_start_without_the_framework():
    code = (
        "import sys; from yinuo.surfaces.cli import main; "
        f"status = main(['plan', 'check', {str(PLANS[0])!r}]); "
        "loaded = {'django', 'ninja', 'psycopg'} & set(sys.modules); "
        "sys.exit(status or len(loaded))"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode
        == 0
    )
