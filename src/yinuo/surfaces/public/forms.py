"""What the holder of a link types, in named fields only (R04). The services check the rules."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from yinuo.surfaces.assets.complaint_fields import ComplaintFields

ACCEPTED, DECLINED = "accepted", "declined"
# Above what the services take, so that their message names the limit and nothing typed is cut off.
ROOM = 20_000


class AnswerForm(forms.Form):
    """Yes or no, by whom, and why not. The button that sends it says which."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=ROOM,
        error_messages={"required": _("Give your name, in at most 80 characters.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    reason = forms.CharField(
        label=_("If you decline: why"),
        required=False,
        max_length=ROOM,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    outcome = forms.ChoiceField(
        choices=[(ACCEPTED, ACCEPTED), (DECLINED, DECLINED)],
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one.")},
    )


class ComplaintForm(ComplaintFields):
    """What the holder of a link complains about, and who he is."""

    caller_name = forms.CharField(
        label=_("Your name"),
        max_length=ROOM,
        error_messages={"required": _("Give your name, in at most 80 characters.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    caller_phone = forms.CharField(
        label=_("Your phone"),
        required=False,
        max_length=ROOM,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
