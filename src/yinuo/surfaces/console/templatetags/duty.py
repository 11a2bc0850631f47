"""Who is on duty, for pages that take calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils import timezone

from yinuo.domains.network.permissions import Permission
from yinuo.domains.oncall.selectors import who_is_on_duty
from yinuo.surfaces.console.access import actor_of

register = template.Library()


@register.inclusion_tag("console/duty/beside.html", takes_context=True)
def on_duty_now(context: Mapping[str, Any]) -> dict[str, Any]:
    """The rotas whose duty counts at this moment; nothing during office hours."""
    actor = actor_of(context["request"])
    if not actor.may(Permission.DUTY_READ):
        return {"rotas": []}
    found = who_is_on_duty(actor, now=timezone.now())
    return {"rotas": [one for one in found if one.counts_now]}
