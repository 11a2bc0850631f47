"""Forms of who may do what: reach, capacity, absences, certificates, what work demands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.domains.network.qualification_types import (
    Capacity,
    CertificateData,
    QualificationData,
    SkillLevel,
    UnitReach,
)
from yinuo.domains.network.shifts import parse_shift, shown_shift
from yinuo.platform.errors import InvalidInput
from yinuo.platform.positions import position_of
from yinuo.surfaces.console import qualified_words
from yinuo.surfaces.console.editing import KeptForm
from yinuo.surfaces.console.fields import (
    DayField,
    LinesField,
    NumberField,
    PicksField,
    line,
    paragraph,
    wide,
)
from yinuo.surfaces.console.forms import moment_field

_SKILL_HINT = _("Skill and level, from 1 (under guidance) to 5 (teaches it), such as RAID 3.")


class ReachForm(KeptForm):
    """Whom a unit serves, with what, how."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["areas"] = wide(
            LinesField(
                label=_("Areas"),
                name_of_line=_("Area"),
                help_text=_(
                    "As addresses name them, such as 深圳市; several words must all occur."
                ),
            )
        )
        self.fields["latitude"] = NumberField(label=_("Latitude"))
        self.fields["longitude"] = NumberField(label=_("Longitude"))
        self.fields["reach_km"] = NumberField(
            label=_("Serves within km"), help_text=_("As the crow flies, from its position.")
        )
        self.fields["product_lines"] = wide(
            LinesField(
                label=_("Product lines"),
                name_of_line=_("Product line"),
                help_text=_("As the assets have their class; none named means all."),
            )
        )
        self.fields["service_modes"] = PicksField(
            label=_("Ways of service"),
            choices=list(qualified_words.MODES.items()),
            required=False,
        )
        self.fields["service_modes"].flows = True  # type: ignore[attr-defined]

    def reach(self) -> UnitReach:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        return UnitReach(
            areas=tuple(typed["areas"]),
            position=position_of(typed["latitude"], typed["longitude"]),
            reach_km=_whole(typed["reach_km"], "reach_km"),
            product_lines=tuple(typed["product_lines"]),
            service_modes=tuple(typed["service_modes"]),
        )


class CapacityForm(KeptForm):
    """What a person brings."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skills"] = wide(
            LinesField(label=_("Skills"), name_of_line=_("Skill"), help_text=_SKILL_HINT)
        )
        self.fields["tools"] = wide(
            LinesField(
                label=_("Tools"),
                name_of_line=_("Tool"),
                help_text=_("What this person carries or has at hand."),
            )
        )
        self.fields["shift"] = paragraph(
            _("Working hours"),
            hint=_("A line such as 1-5 08:30-12:00 13:30-18:00; 1 is Monday. Empty: at any time."),
        )
        self.fields["latitude"] = NumberField(
            label=_("Latitude of the home base"),
            help_text=_("Where the way to a customer begins. Only those who may change it see it."),
        )
        self.fields["longitude"] = NumberField(label=_("Longitude of the home base"))

    def capacity(self) -> Capacity:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        return Capacity(
            skills=typed_skills(typed["skills"]),
            tools=tuple(typed["tools"]),
            shift=parse_shift(typed["shift"]),
            home=position_of(typed["latitude"], typed["longitude"]),
        )


class AbsenceForm(KeptForm):
    """When somebody is away."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = wide(
            forms.ChoiceField(
                label=pgettext_lazy("absence", "Kind"),
                choices=list(qualified_words.ABSENCES.items()),
                widget=forms.RadioSelect,
            )
        )
        for name, label in (("starts_at", _("Away from")), ("ends_at", _("Back at"))):
            self.fields[name] = moment_field(label, _("%(zone)s."))
            self.fields[name].required = True
        self.fields["note"] = wide(line(_("Note"), autocomplete="off"))


class CertificateForm(KeptForm):
    """A certificate."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = line(
            pgettext_lazy("certificate", "Kind"),
            required=True,
            hint=_("Such as maker's service certificate, electrician's licence."),
        )
        self.fields["issuer"] = line(_("Issued by"), required=True)
        self.fields["product_line"] = line(
            _("Product line"), hint=_("As the assets have their class; empty: every one.")
        )
        self.fields["brand"] = line(_("Brand"))
        self.fields["number"] = line(
            pgettext_lazy("certificate", "Number"), autocomplete="off", spellcheck="false"
        )
        self.fields["valid_from"] = DayField(label=_("Valid from"))
        self.fields["valid_until"] = DayField(label=_("Last valid day"))
        self.fields["warn_days"] = forms.IntegerField(
            label=_("Warn so many days ahead"), min_value=0, max_value=366, initial=30
        )

    def certificate(self) -> CertificateData:
        """What the service takes. Call it on a valid form."""
        names = CertificateData.__dataclass_fields__
        return CertificateData(**{name: self.cleaned_data[name] for name in names})


class WithdrawForm(KeptForm):
    """Why a certificate no longer counts."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = wide(line(_("Reason"), required=True, autocomplete="off"))


class DemandForm(KeptForm):
    """What work on a product line demands."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["product_line"] = wide(
            line(
                _("Product line"),
                hint=_("As the assets have their class; empty: all other work."),
            )
        )
        if "version" in self.fields:
            self.fields["product_line"].widget = forms.HiddenInput()
        self.fields["skills"] = wide(
            LinesField(label=_("Skills"), name_of_line=_("Skill"), help_text=_SKILL_HINT)
        )
        self.fields["tools"] = wide(LinesField(label=_("Tools"), name_of_line=_("Tool")))
        self.fields["person_certified"] = forms.BooleanField(
            label=_("Whoever goes holds a valid certificate for the line"), required=False
        )
        self.fields["unit_certified"] = forms.BooleanField(
            label=_("His unit holds a valid certificate for the line"), required=False
        )
        self.fields["visit_minutes"] = forms.IntegerField(
            label=_("Minutes of a visit"), min_value=1, max_value=10_080, initial=120
        )

    def demand(self) -> QualificationData:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        return QualificationData(
            product_line=typed["product_line"],
            skills=typed_skills(typed["skills"]),
            person_certified=typed["person_certified"],
            unit_certified=typed["unit_certified"],
            tools=tuple(typed["tools"]),
            visit_minutes=typed["visit_minutes"],
        )


def typed_skills(lines: Iterable[str]) -> tuple[SkillLevel, ...]:
    """The skills of lines such as `RAID 3`. Raises InvalidInput on `skills`."""
    found = []
    for each in lines:
        name, _blank, level = each.rpartition(" ")
        if not name or not level.isascii() or not level.isdigit() or len(level) > 1:
            raise InvalidInput({"skills": _("Write the skill and its level, such as RAID 3.")})
        found.append(SkillLevel(name.strip(), int(level)))
    return tuple(found)


def shown_skills(skills: Iterable[SkillLevel]) -> list[str]:
    """The same as lines."""
    return [f"{one.name} {one.level}" for one in skills]


def capacity_initial(capacity: Capacity) -> dict[str, Any]:
    """What stands in the form when it is opened."""
    home = capacity.home
    return {
        "skills": shown_skills(capacity.skills),
        "tools": list(capacity.tools),
        "shift": shown_shift(capacity.shift),
        "latitude": home.latitude if home else None,
        "longitude": home.longitude if home else None,
    }


def reach_initial(reach: UnitReach) -> dict[str, Any]:
    """What stands in the form when it is opened."""
    place = reach.position
    return {
        "areas": list(reach.areas),
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "reach_km": reach.reach_km,
        "product_lines": list(reach.product_lines),
        "service_modes": list(reach.service_modes),
    }


def _whole(number: Any, field: str) -> int | None:
    if number is None:
        return None
    if number != int(number):
        raise InvalidInput({field: _("Give a whole number.")})
    return int(number)
