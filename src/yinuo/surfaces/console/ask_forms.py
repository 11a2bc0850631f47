"""Forms of requests for parts: asking, approving, shipping, what arrived, was used, came back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.domains.parts.request_types import AskLineRow, AskRow, Back, LineDone
from yinuo.domains.parts.types import Carriage, Taken, Tracking
from yinuo.surfaces.console.editing import KeptForm
from yinuo.surfaces.console.fields import Choices, PickField, line, paragraph, wide
from yinuo.surfaces.console.forms import moment_field
from yinuo.surfaces.console.stock_forms import WholeField, serials_in

LINES = 4


class AskForm(KeptForm):
    """Which parts are wanted from which depot."""

    def __init__(
        self, *args: Any, parts: Choices, depots: Choices, sheets: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["depot_id"] = PickField(label=_("Depot"), choices=depots)
        self.fields["sheet_id"] = PickField(
            label=_("Work order"), choices=sheets, empty=_("for the request"), required=False
        )
        for number in range(1, LINES + 1):
            self.fields[f"part_{number}"] = PickField(
                label=pgettext_lazy("stock", "Part"),
                choices=parts,
                empty=_("choose one"),
                required=number == 1,
            )
            self.fields[f"quantity_{number}"] = WholeField(
                label=pgettext_lazy("stock", "Number"), initial=1 if number == 1 else None
            )
        self.fields["note"] = wide(line(_("Note")))

    def wanted(self) -> list[Taken]:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        return [
            Taken(typed[f"part_{number}"], typed[f"quantity_{number}"] or 0)
            for number in range(1, LINES + 1)
            if typed[f"part_{number}"]
        ]


class ApproveForm(KeptForm):
    """From which depot the parts are given."""

    def __init__(self, *args: Any, depots: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["depot_id"] = wide(PickField(label=_("From depot"), choices=depots))


class EndForm(KeptForm):
    """Why it is declined or called off."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = wide(line(_("Reason"), required=True))


class LinesForm(KeptForm):
    """A number for each line of which something is left; `left` tells how many."""

    left = "to_receive"

    def __init__(self, *args: Any, ask: AskRow, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = [one for one in ask.lines if getattr(one, self.left)]
        for one in self.lines:
            self.add_line(one, getattr(one, self.left))

    def add_line(self, one: AskLineRow, left: int) -> None:
        """One number, at first all that is left."""
        name = f"line_{one.id}"
        self.fields[name] = WholeField(label=f"{one.number} · {one.name}")
        self.initial.setdefault(name, left)

    def done(self) -> list[LineDone]:
        """What the service takes. Call it on a valid form."""
        return [LineDone(one.id, self.cleaned_data[f"line_{one.id}"] or 0) for one in self.lines]


class UseForm(LinesForm):
    """What was put in."""

    left = "at_hand"


class ShipForm(LinesForm):
    """What leaves; serial numbers where the part is followed by them."""

    left = "to_ship"

    def __init__(
        self, *args: Any, ask: AskRow, pieces: dict[object, Choices], **kwargs: Any
    ) -> None:
        self.pieces = pieces
        super().__init__(*args, ask=ask, **kwargs)
        self.fields["carrier"] = line(_("Carrier"))
        self.fields["waybill"] = line(_("Waybill"))
        self.fields["due_at"] = moment_field(
            _("Promised to arrive"), _("%(zone)s; leave empty when nothing is promised.")
        )

    def add_line(self, one: AskLineRow, left: int) -> None:
        """A number, or the pieces to tick."""
        if one.tracking != Tracking.SERIAL:
            super().add_line(one, left)
            return
        self.fields[f"line_{one.id}"] = wide(
            forms.MultipleChoiceField(
                label=f"{one.number} · {one.name} × {left}",
                choices=list(self.pieces.get(one.part_id, ())),
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        )

    def done(self) -> list[LineDone]:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        return [
            LineDone(one.id, serials=tuple(typed[f"line_{one.id}"]))
            if one.tracking == Tracking.SERIAL
            else LineDone(one.id, typed[f"line_{one.id}"] or 0)
            for one in self.lines
        ]

    def carriage(self) -> Carriage:
        """How it travels. Call it on a valid form."""
        typed = self.cleaned_data
        return Carriage(typed["carrier"], typed["waybill"], typed["due_at"])


class BackForm(KeptForm):
    """Old parts and unused new ones that came back."""

    def __init__(self, *args: Any, ask: AskRow, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = [one for one in ask.lines if one.old_owed or one.at_hand]
        for one in self.lines:
            name = f"{one.number} · {one.name}"
            if one.old_owed:
                self.fields[f"old_{one.id}"] = WholeField(label=f"{name} · {_('old parts')}")
                self.initial.setdefault(f"old_{one.id}", one.old_owed)
            if one.at_hand:
                self.fields[f"new_{one.id}"] = WholeField(label=f"{name} · {_('not used')}")
            if one.tracking == Tracking.SERIAL:
                self.fields[f"serials_{one.id}"] = paragraph(
                    f"{name} · {_('Serial numbers')}",
                    rows=2,
                    hint=_("Unused ones first, then the old ones."),
                )

    def back(self) -> list[Back]:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        rows = [
            Back(
                one.id,
                typed.get(f"old_{one.id}") or 0,
                typed.get(f"new_{one.id}") or 0,
                serials_in(typed.get(f"serials_{one.id}", "")),
            )
            for one in self.lines
        ]
        return [one for one in rows if one.old or one.unused]
