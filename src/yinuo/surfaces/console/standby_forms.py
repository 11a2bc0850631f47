"""Forms of standby units: registering, asking, lending, and one act on a loan each."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.domains.repairs.loan_types import LoanData, LoanDoing, LoanRow, StandbyData
from yinuo.surfaces.console.editing import KeptForm
from yinuo.surfaces.console.fields import Choices, PickField, line, money_field, paragraph, wide
from yinuo.surfaces.console.forms import moment_field
from yinuo.surfaces.console.standby_words import BASES

WHEN, UNTIL = _("Empty for now. %(zone)s."), _("%(zone)s.")


class StandbyForm(KeptForm):
    """A standby unit as it is registered."""

    name = line(_("Name"), required=True)
    model = line(_("Model"), required=True)
    serial = line(_("Serial number"), required=True, autocomplete="off")
    place = line(_("Where it lies"))
    worth = money_field(_("Worth, yuan"))

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit_id"] = PickField(label=_("Unit"), choices=units)

    def standby(self) -> StandbyData:
        """What the service takes. Call it on a valid form."""
        return StandbyData(**self.values())


class AskForm(KeptForm):
    """When the device will be mended, and why so late."""

    predicted_at = moment_field(_("Mended by, as far as we know"), UNTIL)
    text = paragraph(_("Why"), rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["predicted_at"].required = True
        self.fields["text"].required = True


class LoanForm(KeptForm):
    """A loan for a request."""

    return_by = moment_field(_("Back by"), UNTIL)
    condition = paragraph(_("Condition and accessories when lent"), rows=2)
    reason = paragraph(_("Why it is lent"), rows=2, hint=_("Where the plan does not promise it."))
    delivered_at = moment_field(pgettext_lazy("loan", "Delivered at"), WHEN)

    field_order = ("standby_id", "basis", "return_by", "delivered_at", "condition", "reason")

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["standby_id"] = wide(PickField(label=_("Standby unit"), choices=units))
        self.fields["basis"] = wide(
            forms.ChoiceField(
                label=_("On what basis"), choices=list(BASES.items()), widget=forms.RadioSelect
            )
        )
        self.fields["return_by"].required = True
        self.fields["condition"].required = True
        self.order_fields(("key", *self.field_order))

    def loan(self, request_id: object) -> LoanData:
        """What the service takes. Call it on a valid form."""
        return LoanData(request_id=request_id, **self.values())


class LoanDoingForm(KeptForm):
    """One act on a loan, with the fields that its kind needs."""

    def __init__(self, *args: Any, kind: str, loan: LoanRow, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for name, field in _more(kind).items():
            self.fields[name] = field
        self.fields["text"] = paragraph(_TEXTS[kind], rows=3)
        self.fields["text"].required = True
        if kind != "prolonged":
            self.fields["done_at"] = moment_field(_("When"), WHEN)

    def doing(self) -> LoanDoing:
        """What the service takes. Call it on a valid form."""
        typed = {name: value for name, value in self.values().items() if name != "version"}
        return LoanDoing(kind=self.kind, **typed)


_TEXTS = {
    "returned": _("Condition and accessories when returned"),
    "kept": _("What was agreed"),
    "prolonged": _("Reason"),
    "billed": _("As which charge it was entered"),
}


def _more(kind: str) -> dict[str, forms.Field]:
    if kind == "returned":
        return {
            "is_damaged": wide(
                forms.BooleanField(label=_("Damaged, or something is missing"), required=False)
            ),
            "amount": money_field(_("The customer pays, yuan")),
        }
    if kind == "kept":
        return {"amount": money_field(_("The customer pays, yuan"))}
    if kind == "prolonged":
        return {"return_by": moment_field(_("Back by"), UNTIL)}
    return {}
