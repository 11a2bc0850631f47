"""What people type, parsed into typed values. Rules of the business are the services' to check."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from yinuo.domains.requests.types import Channel, Intake, RequestKind
from yinuo.surfaces.console import words
from yinuo.surfaces.console.guiding import answers_in

LOCAL_TIME = "%Y-%m-%dT%H:%M"
# Above what services take, so that their message names the limit and nothing typed is cut off.
ROOM = 2_000_000


def one_time_key() -> str:
    """A fresh key that lets one form take effect once (R37)."""
    return uuid4().hex


def moment_field(label: Any, hint: Any) -> forms.DateTimeField:
    """A local date and time in the product's zone, empty for now. `hint` names the zone."""
    zone = words.word(words.ZONES, settings.TIME_ZONE)
    return forms.DateTimeField(
        label=label,
        help_text=lazy(lambda: hint % {"zone": zone}, str)(),
        required=False,
        widget=forms.DateTimeInput(format=LOCAL_TIME, attrs={"type": "datetime-local"}),
        input_formats=[LOCAL_TIME],
    )


class IntakeForm(forms.Form):
    """A call, as taken in. Ids are resolved by the service within the actor's scope."""

    key = forms.CharField(widget=forms.HiddenInput)
    customer_id = forms.CharField(
        widget=forms.HiddenInput, error_messages={"required": _("Choose the customer first.")}
    )
    contact_id = forms.CharField(required=False)
    site_id = forms.CharField(required=False)
    asset_id = forms.CharField(required=False)
    caller_name = forms.CharField(label=_("Caller's name"), required=False, max_length=ROOM)
    caller_phone = forms.CharField(
        label=_("Caller's number"),
        required=False,
        max_length=ROOM,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    symptom = forms.CharField(
        label=_("What is wrong"),
        help_text=_("In the caller's words: what happens, since when, what was tried."),
        max_length=ROOM,
        error_messages={"required": _("Describe what is wrong, as the caller says it.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=list(words.KINDS.items()), widget=forms.RadioSelect
    )
    channel = forms.ChoiceField(
        label=_("Channel"), choices=list(words.CHANNELS.items()), widget=forms.RadioSelect
    )
    level = forms.CharField(required=False)
    category = forms.CharField(required=False)
    elsewhere = forms.CharField(
        label=_("Repair under way elsewhere"),
        help_text=_("Who is working on it already: the maker, another company."),
        required=False,
        max_length=ROOM,
    )
    reported_at = moment_field(
        _("Reported at"), _("%(zone)s; leave empty when it is reported just now.")
    )
    keep = forms.BooleanField(required=False)

    @classmethod
    def fresh(cls) -> IntakeForm:
        """An empty form with its one-time key."""
        kind, channel = RequestKind.FAULT.value, Channel.HOTLINE.value
        return cls(initial={"key": one_time_key(), "kind": kind, "channel": channel})

    def intake(self) -> Intake:
        """What the service takes. Call it on a valid form."""
        typed = {name: self.cleaned_data[name] for name in self.fields if name != "key"}
        return Intake(**typed, answers=answers_in(self.data))


class PreviewForm(forms.Form):
    """The few fields of an intake that decide what would follow."""

    customer_id = forms.CharField(required=False)
    site_id = forms.CharField(required=False)
    asset_id = forms.CharField(required=False)
    level = forms.CharField(required=False)
    kind = forms.CharField(required=False)
    category = forms.CharField(required=False)
    plan_shown = forms.CharField(required=False)
    keep = forms.BooleanField(required=False)
    reported_at = forms.DateTimeField(required=False, input_formats=[LOCAL_TIME])


class NewcomerForm(forms.Form):
    """A caller nobody knows yet: company or person, and the number to reach him."""

    newcomer_key = forms.CharField(widget=forms.HiddenInput)
    company = forms.CharField(label=_("Company"), required=False, max_length=ROOM)
    person = forms.CharField(label=_("Person"), required=False, max_length=ROOM)
    phone = forms.CharField(label=_("Number"), required=False, max_length=ROOM)
    unit = forms.ChoiceField(label=_("Unit in charge"))

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = forms.ChoiceField(label=_("Unit in charge"), choices=units)

    def clean(self) -> dict[str, Any]:
        """Somebody must be named."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("company") and not cleaned.get("person"):
            self.add_error("company", _("Give the company or the person."))
        return cleaned
