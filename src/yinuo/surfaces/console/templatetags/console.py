"""Template tags of the console: form controls, instants and devices as people read them."""

from __future__ import annotations

from datetime import date, datetime

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

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
def device(user_agent: str) -> str:
    """Browser and system of a user agent, as far as they are known."""
    found = [
        next((name for mark, name in known if mark in user_agent), "")
        for known in (BROWSERS, SYSTEMS)
    ]
    return " · ".join(filter(None, found)) or _("unknown device")
