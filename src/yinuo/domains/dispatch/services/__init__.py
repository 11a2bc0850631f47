"""What users can do in dispatch, one function each."""

from yinuo.domains.dispatch.services.accompanying import send_along
from yinuo.domains.dispatch.services.placing import place_visit
from yinuo.domains.dispatch.services.planning import cancel_plan, start_plan
from yinuo.domains.dispatch.services.sending import send_engineer
from yinuo.domains.dispatch.services.taking import take_lines
from yinuo.domains.dispatch.services.weighing import set_hour_price, set_weights

__all__ = [
    "cancel_plan",
    "place_visit",
    "send_along",
    "send_engineer",
    "set_hour_price",
    "set_weights",
    "start_plan",
    "take_lines",
]
