"""What people do about breaches, one function each; posting and stating are other domains' to
call."""

from yinuo.domains.breaches.services.correcting import correct_amount, record_loss
from yinuo.domains.breaches.services.deciding import approve_breach, waive_breach
from yinuo.domains.breaches.services.disputing import decide_dispute, dispute_breach
from yinuo.domains.breaches.services.granting import decide_right
from yinuo.domains.breaches.services.legs import LegData, correct_leg
from yinuo.domains.breaches.services.limiting import set_limit

__all__ = [
    "LegData",
    "approve_breach",
    "correct_amount",
    "correct_leg",
    "decide_dispute",
    "decide_right",
    "dispute_breach",
    "record_loss",
    "set_limit",
    "waive_breach",
]
