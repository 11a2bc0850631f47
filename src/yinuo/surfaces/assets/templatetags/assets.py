"""`{% entry "console" %}` links a surface's bundle; `{% icon "phone" %}` shows an icon inline."""

from __future__ import annotations

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from yinuo.surfaces.assets import manifest

register = template.Library()


@register.simple_tag
def entry(surface: str) -> SafeString:
    """The style sheets and the module script of a surface."""
    files = manifest.entry(surface)
    styles = format_html_join(
        "\n", '<link rel="stylesheet" href="{}">', ((static(path),) for path in files.styles)
    )
    script = format_html('<script type="module" src="{}"></script>', static(files.script))
    return format_html("{}\n{}", styles, script)


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon for the eye only; the text beside it says what it means."""
    shape = mark_safe(manifest.icon_shape(name))  # noqa: S308 - built from our own files
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>', shape
    )
