"""Template tags of every surface: form controls, instants and texts as people read them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from yinuo.kernel.money import money_text
from yinuo.kernel.plan.wording import number_text
from yinuo.surfaces.assets.bars import duration
from yinuo.surfaces.assets.languages import in_language

register = template.Library()


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


@register.filter
def plain_number(number: Decimal) -> str:
    """A number without needless zeros."""
    return number_text(number)


@register.filter
def price(amount: Decimal) -> str:
    """An amount with at least two places, grouped: `1,840.00`; finer unit prices keep theirs."""
    return money_text(amount.normalize())


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


@register.simple_tag
def two_texts(zh: str, en: str) -> str:
    """The reader's one of two texts that are data."""
    return in_language(zh, en)


@register.simple_tag(takes_context=True)
def time_left(context: template.Context, due_at: datetime | None) -> str:
    """Time left or over, for readers without scripts; the script then counts it down."""
    if due_at is None:
        return ""
    seconds = (due_at - context["server_now"]).total_seconds()
    label = _("left") if seconds >= 0 else _("over by")
    return f"{label} {duration(seconds)}"
