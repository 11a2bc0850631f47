"""Forms of the customer's file beside its main data: consent, calls on the customer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.domains.customers.services import ConsentData, VisitData
from yinuo.domains.customers.types import PURPOSES
from yinuo.surfaces.console import words
from yinuo.surfaces.console.editing import KeptForm
from yinuo.surfaces.console.fields import Choices, DayField, PickField, line, paragraph, wide
from yinuo.surfaces.console.forms import moment_field

YES, NO = "yes", "no"


class ConsentForm(KeptForm):
    """What a contact allows; nothing chosen leaves a purpose as it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for purpose in PURPOSES:
            self.fields[purpose] = forms.ChoiceField(
                label=str(words.PURPOSES[purpose]),
                choices=[
                    ("", pgettext_lazy("consent", "not asked")),
                    (YES, pgettext_lazy("consent", "agrees")),
                    (NO, pgettext_lazy("consent", "refuses")),
                ],
                widget=forms.RadioSelect,
                required=False,
            )
        self.fields["how"] = PickField(
            label=_("How he told us"), choices=list(words.HOW_CONSENTED.items())
        )
        self.fields["given_at"] = moment_field(_("When"), _("Empty for now. %(zone)s."))

    def consent(self) -> ConsentData:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        answers = {one: typed[one] == YES for one in PURPOSES if typed[one]}
        return ConsentData(answers, typed["how"], typed["given_at"])


class VisitForm(KeptForm):
    """A call on the customer."""

    def __init__(self, *args: Any, sites: Choices, contacts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visited_on"] = DayField(label=_("Visited on"))
        self.fields["visitors"] = line(_("Who went"), required=True, autocomplete="off")
        self.fields["purpose"] = wide(
            line(
                _("What for"),
                required=True,
                hint=_("First visit, return visit, inspection, talk about renewal."),
                autocomplete="off",
            )
        )
        self.fields["contact_id"] = PickField(
            label=_("Spoken to"), choices=contacts, empty=_("nobody in the file"), required=False
        )
        self.fields["site_id"] = PickField(
            label=_("Site"), choices=sites, empty=_("no certain one"), required=False
        )
        self.fields["outcome"] = paragraph(_("What came of it"))
        self.fields["again_on"] = DayField(
            label=_("Go again on"),
            required=False,
            help_text=_("The health record reminds of it when the day is over."),
        )

    def visit(self) -> VisitData:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        return VisitData(
            visited_on=typed["visited_on"],
            visitors=typed["visitors"],
            purpose=typed["purpose"],
            outcome=typed["outcome"],
            again_on=typed["again_on"],
            site_id=typed["site_id"] or None,
            contact_id=typed["contact_id"] or None,
        )
