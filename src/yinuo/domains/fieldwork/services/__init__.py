"""What users can do with a work order, one function each."""

from yinuo.domains.fieldwork.services.assigning import assign_work_order
from yinuo.domains.fieldwork.services.issuing import edit_work_order, issue_work_order
from yinuo.domains.fieldwork.services.reporting import report_work
from yinuo.domains.fieldwork.services.signing import sign_on_paper, sign_work_order
from yinuo.domains.fieldwork.services.stepping import set_reminder, take_step

__all__ = [
    "assign_work_order",
    "edit_work_order",
    "issue_work_order",
    "report_work",
    "set_reminder",
    "sign_on_paper",
    "sign_work_order",
    "take_step",
]
