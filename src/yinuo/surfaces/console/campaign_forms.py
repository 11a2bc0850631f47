"""Forms of campaigns: setting one up, how an asset stands, closing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.domains.assets.classes import AssetClass
from yinuo.domains.campaigns.types import CampaignData
from yinuo.surfaces.console import campaign_words
from yinuo.surfaces.console.editing import KeptForm
from yinuo.surfaces.console.fields import DayField, PickField, line, paragraph, wide
from yinuo.surfaces.console.forms import ROOM

HINTS = {
    "model": _("The whole model, in any case."),
    "asset_class": _("The product line as the assets have it."),
    "component": _("Any part of its name, model or serial number."),
}


class CampaignForm(KeptForm):
    """A campaign: what, why, until when, over which assets."""

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in campaign_words.CHOSEN_BY.items():
            self.fields[name] = line(label, hint=HINTS.get(name, ""), autocomplete="off")
        self.fields["kind"] = wide(
            forms.ChoiceField(
                label=pgettext_lazy("campaign", "Kind"),
                choices=list(campaign_words.KINDS.items()),
                widget=forms.RadioSelect,
            )
        )
        self.fields["title"] = wide(
            line(pgettext_lazy("campaign", "Title"), required=True, autocomplete="off")
        )
        self.fields["text"] = paragraph(
            _("What is done and why"),
            rows=5,
            hint=_("Requests opened for the assets begin with these words."),
        )
        self.fields["text"].required = True
        self.fields["due_on"] = DayField(label=_("To be done by"))
        self.fields["unit_id"] = PickField(label=_("Unit in charge"), choices=units)

    def campaign(self) -> CampaignData:
        """What the service takes. Call it on a valid form."""
        values = self.cleaned_data
        which = AssetClass(**{name: values[name] for name in campaign_words.CHOSEN_BY})
        return CampaignData(
            values["kind"], values["title"], values["text"], values["due_on"], which
        )


class ClassForm(forms.Form):
    """The class alone, for the preview."""

    model = forms.CharField(required=False, max_length=ROOM)
    asset_class = forms.CharField(required=False, max_length=ROOM)
    serial_from = forms.CharField(required=False, max_length=ROOM)
    serial_to = forms.CharField(required=False, max_length=ROOM)
    component = forms.CharField(required=False, max_length=ROOM)


class StandingForm(KeptForm):
    """How an asset stands with its customer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"] = wide(
            forms.ChoiceField(
                label=_("State"),
                choices=list(campaign_words.STATES.items()),
                widget=forms.RadioSelect,
            )
        )
        self.fields["reason"] = wide(
            line(
                _("Reason"),
                hint=_("Needed for a refusal, and to take back what was settled."),
                autocomplete="off",
            )
        )


class CloseForm(KeptForm):
    """Why a campaign ends."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = wide(line(_("Reason"), required=True, autocomplete="off"))
