"""The states of a repair order, its acts, when each may be taken, and the legs in their order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class RepairState(StrEnum):
    """Where a repair order (返修单) stands."""

    OPENED = "opened"
    COLLECTED = "collected"
    RECEIVED = "received"
    DIAGNOSED = "diagnosed"
    QUOTED = "quoted"
    IN_REPAIR = "in_repair"
    DECLINED = "declined"
    UNREPAIRABLE = "unrepairable"
    REPAIRED = "repaired"
    TESTED = "tested"
    SHIPPED = "shipped"
    REFITTED = "refitted"
    CANCELLED = "cancelled"


_S = RepairState
REPAIR_ENDED = frozenset({_S.REFITTED, _S.CANCELLED})
REPAIR_OPEN = frozenset(RepairState) - REPAIR_ENDED
# Nobody has opened the unit yet.
UNOPENED = frozenset({_S.OPENED, _S.COLLECTED, _S.RECEIVED, _S.CANCELLED})
_IN_HOUSE = (_S.RECEIVED, _S.DIAGNOSED, _S.QUOTED, _S.IN_REPAIR, _S.REPAIRED, _S.TESTED)
_AT_WORK = (_S.DIAGNOSED, _S.IN_REPAIR)
_AFTER_WORK = (*_AT_WORK, _S.UNREPAIRABLE, _S.REPAIRED, _S.TESTED, _S.SHIPPED, _S.REFITTED)


def _stays(*states: RepairState) -> dict[RepairState, RepairState]:
    return {state: state for state in states}


def _to(target: RepairState, *states: RepairState) -> dict[RepairState, RepairState]:
    return dict.fromkeys(states, target)


@dataclass(frozen=True, slots=True)
class RepairAct:
    """What an act does to a state; a state without an entry refuses it. `fact` is what it leaves
    for the promises of the plan.

    `by_quote`: nobody takes it by hand, the quote of the request does.
    """

    kind: str
    moves: Mapping[RepairState, RepairState]
    fact: str = ""
    by_quote: bool = False

    def after(self, state: RepairState) -> RepairState | None:
        """The state afterwards, or None when the act is not possible now.

        >>> REPAIR_ACTS["repaired"].after(RepairState.DIAGNOSED).value
        'repaired'
        >>> REPAIR_ACTS["diagnosed"].after(RepairState.OPENED) is None
        True
        """
        return self.moves.get(state)


_ACTS = (
    RepairAct("collected", _to(_S.COLLECTED, _S.OPENED), "repair_collected"),
    RepairAct("received", _to(_S.RECEIVED, _S.OPENED, _S.COLLECTED), "repair_received"),
    RepairAct("backup_confirmed", _stays(_S.OPENED, _S.COLLECTED, _S.RECEIVED), "backup_confirmed"),
    RepairAct("diagnosed", _to(_S.DIAGNOSED, _S.RECEIVED), "diagnosed"),
    RepairAct("quoted", _to(_S.QUOTED, _S.DIAGNOSED), "repair_quoted", by_quote=True),
    RepairAct("approved", _to(_S.IN_REPAIR, _S.QUOTED), "repair_approved", by_quote=True),
    RepairAct("declined", _to(_S.DECLINED, _S.QUOTED), "declined", by_quote=True),
    RepairAct("quote_ended", _to(_S.DIAGNOSED, _S.QUOTED), by_quote=True),
    RepairAct("repaired", _to(_S.REPAIRED, *_AT_WORK), "repaired"),
    RepairAct("not_repairable", _to(_S.UNREPAIRABLE, *_AT_WORK), "not_repairable"),
    RepairAct("sent_to_supplier", _stays(*_AT_WORK)),
    RepairAct("repair_failed", _to(_S.IN_REPAIR, _S.REPAIRED), "repair_failed"),
    RepairAct("tested", _to(_S.TESTED, _S.REPAIRED), "tested"),
    RepairAct("shipped", _to(_S.SHIPPED, _S.TESTED, _S.DECLINED, _S.UNREPAIRABLE), "shipped"),
    RepairAct("refitted", _to(_S.REFITTED, _S.SHIPPED), "refitted"),
    RepairAct("extended", _stays(*_IN_HOUSE), "extension_told"),
    RepairAct("claimed", _stays(*_AFTER_WORK)),
    RepairAct("claim_settled", _stays(*_AFTER_WORK)),
    RepairAct("cancelled", _to(_S.CANCELLED, _S.OPENED, _S.COLLECTED), "cancelled"),
)
REPAIR_ACTS: Mapping[str, RepairAct] = {act.kind: act for act in _ACTS}
# What the customer sees of the way his unit takes, in order.
LEGS = (
    "collected",
    "received",
    "diagnosed",
    "quoted",
    "repaired",
    "tested",
    "shipped",
    "refitted",
)
