"""What users can do in routing, one function each."""

from yinuo.domains.routing.services.answering import accept_offer, decline_offer, return_request
from yinuo.domains.routing.services.giving import Given, give_sheet
from yinuo.domains.routing.services.starting import start_routing

__all__ = [
    "Given",
    "accept_offer",
    "decline_offer",
    "give_sheet",
    "return_request",
    "start_routing",
]
