"""Forms of work orders. Their fields carry the names the services give their messages for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from yinuo.domains.fieldwork.strokes import parsed_strokes
from yinuo.domains.fieldwork.types import (
    MOST_PERSONS,
    CustomerPart,
    SheetHead,
    StepReport,
    VisitReport,
)
from yinuo.kernel.plan.guiding import SheetResult
from yinuo.platform.errors import InvalidInput
from yinuo.surfaces.console import cover_words, work_words
from yinuo.surfaces.console.editing import KeptForm
from yinuo.surfaces.console.fields import (
    Choices,
    DayField,
    PickField,
    PicksField,
    ask_why_late,
    line,
    paragraph,
    wide,
)
from yinuo.surfaces.console.forms import ROOM, moment_field
from yinuo.surfaces.console.replaced_fields import ReplacedField
from yinuo.surfaces.console.words import Words, in_language

NOW_HINT = _("%(zone)s; leave empty when it happens just now.")
AT_HINT = _("%(zone)s")


def _needed(field: forms.Field, message: Any) -> forms.Field:
    """The field without which nothing can be saved; `message` says so."""
    field.required = True
    field.error_messages["required"] = message
    return field


def _choice(label: Any, words: Words, *, required: bool = False) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=list(words.items()),
        required=required,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers offered.")},
    )


class HeadForm(KeptForm):
    """The upper part of a sheet: whom to visit, for what, under which terms."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["work_wanted"] = _needed(
            paragraph(_("Work asked for"), rows=4), _("Say what is to be done.")
        )
        self.fields["contact_name"] = line(_("Contact"), autocomplete="off")
        self.fields["contact_phone"] = line(_("Phone"), inputmode="tel", autocomplete="off")
        self.fields["address"] = wide(line(_("Address"), autocomplete="off"))
        self.fields["service_at"] = moment_field(_("Service time wished for"), AT_HINT)
        self.fields["remind_on"] = DayField(
            label=_("Remind on"),
            required=False,
            help_text=_("From this day on the sheet stands on the list of overdue ones."),
        )
        self.fields["present_state"] = paragraph(_("Present state"), rows=2)
        self.fields["handling_plan"] = paragraph(_("Handling plan"), rows=2)
        self.fields["customer_kind"] = _choice(_("Customer kind"), work_words.CUSTOMER_KINDS)
        self.fields["customer_kind_reason"] = paragraph(
            _("Why another kind than the cover says"), rows=2
        )
        self.fields["form"] = _choice(_("Sheet"), work_words.FORMS, required=True)

    def head(self) -> SheetHead:
        """What the service takes. Call it on a valid form."""
        names = {name: value for name, value in self.values().items() if name != "version"}
        return SheetHead(**names)


class AssignForm(KeptForm):
    """Who goes."""

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee_id"] = PickField(
            label=_("Who goes"),
            choices=people,
            empty=_("choose a person"),
            error_messages={"required": _("Choose the person who goes.")},
        )


class StepForm(KeptForm):
    """One step of a sheet, with what this kind of step asks for."""

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        if kind == "appointed":
            self.fields["agreed_for"] = _needed(
                moment_field(_("Agreed time"), AT_HINT),
                _("Give the time you agreed on with the customer."),
            )
            way = line(
                _("Agreed way"), hint=_("Such as: on site, ask for the guard at the east gate.")
            )
            self.fields["way"] = _needed(way, _("Say how the visit goes, as agreed on the phone."))
            self.fields["occurred_at"] = moment_field(_("Phoned at"), NOW_HINT)
        if kind in {"departed", "arrived", "returned"}:
            self.fields["occurred_at"] = moment_field(_("Happened at"), NOW_HINT)
            ask_why_late(self, "occurred_at")
        if kind in {"declined", "aborted", "corrected"}:
            self.fields["reason"] = _needed(paragraph(_("Why"), rows=3), _("Say why."))

    def report(self) -> StepReport:
        """What the service takes. Call it on a valid form."""
        typed = {name: value for name, value in self.values().items() if name != "version"}
        return StepReport(self.kind, **typed)


class ReportForm(KeptForm):
    """What was found and done, and how the visit ended by the plan's own choices."""

    def __init__(
        self, *args: Any, results: Iterable[SheetResult], components: Choices = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["findings"] = paragraph(_("Found"), rows=3)
        self.fields["work_done"] = _needed(
            paragraph(_("Work done"), rows=4), _("Say what was done, even if little.")
        )
        self.fields["parts_used"] = paragraph(
            _("Parts used"), rows=2, hint=_("One a line: name, model, number of pieces.")
        )
        if components:
            self.fields["replaced"] = wide(ReplacedField(components=components))
        self.fields["persons"] = _persons()
        self.fields["result"] = _choice(
            _("Result"),
            {one.code: in_language(one.title.zh, one.title.en) for one in results},
            required=True,
        )
        self.fields["result_reason"] = paragraph(_("Why it is not done"), rows=2)
        self.fields["tried"] = PickField(
            label=_("What the attempt showed"),
            choices=[one for one in cover_words.TRIED.items() if one[0]],
            empty=_("nothing yet: repair comes first"),
            required=False,
            help_text=_("If not done: the warranty then goes on to the next step."),
        )
        self.fields["remarks"] = paragraph(_("Remarks"), rows=2)
        self.fields["finished_at"] = moment_field(_("Finished at"), NOW_HINT)
        ask_why_late(self, "finished_at")

    def report(self) -> VisitReport:
        """What the service takes. Call it on a valid form."""
        typed = {name: value for name, value in self.values().items() if name != "version"}
        return VisitReport(**typed)


def _persons() -> forms.Field:
    """How many worked there; as many as were sent when nothing is said."""
    return forms.IntegerField(
        label=_("People on site"),
        initial=1,
        min_value=1,
        max_value=MOST_PERSONS,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class SignForm(KeptForm):
    """The customer's part. The signature comes as points in a hidden field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["works"] = _choice(_("System tested"), work_words.WORKS)
        self.fields["accessories"] = _choice(_("Accessories"), work_words.ACCESSORIES)
        self.fields["satisfaction"] = _choice(_("Satisfaction"), work_words.SATISFACTIONS)
        self.fields["dissatisfied_with"] = PicksField(
            label=_("Not satisfied with"),
            choices=list(work_words.DISSATISFACTIONS.items()),
            required=False,
        )
        self.fields["suggestions"] = paragraph(_("Opinion and suggestions"), rows=2)
        self.fields["signer_name"] = _needed(
            line(_("Name of the one who signs"), autocomplete="off"),
            _("Who signs? Give the name."),
        )
        self.fields["strokes"] = forms.CharField(
            label=_("Signature"),
            required=False,
            max_length=ROOM,
            widget=forms.HiddenInput(attrs={"data-strokes": ""}),
        )

    def clean_strokes(self) -> str:
        """The points as they came; a blank signature is told together with what else is missing."""
        strokes: str = self.cleaned_data["strokes"]
        try:
            parsed_strokes(strokes)
        except InvalidInput as error:
            raise ValidationError(str(error.fields["strokes"])) from error
        return strokes

    def part(self) -> CustomerPart:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        return CustomerPart(
            signer_name=typed["signer_name"],
            works={"yes": True, "no": False}.get(typed["works"]),
            accessories=typed["accessories"],
            satisfaction=typed["satisfaction"],
            dissatisfied_with=tuple(typed["dissatisfied_with"]),
            suggestions=typed["suggestions"],
        )


class PaperForm(SignForm):
    """The same from a paper that the customer has signed, with its photograph."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["strokes"]
        self.fields["signed_at"] = moment_field(_("Signed at"), NOW_HINT)
        self.fields["file"] = wide(
            forms.FileField(
                label=_("Photograph or scan of the signed paper"),
                help_text=_("A picture or a PDF."),
                error_messages={"required": _("Attach the signed paper.")},
            )
        )
