"""Template tags of the console: form controls, instants and devices as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from yinuo.domains.obligations.types import FactView
from yinuo.platform.errors import Text
from yinuo.surfaces.assets.templatetags.assets import icon
from yinuo.surfaces.console import words
from yinuo.surfaces.console.promises import MINUTE, duration
from yinuo.surfaces.console.rights import RIGHTS

register = template.Library()

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


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The input of a bound field, with the class of its kind."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return field.as_widget(attrs={"class": "form-check-input"})
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return field.as_widget()
    kind = "form-select" if isinstance(widget, forms.Select) else "form-control"
    extra = widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"{kind} {extra}".strip()})


@register.simple_tag(takes_context=True)
def when(context: template.Context, instant: datetime | date | None) -> SafeString:
    """An instant or date in the reader's zone; the year only when it is not this one."""
    if instant is None:
        return SafeString("—")
    now = timezone.localtime(context.get("server_now"))
    if isinstance(instant, datetime):
        local = timezone.localtime(instant)
        pattern = _short_pattern(local.year == now.year) + " H:i"
        return format_html(
            '<time datetime="{}" title="{}">{}</time>',
            local.isoformat(),
            date_format(local, "Y-m-d H:i:s T"),
            date_format(local, pattern),
        )
    pattern = _short_pattern(instant.year == now.year)
    return format_html(
        '<time datetime="{}">{}</time>', instant.isoformat(), date_format(instant, pattern)
    )


def _short_pattern(this_year: bool) -> str:
    # Translators: formats of django's date filter.
    return pgettext("date format", "j M") if this_year else pgettext("date format", "j M Y")


@register.filter
def last_day(ends_on: date) -> date:
    """The last day that still counts: what is stored is the first one that does not."""
    return ends_on - timedelta(days=1)


@register.filter
def device(user_agent: str) -> str:
    """Browser and system of a user agent, as far as they are known."""
    found = [
        next((name for mark, name in known if mark in user_agent), "")
        for known in (BROWSERS, SYSTEMS)
    ]
    return " · ".join(filter(None, found)) or _("unknown device")


@register.simple_tag
def two_texts(zh: str, en: str) -> str:
    """The reader's one of two texts that are data."""
    return words.in_language(zh, en)


@register.simple_tag
def money(amount: Decimal | None, currency: str) -> SafeString:
    """An amount with two places and grouped thousands; a dash when there is none."""
    if amount is None:
        return SafeString("—")
    # Both languages write it so; Django groups nothing in Chinese.
    return format_html('<span class="figures">{} {}</span>', f"{amount:,.2f}", currency)


_WORDS = {
    "kind": words.KINDS,
    "channel": words.CHANNELS,
    "request_state": words.REQUEST_STATES,
    "obligation_state": words.OBLIGATION_STATES,
    "step": words.STEPS,
    "fact": words.FACTS,
    "cover": words.COVERS,
    "cover_reason": words.COVER_REASONS,
    "rung": words.RUNGS,
    "right": RIGHTS,
}


@register.filter
def entry_of(words_by_code: Mapping[str, str], code: str) -> str:
    """The entry of a mapping by a code that is a variable; the code when there is none."""
    return words_by_code.get(code, code)


@register.filter
def word(code: str, of: str) -> Text:
    """The word on screen of a code: `{{ request.state|word:"request_state" }}`."""
    return words.word(_WORDS[of], code)


@register.simple_tag(takes_context=True)
def time_left(context: template.Context, due_at: datetime | None) -> str:
    """Time left or over, for readers without scripts; the script then counts it down."""
    if due_at is None:
        return ""
    seconds = (due_at - context["server_now"]).total_seconds()
    label = _("left") if seconds >= 0 else _("over by")
    return f"{label} {duration(seconds)}"


@register.simple_tag
def fact_icon(kind: str) -> SafeString:
    """The picture of a kind of fact."""
    return icon(words.FACT_ICONS.get(kind, "circle-dashed"))


@register.filter
def fact_words(attrs: Mapping[str, Any], levels: Mapping[str, str]) -> list[str]:
    """What of a fact's attributes a reader wants to see."""
    shown = []
    if level := attrs.get("level"):
        shown.append(levels.get(level, level))
    if (minutes := attrs.get("travel_minutes")) is not None:
        shown.append(_("%(time)s travel") % {"time": duration(minutes * MINUTE)})
    return shown


@register.filter
def is_late(fact: FactView) -> bool:
    """True when a fact was recorded noticeably after it occurred."""
    return (fact.received_at - fact.occurred_at).total_seconds() >= MINUTE
