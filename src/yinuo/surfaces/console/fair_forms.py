"""Forms of the fair score: its weights, an appeal, the decision about it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yinuo.domains.feedback.fair_types import WEIGHT_NAMES
from yinuo.platform.errors import InvalidInput
from yinuo.surfaces.console.editing import KeptForm
from yinuo.surfaces.console.fair_words import COUNTED_IN, DECISIONS, WEIGHTS
from yinuo.surfaces.console.fields import Choices, NumberField, line, paragraph, wide


class ScoreWeightsForm(KeptForm):
    """Every weight, and why it changes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in WEIGHT_NAMES:
            field = NumberField(label=WEIGHTS[name])
            field.help_text = str(COUNTED_IN[name.rpartition("_")[2]])
            self.fields[name] = field
        self.fields["reason"] = wide(line(gettext_lazy("Reason"), required=True))

    def weights(self) -> dict[str, int | None]:
        """The weights as the service takes them. Call it on a valid form."""
        return {name: _whole(name, self.cleaned_data[name]) for name in WEIGHT_NAMES}


class PublishForm(KeptForm):
    """Which month."""

    def __init__(self, *args: Any, months: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["month"] = forms.ChoiceField(label=gettext_lazy("Month"), choices=list(months))


class AppealForm(KeptForm):
    """Why the case should not count."""

    reason = paragraph(gettext_lazy("Why it should not count"), rows=4)


class DecisionForm(KeptForm):
    """What is decided, and why."""

    decision = wide(
        forms.ChoiceField(
            label=gettext_lazy("Decision"),
            choices=list(DECISIONS.items()),
            widget=forms.RadioSelect,
        )
    )
    reason = paragraph(gettext_lazy("Reason"), rows=4)


def _whole(name: str, value: Decimal | None) -> int | None:
    if value is not None and value != int(value):
        raise InvalidInput({name: _("Give a whole number.")})
    return None if value is None else int(value)
