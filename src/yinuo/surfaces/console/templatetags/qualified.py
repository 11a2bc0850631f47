"""How certificates stand, and what is lost with them, in templates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yinuo.domains.contracts.losing import Loss
from yinuo.domains.network.qualification_types import CertificateRow
from yinuo.surfaces.console import qualified_words, words

register = template.Library()


@register.simple_tag
def validity(certificate: CertificateRow, today: date) -> SafeString:
    """Whether a certificate is valid today, as a tag in its colour."""
    stands = certificate.validity(today)
    tone = words.word(qualified_words.VALIDITY_TONES, stands)
    name = words.word(qualified_words.VALIDITIES, stands)
    return format_html('<span class="tag" data-tone="{}">{}</span>', tone, name)


@register.simple_tag
def lost_with(certificate: CertificateRow, losses: Mapping[int, Loss]) -> str:
    """What the end of a certificate takes with it; a dash while that is far off."""
    loss = losses.get(certificate.id)
    return lost_words(loss, certificate.data.product_line) if loss else "—"


def lost_words(loss: Loss, line: str) -> str:
    """The same as a sentence."""
    if loss.is_covered:
        others = ngettext(
            "%(number)d other stays certified for it.",
            "%(number)d others stay certified for it.",
            loss.others,
        )
        return others % {"number": loss.others}
    said = _("Nobody else in the unit is certified for %(line)s.") % {
        "line": line or _("every product line")
    }
    if not loss.contracts:
        return said
    more = ngettext(
        "%(number)d contract loses cover: %(names)s",
        "%(number)d contracts lose cover: %(names)s",
        loss.contracts,
    )
    return f"{said} " + more % {"number": loss.contracts, "names": "、".join(loss.numbers)}
