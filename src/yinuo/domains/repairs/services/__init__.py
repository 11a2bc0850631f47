"""What people do with repair orders, standby units and loans, one function each."""

from yinuo.domains.repairs.services.lending import ask_standby, lend_standby, register_standby
from yinuo.domains.repairs.services.moving import handle_repair
from yinuo.domains.repairs.services.opening import open_repair
from yinuo.domains.repairs.services.quoted import hear_quote
from yinuo.domains.repairs.services.taking_back import handle_loan

__all__ = [
    "ask_standby",
    "handle_loan",
    "handle_repair",
    "hear_quote",
    "lend_standby",
    "open_repair",
    "register_standby",
]
