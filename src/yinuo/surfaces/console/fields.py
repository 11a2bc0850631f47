"""Fields of the forms: ids picked from a list, days, amounts of money, several numbers.

They keep what was typed and leave limits to the services, whose messages name them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yinuo.domains.requests.services.recording import LATE
from yinuo.surfaces.console.forms import ROOM

Choices = Iterable[tuple[str, Any]]
FieldKind = TypeVar("FieldKind", bound=forms.Field)
ISO_DAY = "%Y-%m-%d"
CENTS = 2
# Beyond this nobody means a figure; written out it would only fill memory.
MOST_PLACES = 30
FEWEST_LINES, SPARE_LINES, MOST_LINES = 3, 1, 10
# Signs people type or paste around an amount.
AROUND_MONEY = str.maketrans("", "", " ,'\u00a0¥元")


def line(label: Any, *, required: bool = False, hint: Any = "", **attrs: str) -> forms.CharField:
    """One line of text."""
    widget = forms.TextInput(attrs=attrs)
    return forms.CharField(
        label=label, required=required, help_text=hint, max_length=ROOM, widget=widget
    )


def paragraph(label: Any, *, rows: int = 3, hint: Any = "") -> forms.CharField:
    """Several lines of text, optional, as wide as the form."""
    widget = forms.Textarea(attrs={"rows": rows})
    field = forms.CharField(
        label=label, required=False, help_text=hint, max_length=ROOM, widget=widget
    )
    return wide(field)


def wide(field: FieldKind) -> FieldKind:
    """Let the field take the whole row of its form."""
    field.wide = True  # type: ignore[attr-defined]
    return field


def ask_why_late(form: forms.Form, name: str) -> None:
    """Ask why it is recorded so late, once a time over 30 days ago was given in this field."""
    given = form.fields[name].widget.value_from_datadict(form.data, form.files, name)
    try:
        at = form.fields[name].clean(given) if form.is_bound and given else None
    except ValidationError:
        return
    if at is not None and timezone.now() - at > LATE:
        form.fields["late_reason"] = paragraph(_("Why it is recorded so late"), rows=2)


class PickField(forms.CharField):
    """An id out of a list. A foreign or vanished one is the service's to refuse (R02, R03)."""

    def __init__(self, *, choices: Choices, empty: Any = None, **kwargs: Any) -> None:
        known = list(choices) if empty is None else [("", empty), *choices]
        super().__init__(widget=forms.Select(choices=known), max_length=ROOM, **kwargs)
        self.choices = known

    def shown(self, value: Any) -> Any:
        """The name behind an id."""
        return dict(self.choices).get(str(value or ""), value)


class PicksField(forms.MultipleChoiceField):
    """Several ids out of a list; foreign ones are the service's to refuse."""

    widget = forms.CheckboxSelectMultiple
    # Short choices may stand side by side.
    flows = False

    def valid_value(self, value: Any) -> bool:
        """Any: the service resolves ids within the actor's scope."""
        return True

    def shown(self, value: Any) -> str:
        """The names behind the ids."""
        choices: Any = self.choices
        names = {str(code): str(name) for code, name in choices}
        return ", ".join(names.get(str(one), str(one)) for one in value or ())


class DayField(forms.DateField):
    """A calendar day, picked or typed as 2026-05-01, also in full width."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format=ISO_DAY, attrs={"type": "date"})
        super().__init__(widget=widget, input_formats=[ISO_DAY], **kwargs)

    def to_python(self, value: Any) -> date | None:
        """The day, None when empty. Errors: ValidationError."""
        return super().to_python(_folded(value))


class NumberField(forms.Field):
    """A number as people type it: full width, grouped, with a sign of currency."""

    def __init__(self, *, places: int | None = None, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(required=False, widget=widget, **kwargs)
        self.places = places

    def to_python(self, value: Any) -> Any:
        """The Decimal, None when empty. Errors: ValidationError for anything else."""
        text = str(_folded(value) or "").translate(AROUND_MONEY)
        if not text:
            return None
        try:
            number = Decimal(text)
        except InvalidOperation:
            raise ValidationError(_("This is not a number, such as 12800.00.")) from None
        exponent = number.as_tuple().exponent
        if not isinstance(exponent, int) or abs(exponent) > MOST_PLACES:
            raise ValidationError(_("This is not a number, such as 12800.00."))
        if self.places is not None and -exponent > self.places:
            raise ValidationError(_("Use at most 2 decimal places."))
        return number

    def prepare_value(self, value: Any) -> Any:
        """Plain figures, with the places of money where it is money."""
        if not isinstance(value, Decimal):
            return value
        return f"{value:.{self.places}f}" if self.places is not None else f"{value:f}"

    def has_changed(self, initial: Any, data: Any) -> bool:
        """True when the two stand for different numbers."""
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


def money_field(label: Any, *, hint: Any = "") -> NumberField:
    """An amount with at most two decimal places."""
    return NumberField(label=label, places=CENTS, help_text=hint)


class LinesInput(forms.Widget):
    """Several short lines, each an input of its own, with a spare one to go on."""

    template_name = "console/widgets/lines.html"

    def __init__(self, attrs: Any = None, *, name_of_line: Any = "") -> None:
        super().__init__(attrs)
        self.name_of_line = name_of_line

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """The lines filled and the empty ones behind them."""
        context = super().get_context(name, value, attrs)
        lines = [str(one) for one in value or ()]
        room = max(FEWEST_LINES, min(len(lines) + SPARE_LINES, MOST_LINES), len(lines))
        context["lines"] = lines + [""] * (room - len(lines))
        context["name_of_line"] = self.name_of_line
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """What stands in the lines that are not empty."""
        found = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        return [one for one in found if one.strip()]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """True when the form did not have these lines."""
        return name not in data


class LinesField(forms.Field):
    """A list of short texts, in the order typed."""

    def __init__(self, *, name_of_line: Any, **kwargs: Any) -> None:
        super().__init__(required=False, widget=LinesInput(name_of_line=name_of_line), **kwargs)

    def to_python(self, value: Any) -> list[str]:
        """The texts without blanks around. Errors: ValidationError for control characters."""
        lines = [str(one).strip() for one in value or ()]
        if any("\x00" in one for one in lines):
            raise ValidationError(_("Null characters are not allowed."))
        return lines

    def has_changed(self, initial: Any, data: Any) -> bool:
        """True when any line differs."""
        return list(initial or ()) != list(data or ())

    def shown(self, value: Any) -> str:
        """The lines side by side."""
        return ", ".join(str(one) for one in value or ())


def _folded(value: Any) -> Any:
    return unicodedata.normalize("NFKC", value).strip() if isinstance(value, str) else value
