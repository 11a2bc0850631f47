"""Setting how much a role may waive of one breach."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from yinuo.domains.breaches.limits import list_limits
from yinuo.domains.breaches.models import Authority
from yinuo.domains.breaches.services.checking import amount_of
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import Conflict, InvalidInput, NotFound
from yinuo.platform.journal.work import writing


def set_limit(
    *, actor: Actor, role: str, most: Decimal | None, version: int, now: datetime
) -> None:
    """Let a role waive so much of one breach; None sets no limit, zero lets it waive nothing.

    Raises Forbidden, NotFound for a role that is not there, InvalidInput, Conflict.
    """
    require(actor, Permission.BREACH_LIMIT)
    if most is not None and amount_of(most, "CNY") < 0:
        raise InvalidInput({"amount": _("An amount is not below zero.")})
    with writing(actor=actor, now=now) as work:
        known = {row.role: row for row in list_limits()}
        if role not in known:
            raise NotFound
        row, made = Authority.objects.select_for_update().get_or_create(
            role=role, defaults={"most": most}
        )
        if (0 if made else row.version) != version:
            raise Conflict(details={"yours": version, "present": known[role].version})
        before = {"role": role, "most": _shown(known[role].most)}
        work.audit("authority.limit", row, before=before, after={"most": _shown(most)})
        if not made:
            row.most = most
            row.version += 1
            row.save()


def _shown(most: Decimal | None) -> str:
    """A limit as the journal keeps it; empty for none."""
    return "" if most is None else str(most)
