"""Plan files: YAML in, typed plans out, and the data files shipped with the product."""

from yinuo.planfile.document import read_document, write_document
from yinuo.planfile.load import Checked, check_text, load_plan
from yinuo.planfile.problems import PlanError, Problem, Severity

__all__ = [
    "Checked",
    "PlanError",
    "Problem",
    "Severity",
    "check_text",
    "load_plan",
    "read_document",
    "write_document",
]
