"""Template tags of the console: form controls, instants and devices as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.template import RequestContext
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from yinuo.domains.contracts.papers import PaperRow
from yinuo.domains.contracts.types import ContractRow
from yinuo.domains.customers.contact_roles import contact_roles
from yinuo.domains.feedback.health_types import Tone
from yinuo.domains.obligations.types import FactView
from yinuo.platform.errors import Text
from yinuo.platform.filters.selectors import list_filters
from yinuo.surfaces.assets.bars import MINUTE, duration
from yinuo.surfaces.assets.complaint_words import CATEGORIES
from yinuo.surfaces.assets.templatetags import showing
from yinuo.surfaces.assets.templatetags.assets import icon
from yinuo.surfaces.console import (
    after_words,
    billing_words,
    complaint_words,
    cover_words,
    health_words,
    own_promises,
    qualified_words,
    words,
)
from yinuo.surfaces.console.access import user_of
from yinuo.surfaces.console.rights import RIGHTS
from yinuo.surfaces.console.views.filters import kept_query

register = template.Library()
register.tags.update(showing.register.tags)
register.filters.update(showing.register.filters)

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


@register.filter
def device(user_agent: str) -> str:
    """Browser and system of a user agent, as far as they are known."""
    found = [
        next((name for mark, name in known if mark in user_agent), "")
        for known in (BROWSERS, SYSTEMS)
    ]
    return " · ".join(filter(None, found)) or _("unknown device")


@register.filter
def runs_until(contract: ContractRow) -> date | None:
    """The first day a contract no longer runs, by its supplements in effect today."""
    return contract.runs_until(timezone.localdate())


@register.filter
def standing(contract: ContractRow) -> str:
    """Whether a contract is to come, runs, is suspended or has ended today."""
    return contract.standing(timezone.localdate()).value


@register.filter
def may_be_renewed(contract: ContractRow) -> bool:
    """True when a contract's renewal is to be offered today."""
    return contract.may_be_renewed(timezone.localdate())


@register.simple_tag
def money(amount: Decimal | None, currency: str) -> SafeString:
    """An amount with two places and grouped thousands; a dash when there is none."""
    if amount is None:
        return SafeString("—")
    # Both languages write it so; Django groups nothing in Chinese.
    return format_html('<span class="figures">{} {}</span>', f"{amount:,.2f}", currency)


_WORDS = {
    "kind": words.ALL_KINDS,
    "answer_source": after_words.SOURCES,
    "complaint_state": complaint_words.STATES,
    "complaint_category": CATEGORIES,
    "complaint_channel": complaint_words.CHANNELS,
    "complaint_act": complaint_words.ACTS,
    "redress": complaint_words.REDRESS,
    "channel": words.CHANNELS,
    "health_line": health_words.HEALTH_LINES,
    "health_tone": health_words.TONES,
    "paper_state": words.PAPER_STATES,
    "paper_start": words.PAPER_STARTS,
    "handed_by": words.HANDED_BY,
    "purpose": words.PURPOSES,
    "how_consented": words.HOW_CONSENTED,
    "request_state": words.REQUEST_STATES,
    "obligation_state": words.OBLIGATION_STATES,
    "step": words.STEPS,
    "fact": words.FACTS,
    "clause_change": words.CLAUSE_CHANGES,
    "clause_field": words.CLAUSE_FIELDS,
    "plan_draft": words.PLAN_DRAFT_STATES,
    "plan_outcome": words.PLAN_OUTCOMES,
    "notice_state": words.NOTICE_STATES,
    "notice_channel": words.NOTICE_CHANNELS,
    "notice_trouble": words.NOTICE_TROUBLES,
    "change_cause": words.CHANGE_CAUSES,
    "cover": words.COVERS,
    "cover_reason": words.COVER_REASONS,
    "rung": words.RUNGS,
    "cover_item": cover_words.ITEMS,
    "cover_lost": cover_words.LOST,
    "cover_precision": cover_words.PRECISIONS,
    "service_mode": qualified_words.MODES,
    "absence": qualified_words.ABSENCES,
    "rule": qualified_words.RULES,
    "quota": cover_words.QUOTAS,
    "stage": cover_words.STAGES,
    "standing": cover_words.STANDINGS,
    "condition": cover_words.CONDITIONS,
    "missing": cover_words.MISSING,
    "agreement": cover_words.AGREEMENTS,
    "kept": own_promises.KEPT,
    "double_reason": words.DOUBLE_REASONS,
    "right": RIGHTS,
    "quote_state": billing_words.QUOTE_STATES,
    "entry_change": billing_words.ENTRY_CHANGES,
    "borne": billing_words.BORNE,
    "charge_entry": billing_words.CHARGE_ENTRIES,
    "satisfaction": after_words.SATISFACTION,
    "delivery": after_words.DELIVERY,
    "history": after_words.HISTORY,
    "report_state": after_words.REPORT_STATES,
    "call_back_state": after_words.CALL_BACK_STATES,
}


@register.filter
def entry_of(words_by_code: Mapping[str, str], code: str) -> str:
    """The entry of a mapping by a code that is a variable; the code when there is none."""
    return words_by_code.get(code, code)


register.filter("availability", health_words.availability)
register.filter("health_sentence", health_words.sentence)


@register.filter
def health_colour(tone: str) -> str:
    """The colour of a line of the health record, as time left is coloured."""
    return health_words.COLOURS[Tone(tone)]


@register.filter
def late_on(paper: PaperRow, today: date) -> bool:
    """True when a paper is missing after its last day."""
    return paper.is_late(today)


@register.filter
def lasting(seconds: float) -> str:
    """A length of time in the reader's words."""
    return duration(seconds)


@register.filter
def minutes(number: int) -> str:
    """So many minutes in the reader's words."""
    return duration(number * MINUTE) if number else "0"


@register.filter
def contact_role(code: str) -> str:
    """What a contact is at the customer's, by the code of the shipped list."""
    found = next((role for role in contact_roles() if role.code == code), None)
    return words.in_language(found.name_zh, found.name_en) if found else code


@register.filter
def word(code: str, of: str) -> Text:
    """The word on screen of a code: `{{ request.state|word:"request_state" }}`."""
    return words.word(_WORDS[of], code)


@register.simple_tag(takes_context=True)
def sort_head(context: Mapping[str, Any], name: str, label: Text) -> SafeString:
    """The head of a column by which the list can be sorted; once more turns the order round."""
    request, sort = context["request"], context["list"].sort
    query = request.GET.copy()
    query.pop("cursor", None)
    query["sort"] = f"-{name}" if sort == name else name
    state, shape = {
        name: ("ascending", "chevron-up"),
        f"-{name}": ("descending", "chevron-down"),
    }.get(sort, ("none", ""))
    return format_html(
        '<th scope="col" aria-sort="{}"><a href="?{}">{}{}</a></th>',
        state,
        query.urlencode(),
        label,
        icon(shape) if shape else "",
    )


@register.filter
def title_in(code: str, titles: Mapping[str, str]) -> str:
    """The title of a code; the code itself when it has none any more."""
    return titles.get(code, code)


@register.simple_tag
def fact_icon(kind: str) -> SafeString:
    """The picture of a kind of fact."""
    return icon(words.FACT_ICONS.get(kind, "circle-dashed"))


@register.filter
def plain(number: Decimal) -> str:
    """A number without zeros behind its point: 2.50 is 2.5."""
    return f"{number.normalize():f}"


@register.filter
def is_late(fact: FactView) -> bool:
    """True when a fact was recorded noticeably after it occurred."""
    return (fact.received_at - fact.occurred_at).total_seconds() >= MINUTE


@register.inclusion_tag("console/parts/saved_filters.html", takes_context=True)
def saved_filters(context: RequestContext) -> dict[str, Any]:
    """The reader's kept filters of this list, and a form to keep what it is narrowed by now."""
    request = context["request"]
    query = kept_query(request.GET)
    return {
        "kept": list_filters(user_of(request), request.path),
        "query": query,
        "page": request.path,
        "csrf_token": context.get("csrf_token"),
    }
