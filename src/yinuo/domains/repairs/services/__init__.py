"""What people do with repair orders, one function each."""

from yinuo.domains.repairs.services.moving import handle_repair
from yinuo.domains.repairs.services.opening import open_repair
from yinuo.domains.repairs.services.quoted import hear_quote

__all__ = ["handle_repair", "hear_quote", "open_repair"]
