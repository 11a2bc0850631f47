"""What a visitor types, in named fields only (R04). The services check the rules."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from yinuo.domains.requests.services.visiting import OwnReport

# Above what the services take, so that their message names the limit and nothing typed is cut off.
ROOM = 2_000_000
Choices = list[tuple[str, str]]


class ReportForm(forms.Form):
    """A fault as the customer reports it. Ids are resolved among his own things by the service."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=128)
    asset_id = forms.CharField(label=_("Device"), required=False, max_length=ROOM)
    device = forms.CharField(
        label=_("Which device"),
        help_text=_("Only if it is not in the list: name, model or serial number."),
        required=False,
        max_length=ROOM,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    site_id = forms.CharField(label=_("Where"), required=False, max_length=ROOM)
    symptom = forms.CharField(
        label=_("What is wrong"),
        help_text=_("What happens, since when, what you have tried."),
        max_length=ROOM,
        error_messages={"required": _("Describe what is wrong.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    level = forms.CharField(required=False, max_length=ROOM)
    phone = forms.CharField(
        label=_("Where we reach you"),
        required=False,
        max_length=ROOM,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )

    def __init__(self, *args: Any, assets: Choices, sites: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", one_time_key())
        self.fields["asset_id"].widget = forms.Select(
            choices=[("", _("not in the list, or not sure")), *assets]
        )
        self.fields["site_id"].widget = forms.Select(
            choices=[("", _("where the device stands")), *sites]
        )

    def report(self) -> OwnReport:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        return OwnReport(
            symptom=typed["symptom"],
            level=typed["level"],
            site_id=typed["site_id"],
            asset_id=typed["asset_id"],
            # A device of the register needs no words beside it.
            device="" if typed["asset_id"] else typed["device"],
            phone=typed["phone"],
        )


def one_time_key() -> str:
    """A fresh key that lets one form take effect once (R37)."""
    return uuid4().hex
