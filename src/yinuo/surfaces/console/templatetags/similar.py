"""Solved cases like the one on screen."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import template
from django.template import RequestContext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.domains.fieldwork.used import used_at
from yinuo.domains.requests.similar import Likeness, similar_cases
from yinuo.kernel.states import OPEN, RequestState
from yinuo.platform.errors import Text
from yinuo.surfaces.console.access import actor_of
from yinuo.surfaces.console.words import Words, word

register = template.Library()
REASONS: Words = {
    Likeness.ASSET: _("same asset"),
    Likeness.MODEL: _("same model"),
    Likeness.LINE: _("same product line"),
    Likeness.CATEGORY: pgettext_lazy("similar case", "same category"),
    Likeness.WORDS: _("symptom alike"),
}


@register.inclusion_tag("console/request/similar.html", takes_context=True)
def similar_to_request(context: RequestContext, request_id: UUID, state: str) -> dict[str, Any]:
    """Precedents of an open case with what solved each; nothing on a closed one."""
    if RequestState(state) not in OPEN:
        return {"cases": ()}
    actor = actor_of(context["request"])
    found = similar_cases(actor, request_id)
    used = used_at(actor, [one.public_id for one in found])
    return {"cases": [(one, used.get(one.public_id)) for one in found]}


@register.filter
def alike_by(code: str) -> Text:
    """Why a case is similar."""
    return word(REASONS, code)
