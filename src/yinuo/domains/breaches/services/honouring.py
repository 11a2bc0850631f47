"""What a right that is not money sets going once it is given: more warranty, something owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from yinuo.domains.assets.selectors import get_asset_of
from yinuo.domains.assets.services.prolonging import More, prolong_warranty
from yinuo.domains.breaches.models import Right
from yinuo.domains.breaches.services.lengthening import lengthen_contract
from yinuo.domains.contracts.services.agreements import AgreementData, hold_term
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import Work

EXTENSION = "extension"
# Rights that stand with the contract from now on, without a day on which something is owed.
STANDING = frozenset({"end_contract", "free_service", "free_repair", "loses_claim"})


@dataclass(frozen=True, slots=True)
class Giving:
    """How a right is given: the asset whose warranty grows, or the day by which it is owed."""

    asset_id: object = None
    due_on: date | None = None


def honour(right: Right, giving: Giving, reason: str, actor: Actor, work: Work) -> None:
    """Let a right that is given take effect in the same step.

    More time of the contract moves its end; more warranty moves the cover of the asset named; what
    is to be done by a day, and what the customer may do from now on, is held with the contract as
    an agreement, which is owed, shown and reminded of like any other. Raises InvalidInput,
    IllegalMove where it cannot take effect, NotFound for an asset of another customer.
    """
    if giving.asset_id:
        get_asset_of(right.breach.customer_id, giving.asset_id)
    if right.extends == "contract":
        lengthen_contract(right, reason, actor, work.now)
    elif right.extends == "warranty":
        _prolong(right, giving, reason, work)
    elif right.kind != EXTENSION and (giving.due_on or right.kind in STANDING):
        _hold(right, giving, reason, work)


def _prolong(right: Right, giving: Giving, reason: str, work: Work) -> None:
    if not giving.asset_id:
        raise InvalidInput({"asset_id": _("Name the asset whose warranty grows.")})
    if right.extends_days <= 0 and right.extends_months <= 0:
        raise IllegalMove(_("By how much it grows is not known. Refuse it, and say why."))
    more = More(right.extends_months, right.extends_days, reason, right.public_id)
    prolong_warranty(right.breach.customer_id, giving.asset_id, more, work)


def _hold(right: Right, giving: Giving, reason: str, work: Work) -> None:
    contract_id = right.breach.contract_id
    if contract_id is None:
        if giving.due_on:
            said = _("There is no contract to hold it with. Leave the day empty.")
            raise InvalidInput({"due_on": said})
        return
    today = timezone.localtime(work.now, ZoneInfo(settings.TIME_ZONE)).date()
    if giving.due_on is not None and giving.due_on < today:
        raise InvalidInput({"due_on": _("Give today or a day to come.")})
    text = "\n".join(one for one in (right.text_zh, right.text_en, reason) if one)
    data = AgreementData(text=text[:4_000], agreed_on=today, due_on=giving.due_on)
    hold_term(contract_id, data, work)
