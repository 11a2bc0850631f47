"""What people can do with emergency plans, one function each; and what happens by itself."""

from yinuo.domains.emergency.services.consenting import (
    answer_for_customer,
    answer_plan,
    ask_by_link,
    record_consent,
)
from yinuo.domains.emergency.services.departing import change_estimate, depart
from yinuo.domains.emergency.services.ending import close_plan, withdraw_plan
from yinuo.domains.emergency.services.escalating import escalate_waiting_steps
from yinuo.domains.emergency.services.opening import open_chain
from yinuo.domains.emergency.services.setbacks import (
    help_by_phone,
    raise_setback,
    settle_setback,
)
from yinuo.domains.emergency.services.stepping import take_chain_step
from yinuo.domains.emergency.services.writing_plan import submit_plan

__all__ = [
    "answer_for_customer",
    "answer_plan",
    "ask_by_link",
    "change_estimate",
    "close_plan",
    "depart",
    "escalate_waiting_steps",
    "help_by_phone",
    "open_chain",
    "raise_setback",
    "record_consent",
    "settle_setback",
    "submit_plan",
    "take_chain_step",
    "withdraw_plan",
]
