"""What users can do with checklists, one function each."""

from yinuo.domains.checklists.services.beginning import begin_checklist, take_over_lines
from yinuo.domains.checklists.services.filling import add_photo, answer_lines
from yinuo.domains.checklists.services.finishing import finish_checklist, reopen_checklist
from yinuo.domains.checklists.services.laying_out import lay_out_checklist
from yinuo.domains.checklists.services.publishing import publish_checklist

__all__ = [
    "add_photo",
    "answer_lines",
    "begin_checklist",
    "finish_checklist",
    "lay_out_checklist",
    "publish_checklist",
    "reopen_checklist",
    "take_over_lines",
]
