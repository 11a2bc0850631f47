"""The form of a survey."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.domains.feedback.answer_types import SurveyData
from yinuo.surfaces.console.after_words import SATISFACTION
from yinuo.surfaces.console.editing import KeptForm
from yinuo.surfaces.console.fields import line, paragraph, wide
from yinuo.surfaces.console.forms import moment_field

KINDS = {"project": _("about the project"), "annual": _("about the year")}
WAYS = {
    "phone": pgettext_lazy("survey", "Phone"),
    "fax": pgettext_lazy("survey", "Fax"),
    "email": pgettext_lazy("survey", "E-mail"),
    "web": pgettext_lazy("survey", "Web"),
}


class SurveyForm(KeptForm):
    """What was asked about, how, and what the customer said."""

    kind = wide(
        forms.ChoiceField(label=_("Survey"), choices=list(KINDS.items()), widget=forms.RadioSelect)
    )
    way = wide(
        forms.ChoiceField(
            label=pgettext_lazy("survey", "How"),
            choices=list(WAYS.items()),
            widget=forms.RadioSelect,
        )
    )
    satisfaction = wide(
        forms.ChoiceField(
            label=_("How satisfied"), choices=list(SATISFACTION.items()), widget=forms.RadioSelect
        )
    )
    said_by = line(_("Who said so"), autocomplete="off")
    opinion = paragraph(_("What the customer says"))
    given_at = moment_field(_("When"), _("Empty for now. %(zone)s."))

    def survey(self, project_id: object) -> SurveyData:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        return SurveyData(
            project_id=project_id,
            is_annual=typed["kind"] == "annual",
            way=typed["way"],
            satisfaction=typed["satisfaction"],
            said_by=typed["said_by"],
            opinion=typed["opinion"],
            given_at=typed["given_at"],
        )
