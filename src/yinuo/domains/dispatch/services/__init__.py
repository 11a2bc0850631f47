"""What users can do in dispatch, one function each."""

from yinuo.domains.dispatch.services.sending import send_engineer

__all__ = ["send_engineer"]
