"""Forms of trainings: planning one for a customer or for our people, holding, closing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.domains.trainings.types import (
    About,
    Attendance,
    Happened,
    Invited,
    ParticipantRow,
    TakenOver,
    Teaches,
    TrainingData,
)
from yinuo.surfaces.console import training_words
from yinuo.surfaces.console.editing import KeptForm
from yinuo.surfaces.console.fields import (
    Choices,
    DayField,
    LinesField,
    PickField,
    PicksField,
    line,
    paragraph,
    wide,
)
from yinuo.surfaces.console.forms import moment_field

LARGEST = 10_000


class PlanForm(KeptForm):
    """What is planned of any training. `people` or `contacts` may take part; `names` besides."""

    def __init__(
        self,
        *args: Any,
        trainers: Choices,
        people: Choices = (),
        contacts: Choices | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"] = wide(
            line(pgettext_lazy("training", "Subject"), required=True, autocomplete="off")
        )
        self.fields["topics"] = paragraph(pgettext_lazy("training", "Topics"), rows=4)
        self.fields["trainer_id"] = PickField(label=_("Trainer"), choices=trainers)
        self.fields["place"] = line(pgettext_lazy("training", "Place"), autocomplete="off")
        for name, label in (
            ("starts_at", pgettext_lazy("training", "Begins")),
            ("ends_at", pgettext_lazy("training", "Ends")),
        ):
            self.fields[name] = moment_field(label, "%(zone)s")
            self.fields[name].required = True
        self.fields["most_points"] = whole(
            pgettext_lazy("training", "Most points"), hint=_("Empty without a test in points.")
        )
        if contacts is None:
            known = PicksField(label=_("Participants"), choices=list(people), required=False)
            # Names are short: side by side even a large company fits the page.
            known.flows = True
            self.fields["people"] = wide(known)
            return
        if listed := list(contacts):
            self.fields["contacts"] = wide(
                PicksField(label=_("Contacts who take part"), choices=listed, required=False)
            )
        self.fields["names"] = wide(
            LinesField(
                label=pgettext_lazy("training", "Others who take part"),
                name_of_line=pgettext_lazy("training", "Name"),
            )
        )

    def training(self) -> TrainingData:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        names = TrainingData.__dataclass_fields__
        return TrainingData(**{name: typed[name] for name in names})

    def invited(self) -> Invited:
        """Who is to take part. Call it on a valid form."""
        typed = self.cleaned_data
        return Invited(
            people=typed.get("people", self.initial.get("people", ())),
            contacts=typed.get("contacts", ()),
            names=typed.get("names", ()),
        )


class CustomerTrainingForm(PlanForm):
    """A training for a customer's people."""

    def __init__(
        self,
        *args: Any,
        units: Choices,
        projects: Choices,
        contracts: Choices,
        assets: Choices,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        later, self.fields = self.fields, {"key": self.fields["key"]}
        self.fields["occasion"] = wide(
            forms.ChoiceField(
                label=pgettext_lazy("training", "Occasion"),
                choices=list(training_words.OCCASIONS.items()),
                widget=forms.RadioSelect,
            )
        )
        self.fields |= later
        self.fields["unit_id"] = PickField(
            label=pgettext_lazy("training", "Held by"), choices=units
        )
        for name, label, choices in (
            ("project_id", _("Project"), projects),
            ("contract_id", _("Contract"), contracts),
            ("asset_id", _("Asset"), assets),
        ):
            self.fields[name] = PickField(
                label=label, choices=choices, empty=_("no certain one"), required=False
            )

    def about(self) -> About:
        """What it is about. Call it on a valid form."""
        typed = self.cleaned_data
        things = {name: typed[name] or None for name in ("project_id", "contract_id", "asset_id")}
        return About(typed["occasion"], **things)


class InternalTrainingForm(PlanForm):
    """A training for our own and partners' people."""

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = self.fields.pop("people")
        self.fields["unit_id"] = PickField(
            label=pgettext_lazy("training", "Held by"), choices=units
        )
        self.fields["skill"] = line(
            _("Skill"), hint=_("What those who pass can do afterwards."), autocomplete="off"
        )
        self.fields["level"] = whole(
            pgettext_lazy("skill", "Level"), hint=_("1 under guidance, 5 teaches it.")
        )
        self.fields["certificate"] = line(
            _("Certificate"), hint=_("What those who pass are given."), autocomplete="off"
        )
        self.fields["certificate_months"] = whole(_("Months it is good for"))
        self.fields["product_line"] = line(_("Product line"), autocomplete="off")
        self.fields["people"] = people

    def teaches(self) -> Teaches:
        """What passing it gives. Call it on a valid form."""
        names = Teaches.__dataclass_fields__
        return Teaches(**{name: self.cleaned_data[name] for name in names})


class HoldForm(KeptForm):
    """What really happened, and the result of each participant."""

    def __init__(
        self,
        *args: Any,
        participants: Sequence[ParticipantRow],
        most_points: int | None,
        is_external: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.participants = participants
        for name, label in (
            ("began_at", pgettext_lazy("training", "Began")),
            ("ended_at", pgettext_lazy("training", "Ended")),
        ):
            self.fields[name] = moment_field(label, "%(zone)s")
            self.fields[name].required = True
        self.fields["report"] = paragraph(_("What was taught and done"), rows=4)
        self.fields["report"].required = True
        for one in participants:
            outcome, points = _names_of(one)
            self.fields[outcome] = PickField(
                label=pgettext_lazy("training", "Result"),
                choices=list(training_words.OUTCOMES.items()),
            )
            self.initial[outcome] = one.outcome
            if most_points is not None:
                self.fields[points] = whole(_("Points of %(most)d") % {"most": most_points})
                self.initial[points] = one.points
        if is_external:
            self.fields["more"] = wide(
                LinesField(
                    label=_("Who came besides"), name_of_line=pgettext_lazy("training", "Name")
                )
            )

    def rows(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Each participant with the fields of his result."""
        return [
            (one.name, [self[name] for name in _names_of(one) if name in self.fields])
            for one in self.participants
        ]

    def around(self) -> list[forms.BoundField]:
        """The fields that are nobody's."""
        own = {name for one in self.participants for name in _names_of(one)}
        return [field for field in self.visible_fields() if field.name not in own]

    def happened(self) -> Happened:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        attendances = []
        for one in self.participants:
            outcome, points = _names_of(one)
            attendances.append(Attendance(one.public_id, typed[outcome], typed.get(points)))
        return Happened(
            typed["began_at"],
            typed["ended_at"],
            typed["report"],
            attendances,
            typed.get("more", ()),
        )


class TakingOverForm(KeptForm):
    """Who acknowledged the hand-over for the customer; nothing is asked of an internal one."""

    def __init__(self, *args: Any, is_external: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_external:
            self.fields["name"] = line(
                _("Acknowledged for the customer by"), required=True, autocomplete="off"
            )
            self.fields["on"] = DayField(label=pgettext_lazy("training", "Acknowledged on"))

    def taken_over(self) -> TakenOver | None:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        return TakenOver(typed["name"], typed["on"]) if "name" in typed else None


class CancelForm(KeptForm):
    """Why a training is called off."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = wide(line(_("Reason"), required=True, autocomplete="off"))


def whole(label: Any, *, hint: Any = "") -> forms.IntegerField:
    """A whole number, empty for none; limits are the service's to name."""
    return forms.IntegerField(
        label=label,
        required=False,
        help_text=hint,
        min_value=0,
        max_value=LARGEST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


def _names_of(one: ParticipantRow) -> tuple[str, str]:
    return f"outcome-{one.public_id}", f"points-{one.public_id}"
