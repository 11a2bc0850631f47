"""Recording facts and acting on clocks, one function each."""

from yinuo.domains.obligations.services.acting import act_on_due, compute_outdated
from yinuo.domains.obligations.services.recording import bind_subject, record_facts, set_owner

__all__ = ["act_on_due", "bind_subject", "compute_outdated", "record_facts", "set_owner"]
