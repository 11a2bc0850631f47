"""Software versions on pages: their words, and those of an asset."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from yinuo.domains.network.permissions import Permission
from yinuo.domains.software.selectors import software_of_asset as of_asset
from yinuo.platform.errors import Text
from yinuo.surfaces.console import software_words, words
from yinuo.surfaces.console.access import actor_of

register = template.Library()
_WORDS = {
    "kind": software_words.KINDS,
    "way": software_words.WAYS,
    "help": software_words.HELPS,
    "refusal": software_words.REFUSALS,
    "cover": software_words.COVERS,
}


@register.filter
def software_word(code: str, of: str) -> Text:
    """The word on screen of a code: `{{ row.way|software_word:"way" }}`."""
    return words.word(_WORDS[of], code)


@register.inclusion_tag("console/software/of_asset.html", takes_context=True)
def software_of_asset(context: dict[str, Any], asset_id: object) -> dict[str, Any]:
    """The versions there are for an asset; empty without the right."""
    actor = actor_of(context["request"])
    return {
        "software": of_asset(actor, asset_id, timezone.now()),
        "may_deliver": actor.may(Permission.SOFTWARE_DELIVER),
        "may_quote": actor.may(Permission.QUOTE_WRITE),
    }
