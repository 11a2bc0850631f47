"""Forms of emergency plans. Their fields carry the names that the services complain about."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.domains.emergency.services.setbacks import OUTCOMES as POSSIBLE
from yinuo.domains.emergency.types import (
    ConsentGiven,
    Doing,
    PlanContent,
    SetbackData,
    Settlement,
    Told,
)
from yinuo.kernel.plan.emergency import SetbackKind
from yinuo.surfaces.console.editing import KeptForm
from yinuo.surfaces.console.emergency_words import ANSWERS, OUTCOMES, SETBACKS
from yinuo.surfaces.console.fields import (
    Choices,
    NumberField,
    PickField,
    PicksField,
    ask_why_late,
    line,
    paragraph,
    wide,
)
from yinuo.surfaces.console.forms import moment_field

SOURCE = "console"
AGREES = "agrees"
# What the service refuses by name: nothing was typed.
NO_COST = Decimal(-1)


class ActForm(KeptForm):
    """Any act of a chain: a note, and when it happened if not now."""

    note_label: Any = _("Note")
    has_note = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.more()
        if self.has_note:
            self.fields["note"] = paragraph(self.note_label)
        self.fields["occurred_at"] = moment_field(
            _("Happened at"), _("%(zone)s; leave empty for now.")
        )
        ask_why_late(self, "occurred_at")

    def more(self) -> None:
        """Further fields, before the note."""

    def doing(self) -> Doing:
        """How it is taken. Call it on a valid form."""
        typed = self.cleaned_data
        return Doing(
            source=SOURCE,
            occurred_at=typed["occurred_at"],
            note=typed.get("note", ""),
            late_reason=typed.get("late_reason", ""),
        )


class ReasonedForm(ActForm):
    """An act that wants its reason."""

    note_label = _("Reason")


class ContentForm(ActForm):
    """The content of a plan (BP-06)."""

    has_note = False

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        self._people = list(people)
        super().__init__(*args, **kwargs)

    def more(self) -> None:
        """Analysis, people, tools, parts, work, time, cost."""
        self.fields["analysis"] = paragraph(_("Analysis of the cause"), rows=3)
        self.fields["lead_id"] = PickField(
            label=_("Lead"), choices=self._people, empty=_("choose"), required=False
        )
        self.fields["crew_ids"] = PicksField(label=_("Crew"), choices=self._people, required=False)
        self.fields["items"] = paragraph(_("Work items"), hint=_("One on each line."))
        self.fields["parts"] = paragraph(
            _("Spare parts"), hint=_("One on each line; none when no part is needed.")
        )
        self.fields["tools"] = paragraph(_("Tools"), rows=2)
        self.fields["work_minutes"] = NumberField(label=_("Time needed, minutes"))
        self.fields["cost"] = NumberField(label=_("Cost for the customer, yuan"), places=2)
        self.fields["arrival_at"] = moment_field(
            _("Expected arrival"), _("%(zone)s; may be given later.")
        )
        self.fields["special_points"] = paragraph(
            _("Special points"), rows=2, hint=_("What the next one has to know and acknowledges.")
        )

    def content(self) -> PlanContent:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        minutes = typed["work_minutes"]
        whole = minutes is not None and minutes == minutes.to_integral_value()
        return PlanContent(
            analysis=typed["analysis"],
            lead_id=typed["lead_id"],
            crew_ids=tuple(typed["crew_ids"]),
            items=tuple(typed["items"].splitlines()),
            parts=tuple(typed["parts"].splitlines()),
            tools=typed["tools"],
            work_minutes=int(minutes) if whole else 0,
            cost=typed["cost"] if typed["cost"] is not None else NO_COST,
            arrival_at=typed["arrival_at"],
            special_points=typed["special_points"],
        )


class ConsentForm(ActForm):
    """What the customer said on the phone."""

    def more(self) -> None:
        """His answer, his name, the arrival he was told."""
        self.fields["outcome"] = forms.ChoiceField(
            label=pgettext_lazy("customer", "Answer"),
            choices=list(ANSWERS.items()),
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose one.")},
        )
        self.fields["name"] = line(_("Whom you spoke to"), autocomplete="off")
        self.fields["arrival_at"] = moment_field(
            _("Arrival he was told"), _("%(zone)s; empty for that of the plan.")
        )

    def given(self) -> ConsentGiven:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        agrees = typed["outcome"] == AGREES
        return ConsentGiven(typed["name"], agrees, typed["arrival_at"])


class AskForm(KeptForm):
    """The arrival that the customer reads behind his link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["arrival_at"] = moment_field(
            _("Expected arrival"), _("%(zone)s; empty for that of the plan.")
        )


class TellForm(ActForm):
    """The departure, or a new estimate, told to the customer."""

    has_note = False

    def __init__(self, *args: Any, wants_reason: bool = False, **kwargs: Any) -> None:
        self._wants_reason = wants_reason
        super().__init__(*args, **kwargs)

    def more(self) -> None:
        """The arrival, whom the phone reached, why it changed."""
        self.fields["arrival_at"] = moment_field(_("Expected arrival"), _("%(zone)s."))
        self.fields["reached"] = line(
            _("Told by phone to"),
            hint=_("Empty when the call is still to be made; an SMS goes out in any case."),
            autocomplete="off",
        )
        if self._wants_reason:
            self.fields["reason"] = paragraph(_("Why it changed"))

    def told(self) -> Told:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        return Told(typed["arrival_at"], typed["reached"], typed.get("reason", ""))


class SetbackForm(ActForm):
    """What went wrong with the crew (BP-09)."""

    has_note = False

    def __init__(self, *args: Any, crew: Choices, **kwargs: Any) -> None:
        self._crew = list(crew)
        super().__init__(*args, **kwargs)

    def more(self) -> None:
        """Which kind, who or which skill, in words."""
        self.fields["kind"] = forms.ChoiceField(
            label=_("What is wrong"),
            choices=list(SETBACKS.items()),
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose one.")},
        )
        self.fields["missing_id"] = PickField(
            label=_("Who is missing"), choices=self._crew, empty=_("nobody"), required=False
        )
        self.fields["skill"] = line(_("Skill needed"))
        self.fields["words"] = paragraph(_("In words"))

    def data_given(self) -> SetbackData:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        return SetbackData(typed["kind"], typed["words"], typed["missing_id"], typed["skill"])


class SettleForm(ActForm):
    """What came of a setback."""

    has_note = False

    def __init__(self, *args: Any, kind: str, people: Choices, **kwargs: Any) -> None:
        self._kind, self._people = SetbackKind(kind), list(people)
        super().__init__(*args, **kwargs)

    def more(self) -> None:
        """The outcome, who was sent, in words."""
        possible = [(one.value, OUTCOMES[one.value]) for one in POSSIBLE[self._kind]]
        self.fields["outcome"] = forms.ChoiceField(
            label=pgettext_lazy("setback", "What came of it"),
            choices=possible,
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose one.")},
        )
        if self._kind is not SetbackKind.TOO_HARD:
            self.fields["sent_id"] = PickField(
                label=_("Who is sent"), choices=self._people, empty=_("nobody"), required=False
            )
        self.fields["words"] = wide(paragraph(_("In words")))

    def settlement(self) -> Settlement:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        return Settlement(typed["outcome"], typed["words"], typed.get("sent_id"))
