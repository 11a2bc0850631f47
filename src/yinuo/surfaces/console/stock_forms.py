"""Forms of parts and stock: catalogue, depots, what comes in, travels, is counted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.domains.parts.types import (
    Carriage,
    Condition,
    Counted,
    DepotData,
    DepotKind,
    PartData,
    PieceRow,
    Received,
    ShipmentRow,
    StockRow,
    Taken,
    Tracking,
)
from yinuo.surfaces.console import stock_words
from yinuo.surfaces.console.editing import KeptForm
from yinuo.surfaces.console.fields import (
    Choices,
    NumberField,
    PickField,
    line,
    money_field,
    paragraph,
    wide,
)
from yinuo.surfaces.console.forms import moment_field

_BETWEEN = re.compile(r"[\s,;，；、]+")
_WORD_BREAK = re.compile(r"[\n,;，；、]+")


def words_in(text: str) -> tuple[str, ...]:
    """Models or classes separated by commas or lines; blanks within one stay."""
    return tuple(one.strip() for one in _WORD_BREAK.split(text) if one.strip())


def serials_in(text: str) -> tuple[str, ...]:
    """Serial numbers separated by blanks, commas or lines; a lone dash is none."""
    return tuple(one for one in _BETWEEN.split(text) if one and one != "-")


class WholeField(NumberField):
    """A whole number as people type it."""

    def clean(self, value: Any) -> Any:
        """The number, None when empty. Errors: ValidationError for a fraction."""
        number = super().clean(value)
        if number is None:
            return None
        if number != int(number) or abs(number) > 10**9:
            raise forms.ValidationError(_("Give a whole number."))
        return int(number)

    def prepare_value(self, value: Any) -> Any:
        """As typed or as stored."""
        return value


class PartForm(KeptForm):
    """A part of the catalogue."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"] = line(_("Part number"), required=True, autocomplete="off")
        self.fields["name"] = line(pgettext_lazy("part", "Name"), required=True)
        self.fields["name_en"] = line(_("English name"))
        self.fields["measure"] = line(_("Counted in"), hint=_("Such as pieces, metres, sets."))
        self.fields["tracking"] = wide(
            forms.ChoiceField(
                label=_("Followed"),
                choices=list(stock_words.TRACKING.items()),
                widget=forms.RadioSelect,
            )
        )
        self.fields["models"] = paragraph(
            _("Fits models"), rows=2, hint=_("Models of assets, separated by commas.")
        )
        self.fields["classes"] = paragraph(
            _("Fits classes"), rows=2, hint=_("Classes of assets, when it fits all their models.")
        )
        self.fields["cost"] = money_field(pgettext_lazy("stock", "Cost"))
        self.fields["price"] = money_field(_("Price"))
        self.fields["active"] = forms.BooleanField(label=_("In use"), required=False)

    def part(self) -> PartData:
        """What the service takes. Call it on a valid form."""
        typed = {name: value for name, value in self.values().items() if name != "version"}
        typed["models"], typed["classes"] = words_in(typed["models"]), words_in(typed["classes"])
        return PartData(**typed)


class DepotForm(KeptForm):
    """A depot of a unit; `units` only while it is set up."""

    def __init__(
        self, *args: Any, people: Choices, units: Choices | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if units is not None:
            self.fields["unit_id"] = PickField(label=_("Unit"), choices=units)
        self.fields["name"] = line(pgettext_lazy("depot", "Name"), required=True)
        self.fields["kind"] = wide(
            forms.ChoiceField(
                label=pgettext_lazy("depot", "Kind"),
                choices=list(stock_words.DEPOT_KINDS.items()),
                widget=forms.RadioSelect,
            )
        )
        self.fields["holder_id"] = PickField(
            label=_("Whose car"), choices=people, empty=_("not a car"), required=False
        )
        self.fields["address"] = wide(line(_("Address")))
        self.fields["hour_cost"] = money_field(
            _("Cost of an hour in the workshop"),
            hint=_("Leave empty where no parts are repaired."),
        )
        self.fields["active"] = forms.BooleanField(label=_("In use"), required=False)

    def depot(self) -> DepotData:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        holder = typed["holder_id"] if typed["kind"] == DepotKind.CAR else None
        return DepotData(
            typed["name"],
            typed["kind"],
            holder,
            typed["address"],
            typed["active"],
            typed["hour_cost"],
        )


class ReceiveForm(KeptForm):
    """Parts of one number that come in."""

    def __init__(self, *args: Any, parts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["part_id"] = wide(
            PickField(label=pgettext_lazy("stock", "Part"), choices=parts, empty=_("choose one"))
        )
        self.fields["quantity"] = WholeField(label=pgettext_lazy("stock", "Number"))
        self.fields["unit_cost"] = money_field(pgettext_lazy("stock", "Cost of one"))
        self.fields["lot"] = line(_("Lot"), hint=_("Only for parts followed by lot."))
        self.fields["reference"] = line(_("Delivery note"))
        self.fields["condition"] = PickField(
            label=_("Condition"), choices=stock_words.CONDITIONS.items(), required=False
        )
        self.fields["serials"] = paragraph(
            _("Serial numbers"),
            hint=_("Only for parts followed by serial number; separated by blanks or lines."),
        )

    def received(self) -> Received:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        return Received(
            typed["part_id"],
            typed["quantity"] or 0,
            typed["lot"],
            serials_in(typed["serials"]),
            typed["unit_cost"],
            typed["condition"] or Condition.GOOD.value,
        )


class ShelfForm(KeptForm):
    """One field for each line of a depot's shelf."""

    def __init__(
        self, *args: Any, shelf: Sequence[StockRow], pieces: Sequence[PieceRow], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.shelf = shelf
        for row in shelf:
            held = [
                (one.serial, one.serial)
                for one in pieces
                if one.part_id == row.part_id and one.condition == row.condition
            ]
            self.fields[f"line_{row.id}"] = self.field_of(row, held)

    def field_of(self, row: StockRow, held: list[tuple[str, str]]) -> forms.Field:
        """The field in which this line is filled in."""
        raise NotImplementedError

    def typed(self) -> Iterable[tuple[StockRow, Any]]:
        """Every line that was filled in, with what was typed."""
        for row in self.shelf:
            value = self.cleaned_data[f"line_{row.id}"]
            if value not in (None, "", []):
                yield row, value


def shelf_label(row: StockRow) -> str:
    """How a line of a shelf is called in a form."""
    condition = "" if row.condition == "good" else str(stock_words.CONDITIONS[row.condition])
    return " · ".join(filter(None, (row.number, row.name, row.lot, condition)))


class TakeForm(ShelfForm):
    """How many of what leave a depot."""

    def field_of(self, row: StockRow, held: list[tuple[str, str]]) -> forms.Field:
        """A number, or the serial numbers to tick."""
        label = shelf_label(row)
        if row.tracking == Tracking.SERIAL:
            return wide(
                forms.MultipleChoiceField(
                    label=label,
                    choices=held,
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                )
            )
        hint = _("Free: %(number)d") % {"number": row.free}
        return WholeField(label=label, help_text=hint)

    def taken(self) -> list[Taken]:
        """What the service takes. Call it on a valid form."""
        return [
            Taken(row.part_id, serials=tuple(value), condition=row.condition)
            if row.tracking == Tracking.SERIAL
            else Taken(row.part_id, value, row.lot, condition=row.condition)
            for row, value in self.typed()
        ]


class SendForm(TakeForm):
    """A transfer to another depot."""

    def __init__(self, *args: Any, depots: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_id"] = wide(
            PickField(label=_("To depot"), choices=depots, empty=_("choose one"))
        )
        self.fields["carrier"] = line(_("Carrier"))
        self.fields["waybill"] = line(_("Waybill"))
        self.fields["due_at"] = moment_field(
            _("Promised to arrive"), _("%(zone)s; leave empty when nothing is promised.")
        )

    def carriage(self) -> Carriage:
        """How it travels. Call it on a valid form."""
        typed = self.cleaned_data
        return Carriage(typed["carrier"], typed["waybill"], typed["due_at"])


class ScrapForm(TakeForm):
    """What is thrown away and why."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = wide(line(_("Reason"), required=True))


class CountForm(ShelfForm):
    """What somebody found on the shelf; what the books say is the form's own, hidden."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in self.shelf:
            name = f"expected_{row.id}"
            self.fields[name] = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
            self.initial.setdefault(name, row.on_hand)
        self.fields["reason"] = wide(
            line(_("Reason"), hint=_("Needed when something differs from the books."))
        )

    def field_of(self, row: StockRow, held: list[tuple[str, str]]) -> forms.Field:
        """A number, or the serial numbers that lie there."""
        if row.tracking == Tracking.SERIAL:
            hint = _("Every serial number that lies there; - for none. Empty is not counted.")
            return paragraph(shelf_label(row), hint=hint)
        return WholeField(label=shelf_label(row), help_text=_("Leave empty what was not counted."))

    def counted(self) -> list[Counted]:
        """What the service takes. Call it on a valid form."""
        return [
            Counted(
                row.part_id,
                self.cleaned_data[f"expected_{row.id}"],
                0 if row.tracking == Tracking.SERIAL else value,
                row.lot,
                serials_in(value) if row.tracking == Tracking.SERIAL else (),
                row.condition,
            )
            for row, value in self.typed()
        ]


class ArrivalForm(KeptForm):
    """How many of each line of a shipment arrived."""

    def __init__(self, *args: Any, shipment: ShipmentRow, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = [one for one in shipment.lines if one.received < one.sent]
        for one in self.lines:
            label = " · ".join(filter(None, (one.number, one.name, one.lot, one.serial)))
            self.fields[f"line_{one.id}"] = WholeField(label=label)
            self.initial.setdefault(f"line_{one.id}", one.sent - one.received)
        self.fields["remark"] = wide(
            line(_("Remark"), hint=_("Needed when something will not arrive any more."))
        )
        self.fields["close"] = forms.BooleanField(
            label=_("The rest will not arrive"), required=False
        )

    def arrived(self) -> dict[int, int]:
        """How many of each line by its id. Call it on a valid form."""
        return {one.id: self.cleaned_data[f"line_{one.id}"] or 0 for one in self.lines}


class LevelForm(KeptForm):
    """How many of a part a depot keeps at least."""

    def __init__(self, *args: Any, depots: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["depot_id"] = wide(PickField(label=_("Depot"), choices=depots))
        self.fields["minimum"] = WholeField(
            label=_("Minimum"), help_text=_("0 when the depot need not keep it.")
        )
        self.fields["refill"] = WholeField(label=_("Fill up to"))
