"""Forms of software versions: publishing, withdrawing, giving, helping."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.domains.software.types import DeliveryData, HelpData, ReleaseData
from yinuo.surfaces.console import software_words
from yinuo.surfaces.console.editing import KeptForm
from yinuo.surfaces.console.fields import Choices, DayField, PickField, line, paragraph, wide
from yinuo.surfaces.console.forms import moment_field
from yinuo.surfaces.console.stock_forms import WholeField

WHEN = _("Empty for now. %(zone)s.")


class ReleaseForm(KeptForm):
    """A version to publish."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"] = line(
            pgettext_lazy("software", "Version number"), required=True, autocomplete="off"
        )
        self.fields["released_on"] = DayField(label=_("Released on"))
        self.fields["model"] = line(_("Model"), hint=_("The whole model, in any case."))
        self.fields["asset_class"] = line(
            _("Class"), hint=_("The product line as the assets have it.")
        )
        self.fields["kind"] = wide(
            forms.ChoiceField(
                label=pgettext_lazy("software", "Kind"),
                choices=list(software_words.KINDS.items()),
                widget=forms.RadioSelect,
            )
        )
        self.fields["is_paid_feature"] = forms.BooleanField(
            label=_("A paid feature: no warranty or contract includes it"), required=False
        )
        self.fields["notes_zh"] = paragraph(_("What is new"), rows=5)
        self.fields["notes_zh"].required = True
        self.fields["notes_en"] = paragraph(_("What is new, in English"), rows=4)

    def release(self) -> ReleaseData:
        """What the service takes. Call it on a valid form."""
        return ReleaseData(**self.values())


class WithdrawForm(KeptForm):
    """Why a version is taken back."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = wide(line(_("Reason"), required=True))


class DeliveryForm(KeptForm):
    """How a version was given; `is_free` when the asset is entitled to it."""

    def __init__(self, *args: Any, requests: Choices, is_free: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way"] = wide(
            forms.ChoiceField(
                label=pgettext_lazy("software", "How"),
                choices=list(software_words.WAYS.items()),
                widget=forms.RadioSelect,
            )
        )
        self.fields["to_whom"] = line(_("To whom"), required=True)
        self.fields["delivered_at"] = moment_field(_("When"), WHEN)
        if not is_free:
            self.fields["paid_as"] = wide(
                line(_("Accepted quote"), required=True, hint=_("Its number: it is not free."))
            )
        self.fields["request_id"] = PickField(
            label=_("Request"), choices=requests, empty=_("none"), required=False
        )
        self.fields["is_installed"] = forms.BooleanField(
            label=_("It was installed: the asset runs it now"), required=False
        )

    def delivery(self) -> DeliveryData:
        """What the service takes. Call it on a valid form."""
        return DeliveryData(**self.values())


class HelpForm(KeptForm):
    """Help given with a version."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way"] = wide(
            forms.ChoiceField(
                label=pgettext_lazy("software", "How"),
                choices=list(software_words.HELPS.items()),
                widget=forms.RadioSelect,
            )
        )
        self.fields["minutes"] = WholeField(label=_("Minutes"))
        self.fields["helped_at"] = moment_field(_("When"), WHEN)
        self.fields["text"] = paragraph(_("What was done"), rows=3)
        self.fields["text"].required = True
        self.fields["is_installed"] = forms.BooleanField(
            label=_("It was installed: the asset runs it now"), required=False
        )

    def help_given(self) -> HelpData:
        """What the service takes. Call it on a valid form."""
        return HelpData(**self.values() | {"minutes": self.cleaned_data["minutes"] or 0})
