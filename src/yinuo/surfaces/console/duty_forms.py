"""Forms of on-call duty: a rota, turns in rotation, a cover."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.domains.network.shifts import parse_shift
from yinuo.domains.oncall.types import Rhythm, RotaData, Rotation
from yinuo.platform.errors import InvalidInput
from yinuo.surfaces.console.editing import KeptForm
from yinuo.surfaces.console.fields import (
    Choices,
    DayField,
    PickField,
    PicksField,
    line,
    paragraph,
    wide,
)
from yinuo.surfaces.console.forms import moment_field

RHYTHMS = {
    Rhythm.MONTH: pgettext_lazy("turn", "a month each"),
    Rhythm.WEEK: pgettext_lazy("turn", "a week each"),
    Rhythm.DAY: pgettext_lazy("turn", "a day each"),
}
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")


class RotaForm(KeptForm):
    """A rota of a unit."""

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = line(pgettext_lazy("rota", "Name"), required=True)
        self.fields["unit_id"] = PickField(label=_("Unit"), choices=units)
        self.fields["begins"] = line(_("Duty begins every day at"), required=True, hint="08:00")
        self.fields["ends"] = line(_("Duty ends at"), required=True, hint="22:30")
        self.fields["office"] = paragraph(
            _("Office hours, which are no duty"),
            hint=_("A line such as 1-5 08:30-12:00 13:30-18:00; on days off they do not count."),
        )

    def rota(self) -> RotaData:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        try:
            office = parse_shift(typed["office"])
        except InvalidInput as error:
            raise InvalidInput({"office": error.fields["shift"]}) from error
        return RotaData(
            typed["name"],
            _minutes(typed["begins"], "begins"),
            _minutes(typed["ends"], "ends"),
            office,
        )


class RotationForm(KeptForm):
    """Turns one after another."""

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"] = PicksField(
            label=_("Who takes turns"),
            choices=people,
            help_text=_("In this order, again and again."),
        )
        self.fields["rhythm"] = wide(
            forms.ChoiceField(
                label=_("How long a turn is"),
                choices=list(RHYTHMS.items()),
                widget=forms.RadioSelect,
            )
        )
        self.fields["first"] = DayField(label=_("The first turn begins on"))
        self.fields["turns"] = forms.IntegerField(
            label=_("How many turns"), min_value=1, max_value=400, initial=6
        )

    def rotation(self) -> Rotation:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        return Rotation(typed["people"], Rhythm(typed["rhythm"]), typed["first"], typed["turns"])


class CoverForm(KeptForm):
    """Who covers from when to when, and why."""

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person_id"] = wide(
            PickField(label=_("Who covers"), choices=people, empty=_("choose"))
        )
        for name, label in (("starts_at", _("From")), ("ends_at", pgettext_lazy("time", "Until"))):
            self.fields[name] = moment_field(label, _("%(zone)s."))
            self.fields[name].required = True
        self.fields["reason"] = wide(line(_("Reason"), required=True, autocomplete="off"))


def shown_clock(minutes: int) -> str:
    """A minute of the day as `08:30`."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _minutes(text: str, field: str) -> int:
    found = _CLOCK.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None or int(found[1]) > 24 or int(found[2]) > 59:
        raise InvalidInput({field: _("Write a time such as 08:00.")})
    return int(found[1]) * 60 + int(found[2])
