"""Forms of goods: an article, an order, its changes, parcels, receipt and end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.domains.goods.services.checking import field_of
from yinuo.domains.goods.types import (
    AnswerData,
    ChangeData,
    GoodsOrderView,
    ItemData,
    ItemRow,
    LineRow,
    OrderData,
    Parcel,
    Receipt,
    Wanted,
)
from yinuo.surfaces.console import words
from yinuo.surfaces.console.editing import KeptForm
from yinuo.surfaces.console.fields import Choices, DayField, PickField, line, paragraph, wide
from yinuo.surfaces.console.forms import moment_field
from yinuo.surfaces.console.stock_forms import WholeField

Article = ItemRow | LineRow
WHEN = _("Empty for now. %(zone)s.")


class ItemForm(KeptForm):
    """An article of the catalogue."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = line(
            pgettext_lazy("goods", "Code"), required=True, hint=_("Such as door_plate; it stays.")
        )
        self.fields["name"] = line(pgettext_lazy("goods", "Name"), required=True)
        self.fields["name_en"] = line(_("English name"))
        self.fields["measure"] = line(
            _("Counted in"), required=True, hint=_("Such as pieces, metres, sets.")
        )
        self.fields["life_months"] = WholeField(
            label=_("Useful life in months"), help_text=_("Empty when it is not limited.")
        )
        self.fields["price_code"] = line(
            _("Entry in price lists"), hint=_("The code of its price, such as door_plate.")
        )
        self.fields["active"] = forms.BooleanField(label=_("May be ordered"), required=False)

    def item(self) -> ItemData:
        """What the service takes. Call it on a valid form."""
        typed = {name: value for name, value in self.values().items() if name != "version"}
        return ItemData(**typed)


class LinesOfGoods(KeptForm):
    """A number for each article."""

    def __init__(self, *args: Any, articles: Sequence[Article], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.article_ids = [one.public_id for one in articles]
        for one in articles:
            name = words.in_language(one.name, one.name_en or one.name)
            self.fields[field_of(one.public_id)] = WholeField(label=f"{name} ({one.measure})")

    def wanted(self) -> tuple[Wanted, ...]:
        """The articles with a number, as the service takes them. Call it on a valid form."""
        numbers = ((one, self.cleaned_data[field_of(one)]) for one in self.article_ids)
        return tuple(Wanted(one, number) for one, number in numbers if number)


class OrderForm(LinesOfGoods):
    """What is ordered for a customer."""

    def __init__(self, *args: Any, contracts: Choices, projects: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_urgent"] = forms.BooleanField(label=_("Urgent"), required=False)
        self.fields["wished_on"] = DayField(label=_("Wanted by"), required=False)
        self.fields["supplied_on"] = DayField(
            label=_("The old ones were supplied on"),
            required=False,
            help_text=_("Shows whether they are within their useful life."),
        )
        self.fields["contract_id"] = PickField(
            label=_("Contract"),
            choices=contracts,
            empty=_("none: nothing is promised by a plan"),
            required=False,
        )
        self.fields["project_id"] = PickField(
            label=_("Project"), choices=projects, empty=_("none"), required=False
        )
        self.fields["deliver_to"] = wide(line(_("Deliver to")))
        self.fields["note"] = wide(line(_("Note")))

    def order(self, customer_id: object, request_id: object) -> OrderData:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        return OrderData(
            customer_id,
            self.wanted(),
            is_urgent=typed["is_urgent"],
            wished_on=typed["wished_on"],
            supplied_on=typed["supplied_on"],
            contract_id=typed["contract_id"] or None,
            project_id=typed["project_id"] or None,
            request_id=request_id,
            deliver_to=typed["deliver_to"],
            note=typed["note"],
        )


class ChangeForm(LinesOfGoods):
    """The order as it is wanted from now on."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_urgent"] = forms.BooleanField(label=_("Urgent"), required=False)
        self.fields["wished_on"] = DayField(label=_("Wanted by"), required=False)
        self.fields["asked_by"] = line(_("Who asked for it"), required=True)
        self.fields["why"] = paragraph(_("Why"), rows=2)
        self.fields["why"].required = True

    def change(self) -> ChangeData:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        return ChangeData(
            self.wanted(), typed["why"], typed["asked_by"], typed["is_urgent"], typed["wished_on"]
        )


class AnswerForm(KeptForm):
    """Our answer to a change."""

    def __init__(self, *args: Any, is_promised: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_accepted"] = wide(
            forms.TypedChoiceField(
                label=_("Answer"),
                choices=[("yes", _("accepted")), ("no", _("declined"))],
                coerce=lambda value: value == "yes",
                widget=forms.RadioSelect,
            )
        )
        if is_promised:
            self.fields["promised_on"] = DayField(label=_("Day promised"), required=False)
        self.fields["text"] = paragraph(
            _("Answer in words"), rows=2, hint=_("Needed when the change is declined.")
        )

    def answer(self) -> AnswerData:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        return AnswerData(typed["is_accepted"], typed.get("promised_on"), typed["text"])


class AcceptForm(KeptForm):
    """The day promised."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["promised_on"] = DayField(label=_("Day promised"))


class ParcelForm(LinesOfGoods):
    """What leaves now: at first all that is left."""

    def __init__(self, *args: Any, view: GoodsOrderView, **kwargs: Any) -> None:
        left = [one for one in view.lines if one.to_ship]
        super().__init__(*args, articles=left, **kwargs)
        for one in left:
            self.initial.setdefault(field_of(one.public_id), one.to_ship)
        self.fields["carrier"] = line(_("Carrier"), required=True)
        self.fields["waybill"] = line(_("Waybill"))
        self.fields["shipped_at"] = moment_field(_("When"), WHEN)

    def parcel(self) -> Parcel:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        return Parcel(self.wanted(), typed["carrier"], typed["waybill"], typed["shipped_at"])


class ReceiptForm(KeptForm):
    """Who signed for a parcel."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signed_by"] = line(_("Signed by"), required=True)
        self.fields["delivered_at"] = moment_field(_("When"), WHEN)

    def receipt(self) -> Receipt:
        """What the service takes. Call it on a valid form."""
        return Receipt(self.cleaned_data["signed_by"], self.cleaned_data["delivered_at"])


class OrderEndForm(KeptForm):
    """How the goods do, or why the order is cancelled."""

    def __init__(self, *args: Any, label: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"] = paragraph(label, rows=3)
        self.fields["text"].required = True
