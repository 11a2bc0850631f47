"""What a customer says in a complaint, by a link or in the portal, in named fields only (R04)."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from yinuo.domains.feedback.complaint_types import ComplaintData
from yinuo.surfaces.assets.complaint_words import CATEGORIES

# Above what the service takes, so that its message names the limit and nothing typed is cut off.
ROOM = 20_000


class ComplaintFields(forms.Form):
    """What he complains about, and what happened. The service checks the rules."""

    category = forms.ChoiceField(
        label=_("About what"),
        choices=list(CATEGORIES.items()),
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one.")},
    )
    said = forms.CharField(
        label=_("What happened"),
        max_length=ROOM,
        error_messages={"required": _("Write down what happened.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def complaint(self) -> ComplaintData:
        """What the service takes. Call it on a valid form."""
        return ComplaintData(**self.cleaned_data, channel="web")
