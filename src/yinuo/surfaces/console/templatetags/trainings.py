"""Words of trainings in templates, and the trainings of a customer, a project or a person."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import template
from django.template import RequestContext
from django.urls import reverse

from yinuo.domains.network.permissions import Permission
from yinuo.domains.trainings.selectors import results_of_person, trainings_beside
from yinuo.platform.errors import Text
from yinuo.surfaces.console import training_words, words
from yinuo.surfaces.console.access import actor_of

register = template.Library()


@register.filter
def training_kind(code: str) -> Text:
    """The word of whose people are taught."""
    return words.word(training_words.KINDS, code)


@register.filter
def training_occasion(code: str) -> Text:
    """The word of why a customer's people are taught."""
    return words.word(training_words.OCCASIONS, code)


@register.filter
def training_state(code: str) -> Text:
    """The word of how far a training is."""
    return words.word(training_words.STATES, code)


@register.filter
def training_tone(code: str) -> Text:
    """The colour of how far a training is."""
    return words.word(training_words.TONES, code)


@register.filter
def training_outcome(code: str) -> Text:
    """The word of a participant's result."""
    return words.word(training_words.OUTCOMES, code)


@register.filter
def outcome_tone(code: str) -> Text:
    """The colour of a participant's result."""
    return words.word(training_words.OUTCOME_TONES, code)


@register.inclusion_tag("console/trainings/box.html", takes_context=True)
def trainings_of(
    context: RequestContext, what: str, public_id: UUID, customer_id: UUID
) -> dict[str, Any]:
    """The trainings of a `customer` or `project`; nothing without the right to see them."""
    actor = actor_of(context["request"])
    shown = actor.may(Permission.TRAINING_READ)
    new_at = reverse("console:customers_trainings_new", args=[customer_id])
    all_at = f"{reverse('console:trainings')}?customer={customer_id}"
    wanted = {f"{what}_id": public_id}
    return {
        "shown": shown,
        "rows": trainings_beside(actor, **wanted) if shown else [],
        "new_at": (new_at if what == "customer" else f"{new_at}?project={public_id}")
        if actor.may(Permission.TRAINING_WRITE)
        else "",
        "all_at": all_at if what == "customer" else "",
    }


@register.inclusion_tag("console/trainings/passed.html", takes_context=True)
def trainings_of_person(context: RequestContext, person_id: UUID) -> dict[str, Any]:
    """The trainings in which somebody took part, with his results, as far as one sees them."""
    return {"rows": results_of_person(actor_of(context["request"]), person_id)}
