"""Forms of relocations: the plan and its steps, the customer's word, what was done."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.domains.relocations.types import Signature, StepData, StepDoing
from yinuo.surfaces.console.editing import KeptForm
from yinuo.surfaces.console.fields import DayField, line, paragraph, wide
from yinuo.surfaces.console.forms import moment_field
from yinuo.surfaces.console.stock_forms import WholeField

WHEN = _("Empty for now. %(zone)s.")
IN_ZONE = "%(zone)s"


class RelocationForm(KeptForm):
    """What is moved where and why."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"] = wide(line(pgettext_lazy("relocation", "Title"), required=True))
        self.fields["text"] = paragraph(_("What is moved and why"), rows=5)
        self.fields["text"].required = True


class PlanStepForm(KeptForm):
    """A step of the plan."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"] = wide(line(_("What is done"), required=True))
        self.fields["who"] = line(_("Who does it"), required=True)
        self.fields["interruption_minutes"] = WholeField(
            label=_("Minutes business stands still"), help_text=_("0 for none.")
        )
        ends = pgettext_lazy("relocation", "Ends")
        for name, label in (("planned_from", _("From")), ("planned_to", ends)):
            self.fields[name] = moment_field(label, IN_ZONE)
            self.fields[name].required = True
        self.fields["check_how"] = paragraph(_("How it is checked"), rows=2)
        self.fields["roll_back"] = paragraph(_("How it is rolled back"), rows=2)
        self.fields["is_parallel"] = forms.BooleanField(
            label=_("May run beside the step before it"), required=False
        )
        self.fields["position"] = WholeField(
            label=_("Place in the order"), help_text=_("Empty for the end.")
        )

    def step(self) -> StepData:
        """What the service takes. Call it on a valid form."""
        typed = {name: value for name, value in self.values().items() if name != "version"}
        typed["interruption_minutes"] = typed["interruption_minutes"] or 0
        return StepData(**typed)


class SignedForm(KeptForm):
    """The customer's word: who, when, what he says."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = line(_("Who signed for the customer"), required=True)
        self.fields["on"] = DayField(label=_("Day"))
        self.fields["text"] = paragraph(_("Remark"), rows=2)

    def signed(self) -> Signature:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        return Signature(typed["name"], typed["on"], typed["text"])


class WhyForm(KeptForm):
    """The reason."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"] = paragraph(_("Reason"), rows=2)
        self.fields["text"].required = True


class RemoveForm(KeptForm):
    """Nothing but the version: the step goes."""


class StepDoingForm(KeptForm):
    """One act on a step."""

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        if kind != "started":
            self.fields["minutes"] = WholeField(
                label=_("Minutes business really stood still"), help_text=_("0 for none.")
            )
        self.fields["at"] = moment_field(_("When"), WHEN)
        self.fields["text"] = paragraph(_("Remark"), rows=3)

    def doing(self) -> StepDoing:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        return StepDoing(self.kind, typed["text"], typed.get("minutes"), typed["at"])
