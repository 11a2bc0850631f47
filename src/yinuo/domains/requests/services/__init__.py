"""What users can do to a request, one function each; and what other domains state on it."""

from yinuo.domains.requests.services.advising import (
    decline_invitation,
    give_advice,
    join_clinic,
)
from yinuo.domains.requests.services.asking import answer_questions
from yinuo.domains.requests.services.correcting import Correction, correct_fact
from yinuo.domains.requests.services.grouping import GroupData, create_group, edit_group
from yinuo.domains.requests.services.inviting import (
    Invitation,
    conclude_clinic,
    invite_expert,
    withdraw_invitation,
)
from yinuo.domains.requests.services.levels import change_category, change_cover, change_level
from yinuo.domains.requests.services.merging import merge_request
from yinuo.domains.requests.services.opening import open_planned_visit, open_request
from yinuo.domains.requests.services.owning import Handover, hand_over
from yinuo.domains.requests.services.queueing import escalate_request, take_request
from yinuo.domains.requests.services.recording import record_steps
from yinuo.domains.requests.services.reporting import report_fact
from yinuo.domains.requests.services.splitting import Part, split_request

__all__ = [
    "Correction",
    "GroupData",
    "Handover",
    "Invitation",
    "Part",
    "answer_questions",
    "change_category",
    "change_cover",
    "change_level",
    "conclude_clinic",
    "correct_fact",
    "create_group",
    "decline_invitation",
    "edit_group",
    "escalate_request",
    "give_advice",
    "hand_over",
    "invite_expert",
    "join_clinic",
    "merge_request",
    "open_planned_visit",
    "open_request",
    "record_steps",
    "report_fact",
    "split_request",
    "take_request",
    "withdraw_invitation",
]
