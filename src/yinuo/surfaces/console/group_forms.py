"""The form of a support group: what it takes, who takes from it, who goes on after it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.domains.requests.services import GroupData
from yinuo.surfaces.console import qualified_words, words
from yinuo.surfaces.console.editing import KeptForm
from yinuo.surfaces.console.fields import Choices, PickField, PicksField, line, paragraph, wide

EVERYTHING = _("None chosen: all of them.")


class GroupForm(KeptForm):
    """A support group. Categories and levels are those of all published plans."""

    def __init__(
        self,
        *args: Any,
        units: Choices,
        people: Choices,
        categories: Choices,
        levels: Choices,
        following: Choices,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        name = line(pgettext_lazy("thing", "Name"), required=True, autocomplete="off")
        self.fields["name"] = name
        if units := list(units):
            self.fields["unit_id"] = PickField(label=_("Unit"), choices=units)
        self.fields["rank"] = forms.IntegerField(
            label=_("Rank"),
            help_text=_("Of several groups that would take a request the lowest rank does."),
        )
        self.fields["categories"] = _several(_("Categories"), categories)
        self.fields["levels"] = _several(_("Levels"), levels)
        self.fields["kinds"] = _several(_("Kinds"), words.KINDS.items())
        self.fields["asset_classes"] = paragraph(
            _("Product lines"), rows=2, hint=_("One a line, as the assets' class names them.")
        )
        self.fields["member_ids"] = _flowing(
            PicksField(label=_("Who takes from the queue"), choices=list(people), required=False)
        )
        self.fields["next_id"] = PickField(
            label=_("Escalates to"), choices=following, empty=_("no group"), required=False
        )
        self.fields["offer_mode"] = PickField(
            label=_("Offer to the network"),
            choices=list(qualified_words.MODES.items()),
            empty=_("no, it waits in the queue"),
            required=False,
            help_text=_("The nearest entitled and certified unit that serves so is asked at once."),
        )
        if "version" in self.initial:
            self.fields["active"] = forms.BooleanField(label=_("Takes requests"), required=False)

    def group(self) -> GroupData:
        """What the service takes. Call it on a valid form."""
        given = self.cleaned_data
        return GroupData(
            name=given["name"],
            rank=given["rank"],
            kinds=given["kinds"],
            categories=given["categories"],
            levels=given["levels"],
            asset_classes=given["asset_classes"].splitlines(),
            member_ids=given["member_ids"],
            next_id=given["next_id"],
            active=given.get("active", True),
            offer_mode=given["offer_mode"],
        )


def _several(label: Any, choices: Any) -> PicksField:
    field = PicksField(label=label, choices=list(choices), required=False, help_text=EVERYTHING)
    return _flowing(field)


def _flowing(field: PicksField) -> PicksField:
    """Many short choices side by side."""
    field.flows = True
    return wide(field)
