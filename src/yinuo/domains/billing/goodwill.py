"""The goodwill of a contract for one case: how much it gives, what of it is used (B-22)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from yinuo.domains.billing.charge_models import Charge
from yinuo.domains.billing.charge_types import Borne
from yinuo.domains.breaches.limits import limit_of
from yinuo.domains.contracts.goodwill import goodwill_limit
from yinuo.domains.contracts.types import CoverKind
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.kernel.money import money_text
from yinuo.platform.errors import InvalidInput

_NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class CaseGoodwill:
    """What the contract gives for a case and what the ledger has used of it.

    `is_cover` when goodwill is the cover of the case: nothing else makes its work free.
    """

    limit: Decimal
    used: Decimal
    is_cover: bool

    @property
    def left(self) -> Decimal:
        """What may still be given; never below zero."""
        return max(self.limit - self.used, _NOTHING)

    @property
    def is_used_up(self) -> bool:
        """True when goodwill is the cover and nothing is left of it: the customer pays."""
        return self.is_cover and not self.left

    @property
    def is_given_next(self) -> bool:
        """True when it is goodwill that bears the next work of the case."""
        return self.is_cover and self.left > _NOTHING

    def left_without(self, given: Decimal) -> Decimal:
        """What may be given once so much of what was used is taken back."""
        return max(self.limit - self.used + given, _NOTHING)


def goodwill_of_case(request: Any) -> CaseGoodwill | None:
    """The goodwill of the request's contract, with supplements in effect on its day of report;
    None where it sets no amount. `request` comes with site and contract."""
    if request.contract is None:
        return None
    zone = ZoneInfo(request.site.zone if request.site else settings.TIME_ZONE)
    limit = goodwill_limit(request.contract, request.reported_at.astimezone(zone).date())
    if limit is None:
        return None
    given = Q(borne_by=Borne.GOODWILL.value)
    given |= Q(borne_by=Borne.COVER.value, cover=CoverKind.GOODWILL.value)
    used = Charge.objects.filter(given, request_id=request.pk).aggregate(sum=Sum("amount"))["sum"]
    is_cover = request.cover == CoverKind.GOODWILL.value
    return CaseGoodwill(limit, used or _NOTHING, is_cover)


def is_given(borne_by: str, cover: str) -> bool:
    """True when it is goodwill that bears it: chosen, or as the cover of the case."""
    by_cover = borne_by == Borne.COVER.value and cover == CoverKind.GOODWILL.value
    return by_cover or borne_by == Borne.GOODWILL.value


def require_goodwill(
    actor: Actor, unit_id: int, goodwill: CaseGoodwill, more: Decimal, reason: str
) -> bool:
    """Pass when `more` fits in what is left. Beyond it is given only by who may decide about
    covers, up to the limit of his role for waiving, with a reason: gives True then, so that it is
    told in the audit.

    Raises InvalidInput that says the limit, what is used, and who may give more.
    """
    beyond = more - goodwill.left
    if beyond <= 0:
        return False
    most = limit_of(actor, unit_id) if actor.may(Permission.COVER_CHANGE, unit_id) else _NOTHING
    figures = {
        "limit": money_text(goodwill.limit),
        "used": money_text(goodwill.used),
        "more": money_text(more),
        "beyond": money_text(beyond),
    }
    said = _(
        "The contract gives goodwill of at most %(limit)s a case; %(used)s is used and this is "
        "%(more)s, %(beyond)s too much."
    )
    if most is not None and beyond > most:
        who = _(
            "More is given by who decides about covers, within the limit of his role: yours is "
            "%(most)s."
        )
        raise InvalidInput({"beyond": f"{said % figures} {who % {'most': money_text(most)}}"})
    if not reason:
        ask = _("You may give it: say why.")
        raise InvalidInput({"reason": f"{said % figures} {ask}"})
    return True
