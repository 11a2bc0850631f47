"""What users can do in dispatch, one function each."""

from yinuo.domains.dispatch.services.sending import send_engineer
from yinuo.domains.dispatch.services.weighing import set_hour_price, set_weights

__all__ = ["send_engineer", "set_hour_price", "set_weights"]
