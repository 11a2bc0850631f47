"""What every act on a breach asks of what was typed."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from yinuo.domains.breaches.models import Breach
from yinuo.kernel.money import smallest_step
from yinuo.platform.errors import InvalidInput

REASON_LENGTH = 4_000
MOST = Decimal(10) ** 12


def reason_of(reason: str, field: str = "reason") -> str:
    """The reason as kept; InvalidInput without one or with too long a one."""
    said = reason.strip()
    if not said or len(said) > REASON_LENGTH:
        raise InvalidInput({field: _("Say why, in at most 4,000 characters.")})
    return said


def amount_of(amount: Decimal, currency: str) -> Decimal:
    """The amount to the currency's smallest step; InvalidInput for parts of it, or none."""
    if not amount.is_finite() or abs(amount) >= MOST:
        raise InvalidInput({"amount": _("This amount is too large.")})
    step = smallest_step(currency)
    if amount % step:
        raise InvalidInput({"amount": _("Amounts go down to %(step)s.") % {"step": step}})
    return amount.quantize(Decimal("0.01"))


def require_still_owed(breach: Breach, change: Decimal) -> None:
    """What we owe the customer never turns into what he owes us: InvalidInput below nothing.

    A bonus, which he owes, is negative from the beginning and may grow or shrink.
    """
    if breach.amount >= 0 and breach.amount + change < 0:
        most = {"most": breach.amount}
        raise InvalidInput({"amount": _("Take off at most %(most)s, what it comes to now.") % most})
