"""Forms of preventive visits: series, and what is agreed, moved, let off, told again, held."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.domains.prevention.types import (
    Agreement,
    Beat,
    Keeping,
    Leads,
    Result,
    SeriesData,
    SeriesRow,
)
from yinuo.surfaces.console import visit_words
from yinuo.surfaces.console.editing import KeptForm
from yinuo.surfaces.console.fields import (
    Choices,
    DayField,
    NumberField,
    PickField,
    line,
    paragraph,
    wide,
)
from yinuo.surfaces.console.forms import moment_field

LEADS = ("contact_from", "contact_by", "remind_from", "remind_by")
_LEAD_LABELS = {
    "contact_from": _("Speak to the customer from so many days before"),
    "contact_by": _("… at the latest so many days before"),
    "remind_from": _("Tell him again from so many days before"),
    "remind_by": _("… at the latest one so many days before"),
}
_SEASON = re.compile(r"(\d\d-\d\d)\D+?(\d\d-\d\d)")
MOST_OF_SEASONS = 400


class KeepingForm(KeptForm):
    """What may be changed of any series."""

    def __init__(
        self,
        *args: Any,
        contacts: Choices,
        people: Choices,
        checklists: Choices,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["work"] = paragraph(
            _("What is done"), hint=_("Stands on each sheet as the work asked for.")
        )
        self.fields["checklist"] = PickField(
            label=_("Checklist"), choices=checklists, empty=_("none"), required=False
        )
        self.fields["person_id"] = PickField(
            label=_("Who sees to it"),
            choices=people,
            empty=_("the service centre"),
            required=False,
            help_text=_("Is told when it is time to speak to the customer."),
        )
        self.fields["contact_id"] = PickField(
            label=_("Whom we speak to"),
            choices=contacts,
            empty=_("nobody in the file"),
            required=False,
        )
        for name, label in _LEAD_LABELS.items():
            self.fields[name] = _days(label)
        self.fields["tells_customer"] = wide(
            forms.BooleanField(
                label=_("Tell the contact again by message, without anybody's doing"),
                required=False,
            )
        )

    def keeping(self) -> Keeping:
        """What the service takes. Call it on a valid form."""
        return Keeping(work=self.cleaned_data["work"], **self.kept())

    def kept(self) -> dict[str, Any]:
        """The part that a new series has too."""
        typed = self.cleaned_data
        return {
            "contact_id": typed["contact_id"] or None,
            "person_id": typed["person_id"] or None,
            "checklist": typed["checklist"],
            "tells_customer": typed["tells_customer"],
            "leads": Leads(**{name: typed[name] for name in LEADS}),
        }


class SeriesForm(KeepingForm):
    """A series to set up."""

    def __init__(self, *args: Any, sites: Choices, assets: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        later = self.fields
        self.fields = {}
        self._head(sites, assets)
        self._beat()
        self.fields |= later

    def _head(self, sites: Choices, assets: Choices) -> None:
        self.fields["title"] = wide(
            line(pgettext_lazy("visit", "Title"), required=True, autocomplete="off")
        )
        self.fields["kind"] = PickField(
            label=pgettext_lazy("visit", "What for"), choices=list(visit_words.KINDS.items())
        )
        self.fields["site_id"] = PickField(
            label=_("Site"), choices=sites, empty=_("no certain one"), required=False
        )
        self.fields["asset_id"] = PickField(
            label=_("Asset"), choices=assets, empty=_("no certain one"), required=False
        )

    def _beat(self) -> None:
        self.fields["rhythm"] = wide(
            forms.ChoiceField(
                label=_("How it comes again"),
                choices=list(visit_words.RHYTHMS.items()),
                widget=forms.RadioSelect,
            )
        )
        self.fields["every"] = PickField(
            label=_("Period"), choices=list(visit_words.EVERY.items()), empty="—", required=False
        )
        self.fields["seasons"] = line(
            _("Seasons"),
            hint=_("First and last day of each, such as 06-01–08-31, 12-01–02-28."),
            autocomplete="off",
        )
        self.fields["every_days"] = _days(_("Days after the last one"), required=False)
        self.fields["usage_every"] = NumberField(label=_("Due again after so much use"))
        self.fields["usage_unit"] = line(_("Unit of the meter"), autocomplete="off")
        self.fields["starts_on"] = DayField(label=_("Counts from"))
        self.fields["ends_on"] = DayField(
            label=_("Last day"),
            required=False,
            help_text=_("For a single visit: the day by which it is made."),
        )
        self.fields["make_up_days"] = _days(_("Days to make a missed one good"))

    def series(self) -> SeriesData:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        seasons = _SEASON.findall(typed["seasons"][:MOST_OF_SEASONS])
        beat = Beat(
            rhythm=typed["rhythm"],
            starts_on=typed["starts_on"],
            ends_on=typed["ends_on"],
            every=typed["every"],
            seasons=tuple((first, last) for first, last in seasons),
            every_days=typed["every_days"],
            usage_every=typed["usage_every"],
            usage_unit=typed["usage_unit"],
            make_up_days=typed["make_up_days"],
        )
        return SeriesData(
            kind=typed["kind"],
            title=typed["title"],
            work=typed["work"],
            beat=beat,
            site_id=typed["site_id"] or None,
            asset_id=typed["asset_id"] or None,
            **self.kept(),
        )


class AgreementForm(KeptForm):
    """What was agreed with the customer; with `moved` also why it is another time."""

    def __init__(self, *args: Any, moved: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed_with"] = line(
            pgettext_lazy("visit", "Spoken to"), required=True, autocomplete="off"
        )
        self.fields["agreed_for"] = moment_field(pgettext_lazy("visit", "Agreed for"), "%(zone)s")
        self.fields["agreed_for"].required = True
        self.fields["words"] = paragraph(
            _("What was agreed"),
            hint=_("How it is used, what is expected, what is done and what it costs."),
        )
        if moved:
            self.fields["reason"] = wide(line(_("Why it is moved"), required=True))

    def agreement(self) -> Agreement:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        return Agreement(typed["agreed_with"], typed["agreed_for"], typed["words"])


class ReasonForm(KeptForm):
    """Why a visit is let off, or a series ends."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = wide(line(_("Reason"), required=True, autocomplete="off"))


class TakingForm(KeptForm):
    """A suggestion taken up as a single visit."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"] = wide(line(pgettext_lazy("visit", "Title"), required=True))
        self.fields["due_on"] = DayField(label=_("To be made by"))


class AttemptForm(KeptForm):
    """What came of a call that agreed nothing yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"] = paragraph(_("What came of it"))
        self.fields["words"].required = True


class ReminderForm(KeptForm):
    """How the customer is told again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"] = wide(
            forms.ChoiceField(
                label=_("How"),
                choices=list(visit_words.CHANNELS.items()),
                widget=forms.RadioSelect,
            )
        )
        self.fields["told"] = line(
            _("Who was told"), hint=_("By phone: the name."), autocomplete="off"
        )


class PlanForm(KeptForm):
    """The day somebody has in mind."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["planned_on"] = DayField(
            label=_("Planned for"), required=False, help_text=_("Empty takes it back.")
        )


class OrderForm(KeptForm):
    """Nothing to fill in: the sheet follows from the visit and its series."""


class ResultForm(KeptForm):
    """A visit without a sheet, as it was held, with what is asked on visits of its kind."""

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.heard = visit_words.HEARD.get(kind, {})
        self.fields["held_on"] = DayField(label=pgettext_lazy("visit", "Held on"))
        self.fields["visitors"] = line(_("Who went"), required=True, autocomplete="off")
        for name, label in self.heard.items():
            self.fields[name] = paragraph(label, rows=2)
        self.fields["outcome"] = paragraph(_("What came of it"), rows=3 if self.heard else 5)
        self.fields["outcome"].required = not self.heard

    def result(self) -> Result:
        """What the service takes: the answers as lines. Call it on a valid form."""
        typed = self.cleaned_data
        said = [f"{label}: {typed[name]}" for name, label in self.heard.items() if typed[name]]
        outcome = "\n".join([*said, *filter(None, [typed["outcome"]])])
        return Result(typed["held_on"], typed["visitors"], outcome)


class ReadingForm(KeptForm):
    """What the meter showed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["read_on"] = DayField(label=_("Read on"))
        self.fields["value"] = NumberField(label=_("The meter shows"))
        self.fields["value"].required = True


def kept_of(row: SeriesRow) -> dict[str, Any]:
    """What the form of changes begins with."""
    leads = {name: getattr(row.leads, name) for name in LEADS}
    return {
        "version": row.version,
        "work": row.work,
        "checklist": row.checklist,
        "person_id": str(row.person_public_id or ""),
        "contact_id": str(row.contact_public_id or ""),
        "tells_customer": row.tells_customer,
        **leads,
    }


def _days(label: Any, *, required: bool = True) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(
        label=label, required=required, min_value=0, max_value=10_000, widget=widget
    )
