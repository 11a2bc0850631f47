"""Forms of what comes after a repair."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yinuo.domains.feedback.types import CallBackAnswers
from yinuo.domains.requests.report_types import Delivery, ReportEntry
from yinuo.platform.errors import InvalidInput
from yinuo.platform.files.kinds import EXTENSIONS
from yinuo.surfaces.console.after_words import DELIVERY, SATISFACTION
from yinuo.surfaces.console.editing import KeptForm
from yinuo.surfaces.console.fields import (
    Choices,
    NumberField,
    PickField,
    ask_why_late,
    line,
    paragraph,
    wide,
)
from yinuo.surfaces.console.forms import ROOM, moment_field
from yinuo.surfaces.console.words import ALL_KINDS, in_language

YES, NO = "yes", "no"
WHEN = _("Empty for now. %(zone)s.")
PREFIX = "field_"


class ReportForm(KeptForm):
    """The fields of a plan's report, drafted: nothing is needed before it is issued."""

    def __init__(self, *args: Any, entries: Iterable[ReportEntry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for entry in entries:
            self.fields[PREFIX + entry.code] = _field_of(entry)

    def answers(self) -> dict[str, str]:
        """The values by the code of their field. Call it on a valid form."""
        return {
            name.removeprefix(PREFIX): value
            for name, value in self.cleaned_data.items()
            if name.startswith(PREFIX)
        }


class DraftedField(forms.CharField):
    """A field of a report: one that is needed may be empty as long as it is a draft."""

    def validate(self, value: Any) -> None:
        """Anything: the service asks for needed fields when the report is issued."""


def _field_of(entry: ReportEntry) -> forms.Field:
    widget: forms.Widget = forms.Textarea(attrs={"rows": 4})
    if entry.choices:
        names = [(one.code, in_language(one.title_zh, one.title_en)) for one in entry.choices]
        widget = forms.Select(choices=[("", "—"), *names])
    return DraftedField(
        label=in_language(entry.title_zh, entry.title_en),
        required=entry.needed,
        help_text=_("needed before the report is issued") if entry.needed else "",
        initial=entry.value,
        max_length=ROOM,
        widget=widget,
    )


class IssueForm(KeptForm):
    """Fixing a draft, as it was read."""

    occurred_at = moment_field(_("Issued"), WHEN)


class DeliveryForm(KeptForm):
    """How the report reached the customer."""

    channel = forms.ChoiceField(
        label=_("How"), choices=list(DELIVERY.items()), widget=forms.RadioSelect
    )
    received_by = line(_("Who took it"))
    occurred_at = moment_field(_("When"), WHEN)

    def delivery(self) -> Delivery:
        """The same for the service."""
        values = self.values()
        return Delivery(values["channel"], values["received_by"], values["occurred_at"])


class CallBackForm(KeptForm):
    """What the customer said, or that nobody answered."""

    reached = wide(
        forms.ChoiceField(
            label=_("Did you reach somebody?"),
            choices=[(YES, _("yes")), (NO, _("no, I try again later"))],
            widget=forms.RadioSelect,
        )
    )
    spoken_to = line(_("Who was spoken to"))
    done = forms.ChoiceField(
        label=_("Is everything done?"),
        choices=[(YES, _("yes")), (NO, _("no"))],
        widget=forms.RadioSelect,
        required=False,
    )
    satisfaction = wide(
        forms.ChoiceField(
            label=_("How satisfied is the customer?"),
            choices=list(SATISFACTION.items()),
            widget=forms.RadioSelect,
            required=False,
        )
    )
    opinion = paragraph(_("Opinion, or a remark"), rows=3)
    occurred_at = moment_field(_("When"), WHEN)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_why_late(self, "occurred_at")

    def answers(self) -> CallBackAnswers:
        """The same for the service."""
        values = self.values()
        return CallBackAnswers(
            reached=values["reached"] == YES,
            done=values["done"] == YES if values["done"] else None,
            satisfaction=values["satisfaction"],
            spoken_to=values["spoken_to"],
            opinion=values["opinion"],
            occurred_at=values["occurred_at"],
            late_reason=values.get("late_reason", ""),
        )


class AttachForm(KeptForm):
    """One file."""

    file = wide(
        forms.FileField(
            label=_("File"),
            help_text=_("Photos, PDF, Office documents, logs, recordings, archives."),
            widget=forms.ClearableFileInput(
                attrs={"accept": ",".join(f".{one}" for one in EXTENSIONS)}
            ),
            allow_empty_file=True,
        )
    )

    def upload(self) -> UploadedFile[bytes]:
        """The file. Call it on a valid form."""
        found: UploadedFile[bytes] = self.cleaned_data["file"]
        return found


def _shows() -> Any:
    return line(_("What it shows"), hint=_("Such as: label on the back, cabinet 12, before."))


class PhotoForm(AttachForm):
    """A photo or document and what it shows."""

    caption = _shows()


class CaptionForm(KeptForm):
    """What a file shows, said later or otherwise."""

    caption = _shows()


class RuleForm(KeptForm):
    """Of which unit, kind and category how many percent are phoned back."""

    def __init__(self, *args: Any, units: Choices | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if units is not None:
            self.fields["unit_id"] = PickField(
                label=_("Unit, and those below it"), choices=units, required=True
            )
            self.fields["kind"] = PickField(
                label=_("Kind"), choices=ALL_KINDS.items(), empty=_("any"), required=False
            )
            self.fields["category"] = line(
                _("Category"), hint=_("The code in the service plan; empty for any.")
            )
        self.fields["percent"] = NumberField(label=_("Phone back, percent"))
        if units is None:
            self.fields["ends"] = wide(
                forms.BooleanField(
                    label=_("Take this rule away: the rule of the unit above counts"),
                    required=False,
                )
            )

    def percent(self) -> int | None:
        """The share as the service takes it. Call it on a valid form."""
        given: Decimal | None = self.cleaned_data["percent"]
        if given is not None and given != int(given):
            raise InvalidInput({"percent": gettext("Give a whole number from 0 to 100.")})
        return None if given is None else int(given)
