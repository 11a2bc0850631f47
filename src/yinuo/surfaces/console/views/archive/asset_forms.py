"""Forms of what belongs to an asset: parts, a swap of the unit, downtimes, a reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.domains.assets.services import ComponentData, Swap
from yinuo.surfaces.console.editing import KeptForm
from yinuo.surfaces.console.fields import DayField, line, wide
from yinuo.surfaces.console.forms import moment_field

WHEN = _("Empty for now. %(zone)s.")


def _serial(label: Any) -> forms.CharField:
    return line(label, autocomplete="off", spellcheck="false")


def _reason() -> forms.CharField:
    return wide(line(_("Reason"), required=True, autocomplete="off"))


class ComponentForm(KeptForm):
    """A part of an asset."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = wide(
            line(pgettext_lazy("thing", "Name"), required=True, autocomplete="off")
        )
        self.fields["model"] = line(_("Model"), autocomplete="off")
        self.fields["serial"] = _serial(_("Serial number"))
        self.fields["factory"] = forms.BooleanField(
            label=_("Belongs to the factory configuration"),
            required=False,
            help_text=_("Warranty terms of the factory configuration cover it."),
        )
        self.fields["added_on"] = DayField(
            label=_("Added on"),
            required=False,
            help_text=_("Needed for what came later; empty for what was delivered with the unit."),
        )

    def component(self) -> ComponentData:
        """What the service takes. Call it on a valid form."""
        names = ("name", "model", "serial", "factory", "added_on")
        return ComponentData(**{name: self.cleaned_data[name] for name in names})


class ReplaceForm(KeptForm):
    """The part that comes in another's place."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["model"] = line(_("Model of the new part"), autocomplete="off")
        self.fields["serial"] = _serial(_("Serial number of the new part"))
        self.fields["on"] = DayField(label=_("Replaced on"))
        self.fields["reason"] = _reason()


class RemoveForm(KeptForm):
    """Taking a part out for good."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"] = DayField(label=_("Taken out on"))
        self.fields["reason"] = _reason()


class SwapForm(KeptForm):
    """Another unit in the asset's place."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["model"] = line(_("Model of the new unit"), autocomplete="off")
        self.fields["serial"] = _serial(_("Serial number of the new unit"))
        self.fields["on"] = DayField(label=_("Swapped on"))
        self.fields["reason"] = _reason()

    def swap(self) -> Swap:
        """What the service takes. Call it on a valid form."""
        names = ("model", "serial", "on", "reason")
        return Swap(**{name: self.cleaned_data[name] for name in names})


class DowntimeForm(KeptForm):
    """When the asset did not work."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["began_at"] = moment_field(_("Down since"), WHEN)
        self.fields["ended_at"] = moment_field(
            _("Works again since"), _("%(zone)s; leave empty while it is down.")
        )
        self.fields["cause"] = wide(line(_("What was wrong"), required=True, autocomplete="off"))


class EndForm(KeptForm):
    """When it worked again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ended_at"] = moment_field(_("Works again since"), WHEN)


class ReasonForm(KeptForm):
    """Why an entry is taken back."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = _reason()
