"""Forms of what is done about a breach."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.surfaces.console.breach_words import LEGS
from yinuo.surfaces.console.editing import KeptForm
from yinuo.surfaces.console.fields import Choices, DayField, PickField, money_field, paragraph
from yinuo.surfaces.console.forms import moment_field

_MOMENT = _("%(zone)s")


def _reason(label: Any, hint: Any = "") -> forms.CharField:
    """Why something is done: nothing goes without."""
    field = paragraph(label, hint=hint)
    field.required = True
    return field


class ApproveForm(KeptForm):
    """The consent to what is shown."""

    reason = paragraph(_("Remark"), rows=2)


class WaiveForm(KeptForm):
    """How much is waived, and why."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"] = money_field(_("Amount waived"))
        self.fields["amount"].required = True
        self.fields["reason"] = _reason(_("Why it is waived"))


class DisputeForm(KeptForm):
    """Who does not agree, and why."""

    side = forms.ChoiceField(
        label=_("Who does not agree"),
        choices=[
            ("customer", pgettext_lazy("side", "the customer")),
            ("ours", pgettext_lazy("side", "our side")),
        ],
        widget=forms.RadioSelect,
    )
    reason = _reason(_("What is disputed, and why"))


class DecisionForm(KeptForm):
    """What comes out of a dispute."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"] = forms.ChoiceField(
            label=_("Decision"),
            choices=[
                ("rejected", _("It stays as it is")),
                ("upheld", _("It comes to another amount")),
            ],
            widget=forms.RadioSelect,
        )
        self.fields["amount"] = money_field(_("What it comes to, if it changes"))
        self.fields["reason"] = _reason(_("Why"))

    def clean(self) -> dict[str, Any]:
        """An amount belongs to a dispute that is upheld."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("outcome") == "upheld" and cleaned.get("amount") is None:
            self.add_error("amount", _("Say what it comes to."))
        return cleaned


class CorrectionForm(KeptForm):
    """What is added or taken off, and why."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"] = money_field(_("Change (below zero takes off)"))
        self.fields["amount"].required = True
        self.fields["reason"] = _reason(_("Why it is corrected"))


class LossForm(KeptForm):
    """The customer's loss, and what proves it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"] = money_field(_("Loss"))
        self.fields["amount"].required = True
        self.fields["proof"] = _reason(
            _("Proof"),
            _("Which papers show it: invoice, appraisal, letter; where they are kept."),
        )


class LegForm(KeptForm):
    """Who held the promise between two instants."""

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["begins_at"] = moment_field(_("From"), _MOMENT)
        self.fields["ends_at"] = moment_field(_("Until"), _MOMENT)
        for name in ("begins_at", "ends_at"):
            self.fields[name].required = True
        self.fields["leg"] = PickField(label=_("Leg"), choices=list(LEGS.items()))
        self.fields["unit_id"] = PickField(
            label=_("Unit, for a leg of our own"),
            choices=units,
            empty=pgettext_lazy("unit", "none"),
            required=False,
        )
        self.fields["reason"] = _reason(_("Why it was in other hands"))


class RightForm(KeptForm):
    """Given or refused, and why."""

    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            ("given", _("The customer has it")),
            ("refused", _("Refused")),
        ],
        widget=forms.RadioSelect,
    )
    reason = _reason(_("How, or why not"))

    def __init__(
        self,
        *args: Any,
        assets: Sequence[tuple[str, str]] | None = None,
        owed: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if assets is not None:
            self.fields["asset_id"] = PickField(
                choices=[("", "—"), *assets],
                required=False,
                label=_("Whose warranty grows"),
            )
        if owed:
            self.fields["due_on"] = DayField(
                required=False,
                label=_("To be done by"),
                help_text=_("Held with the contract until then; empty when it is done already."),
            )


class LimitForm(KeptForm):
    """How much a role may waive of one breach."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unlimited"] = forms.BooleanField(label=_("Without a limit"), required=False)
        self.fields["amount"] = money_field(_("At most, for one breach"))
