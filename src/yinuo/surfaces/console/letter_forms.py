"""Forms of letters of contact. Their fields carry the names that the services complain about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yinuo.domains.billing.letter_types import CostLine, LetterData
from yinuo.domains.billing.services.letter_answers import PaperAnswer
from yinuo.kernel.plan.wording import number_text
from yinuo.surfaces.console.editing import KeptForm
from yinuo.surfaces.console.fields import (
    Choices,
    DayField,
    NumberField,
    PickField,
    line,
    paragraph,
    wide,
)
from yinuo.surfaces.console.forms import moment_field
from yinuo.surfaces.console.letter_words import OUTCOMES
from yinuo.surfaces.console.priced_form import PricedForm

COLUMNS = ("title", "quantity", "unit", "unit_price")
FEWEST, SPARE, MOST = 4, 2, 42


@dataclass(frozen=True, slots=True)
class TypedCost:
    """One line of the cost as it stands in the form."""

    title: str = ""
    quantity: str = ""
    unit: str = ""
    unit_price: str = ""

    def __bool__(self) -> bool:
        return any(getattr(self, name).strip() for name in COLUMNS)


class CostsInput(forms.Widget):
    """Lines of four inputs each, with spare ones to go on."""

    template_name = "console/letters/costs.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """The lines filled and the empty ones behind them."""
        context = super().get_context(name, value, attrs)
        lines = [_as_typed(one) for one in value or ()]
        room = max(FEWEST, min(len(lines) + SPARE, MOST), len(lines))
        context["lines"] = lines + [TypedCost()] * (room - len(lines))
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[TypedCost]:
        """What stands in the lines that are not empty."""
        columns = [data.getlist(f"{name}_{one}") for one in COLUMNS]
        return [typed for texts in zip(*columns, strict=False) if (typed := TypedCost(*texts))]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """True when the form did not have these lines."""
        return f"{name}_{COLUMNS[0]}" not in data


class CostsField(forms.Field):
    """The lines of the cost, in the order typed."""

    widget = CostsInput

    def to_python(self, value: Any) -> tuple[CostLine, ...]:
        """The lines. Errors: ValidationError naming a line whose figures are none."""
        lines = enumerate(value or (), 1)
        return tuple(_cost(at, one) if isinstance(one, TypedCost) else one for at, one in lines)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """True when any line differs."""
        return [_as_typed(one) for one in initial or ()] != list(data or ())

    def shown(self, value: Any) -> str:
        """The lines side by side."""
        lines = (_as_typed(one) for one in value or ())
        return "; ".join(" ".join(getattr(one, name) for name in COLUMNS) for one in lines)


class LetterForm(PricedForm):
    """What was found, what is to be done, when, at what cost: picked from a list, or typed."""

    may_be_empty = True

    def __init__(self, *args: Any, needs_reason: bool, lists: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["findings"] = _needed(
            paragraph(gettext_lazy("Found"), rows=4), gettext_lazy("Say what was found.")
        )
        self.fields["work_planned"] = _needed(
            paragraph(gettext_lazy("Work proposed"), rows=4),
            gettext_lazy("Say what is to be done."),
        )
        self.fields["time_needed"] = _needed(
            line(
                gettext_lazy("Time needed"),
                hint=gettext_lazy("When it is done and how long it takes."),
            ),
            gettext_lazy("Say when it is done and how long it takes."),
        )
        self.fields["valid_until"] = DayField(label=gettext_lazy("Valid until"))
        if lists:
            self.fields["price_list_id"] = PickField(
                label=gettext_lazy("Price list"), choices=lists, required=False
            )
        self.fields["costs"] = wide(
            CostsField(
                label=gettext_lazy("Other cost"),
                required=False,
                help_text=gettext_lazy(
                    "What no price list has, such as a carrier's bill; in yuan. "
                    "No line when it costs the customer nothing."
                ),
            )
        )
        if needs_reason:
            self.fields["further_reason"] = paragraph(gettext_lazy("Why a further letter"))

    def letter(self) -> LetterData:
        """What the service takes. Call it on a valid form."""
        values = self.values()
        values.pop("version", None)
        values["items"] = self.pricing.items if self.pricing else ()
        return LetterData(**values)


class ConsentForm(KeptForm):
    """Nothing but the consent to what is shown."""


class ReasonForm(KeptForm):
    """Why a letter is taken back, or its cost is ours."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = _needed(paragraph(gettext_lazy("Reason")), gettext_lazy("Say why."))


class PaperForm(KeptForm):
    """The customer's answer on paper, with the paper."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"] = forms.ChoiceField(
            label=gettext_lazy("Answer"),
            choices=list(OUTCOMES.items()),
            widget=forms.RadioSelect,
            error_messages={"required": gettext_lazy("Choose one.")},
        )
        self.fields["name"] = _needed(
            line(gettext_lazy("Who signed"), autocomplete="off"),
            gettext_lazy("Give the customer's name, in at most 80 characters."),
        )
        self.fields["answered_at"] = moment_field(
            gettext_lazy("Signed at"), gettext_lazy("%(zone)s; leave empty for now.")
        )
        self.fields["reason"] = paragraph(gettext_lazy("If declined: why"))
        self.fields["file"] = forms.FileField(
            label=gettext_lazy("Photo or scan of the signed letter"),
            error_messages={"required": gettext_lazy("Add the signed letter.")},
        )

    def answer(self) -> PaperAnswer:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        return PaperAnswer(
            outcome=typed["outcome"],
            name=typed["name"],
            answered_at=typed["answered_at"],
            upload=typed["file"],
            reason=typed["reason"],
        )


def _needed(field: forms.Field, message: Any) -> forms.Field:
    """The field without which nothing can be saved; `message` says so."""
    field.required = True
    field.error_messages["required"] = message
    return field


def _as_typed(cost: Any) -> TypedCost:
    if isinstance(cost, TypedCost):
        return cost
    return TypedCost(cost.title, number_text(cost.quantity), cost.unit, f"{cost.unit_price:.2f}")


def _cost(at: int, typed: TypedCost) -> CostLine:
    try:
        quantity = NumberField().to_python(typed.quantity)
        price = NumberField().to_python(typed.unit_price)
    except ValidationError as error:
        raise ValidationError(_line_says(at, error.messages[0])) from error
    if quantity is None or price is None:
        raise ValidationError(_line_says(at, _("Give quantity and price.")))
    return CostLine(typed.title.strip(), quantity, typed.unit.strip(), price)


def _line_says(at: int, message: str) -> str:
    return _("Line %(at)d: %(message)s") % {"at": at, "message": message}
