"""Forms of the duty log and its pay: a call, its result, the settings, an entry."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.domains.oncall.call_types import CallData, CallResult, PayKind, PayTerms
from yinuo.domains.oncall.services.pay import LONGEST_TO_ACKNOWLEDGE
from yinuo.surfaces.console.editing import KeptForm
from yinuo.surfaces.console.fields import (
    Choices,
    DayField,
    NumberField,
    PickField,
    line,
    money_field,
    paragraph,
    wide,
)
from yinuo.surfaces.console.forms import moment_field
from yinuo.surfaces.console.words import Words

CALL_STATES: Words = {
    "outside": pgettext_lazy("call", "outside the duty hours"),
    "ringing": pgettext_lazy("call", "being asked"),
    "taken": pgettext_lazy("call", "not solved yet"),
    "solved": pgettext_lazy("call", "solved"),
    "missed": pgettext_lazy("call", "nobody answered"),
}
CALL_TONES: Words = {"outside": "soon", "ringing": "soon", "solved": "calm", "missed": "over"}
PAY_KINDS: Words = {
    PayKind.COMPLAINT: _("Complaint about an unsolved problem"),
    PayKind.UNREACHABLE: _("Unreachable"),
    PayKind.LEFT_CITY: _("Left the city"),
    PayKind.OVERTIME: _("Overtime"),
}
LONGEST_MINUTES = 1440


class CallForm(KeptForm):
    """A call as somebody writes it down."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["called_at"] = moment_field(_("Called at"), _("%(zone)s."))
        self.fields["called_at"].required = True
        self.fields["caller_name"] = line(_("Caller"), autocomplete="off")
        self.fields["caller_phone"] = line(_("Phone"), autocomplete="off")
        about = paragraph(_("What it is about"))
        about.required = True
        self.fields["about"] = about
        self.fields["request_id"] = forms.CharField(
            required=False, max_length=200, widget=forms.HiddenInput
        )

    def call(self) -> CallData:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        return CallData(
            called_at=typed["called_at"],
            about=typed["about"],
            caller_name=typed["caller_name"],
            caller_phone=typed["caller_phone"],
            request_id=typed["request_id"] or None,
        )


class CallResultForm(KeptForm):
    """What came of a call."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["minutes"] = forms.IntegerField(
            label=_("How many minutes it took"), min_value=0, max_value=LONGEST_MINUTES
        )
        result = paragraph(_("What came of it"))
        result.required = True
        self.fields["result"] = result
        self.fields["solved"] = wide(
            forms.BooleanField(
                label=_("It is solved"),
                required=False,
                help_text=_("Otherwise it stays with you until it is."),
            )
        )

    def answer(self) -> CallResult:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        return CallResult(typed["minutes"], typed["result"], typed["solved"])


class PayForm(KeptForm):
    """What a month pays, and how long a person has to answer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer_minutes"] = forms.IntegerField(
            label=_("Minutes to answer before the next person is asked"),
            min_value=1,
            max_value=LONGEST_MINUTES,
        )
        self.fields["acknowledge_minutes"] = forms.IntegerField(
            label=_("Minutes to acknowledge the log before the duty managers are told"),
            min_value=1,
            max_value=LONGEST_TO_ACKNOWLEDGE,
        )
        self.fields["allowance"] = money_field(_("Allowance of a month"))
        self.fields["off_complaint"] = money_field(_("Off for a complaint"))
        self.fields["off_unreachable"] = money_field(_("Off for being unreachable"))
        self.fields["off_left_city"] = money_field(_("Off for leaving the city"))
        self.fields["hour_rate"] = money_field(_("Rate of an hour of overtime"))
        self.fields["overtime_factor"] = NumberField(label=_("Factor of overtime"), places=2)

    def terms(self) -> PayTerms:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        names = PayTerms.__dataclass_fields__
        return PayTerms(**{name: typed[name] for name in names})


class PayEntryForm(KeptForm):
    """A case that takes something off, or hours of overtime."""

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person_id"] = PickField(
            label=_("Person"), choices=people, empty=pgettext_lazy("person", "choose")
        )
        self.fields["kind"] = wide(
            forms.ChoiceField(
                label=pgettext_lazy("pay", "What it is"),
                choices=list(PAY_KINDS.items()),
                widget=forms.RadioSelect,
            )
        )
        self.fields["on"] = DayField(label=_("On which day"))
        hours = NumberField(label=_("Hours (overtime only)"), places=2)
        hours.required = False
        self.fields["hours"] = hours
        self.fields["note"] = wide(line(_("What happened"), required=True, autocomplete="off"))
