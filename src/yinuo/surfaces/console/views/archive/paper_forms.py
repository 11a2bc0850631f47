"""Forms of promised papers: what is owed, another version, its check, its hand-over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.domains.contracts.services.papers import HandoverData, PaperData
from yinuo.surfaces.console import words
from yinuo.surfaces.console.editing import KeptForm
from yinuo.surfaces.console.fields import DayField, PickField, line, wide

FIXED = "fixed"


class PaperForm(KeptForm):
    """A promised paper and its day."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"] = wide(
            line(pgettext_lazy("thing", "Name"), required=True, autocomplete="off")
        )
        self.fields["kind"] = line(
            _("Kind"), hint=_("Such as manual, drawing, report."), autocomplete="off"
        )
        self.fields["due_after"] = PickField(
            label=_("Due"),
            choices=list(words.PAPER_STARTS.items()),
            empty=_("without a rule"),
            required=False,
        )
        self.fields["due_days"] = forms.IntegerField(
            label=_("Days after it"), required=False, min_value=0
        )
        self.fields["due_on"] = DayField(
            label=_("Due on a fixed day"), required=False, help_text=_("Only without a rule.")
        )

    def paper(self) -> PaperData:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        return PaperData(
            title=typed["title"],
            kind=typed["kind"],
            due_after=typed["due_after"],
            due_days=typed["due_days"] or 0,
            due_on=typed["due_on"],
        )


class HandoverForm(KeptForm):
    """To whom, when and how a paper was given."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["taken_by"] = line(_("Who took it"), required=True, autocomplete="off")
        self.fields["handed_on"] = DayField(label=_("Handed over on"))
        self.fields["how"] = forms.ChoiceField(
            label=str(_("How")), choices=list(words.HANDED_BY.items()), widget=forms.RadioSelect
        )
        self.fields["signed"] = wide(
            forms.FileField(
                label=_("Signed receipt"),
                required=False,
                help_text=_("A photo or scan of the signature."),
            )
        )

    def handover(self) -> HandoverData:
        """What the service takes. Call it on a valid form."""
        names = ("taken_by", "handed_on", "how", "signed")
        return HandoverData(**{name: self.cleaned_data[name] for name in names})


class CheckForm(KeptForm):
    """Finding a version right asks nothing more."""
