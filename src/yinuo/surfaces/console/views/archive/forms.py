"""Forms of the archive. Their fields carry the names the services give their messages for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.domains.assets.services.assets import AssetData
from yinuo.domains.customers.contact_roles import contact_roles
from yinuo.platform.positions import position_of
from yinuo.surfaces.console.editing import KeptForm
from yinuo.surfaces.console.fields import (
    Choices,
    DayField,
    LinesField,
    NumberField,
    PickField,
    PicksField,
    line,
    paragraph,
    wide,
)
from yinuo.surfaces.console.forms import ROOM
from yinuo.surfaces.console.words import in_language
from yinuo.surfaces.console.zones import zone_choices


def _still_active(label: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False)


class CustomerForm(KeptForm):
    """A customer. The unit is chosen once; whether he is still one only later."""

    def __init__(self, *args: Any, units: Choices | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = wide(
            line(pgettext_lazy("thing", "Name"), required=True, autocomplete="off")
        )
        self.fields["short_name"] = line(
            _("Short name"), hint=_("As people say it on the phone."), autocomplete="off"
        )
        if units is not None:
            self.fields["unit_id"] = PickField(label=_("Unit in charge"), choices=units)
        if "parent_id" in self.initial:
            self.fields["parent_id"] = forms.CharField(
                widget=forms.HiddenInput, required=False, max_length=ROOM
            )
        self.fields["notes"] = paragraph(
            _("Notes"), hint=_("Shown to whoever takes a call of this customer.")
        )
        if units is None:
            self.fields["active"] = _still_active(_("Is still our customer"))


class ParentForm(KeptForm):
    """The company that a customer belongs to, out of those a search found."""

    def __init__(self, *args: Any, companies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent_id"] = wide(
            PickField(
                label=_("Parent company"),
                choices=companies,
                empty=_("nobody, stands on its own"),
                required=False,
            )
        )


class SiteForm(KeptForm):
    """A site and its local time."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = line(
            pgettext_lazy("thing", "Name"), required=True, autocomplete="off"
        )
        self.fields["zone"] = PickField(
            label=_("Time zone"),
            choices=zone_choices(),
            help_text=_("Promises in office hours run by the time of this place."),
        )
        self.fields["address"] = wide(line(_("Address"), autocomplete="off"))
        self.fields["price_zone"] = line(
            _("Price zone"),
            hint=_("The code by which price lists tell near from far, such as inner or outer."),
            autocomplete="off",
        )
        self.fields["latitude"] = NumberField(
            label=_("Latitude"), help_text=_("Degrees north (WGS-84), such as 22.543100.")
        )
        self.fields["longitude"] = NumberField(
            label=_("Longitude"), help_text=_("Degrees east, such as 114.057900.")
        )
        if "version" in self.fields:
            self.fields["active"] = _still_active(_("Is still in use"))

    def values(self) -> dict[str, Any]:
        """What the services take: the two degrees as one position. Raises InvalidInput."""
        values = super().values()
        degrees = values.pop("latitude"), values.pop("longitude")
        return values | {"position": position_of(*degrees)}


class ContactForm(KeptForm):
    """A person at the customer, with all numbers."""

    def __init__(self, *args: Any, sites: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = line(_("Name"), required=True, autocomplete="off")
        self.fields["title"] = line(_("Position"), autocomplete="off")
        self.fields["phones"] = LinesField(
            label=_("Numbers"),
            name_of_line=_("Number"),
            help_text=_("Mobile, landline, extension: whoever calls from one of them is known."),
        )
        self.fields["email"] = line(_("E-mail"), autocomplete="off", inputmode="email")
        self.fields["site_id"] = PickField(
            label=_("Site"), choices=sites, empty=_("no certain one"), required=False
        )
        self.fields["roles"] = PicksField(
            label=_("Role at the customer's"),
            required=False,
            choices=[
                (role.code, in_language(role.name_zh, role.name_en)) for role in contact_roles()
            ],
        )
        if "version" in self.fields:
            self.fields["active"] = _still_active(_("Still works there"))


class ProjectForm(KeptForm):
    """A delivery; its acceptance starts warranty terms."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = wide(
            line(pgettext_lazy("thing", "Name"), required=True, autocomplete="off")
        )
        self.fields["accepted_on"] = DayField(
            label=_("Accepted on"),
            required=False,
            help_text=_("Leave it empty until the customer has accepted."),
        )
        self.fields["finished_on"] = DayField(
            label=_("Finished on"),
            required=False,
            help_text=_("When the work was done and the papers are due."),
        )


class AssetForm(KeptForm):
    """A device or system at a customer."""

    def __init__(self, *args: Any, sites: Choices, projects: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = wide(
            line(pgettext_lazy("thing", "Name"), required=True, autocomplete="off")
        )
        self.fields["model"] = line(_("Model"), autocomplete="off")
        self.fields["serial"] = line(_("Serial number"), autocomplete="off", spellcheck="false")
        self.fields["asset_class"] = line(
            _("Class"), hint=_("As plans tell assets apart, such as appliance or server.")
        )
        self.fields["site_id"] = PickField(
            label=_("Site"), choices=sites, empty=_("not installed yet"), required=False
        )
        self.fields["location"] = line(
            _("Place at the site"), hint=_("Floor, room, cabinet."), autocomplete="off"
        )
        self.fields["project_id"] = PickField(
            label=_("Project"), choices=projects, empty=_("none"), required=False
        )
        self.fields["purchased_on"] = DayField(label=_("Bought on"), required=False)
        if "version" in self.fields:
            self.fields["active"] = _still_active(_("Is still in use"))

    def data_of_asset(self) -> AssetData:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        return AssetData(
            name=typed["name"],
            model=typed["model"],
            asset_class=typed["asset_class"],
            serial=typed["serial"],
            site_id=typed["site_id"] or None,
            project_id=typed["project_id"] or None,
            purchased_on=typed["purchased_on"],
            location=typed["location"],
        )
