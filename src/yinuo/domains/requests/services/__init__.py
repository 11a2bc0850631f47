"""What users can do to a request, one function each."""

from yinuo.domains.requests.services.levels import change_level
from yinuo.domains.requests.services.opening import open_request
from yinuo.domains.requests.services.reporting import report_fact

__all__ = ["change_level", "open_request", "report_fact"]
