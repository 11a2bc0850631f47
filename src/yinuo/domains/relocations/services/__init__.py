"""What people do with relocations, one function each."""

from yinuo.domains.relocations.services.carrying_out import handle_step
from yinuo.domains.relocations.services.deciding import (
    accept_relocation,
    approve_relocation,
    cancel_relocation,
    replan_relocation,
    send_relocation,
    take_back_relocation,
)
from yinuo.domains.relocations.services.planning import (
    add_step,
    change_step,
    plan_relocation,
    remove_step,
)

__all__ = [
    "accept_relocation",
    "add_step",
    "approve_relocation",
    "cancel_relocation",
    "change_step",
    "handle_step",
    "plan_relocation",
    "remove_step",
    "replan_relocation",
    "send_relocation",
    "take_back_relocation",
]
