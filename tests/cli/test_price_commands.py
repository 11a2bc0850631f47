"""`yinuo prices check`: findings with line and column, exit status, JSON, without a framework."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from yinuo.surfaces.cli import main

ROOT = Path(__file__).parents[2]
SHIPPED = sorted((ROOT / "prices").glob("*.yaml"))
WRONG = """\
price_list: trial
title: {zh: 试, en: Trial}
entries:
  - code: visit
    kind: by_zone
    title: {zh: 上门, en: Visit}
    unit: {zh: 次, en: visits}
    prices: {moon: 400}
  - code: switch
    kind: tiers
    title: {zh: 交换机, en: Switch}
    unit: {zh: 台, en: pieces}
    bill: fuel
    tiers: [{price: -1}]
"""


@pytest.mark.req("B-70")
def test_every_shipped_list_is_clean_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(path) for path in SHIPPED]
    assert main(["prices", "check", *files]) == 0
    assert capsys.readouterr().out.count("没有错误") == len(SHIPPED)
    assert main(["prices", "check", "--language", "en", *files]) == 0
    assert capsys.readouterr().out.count("no errors") == len(SHIPPED)


@pytest.mark.req("B-70", "R30")
def test_every_error_is_told_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "trial.yaml"
    wrong.write_text(WRONG, encoding="utf-8")
    assert main(["prices", "check", "--language", "en", str(wrong), str(SHIPPED[0])]) == 1
    out = capsys.readouterr().out
    assert f"{wrong}:8:" in out
    assert f"{wrong}:13:" in out
    assert f"{wrong}:14:" in out
    assert "3 errors" in out
    assert main(["prices", "check", "--json", str(wrong)]) == 1
    told = json.loads(capsys.readouterr().out)["files"][0]
    assert (told["ok"], told["errors"]) == (False, 3)
    assert {one["line"] for one in told["problems"]} == {8, 13, 14}
    assert all(one["column"] and one["message"] and one["message_zh"] for one in told["problems"])


def test_wrong_usage_is_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prices"]) == 2
    assert main(["prices", "check"]) == 2
    assert main(["prices", "check", str(tmp_path / "none.yaml")]) == 2
    assert "cannot read" in capsys.readouterr().err


def test_a_file_that_is_no_text_is_an_error_and_no_crash(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for content in (b"\xff\xfe\x00", b"", b"[" * 5_000, b"a: &a [*a]"):
        path = tmp_path / "bad.yaml"
        path.write_bytes(content)
        assert main(["prices", "check", str(path)]) == 1
        assert str(path) in capsys.readouterr().out


def test_it_needs_no_framework() -> None:
    code = "import sys; from yinuo.surfaces.cli import main; main(sys.argv[1:]); "
    code += "print('django' in sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", code, "prices", "check", str(SHIPPED[0])],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert told.stdout.splitlines()[-1] == "False"
