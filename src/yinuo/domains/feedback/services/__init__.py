"""What users can do, one function each."""

from yinuo.domains.feedback.services.appealing import appeal_case, decide_appeal
from yinuo.domains.feedback.services.calling import record_call_back
from yinuo.domains.feedback.services.complaining import (
    complain_by_link,
    complain_in_portal,
    open_complaint,
)
from yinuo.domains.feedback.services.handling import handle_complaint
from yinuo.domains.feedback.services.publishing import publish_month
from yinuo.domains.feedback.services.sampling import add_rule, change_rule, end_rule
from yinuo.domains.feedback.services.sheets import take_sheet_answers
from yinuo.domains.feedback.services.surveying import (
    answer_in_portal,
    answer_survey,
    record_survey,
    send_survey,
)
from yinuo.domains.feedback.services.weighing import set_score_weights

__all__ = [
    "add_rule",
    "answer_in_portal",
    "answer_survey",
    "appeal_case",
    "change_rule",
    "complain_by_link",
    "complain_in_portal",
    "decide_appeal",
    "end_rule",
    "handle_complaint",
    "open_complaint",
    "publish_month",
    "record_call_back",
    "record_survey",
    "send_survey",
    "set_score_weights",
    "take_sheet_answers",
]
