"""What users can do to a request, one function each; and what other domains state on it."""

from yinuo.domains.requests.services.correcting import Correction, correct_fact
from yinuo.domains.requests.services.levels import change_category, change_cover, change_level
from yinuo.domains.requests.services.merging import merge_request
from yinuo.domains.requests.services.opening import open_request
from yinuo.domains.requests.services.owning import Handover, hand_over
from yinuo.domains.requests.services.recording import record_steps
from yinuo.domains.requests.services.reporting import report_fact

__all__ = [
    "Correction",
    "Handover",
    "change_category",
    "change_cover",
    "change_level",
    "correct_fact",
    "hand_over",
    "merge_request",
    "open_request",
    "record_steps",
    "report_fact",
]
