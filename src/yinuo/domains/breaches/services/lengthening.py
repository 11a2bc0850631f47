"""More time for a contract: its end moves by a supplement, which everybody sees on it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from yinuo.domains.breaches.models import Right
from yinuo.domains.contracts.services import SupplementData, add_supplement
from yinuo.domains.contracts.terms import get_terms
from yinuo.domains.network.types import Actor
from yinuo.kernel.instants import shift_date
from yinuo.platform.errors import IllegalMove


def lengthen_contract(right: Right, reason: str, actor: Actor, now: datetime) -> None:
    """Move the end of the breach's contract by the right's months and days, from today on.

    IllegalMove where the contract has no end, or how much is not known.
    """
    breach = right.breach
    today = now.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    terms = get_terms(breach.contract_id, today) if breach.contract_id else None
    if terms is None or terms.ends_on is None or right.extends_days + right.extends_months <= 0:
        raise IllegalMove(_("This contract has no end that could move. Refuse it, and say why."))
    data = SupplementData(
        number=f"{breach.clause}-{breach.entered}-{right.extends_days}"[:60],
        effective_on=today,
        ends_on=shift_date(terms.ends_on, months=right.extends_months, days=right.extends_days),
        note=reason[:400],
    )
    add_supplement(actor=actor, contract_id=terms.public_id, data=data, now=now)
