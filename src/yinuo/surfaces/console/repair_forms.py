"""Forms of repair orders: opening one, and one act each."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yinuo.domains.repairs.types import RepairData, RepairDoing, RepairView
from yinuo.surfaces.console.editing import KeptForm
from yinuo.surfaces.console.fields import DayField, line, money_field, paragraph, wide
from yinuo.surfaces.console.forms import moment_field

WHEN = _("Empty for now. %(zone)s.")


class RepairForm(KeptForm):
    """A device that is to be sent in."""

    serial = line(
        _("Serial number on the plate"),
        hint=_("As it stands on the device; its owner and warranty follow from it."),
        autocomplete="off",
    )
    accessories = line(_("What comes with it"), hint=_("Power supply, cables, disks …"))
    fault = paragraph(_("What is wrong"), rows=4)
    pick_up = forms.BooleanField(label=_("We fetch it at the customer's"), required=False)
    owner_reason = paragraph(
        _("Who owns it now"),
        rows=2,
        hint=_("Only for a device that is registered with another customer: ask, and write it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fault"].required = True

    def repair(self, request_id: object) -> RepairData:
        """What the service takes. Call it on a valid form."""
        return RepairData(request_id=request_id, **self.values())


class RepairDoingForm(KeptForm):
    """One act, with the fields that its kind needs."""

    def __init__(self, *args: Any, kind: str, view: RepairView, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for name, field in _more(kind, view).items():
            self.fields[name] = field
        self.fields["text"] = paragraph(_TEXTS.get(kind, _("Remark")), rows=3)
        self.fields["done_at"] = moment_field(_("When"), WHEN)

    def doing(self) -> RepairDoing:
        """What the service takes. Call it on a valid form."""
        typed = {name: value for name, value in self.values().items() if name != "version"}
        return RepairDoing(kind=self.kind, **typed)


_TEXTS = {
    "received": _("Condition on arrival"),
    "diagnosed": _("What was found"),
    "repaired": _("What was done"),
    "not_repairable": _("Why it cannot be repaired"),
    "repair_failed": _("What the test showed"),
    "tested": _("What the test showed"),
    "extended": _("Why it takes longer, and how the customer was told"),
    "claim_settled": _("What the supplier says"),
    "cancelled": _("Reason"),
}


def _more(kind: str, view: RepairView) -> dict[str, forms.Field]:
    supplier = line(_("Supplier"), required=not view.supplier)
    supplier.initial = view.supplier
    fields: dict[str, dict[str, forms.Field]] = {
        "collected": {"waybill": line(_("Waybill"))},
        "received": {
            "serial": wide(
                line(_("Serial number on the unit that arrived"), required=bool(view.row.serial))
            )
        },
        "backup_confirmed": {"said_by": wide(line(_("Who confirmed it"), required=True))},
        "diagnosed": {
            "is_paid": wide(
                forms.BooleanField(
                    label=_("The customer pays: out of warranty, or his own damage"),
                    required=False,
                    initial=view.row.is_paid,
                )
            )
        },
        "sent_to_supplier": {
            "supplier": supplier,
            "reference": line(_("Supplier's repair number")),
        },
        "repaired": {
            "new_serial": line(
                _("Other serial number"), hint=_("Only when another unit goes back in its place.")
            ),
            "new_model": line(_("Other model"), hint=_("Empty for the same model.")),
        },
        "shipped": {"waybill": line(_("Waybill"))},
        "extended": {"until": DayField(label=_("New day promised"))},
        "claimed": {"supplier": supplier, "amount": money_field(_("Amount claimed, yuan"))},
        "claim_settled": {"amount": money_field(_("Amount granted, yuan"))},
    }
    return fields.get(kind, {})
