"""Forms of complaints: the intake, and one act each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yinuo.domains.feedback.complaint_types import ComplaintData, Doing
from yinuo.surfaces.assets.complaint_words import CATEGORIES
from yinuo.surfaces.console.complaint_words import CHANNELS, REDRESS
from yinuo.surfaces.console.editing import KeptForm
from yinuo.surfaces.console.fields import (
    Choices,
    DayField,
    PickField,
    line,
    money_field,
    paragraph,
    wide,
)
from yinuo.surfaces.console.forms import moment_field

WHEN = _("Empty for now. %(zone)s.")
_TAKEN_IN = [(code, label) for code, label in CHANNELS.items() if code != "answer"]


class ComplaintForm(KeptForm):
    """A complaint as somebody takes it down."""

    channel = wide(
        forms.ChoiceField(label=_("Channel"), choices=_TAKEN_IN, widget=forms.RadioSelect)
    )
    category = wide(
        forms.ChoiceField(
            label=_("About what"), choices=list(CATEGORIES.items()), widget=forms.RadioSelect
        )
    )
    said = paragraph(_("What the customer says"), rows=4)
    is_major = forms.BooleanField(label=_("Major, or many are concerned"), required=False)
    rings = forms.IntegerField(
        label=_("Rings until it was taken"), required=False, min_value=0, max_value=100
    )
    caller_name = line(_("Who complains"), autocomplete="off")
    caller_phone = line(_("Number"), inputmode="tel")
    received_at = moment_field(_("Came in at"), WHEN)

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["said"].required = True
        self.fields["about_id"] = PickField(
            label=_("Who is complained about"),
            choices=people,
            empty=_("nobody in person"),
            required=False,
        )

    def complaint(self, **place: Any) -> ComplaintData:
        """What the service takes, of a request or a customer. Call it on a valid form."""
        return ComplaintData(**self.values(), **place)


class DoingForm(KeptForm):
    """One act, with the fields that its kind needs."""

    def __init__(
        self, *args: Any, kind: str, waiting: Sequence[str], precedents: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["text"] = paragraph(_("What was done or said"), rows=4)
        self.fields["text"].required = True
        for name, field in _more(kind, waiting, precedents).items():
            self.fields[name] = field
        self.fields["done_at"] = moment_field(_("When"), WHEN)

    def doing(self) -> Doing:
        """What the service takes. Call it on a valid form."""
        typed = {name: value for name, value in self.values().items() if name != "version"}
        return Doing(kind=self.kind, **typed)


def _more(kind: str, waiting: Sequence[str], precedents: Choices) -> dict[str, forms.Field]:
    if kind == "asked":
        return {"department": line(_("Department"), required=True)}
    if kind == "replied":
        names = [(one, one) for one in waiting]
        return {"department": PickField(label=_("Department"), choices=names)}
    if kind == "redressed":
        redress = forms.ChoiceField(
            label=_("What the customer gets"),
            choices=list(REDRESS.items()),
            widget=forms.RadioSelect,
        )
        return {"redress": wide(redress), "cost": money_field(_("Cost to us, yuan"))}
    if kind == "passed_up":
        return {"told_at": moment_field(_("When the customer was told"), _("%(zone)s."))}
    if kind == "answered":
        return {"settle_by": moment_field(_("Solved by"), _("Needed for a major one. %(zone)s."))}
    if kind == "fair":
        none = _("none: the text cites the practice of peers")
        pick = PickField(label=_("Precedent"), choices=precedents, empty=none, required=False)
        return {"precedent_id": wide(pick)}
    if kind == "closed":
        return {
            "responsibility": paragraph(_("Responsibility")),
            "sanction": paragraph(_("Sanction")),
            "improve_by": DayField(label=_("Improvement done by")),
        }
    return {}
