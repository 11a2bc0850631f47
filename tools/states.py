"""The picture of the states in docs/states.md, made from the tables that the product runs on.

python tools/states.py          write the page
python tools/states.py --check  exit 1 when the page is not current
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from yinuo.kernel.contract_stages import STAGE_MOVES, Stage
from yinuo.kernel.goods_states import GOODS_ENDED, GOODS_MOVES, GoodsState
from yinuo.kernel.offer_states import OFFER_ENDED, OFFER_STEPS, OfferState
from yinuo.kernel.plan.words import FACT_KINDS
from yinuo.kernel.repair_states import REPAIR_ACTS, REPAIR_ENDED, RepairState
from yinuo.kernel.states import PAUSED, REQUEST_STEPS, RESUMED, RequestState, Step
from yinuo.kernel.steps import REQUEST_FIELDS
from yinuo.kernel.work_states import WORK_STEPS, WorkOrderState, WorkStep

Moves = Mapping[str, Mapping[Any, Any]]
PAGE = Path(__file__).resolve().parents[1] / "docs" / "states.md"
HEAD = """# States

Made by `python tools/states.py` from the tables in `yinuo.kernel.states`, `yinuo.kernel.steps`,
`yinuo.kernel.work_states`, `yinuo.kernel.offer_states`, `yinuo.kernel.repair_states`,
`yinuo.kernel.goods_states` and `yinuo.kernel.contract_stages`; a test holds it current. An arrow is
a fact; facts that leave a state as it is stand in the tables below.

A request stands where replaying its facts in the order of their occurrence leads, so a late fact
finds its place and a corrected one moves the state. Whatever a table does not name, such as a fact
that only a plan knows, moves nothing and is taken unless the request is cancelled or merged.
"""


def picture(moves: Moves, first: str, ends: Iterable[str]) -> Iterator[str]:
    """A state diagram in Mermaid: one arrow for each pair of states, with the facts that do it."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for kind, targets in moves.items():
        for state, target in targets.items():
            if state != target:
                arrows.setdefault((str(state), str(target)), []).append(kind)
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield f"    [*] --> {first}"
    for (state, target), kinds in sorted(arrows.items()):
        yield f"    {state} --> {target}: {', '.join(kinds)}"
    yield from (f"    {end} --> [*]" for end in ends)
    yield "```"


def request_table() -> Iterator[str]:
    """Every step of a request: where it leads from where, where it is taken quietly, its fields."""
    yield "| fact | from → to | stays in | taken quietly in | fields (needed ones with *) |"
    yield "| --- | --- | --- | --- | --- |"
    for kind, step in REQUEST_STEPS.items():
        moved = [f"{at.value} → {to.value}" for at, to in _in_order(step.moves) if at != to]
        stays = [at.value for at, to in _in_order(step.moves) if at == to]
        quiet = [state.value for state in step.quietly]
        fields = [f"{one.name}{'*' * one.needed}" for one in REQUEST_FIELDS.get(kind, ())]
        cells = (_named(kind), "<br>".join(moved), ", ".join(stays), ", ".join(quiet))
        yield f"| {' | '.join(cells)} | {', '.join(fields)} |"
    yield f"| {_named(RESUMED)} | waiting → where `{PAUSED}` was recorded | | | text |"


def work_table() -> Iterator[str]:
    """Every step of a work order."""
    yield "| step | from → to | stays in |"
    yield "| --- | --- | --- |"
    for kind, step in WORK_STEPS.items():
        moved = [f"{at.value} → {to.value}" for at, to in _in_order(step.moves) if at != to]
        stays = [at.value for at, to in _in_order(step.moves) if at == to]
        yield f"| {_named(kind)} | {'<br>'.join(moved)} | {', '.join(stays)} |"


def page() -> str:
    """The whole page."""
    ends = [RequestState.CANCELLED.value, RequestState.MERGED.value]
    drafted = WorkOrderState.DRAFTED.value
    lines = [
        HEAD,
        "## Request 服务请求",
        "",
        *picture(_moves(REQUEST_STEPS), RequestState.NEW.value, ends),
        "",
        f"`waiting` is left by `{RESUMED}` to the state it was entered from. What happens",
        "meanwhile moves that state; `restored`, `cancelled` and `merged` end the waiting.",
        "",
        *request_table(),
        "",
        "## Work order 服务联络单",
        "",
        *picture(_moves(WORK_STEPS), drafted, [WorkOrderState.ABORTED.value]),
        "",
        *work_table(),
        "",
        "## Quote and letter of contact 报价单、联络函",
        "",
        *picture(
            _offer_moves(), OfferState.DRAFTED.value, sorted(one.value for one in OFFER_ENDED)
        ),
        "",
        "`expired` is the product's own step when the last day is over; `sent` again makes a fresh",
        "link and voids the one before. An accepted quote with a day of delivery is an order: its",
        "promise runs until it is `delivered`.",
        "",
        "## Repair order 返修单",
        "",
        *picture(
            {kind: act.moves for kind, act in REPAIR_ACTS.items()},
            RepairState.OPENED.value,
            sorted(one.value for one in REPAIR_ENDED),
        ),
        "",
        "`quoted`, `approved`, `declined` and `quote_ended` are what happens to the quote of the",
        "request; a covered repair goes from `diagnosed` straight to `repaired`.",
        "",
        "## Goods order 物品订单",
        "",
        *picture(GOODS_MOVES, GoodsState.ORDERED.value, sorted(one.value for one in GOODS_ENDED)),
        "",
        "While a change waits for its answer nothing leaves; `delivered` needs every parcel",
        "signed for.",
        "",
        "## Contract 合同 (QYBS)",
        "",
        *picture(STAGE_MOVES, Stage.SIGNING.value, []),
        "",
        "`advanced` needs the conditions of the stage (`domains/contracts/data/cycle.toml`).",
        "A renewal of a contract in `follow_up` is a new contract in `signing`.",
    ]
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Write the page, or say whether it is current."""
    if "--check" in arguments:
        return int(PAGE.read_text(encoding="utf-8") != page())
    PAGE.write_text(page(), encoding="utf-8")
    return 0


def _in_order(moves: Mapping[Any, Any]) -> list[tuple[Any, Any]]:
    """By the order of the states: a set in a table has none of its own."""
    states = [*RequestState, *WorkOrderState]
    return sorted(moves.items(), key=lambda move: states.index(move[0]))


def _offer_moves() -> Moves:
    return {kind: step.moves for kind, step in OFFER_STEPS.items()}


def _moves(steps: Mapping[str, Step] | Mapping[str, WorkStep]) -> Moves:
    return {kind: step.moves for kind, step in steps.items()}


def _named(kind: str) -> str:
    text = FACT_KINDS.get(kind)
    return f"`{kind}` {text.zh}" if text else f"`{kind}`"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
