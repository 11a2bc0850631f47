"""The small forms of the request page: one for each step and act, made from what they ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yinuo.domains.requests.services import Part
from yinuo.domains.requests.types import AskedField, NextStep, Report
from yinuo.surfaces.console import words
from yinuo.surfaces.console.fields import Choices, NumberField, PickField, line, paragraph
from yinuo.surfaces.console.forms import ROOM, moment_field
from yinuo.surfaces.console.guiding import ShownQuestion, answers_in
from yinuo.surfaces.console.stepwords import HINTS, code_word, field_label

# So many choices stand side by side; more go into a list.
MOST_RADIOS = 6
NEEDED = {"required": _("This is needed.")}
REPORTED = "reported"
WHEN = ("occurred_at", "late_reason")


class ActForm(forms.Form):
    """Common to all: the one-time key and the version the person was looking at."""

    key = forms.CharField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """What the person fills in, without the time."""
        return [one for one in self.visible_fields() if one.name not in WHEN]

    @property
    def when_fields(self) -> list[forms.BoundField]:
        """When it happened, if that is not now."""
        return [one for one in self.visible_fields() if one.name in WHEN]

    @property
    def is_when_given(self) -> bool:
        """True when the time was filled in or refused."""
        return any(one.errors or one.value() for one in self.when_fields)


class StepForm(ActForm):
    """One step with its own fields."""

    def __init__(self, *args: Any, step: NextStep, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step = step
        for asked in step.fields:
            self.fields[asked.name] = _field(step.kind, asked)
        self.fields["occurred_at"] = moment_field(
            _("Happened at"), _("%(zone)s; leave empty when it happens just now.")
        )
        self.fields["late_reason"] = line(
            _("Why it is recorded so late"), hint=_("Asked when it happened over 30 days ago.")
        )

    def report(self) -> Report:
        """What the service takes. Call it on a valid form."""
        return Report(
            kind=self.step.kind,
            occurred_at=self.cleaned_data["occurred_at"],
            values=self.values(),
        )

    def values(self) -> dict[str, Any]:
        """What was filled in, by field."""
        names = [*(one.name for one in self.step.fields), "late_reason"]
        filled = {name: self.cleaned_data.get(name) for name in names}
        return {name: value for name, value in filled.items() if value not in (None, "")}


class ChoiceForm(ActForm):
    """Another value out of several, with the reason."""

    reason = paragraph(_("Why"), rows=2)

    def __init__(
        self, *args: Any, name: str, label: Any, choices: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields[name] = choice_field(label, choices)
        reason = self.fields["reason"]
        reason.required = True
        reason.error_messages["required"] = _("Say why, in at most 4,000 characters.")
        self.order_fields([name, "reason"])


class HandoverForm(ActForm):
    """To whom, and why if there is something to say."""

    reason = paragraph(_("What the next one should know"), rows=2)

    def __init__(self, *args: Any, choices: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_id"] = forms.ChoiceField(
            label=_("Hand over to"), choices=choices, error_messages=NEEDED
        )
        self.order_fields(["to_id", "reason"])


class QuestionsForm(ActForm):
    """The plan's guided questions, answered as far as they were asked."""

    def __init__(self, *args: Any, questions: Iterable[ShownQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in questions:
            choices = [(option.code, option.label) for option in one.options]
            field = forms.ChoiceField(
                label=one.label, choices=choices, widget=forms.RadioSelect, required=False
            )
            field.initial = next(option.code for option in one.options if option.is_given)
            self.fields[one.name] = field

    def answers(self) -> dict[str, str]:
        """What was answered, by question. Call it on a valid form."""
        return {code: answer for code, answer in answers_in(self.cleaned_data).items() if answer}


class ReasonForm(ActForm):
    """Nothing but why."""

    reason = paragraph(_("Why"), rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True
        self.fields["reason"].error_messages["required"] = _(
            "Say why, in at most 4,000 characters."
        )


class SplitForm(ReasonForm):
    """What becomes a request of its own."""

    def __init__(
        self,
        *args: Any,
        levels: Choices,
        categories: Choices,
        assets: Choices,
        is_answered: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["symptom"] = paragraph(
            _("What is wrong"), rows=3, hint=_("Only what goes into the new request.")
        )
        self.fields["symptom"].required = True
        self.fields["kind"] = choice_field(_("Kind"), tuple(words.KINDS.items()))
        if levels := list(levels):
            self.fields["level"] = choice_field(_("Level"), levels)
        if categories := list(categories):
            self.fields["category"] = PickField(
                label=_("Category"), choices=categories, empty=_("not named"), required=False
            )
        self.fields["asset_id"] = PickField(
            label=_("Asset"), choices=assets, empty=_("not named"), required=False
        )
        if is_answered:
            self.fields["is_answered"] = forms.BooleanField(
                label=_("The customer was answered about this too"), required=False
            )
        names = ["symptom", "kind", "level", "category", "asset_id", "is_answered", "reason"]
        self.order_fields(names)

    def part(self) -> Part:
        """What the service takes. Call it on a valid form."""
        names = ("symptom", "reason", "kind", "level", "category", "asset_id", "is_answered")
        given = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        return Part(**given)


class MergeForm(ActForm):
    """Into which request, and why."""

    reason = paragraph(_("Why"), rows=2)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into_id"] = choice_field(_("Goes on in"), choices)
        self.fields["reason"].required = True
        self.order_fields(["into_id", "reason"])


class CorrectionForm(StepForm):
    """A recorded step as it should have been, or the word that it did not happen."""

    withdraw = forms.BooleanField(label=_("It did not happen"), required=False)

    def __init__(self, *args: Any, step: NextStep, **kwargs: Any) -> None:
        super().__init__(*args, step=step, **kwargs)
        self.fields["why"] = paragraph(_("Why it is corrected"), rows=2)
        self.fields["why"].required = True
        self.fields["occurred_at"].help_text = ""
        del self.fields["late_reason"]
        if step.kind == REPORTED:
            # A report that did not happen is a request to cancel.
            del self.fields["withdraw"]
        for asked in step.fields:
            self.fields[asked.name].required = False

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """Everything: the time is what is most often wrong."""
        order = ["occurred_at", *(one.name for one in self.step.fields), "withdraw", "why"]
        return [self[name] for name in order if name in self.fields]

    @property
    def when_fields(self) -> list[forms.BoundField]:
        """None apart."""
        return []


def choice_field(label: Any, choices: Sequence[tuple[str, Any]]) -> forms.ChoiceField:
    """A choice side by side, or as a list when there are many."""
    widget = forms.RadioSelect if len(choices) <= MOST_RADIOS else forms.Select
    return forms.ChoiceField(label=label, choices=choices, widget=widget, error_messages=NEEDED)


def _field(kind: str, asked: AskedField) -> forms.Field:
    field = _MAKERS[asked.type](asked)
    field.label = str(field_label(kind, asked))
    field.required = asked.needed
    field.error_messages = {**field.error_messages, **NEEDED}
    if hint := HINTS.get((kind, asked.name)):
        field.help_text = str(hint)
    return field


def _text(asked: AskedField) -> forms.Field:
    return forms.CharField(max_length=ROOM, widget=forms.Textarea(attrs={"rows": 2}))


def _line(asked: AskedField) -> forms.Field:
    return line("")


def _code(asked: AskedField) -> forms.Field:
    choices = [
        (one.code, str(code_word(one.title_zh, one.title_en, one.code))) for one in asked.choices
    ]
    field = choice_field("", choices)
    if not asked.needed and isinstance(field.widget, forms.Select):
        field.choices = [("", "—"), *choices]
    return field


def _instant(asked: AskedField) -> forms.Field:
    return moment_field("", _("%(zone)s"))


def _minutes(asked: AskedField) -> forms.Field:
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(min_value=0, widget=widget)


def _number(asked: AskedField) -> forms.Field:
    return NumberField()


def _yes_no(asked: AskedField) -> forms.Field:
    return forms.BooleanField()


_MAKERS: Mapping[str, Callable[[AskedField], forms.Field]] = {
    "text": _text,
    "line": _line,
    "code": _code,
    "instant": _instant,
    "minutes": _minutes,
    "number": _number,
    "yes_no": _yes_no,
}
