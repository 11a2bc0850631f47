"""The six shipped plans: they publish, say everything their vendor promises, in both languages."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest
from tests.plans.commands import PLANS, ROOT, SHIPPED, plan_command

IDS = {
    "appliance": ("SA", 16),
    "broadcast": ("BP", 23),
    "lowvoltage": ("LV", 16),
    "materials": ("MS", 7),
    "servers": ("SV", 12),
    "signage": ("SG", 14),
}
HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def shown() -> dict[str, list[dict]]:
    return {
        name: plan_command("show", PLANS / f"{name}.yaml", "--json").data["clauses"]
        for name in SHIPPED
    }


@pytest.mark.req("B-01")
@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_plan_passes_check_without_error_or_warning(name):
    ran = plan_command("check", PLANS / f"{name}.yaml", "--json")
    (found,) = ran.data["files"]
    assert ran.status == 0
    assert (found["errors"], found["warnings"]) == (0, 0), found["problems"]


@pytest.mark.req("B-01")
@pytest.mark.parametrize("name", SHIPPED)
def test_every_statement_of_the_vendor_is_a_clause(shown, name):
    prefix, last = IDS[name]
    numbers = {one for row in shown[name] for one in re.findall(r"[A-Z]{2}-\d\d", row["number"])}
    assert numbers == {f"{prefix}-{number:02}" for number in range(1, last + 1)}


@pytest.mark.req("B-01")
@pytest.mark.parametrize(
    ("name", "kept"),
    [("appliance", 5), ("broadcast", 10), ("lowvoltage", 8), ("materials", 2), ("servers", 6), ("signage", 5)],
)  # fmt: skip
def test_what_nobody_can_measure_is_kept_as_text_and_counted(name, kept):
    path = PLANS / f"{name}.yaml"
    assert plan_command("check", path, "--json").data["files"][0]["unmeasured"] == kept
    assert (
        f"{kept} kept as text without measure"
        in plan_command("check", path, "--language", "en").out
    )


@pytest.mark.parametrize("name", SHIPPED)
def test_titles_are_in_chinese_and_in_english(shown, name):
    for row in shown[name]:
        title = row["title"] if "title" in row else row["promise"]
        assert HAN.search(title["zh"]), row["clause"]
        assert not HAN.search(title["en"]), row["clause"]


def test_the_installed_command_checks_all_six_at_once():
    files = [str(PLANS / f"{name}.yaml") for name in SHIPPED]
    ran = subprocess.run(
        [sys.executable, "-m", "yinuo", "plan", "check", *files, "--json"],
        capture_output=True, cwd=ROOT, check=False, timeout=60,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert [one["ok"] for one in json.loads(ran.stdout)["files"]] == [True] * 6
