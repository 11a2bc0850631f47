"""Words of preventive visits in templates, and what is due beside a customer or contract."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import template
from django.template import RequestContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yinuo.domains.network.permissions import Permission
from yinuo.domains.prevention.days import SuitingDay
from yinuo.domains.prevention.selectors import visits_of_contract, visits_of_customer
from yinuo.domains.prevention.suggestions import Ground, Suggestion
from yinuo.domains.prevention.types import Beat, Recurrence
from yinuo.platform.errors import Text
from yinuo.surfaces.console import visit_words, words
from yinuo.surfaces.console.access import actor_of

register = template.Library()


@register.filter
def visit_kind(code: str) -> Text:
    """The word of what a visit is for."""
    return words.word(visit_words.KINDS, code)


@register.filter
def visit_state(code: str) -> Text:
    """The word of how a visit stands."""
    return words.word(visit_words.STATES, code)


@register.filter
def visit_tone(code: str) -> Text:
    """The colour of how a visit stands."""
    return words.word(visit_words.TONES, code)


@register.filter
def visit_talk(code: str) -> Text:
    """The word of what a talk came to."""
    return words.word(visit_words.TALKS, code)


@register.filter
def visit_beat(beat: Beat) -> str:
    """How a series comes again, in a few words."""
    if beat.rhythm == Recurrence.PERIOD:
        return str(words.word(visit_words.EVERY, beat.every))
    if beat.rhythm == Recurrence.SEASON:
        return " · ".join(f"{first}–{last}" for first, last in beat.seasons)
    if beat.rhythm == Recurrence.INTERVAL:
        return _("%(days)d days after the last one") % {"days": beat.every_days or 0}
    if beat.rhythm == Recurrence.USAGE and beat.usage_every is not None:
        amount = f"{beat.usage_every.normalize():f} {beat.usage_unit}".strip()
        return _("after each %(amount)s") % {"amount": amount}
    return str(words.word(visit_words.ALL_RHYTHMS, beat.rhythm))


@register.filter
def visit_ground(code: str) -> Text:
    """The word of why a visit is suggested."""
    return words.word(visit_words.GROUNDS, code)


@register.filter
def suggested_because(one: Suggestion) -> str:
    """Why a visit is suggested, in a sentence."""
    figures = dict(one.figures)
    if one.ground is Ground.REPEATS:
        return _("%(number)d faults within %(days)d days") % figures
    if one.ground is Ground.LEFT_OPEN:
        found = words.in_language(figures["zh"], figures["en"])
        given = {"found": found, "days": figures["days"], "number": figures["number"]}
        return _("%(found)s: found %(days)d days ago, %(number)s still open") % given
    if one.ground is Ground.EXPIRING:
        return _("%(number)s ends in %(days)d days: call before it does") % figures
    return _("in use for %(years)d years") % figures


@register.filter
def day_reason(day: SuitingDay) -> str:
    """Why a day suits a visit, in words."""
    if day.km is None:
        return _("no other visit near it that day yet")
    way = {"customer": day.customer, "km": f"{day.km:.0f}", "engineer": day.engineer}
    if day.engineer:
        said = _("%(engineer)s is at %(customer)s that day, %(km)s km away") % way
    else:
        said = _("somebody is to be at %(customer)s that day, %(km)s km away") % way
    return f"{said} · {_('visits that day: %(number)d') % {'number': day.stops}}"


@register.inclusion_tag("console/visits/box.html", takes_context=True)
def visits_of(
    context: RequestContext, what: str, public_id: UUID, customer_id: UUID
) -> dict[str, Any]:
    """The visits due of a `customer` or `contract`, and its years as documents; nothing without
    the right to see them."""
    actor, now = actor_of(context["request"]), timezone.now()
    read = {"customer": visits_of_customer, "contract": visits_of_contract}[what]
    is_customer, today = what == "customer", timezone.localdate()
    return {
        "rows": read(actor, public_id, now),
        "year_at": reverse("console:customers_year", args=[customer_id]),
        "contract_id": "" if is_customer else public_id,
        "years": [today.year, today.year - 1],
        "shown": actor.may(Permission.PREVENTION_READ),
        "series_at": f"{reverse('console:visits_series')}?customer={public_id}"
        if is_customer
        else "",
        "new_at": reverse("console:visits_series_new", args=[public_id])
        if is_customer and actor.may(Permission.PREVENTION_WRITE)
        else "",
    }
