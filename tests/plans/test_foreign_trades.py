"""Plans of trades nobody built this for: each reads, and comes to what was worked out by hand.

`foreign/NAME.case` holds facts, then for instants what must show: `SUBJECT CLAUSE STATE DUE` (all
obligations of that clause on that subject, by due time), `pay CLAUSE AMOUNT…`, `total PAYER AMOUNT`,
`value CLAUSE FIGURE…`, `grant CLAUSE KIND`, `extend CLAUSE AMOUNT`, `cover CLAUSE SUBJECT yes|no END`.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from tests.plans.commands import Outcome, facts_in, plan_command

FOREIGN = Path(__file__).parent / "foreign"
PLANS = sorted(path.stem for path in FOREIGN.glob("*.yaml"))


def blocks(name: str) -> list[tuple[str, str, list[list[str]]]]:
    facts: list[str] = []
    found: list[tuple[str, list[list[str]]]] = []
    for line in (FOREIGN / f"{name}.case").read_text().splitlines():
        words = line.partition("#")[0].split()
        if words and words[0] == "at":
            found.append((words[1], []))
        elif words and line.startswith(" "):
            found[-1][1].append(words)
        elif words:
            facts.append(line)
    text = facts_in("\n".join(facts))
    return [(text, at, expected) for at, expected in found]


CASES = [
    pytest.param(name, *block, id=f"{name}-{number}")
    for name in PLANS
    for number, block in enumerate(blocks(name))
]


def test_there_are_a_dozen_and_more_trades():
    assert len(PLANS) >= 16


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_of_another_trade_passes_check_and_can_be_read(name):
    path = FOREIGN / f"{name}.yaml"
    checked = plan_command("check", path, "--json")
    assert checked.status == 0, checked.out
    shown = plan_command("show", path, "--language", "en")
    assert shown.status == 0
    assert len(shown.out.splitlines()) == checked.data["files"][0]["clauses"] + 2


@pytest.mark.req("B-01", "B-07")
@pytest.mark.parametrize(("name", "facts", "at", "expected"), CASES)
def test_facts_come_to_what_was_worked_out_by_hand(tmp_path, name, facts, at, expected):
    path = tmp_path / "facts.jsonl"
    path.write_text(facts)
    outcome = Outcome(FOREIGN / f"{name}.yaml", path, at)
    wanted: dict[tuple[str, ...], list[str]] = {}
    for words in expected:
        key, values = _key(words)
        wanted.setdefault(key, []).extend(values)
    found = {key: _found(outcome, key) for key in wanted}
    assert found == wanted


def _key(words: list[str]) -> tuple[tuple[str, ...], list[str]]:
    if words[0] in ("pay", "total", "value", "grant"):
        return (words[0], words[1]), words[2:]
    if words[0] == "extend":
        return (words[0], words[1]), [" ".join(words[2:])]
    if words[0] == "cover":
        return (words[0], words[1], words[2]), [" ".join(words[3:])]
    subject, clause, state, due = words
    return ("obligation", subject, clause), [f"{state} {due}"]


def _found(outcome: Outcome, key: tuple[str, ...]) -> list[str]:
    kind, *rest = key
    if kind == "pay":
        return [str(one) for one in outcome.amounts(rest[0])]
    if kind == "total":
        return [str(outcome.total(rest[0]).quantize(Decimal("0.01")))]
    if kind == "value":
        return [one["value"]["figure"] for one in outcome.all_of(rest[0]) if one["value"]]
    if kind == "grant":
        return [
            one["kind"]
            for one in outcome.remedies(rest[0])
            if one["kind"] not in ("penalty", "extension")
        ]
    if kind == "extend":
        return [one["extension"]["by"] for one in outcome.remedies(rest[0]) if one["extension"]]
    if kind == "cover":
        one = outcome.cover(*rest)
        return [f"{'yes' if one['covered'] else 'no'} {one['ends_at'][:16]}"]
    return [
        f"{one['state']} {one['due_at'][:16] if one['due_at'] else '–'}"
        for one in outcome.all_of(rest[1], rest[0])
    ]
