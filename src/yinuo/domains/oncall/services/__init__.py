"""What users can do with on-call duty, one function each."""

from yinuo.domains.oncall.services.calling import answer_call, log_call, miss_call
from yinuo.domains.oncall.services.covering import cancel_turn, cover_turn
from yinuo.domains.oncall.services.handing import acknowledge_handover
from yinuo.domains.oncall.services.pay import add_pay_entry, cancel_pay_entry, set_pay
from yinuo.domains.oncall.services.rotating import create_rota, make_turns

__all__ = [
    "acknowledge_handover",
    "add_pay_entry",
    "answer_call",
    "cancel_pay_entry",
    "cancel_turn",
    "cover_turn",
    "create_rota",
    "log_call",
    "make_turns",
    "miss_call",
    "set_pay",
]
