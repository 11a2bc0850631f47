"""Forms of goods in the portal: how many of which article, found by a word among all of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from yinuo.domains.customers.visitors import Visitor
from yinuo.domains.goods.services.checking import field_of
from yinuo.domains.goods.types import ChangeData, ItemRow, OrderData, Wanted
from yinuo.surfaces.assets.languages import in_language
from yinuo.surfaces.portal.forms import ROOM, one_time_key

# More figures nobody means; how many may be ordered the service says.
MOST_TYPED = 10**9
# So many articles are shown at once; the others are found by a word.
MOST_SHOWN = 8


class ArticlesForm(forms.Form):
    """A number for each article. Shown are those with a number, then those that a word finds."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=128)
    find = forms.CharField(
        label=_("Find an article"),
        required=False,
        max_length=ROOM,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, articles: list[ItemRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", one_time_key())
        self.articles = articles
        for one in articles:
            name = in_language(one.name, one.name_en or one.name)
            self.fields[field_of(one.public_id)] = forms.IntegerField(
                label=f"{name} ({one.measure})",
                required=False,
                max_value=MOST_TYPED,
                min_value=-MOST_TYPED,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            )

    @property
    def is_long(self) -> bool:
        """There are more articles than are shown at once."""
        return len(self.articles) > MOST_SHOWN

    @property
    def chosen(self) -> list[BoundField]:
        """Those with a number, so that none is lost while another one is looked for."""
        return [field for one in self.articles if _is_typed(field := self._field(one))]

    @property
    def found(self) -> list[BoundField]:
        """Those that hold the word and have no number yet."""
        return [field for one in self._matching() if not _is_typed(field := self._field(one))][
            :MOST_SHOWN
        ]

    @property
    def more(self) -> int:
        """How many more would be found."""
        return max(0, sum(not _is_typed(self._field(one)) for one in self._matching()) - MOST_SHOWN)

    @property
    def rest(self) -> list[BoundField]:
        """What else is asked."""
        names = {field_of(one.public_id) for one in self.articles} | {"find"}
        return [field for field in self.visible_fields() if field.name not in names]

    def lines(self) -> tuple[Wanted, ...]:
        """How many of which. Call it on a valid form."""
        ids = (one.public_id for one in self.articles)
        numbers = ((one, self.cleaned_data[field_of(one)]) for one in ids)
        return tuple(Wanted(one, number) for one, number in numbers if number)

    def _field(self, one: ItemRow) -> BoundField:
        return self[field_of(one.public_id)]

    def _matching(self) -> list[ItemRow]:
        word = str(self["find"].value() or "").strip().casefold()
        return [
            one
            for one in self.articles
            if word in f"{one.name}\n{one.name_en}\n{one.code}".casefold()
        ]


def _is_typed(field: BoundField) -> bool:
    return field.value() not in (None, "")


class GoodsForm(ArticlesForm):
    """What is ordered, when and where it is wanted."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _add_when(self)
        self.fields["deliver_to"] = forms.CharField(
            label=_("Deliver to"), required=False, max_length=ROOM
        )
        self.fields["note"] = forms.CharField(label=_("Note"), required=False, max_length=ROOM)

    def order(self, visitor: Visitor) -> OrderData:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        rest = {name: typed[name] for name in ("is_urgent", "wished_on", "deliver_to", "note")}
        return OrderData(visitor.customer_public_id, self.lines(), **rest)


class GoodsChangeForm(ArticlesForm):
    """The order as it is wanted from now on, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _add_when(self)
        self.fields["why"] = forms.CharField(label=_("Why"), max_length=ROOM)

    def change(self, visitor: Visitor) -> ChangeData:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        return ChangeData(
            self.lines(), typed["why"], visitor.name, typed["is_urgent"], typed["wished_on"]
        )


class GoodsCancelForm(forms.Form):
    """Why the order is not wanted any more."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=128)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 2)
    text = forms.CharField(label=_("Why it is not wanted any more"), max_length=ROOM)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Its fields stand beside those of the change.
        super().__init__(*args, **{"auto_id": "cancel-%s"} | kwargs)
        self.initial.setdefault("key", one_time_key())


def is_finding(posted: Mapping[str, Any]) -> bool:
    """Only an article is looked for: nothing is sent yet."""
    return posted.get("do") == "find"


def kept(posted: Any) -> dict[str, Any]:
    """What was typed so far, for the form that is shown again."""
    return {name: posted.get(name) for name in posted}


def _add_when(form: forms.Form) -> None:
    form.fields["is_urgent"] = forms.BooleanField(label=_("It is urgent"), required=False)
    form.fields["wished_on"] = forms.DateField(
        label=_("Wanted by"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
