"""Forms of administration. Their fields carry the names the services give their messages for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.planfile.statutory_notice import LONGEST_NOTICE
from yinuo.surfaces.console.editing import KeptForm
from yinuo.surfaces.console.fields import Choices, PickField, PicksField, line, wide

LIVES = ((30, _("30 days")), (90, _("90 days")), (180, _("180 days")), (366, _("a year")))


class NewUnitForm(KeptForm):
    """A unit below another one."""

    def __init__(self, *args: Any, parents: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = wide(
            line(pgettext_lazy("thing", "Name"), required=True, autocomplete="off")
        )
        self.fields["code"] = line(
            _("Code"),
            required=True,
            hint=_("2 to 8 capital letters or digits; part of document numbers, such as SZ."),
            autocomplete="off",
        )
        self.fields["parent_id"] = PickField(label=_("Belongs to"), choices=parents)


class UnitForm(KeptForm):
    """A unit's name, and whether it is open."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = wide(
            line(
                pgettext_lazy("thing", "Name"),
                required=True,
                hint=_("Papers already issued keep the name they were issued with."),
                autocomplete="off",
            )
        )
        self.fields["active"] = forms.BooleanField(
            label=_("Is open"),
            required=False,
            help_text=_("Roles held in a closed unit give no rights."),
        )


class StatutoryYearForm(KeptForm):
    """A year's days as the notice names them."""

    def __init__(self, *args: Any, years: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"] = PickField(label=_("Year"), choices=[(one, one) for one in years])
        self.fields["source"] = line(
            _("Notice"),
            required=True,
            hint=_("Which notice names the days, such as its number and date."),
        )
        self.fields["days"] = wide(
            forms.CharField(
                label=_("Days"),
                max_length=LONGEST_NOTICE,
                widget=forms.Textarea(attrs={"rows": 10}),
                help_text=_(
                    "Paste the text of the notice, or write a statement a line: "
                    "“2027-05-01 to 2027-05-05 off”, “2027-05-08 works”."
                ),
            )
        )


class PersonForm(KeptForm):
    """Somebody who works in a unit."""

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = line(_("Name"), required=True, autocomplete="off")
        self.fields["phone"] = line(_("Number"), autocomplete="off", inputmode="tel")
        self.fields["unit_id"] = PickField(label=_("Unit"), choices=units)


class RoleForm(KeptForm):
    """A role in a unit and all units below it."""

    def __init__(self, *args: Any, roles: Choices, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role_code"] = PickField(label=_("Role"), choices=roles, empty=_("choose"))
        self.fields["unit_id"] = PickField(
            label=_("In the unit"), choices=units, help_text=_("and all units below it")
        )


class AccountForm(KeptForm):
    """The name somebody signs in with."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"] = line(
            _("User name"),
            required=True,
            hint=_("Letters, digits and . + - _, such as li.na"),
            autocomplete="off",
            autocapitalize="none",
            spellcheck="false",
        )
        self.fields["email"] = line(
            _("E-mail"),
            hint=_("Can be used to sign in as well."),
            autocomplete="off",
            inputmode="email",
        )


class TokenForm(KeptForm):
    """What a token is for, what it may do, how long it works."""

    def __init__(self, *args: Any, scopes: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = line(
            pgettext_lazy("thing", "Name"),
            required=True,
            hint=_("What it is for, such as nightly import."),
        )
        self.fields["days"] = forms.TypedChoiceField(
            label=_("Works for"), choices=LIVES, coerce=int, initial=LIVES[1][0]
        )
        self.fields["scopes"] = PicksField(
            label=_("May do"),
            choices=scopes,
            help_text=_("Never more than you may do yourself at that time."),
        )


class WelcomeForm(forms.Form):
    """The password somebody chooses for himself."""

    password = forms.CharField(
        label=_("Password"),
        help_text=_("12 to 128 characters; not a common password and not your name."),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label=_("Password again"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password_again(self) -> str:
        """Both spellings agree."""
        again: str = self.cleaned_data["password_again"]
        if again != self.cleaned_data.get("password", again):
            raise forms.ValidationError(_("You must type the same password each time."))
        return again
