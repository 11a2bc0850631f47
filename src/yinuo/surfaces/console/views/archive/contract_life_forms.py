"""The forms of a contract's life: suspension, supplement, renewal, quotas, agreements."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yinuo.domains.contracts.services import AgreementData, QuotaData, SupplementData, UseData
from yinuo.kernel.plan.plan import Parameter
from yinuo.surfaces.console import cover_words
from yinuo.surfaces.console.editing import KeptForm
from yinuo.surfaces.console.fields import (
    Choices,
    DayField,
    NumberField,
    PickField,
    line,
    money_field,
    paragraph,
)
from yinuo.surfaces.console.views.archive.contract_form import PREFIX, parameter_title

NOTHING = Decimal(0)


class ReasonForm(KeptForm):
    """Why a contract goes a stage back."""

    reason = paragraph(_("Reason"))


class AdvanceForm(KeptForm):
    """Entering the next stage, with a remark."""

    note = line(_("Remark"))


class SuspendForm(KeptForm):
    """From when to when a contract covers nothing, and why."""

    begins_on = DayField(label=_("First day without cover"))
    ends_on = DayField(
        label=_("Covers again from"), required=False, help_text=_("Empty: until it is resumed.")
    )
    reason = paragraph(_("Reason"))


class ResumeForm(KeptForm):
    """From when a suspended contract covers again."""

    resumes_on = DayField(label=_("Covers again from"))


class SupplementForm(KeptForm):
    """What changes from a day; empty fields stay as they are."""

    def __init__(self, *args: Any, parameters: Sequence[Parameter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parameters = tuple(parameters)
        self.fields["number"] = line(_("Number of the supplement"), required=True)
        self.fields["effective_on"] = DayField(label=_("In effect from"))
        self.fields["total"] = money_field(_("New total in yuan"))
        self.fields["annual_fee"] = money_field(_("New annual fee in yuan"))
        self.fields["ends_on"] = DayField(label=_("New end"), required=False)
        for one in self.parameters:
            self.fields[PREFIX + one.name] = NumberField(label=parameter_title(one))
        self.fields["note"] = paragraph(_("What was agreed"))

    def supplement(self) -> SupplementData:
        """What the service takes."""
        typed = self.cleaned_data
        figures = {one.name: typed[PREFIX + one.name] for one in self.parameters}
        return SupplementData(
            number=typed["number"],
            effective_on=typed["effective_on"],
            total=typed["total"],
            annual_fee=typed["annual_fee"],
            ends_on=typed["ends_on"],
            parameters={name: f"{one:f}" for name, one in figures.items() if one is not None},
            note=typed["note"],
        )


class RenewForm(KeptForm):
    """The contract that follows."""

    number = line(_("Contract number"), required=True)
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Ends on"), required=False)
    annual_fee = money_field(_("Annual fee in yuan"))


class QuotaForm(KeptForm):
    """Visits or hours bought with a contract."""

    kind = PickField(label=_("What counts down"), choices=list(cover_words.QUOTAS.items()))
    included = NumberField(label=_("How many"))
    begins_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Until before"), required=False)

    def quota(self) -> QuotaData:
        """What the service takes; nothing typed counts as 0 and is refused there."""
        typed = self.cleaned_data
        return QuotaData(
            typed["kind"], typed["included"] or NOTHING, typed["begins_on"], typed["ends_on"]
        )


class UseForm(KeptForm):
    """What used up visits or hours."""

    kind = PickField(label=_("What counts down"), choices=list(cover_words.QUOTAS.items()))
    amount = NumberField(label=_("How many"))
    reference = line(_("Work order or request"), required=True)
    used_on = DayField(label=_("On"))
    note = line(_("Remark"))

    def use(self) -> UseData:
        """What the service takes."""
        typed = self.cleaned_data
        return UseData(
            kind=typed["kind"],
            amount=typed["amount"] or NOTHING,
            reference=typed["reference"],
            used_on=typed["used_on"],
            note=typed["note"],
        )


class AgreementForm(KeptForm):
    """A term or later agreement, with the signed paper."""

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"] = paragraph(_("What was agreed"), rows=4)
        self.fields["agreed_on"] = DayField(label=_("Agreed on"))
        self.fields["due_on"] = DayField(
            label=_("Due by"),
            required=False,
            help_text=_("The day itself is in time. Empty: a term to keep in mind."),
        )
        self.fields["responsible_id"] = PickField(
            label=_("Responsible"), choices=people, empty=_("nobody named"), required=False
        )
        self.fields["file"] = forms.FileField(label=_("Signed paper"), required=False)

    def agreement(self) -> AgreementData:
        """What the service takes."""
        typed = self.cleaned_data
        return AgreementData(
            text=typed["text"],
            agreed_on=typed["agreed_on"],
            due_on=typed["due_on"],
            responsible_id=typed["responsible_id"] or None,
        )


class SettleForm(KeptForm):
    """How an agreement ended: kept on a day, or withdrawn."""

    kept_on = DayField(
        label=_("Kept on"), required=False, help_text=_("Empty: it was withdrawn, with the reason.")
    )
    outcome = paragraph(_("Outcome or reason"))
