"""Forms of what dispatch reckons with: its figures, and what somebody's hour costs."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from yinuo.domains.dispatch.weighing import FEN, NAMES, Figures, counted_in
from yinuo.platform.errors import InvalidInput
from yinuo.surfaces.console.editing import KeptForm
from yinuo.surfaces.console.fields import Choices, NumberField, PickField, line, money_field, wide
from yinuo.surfaces.console.words import Words

FIGURES: Words = {
    "hour_fen": gettext_lazy("An hour of somebody without a price of his own"),
    "km_fen": gettext_lazy("A kilometre by road"),
    "overtime_percent": gettext_lazy("Overtime, of the hour"),
    "overtime_minutes": gettext_lazy("Overtime at most"),
    "unpriced_fen": gettext_lazy("An hour late where the clause has no price"),
    "unpriced_hours": gettext_lazy("Such lateness counts for at most"),
    "load_fen": gettext_lazy("The square of an hour planned above the mean"),
    "part_fen": gettext_lazy("A part that is not on the van"),
    "preferred_fen": gettext_lazy("Whom the customer wants is worth"),
    "familiar_fen": gettext_lazy("Knowing the customer is worth"),
    "surplus_fen": gettext_lazy("A level of skill more than needed"),
    "night_fen": gettext_lazy("A night above the mean"),
    "second_visit_fen": gettext_lazy("A second visit"),
    "moved_fen": gettext_lazy("Moving a planned visit"),
    "undone_fen": gettext_lazy("Leaving a visit for after the plan"),
    "waiting_fen": gettext_lazy("More for each day it has waited"),
}
COUNTED_IN: Words = {
    "fen": pgettext_lazy("what a figure counts in", "yuan"),
    "percent": pgettext_lazy("what a figure counts in", "percent"),
    "minutes": pgettext_lazy("what a figure counts in", "minutes"),
    "hours": pgettext_lazy("what a figure counts in", "hours"),
}


class WeightsForm(KeptForm):
    """Every figure, and why it changes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in NAMES:
            unit = counted_in(name)
            field = (
                money_field(FIGURES[name]) if unit == "fen" else NumberField(label=FIGURES[name])
            )
            field.help_text = str(COUNTED_IN[unit])
            self.fields[name] = field
        self.fields["reason"] = wide(line(gettext_lazy("Reason"), required=True))

    def figures(self) -> dict[str, int | None]:
        """The figures as the service takes them. Call it on a valid form."""
        return {name: _whole(name, self.cleaned_data[name]) for name in NAMES}


class HourForm(KeptForm):
    """Whose hour, and what it costs."""

    def __init__(
        self, *args: Any, units: Choices = (), people: Choices = (), named: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not named:
            nobody = gettext_lazy("— none —")
            self.fields["unit_id"] = PickField(
                label=gettext_lazy("Unit"), choices=units, empty=nobody, required=False
            )
            self.fields["person_id"] = PickField(
                label=gettext_lazy("or person"), choices=people, empty=nobody, required=False
            )
        self.fields["hour"] = money_field(gettext_lazy("An hour costs, yuan"))
        self.fields["hour"].help_text = gettext_lazy("Empty: as the unit above, else the usual.")

    def hour_fen(self) -> int | None:
        """The amount in fen. Call it on a valid form."""
        return _whole("hour_fen", self.cleaned_data["hour"])


def shown_figures(figures: Figures) -> Mapping[str, Decimal]:
    """The figures as the form and pages show them: amounts in yuan."""
    return {name: shown_figure(name, getattr(figures, name)) for name in NAMES}


def shown_figure(name: str, value: int) -> Decimal:
    """One of them."""
    return Decimal(value) / FEN if counted_in(name) == "fen" else Decimal(value)


def _whole(name: str, value: Decimal | None) -> int | None:
    if value is None:
        return None
    given = value * FEN if counted_in(name) == "fen" else value
    if given != int(given):
        raise InvalidInput({name: _("Give a whole number.")})
    return int(given)
