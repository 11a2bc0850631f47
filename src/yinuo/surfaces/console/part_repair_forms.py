"""Forms of repairs of parts: taking one, its material, what came of it, the supplier's answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.domains.parts.repair_types import (
    FaultyRow,
    RepairResult,
    SupplierAnswer,
    TakenForRepair,
)
from yinuo.domains.parts.types import Taken
from yinuo.platform.errors import InvalidInput
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
from yinuo.surfaces.console.stock_forms import WholeField, serials_in

LINES = 3


class TakeForRepairForm(KeptForm):
    """Which faulty part, what is wrong with it, who repairs it."""

    def __init__(
        self, *args: Any, faulty: Sequence[FaultyRow], workers: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.faulty = {f"{one.part_id} {one.serial or one.lot}": one for one in faulty}
        self.fields["which"] = wide(
            PickField(
                label=pgettext_lazy("part repair", "Faulty part"),
                choices=[(key, _named(one)) for key, one in self.faulty.items()],
                empty=_("choose one"),
            )
        )
        self.fields["fault"] = wide(line(pgettext_lazy("part", "What is wrong"), required=True))
        self.fields["worker_id"] = PickField(
            label=pgettext_lazy("part repair", "Who repairs it"),
            choices=workers,
            required=False,
        )

    def taken(self) -> TakenForRepair:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        one = self.faulty.get(typed["which"])
        if one is None:
            raise InvalidInput({"which": _("This part lies here no more. Choose another one.")})
        return TakenForRepair(one.part_id, typed["fault"], one.serial, one.lot, typed["worker_id"])


class MaterialForm(KeptForm):
    """Good parts out of the depot that go into the one being repaired."""

    def __init__(self, *args: Any, parts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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
            self.fields[f"serials_{number}"] = wide(
                line(_("Serial numbers"), hint=_("Only for parts followed by serial number."))
            )

    def lines(self) -> list[Taken]:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        found = []
        for number in range(1, LINES + 1):
            if part_id := typed[f"part_{number}"]:
                serials = serials_in(typed[f"serials_{number}"])
                quantity = 0 if serials else typed[f"quantity_{number}"] or 0
                found.append(Taken(part_id, quantity, serials=serials))
        return found


class RepairResultForm(KeptForm):
    """What was done, how long it took, how it was tested, what came of it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"] = wide(
            forms.ChoiceField(
                label=pgettext_lazy("part repair", "What came of it"),
                choices=list(stock_words.PART_REPAIR_RESULTS.items()),
                widget=forms.RadioSelect,
            )
        )
        self.fields["work_done"] = paragraph(_("What was done"))
        self.fields["hours"] = NumberField(label=_("Hours of work"))
        self.fields["tested"] = line(
            pgettext_lazy("part repair", "How it was tested"),
            hint=_("Needed before it counts as good."),
        )
        self.fields["supplier"] = line(
            _("Supplier"), hint=_("Only when it is sent to its supplier.")
        )
        self.fields["claim_number"] = line(_("Number of the claim"))
        self.fields["reason"] = wide(
            line(_("Reason"), hint=_("Needed when it is scrapped or put back."))
        )

    def result(self) -> RepairResult:
        """What the service takes. Call it on a valid form."""
        typed = {name: value for name, value in self.values().items() if name != "version"}
        return RepairResult(**typed)


class SupplierAnswerForm(KeptForm):
    """What the supplier did."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"] = wide(
            forms.ChoiceField(
                label=pgettext_lazy("part claim", "What the supplier did"),
                choices=list(stock_words.SUPPLIER_ANSWERS.items()),
                widget=forms.RadioSelect,
            )
        )
        self.fields["granted"] = money_field(pgettext_lazy("part claim", "Granted"))
        self.fields["tested"] = line(
            pgettext_lazy("part repair", "How it was tested"),
            hint=_("Needed before it counts as good."),
        )
        self.fields["reason"] = wide(line(_("Reason")))

    def answer(self) -> SupplierAnswer:
        """What the service takes. Call it on a valid form."""
        typed = {name: value for name, value in self.values().items() if name != "version"}
        return SupplierAnswer(**typed)


def _named(one: FaultyRow) -> str:
    kept = one.serial or one.lot
    number = f"× {one.quantity}" if one.quantity > 1 else ""
    return " · ".join(filter(None, (one.number, one.name, kept, number)))
