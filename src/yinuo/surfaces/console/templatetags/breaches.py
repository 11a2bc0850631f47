"""Words of the breach ledger in templates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import template
from django.template import RequestContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yinuo.domains.breaches.selectors import PRICED, Narrowed, breaches_of_subjects, list_breaches
from yinuo.domains.breaches.types import BreachRow
from yinuo.domains.network.permissions import Permission
from yinuo.domains.obligations.types import ObligationView
from yinuo.kernel.plan.words import BASES
from yinuo.platform.errors import Text
from yinuo.surfaces.console import breach_words, words
from yinuo.surfaces.console.access import actor_of
from yinuo.surfaces.console.lateness import late_seconds
from yinuo.surfaces.console.promises import PromiseBar

register = template.Library()

_WORDS: Mapping[str, words.Words] = {
    "state": breach_words.BREACH_STATES,
    "tone": breach_words.BREACH_TONES,
    "entry": breach_words.ENTRY_KINDS,
    "act": breach_words.ACTS,
    "leg": breach_words.LEGS,
    "payer": breach_words.PAYERS,
    "right_state": breach_words.RIGHT_STATES,
    "right_kind": breach_words.RIGHT_KINDS,
    "hands": breach_words.HANDS,
}
MOST_SHOWN = 5
MINUTE, MINUTES_A_DAY = 60, 24 * 60


@register.filter
def breach_word(code: str, of: str) -> Text:
    """The word on screen of a code of the ledger: `{{ row.state|breach_word:"state" }}`."""
    if of == "base":
        name = BASES.get(code.partition(".")[2])
        return words.in_language(name.zh, name.en) if name else code
    return words.word(_WORDS[of], code)


@register.filter
def extent(seconds: Decimal | int) -> str:
    """A length of time to the minute, seconds only below one: what is paid for is not rounded."""
    whole = int(seconds)
    if whole < MINUTE:
        return _("%(seconds)d s") % {"seconds": whole}
    days, rest = divmod(whole // MINUTE, MINUTES_A_DAY)
    hours, minutes = divmod(rest, 60)
    parts = [
        _("%(number)d d") % {"number": days} if days else "",
        _("%(number)d h") % {"number": hours} if hours else "",
        _("%(number)d min") % {"number": minutes} if minutes else "",
    ]
    return " ".join(filter(None, parts))


@register.simple_tag
def late_by(row: BreachRow) -> str:
    """How late a breach is, until now while it is open; nothing when it is not late."""
    seconds = late_seconds(row, timezone.now())
    return extent(seconds) if seconds else ""


@register.inclusion_tag("console/breaches/box.html", takes_context=True)
def breaches_of(context: RequestContext, what: str, public_id: UUID) -> dict[str, Any]:
    """The latest breaches of a `customer` or `contract`, those with a price if there are any.

    Nothing without the right to see them.
    """
    actor = actor_of(context["request"])
    rows: Iterable[BreachRow] = ()
    if actor.may(Permission.BREACH_READ):
        narrowed = {
            "customer": Narrowed(customer_id=public_id),
            "contract": Narrowed(contract_id=public_id),
        }[what]
        priced = replace(narrowed, state=PRICED)
        rows = list_breaches(actor, priced, limit=MOST_SHOWN).items
        rows = rows or list_breaches(actor, narrowed, limit=MOST_SHOWN).items
    return {
        "rows": rows,
        "whole": True,
        "more": f"{reverse('console:breaches')}?{what}={public_id}",
    }


@register.simple_tag(takes_context=True)
def breaches_of_case(
    context: RequestContext, subject_id: UUID, bars: Iterable[PromiseBar]
) -> Sequence[BreachRow]:
    """The breaches of a case; asks nothing where no promise was missed, or without the right."""
    actor = actor_of(context["request"])
    has_missed = any(bar.promise.state == "missed" for bar in bars)
    if not has_missed or not actor.may(Permission.BREACH_READ):
        return ()
    return breaches_of_subjects(actor, [subject_id])[subject_id]


@register.filter
def breach_of(rows: Iterable[BreachRow], promise: ObligationView) -> BreachRow | None:
    """The breach of a missed promise among those of its case; None for every other promise."""
    if promise.state != "missed":
        return None
    mine = (one for one in rows or () if one.clause == promise.clause)
    return next((one for one in mine if one.due_at == promise.due_at), None)
