"""Recording facts and acting on clocks, one function each."""

from yinuo.domains.obligations.services.acting import act_on_due
from yinuo.domains.obligations.services.recording import bind_subject, record_facts

__all__ = ["act_on_due", "bind_subject", "record_facts"]
