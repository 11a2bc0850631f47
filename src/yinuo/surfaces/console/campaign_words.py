"""The words on screen for campaigns."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.domains.assets.classes import AssetClass
from yinuo.domains.campaigns.types import CampaignKind, Standing
from yinuo.platform.errors import Text
from yinuo.surfaces.console.words import Words

KINDS: Words = {
    CampaignKind.RECALL: pgettext_lazy("campaign", "Recall"),
    CampaignKind.CAMPAIGN: pgettext_lazy("campaign", "Service campaign"),
}
STATES: Words = {
    Standing.OPEN: pgettext_lazy("campaign", "Open"),
    Standing.AGREED: pgettext_lazy("campaign", "Agreed"),
    Standing.DONE: pgettext_lazy("campaign", "Done"),
    Standing.REFUSED: pgettext_lazy("campaign", "Refused"),
}
TONES: Words = {
    Standing.OPEN: "soon",
    Standing.AGREED: "calm",
    Standing.DONE: "kept",
    Standing.REFUSED: "",
}
CHOSEN_BY: Words = {
    "model": _("Model"),
    "asset_class": _("Class"),
    "serial_from": _("Serial number from"),
    "serial_to": _("Serial number to"),
    "component": _("Part in it"),
}


def chosen(which: AssetClass) -> Iterator[tuple[Text, str]]:
    """How the assets of a campaign were chosen, each with its name."""
    for name, label in CHOSEN_BY.items():
        if value := getattr(which, name):
            yield label, value
