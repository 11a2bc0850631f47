"""Setting the rules by which customers to be phoned back are drawn (B-62)."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from yinuo.domains.feedback.policies import visible_rules
from yinuo.domains.feedback.rule_models import CallBackRule
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require, unit_for
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.types import PLANNED_VISIT, RequestKind
from yinuo.platform.errors import InvalidInput
from yinuo.platform.journal.work import stored, writing
from yinuo.platform.scoped import one_of

MOST_PERCENT, CATEGORY_LENGTH = 100, 60


def add_rule(
    *, actor: Actor, unit_id: object, kind: str, category: str, percent: int | None, now: datetime
) -> CallBackRule:
    """Draw so many percent of a unit's requests, of a kind or category where one is given.

    A visit we planned ourselves is of kind `planned_visit`.

    Raises InvalidInput by field, NotFound, Forbidden.
    """
    share = _checked(percent)
    named = category.strip()
    if (kind and kind not in {*RequestKind, PLANNED_VISIT}) or len(named) > CATEGORY_LENGTH:
        raise InvalidInput({"kind": _("Choose one of the answers offered.")})
    with writing(actor=actor, now=now) as work:
        unit = unit_for(actor, unit_id, Permission.CALL_BACK_RULE)
        try:
            with transaction.atomic():
                row = CallBackRule.objects.create(
                    unit_id=unit.pk,
                    kind=kind,
                    category=named,
                    percent=share,
                    set_at=now,
                    set_by=actor.label[:80],
                )
        except IntegrityError as error:
            message = _("There is such a rule already: change its share.")
            raise InvalidInput({"unit_id": message}) from error
        work.audit("call_back.rule", row, after={"percent": share})
        return row


def change_rule(
    *, actor: Actor, rule_id: object, percent: int | None, version: int, now: datetime
) -> CallBackRule:
    """Let a rule draw another share from now on. Raises InvalidInput, Conflict, NotFound,
    Forbidden."""
    share = _checked(percent)
    with writing(actor=actor, now=now) as work:
        row = _locked(actor, rule_id)
        before = row.percent
        changes = {"percent": share, "set_at": now, "set_by": actor.label[:80]}
        stored(row, expected_version=version, changes=changes)
        work.audit("call_back.rule", row, before={"percent": before}, after={"percent": share})
        return row


def end_rule(*, actor: Actor, rule_id: object, version: int, now: datetime) -> CallBackRule:
    """Take a rule away, so that the rule of the unit above counts again. Raises Conflict, NotFound,
    Forbidden."""
    with writing(actor=actor, now=now) as work:
        row = _locked(actor, rule_id)
        stored(row, expected_version=version, changes={})
        work.audit("call_back.rule_end", row, before={"percent": row.percent})
        CallBackRule.objects.filter(pk=row.pk).delete()
        return row


def _locked(actor: Actor, rule_id: object) -> CallBackRule:
    row = one_of(visible_rules(actor).select_for_update(), rule_id)
    require(actor, Permission.CALL_BACK_RULE, row.unit_id)
    return row


def _checked(percent: int | None) -> int:
    if percent is None or not 0 <= percent <= MOST_PERCENT:
        raise InvalidInput({"percent": _("Give a whole number from 0 to 100.")})
    return percent
