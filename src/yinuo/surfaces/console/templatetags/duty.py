"""Who is on duty, for pages that take calls."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone

from yinuo.domains.network.permissions import Permission
from yinuo.domains.oncall.call_types import PayLine
from yinuo.domains.oncall.selectors import who_is_on_duty
from yinuo.domains.oncall.statement_document import kind_word, number_text
from yinuo.kernel.money import money_text
from yinuo.platform.errors import Text
from yinuo.surfaces.console.access import actor_of
from yinuo.surfaces.console.duty_call_forms import CALL_STATES, CALL_TONES
from yinuo.surfaces.console.words import word

register = template.Library()


@register.inclusion_tag("console/duty/beside.html", takes_context=True)
def on_duty_now(context: Mapping[str, Any]) -> dict[str, Any]:
    """The rotas whose duty counts at this moment; nothing during office hours."""
    actor = actor_of(context["request"])
    if not actor.may(Permission.DUTY_READ):
        return {"rotas": []}
    found = who_is_on_duty(actor, now=timezone.now())
    return {"rotas": [one for one in found if one.counts_now]}


@register.filter
def call_state(code: str) -> Text:
    """Where a call stands."""
    return word(CALL_STATES, code)


@register.filter
def call_tone(code: str) -> Text:
    """Its colour."""
    return CALL_TONES.get(code, "")


@register.filter
def pay_kind(code: str) -> str:
    """A line or entry of a duty statement."""
    return kind_word(code)


@register.filter
def pay_number(one: PayLine) -> str:
    """How many, or which part of the month."""
    return number_text(one)


@register.filter
def yuan(amount: Decimal) -> str:
    """An amount of a duty statement."""
    return money_text(amount)


@register.filter
def duty_hours(number: Decimal) -> str:
    """Hours of overtime, without needless zeros."""
    return f"{number.normalize():f} h"
