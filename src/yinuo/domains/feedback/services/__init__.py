"""What users can do, one function each."""

from yinuo.domains.feedback.services.calling import record_call_back

__all__ = ["record_call_back"]
