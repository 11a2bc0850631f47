"""How satisfied the customer was with one of his requests, said once by each contact."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from yinuo.domains.customers.visitors import Visitor
from yinuo.domains.feedback.services import answer_in_portal
from yinuo.domains.feedback.surveys import survey_for_visitor
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.surfaces.assets.opinions import OPINIONS
from yinuo.surfaces.assets.problems import take_problems
from yinuo.surfaces.portal.access import visitors_only
from yinuo.surfaces.portal.forms import ROOM

UNPROCESSABLE = 422


class OpinionForm(forms.Form):
    """How satisfied, and what should be better."""

    satisfaction = forms.ChoiceField(
        label=_("How satisfied were you with our service?"),
        choices=list(OPINIONS.items()),
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one.")},
        widget=forms.RadioSelect,
    )
    opinion = forms.CharField(
        label=_("What should we do better?"),
        required=False,
        max_length=ROOM,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@require_http_methods(["GET", "POST"])
@visitors_only
def survey(request: HttpRequest, visitor: Visitor, request_id: UUID) -> HttpResponse:
    """Ask, or keep what is said."""
    form = OpinionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            answer_in_portal(
                visitor=visitor, request_id=request_id, **form.cleaned_data, now=timezone.now()
            )
        except InvalidInput as error:
            take_problems(form, error)
        except IllegalMove as error:
            messages.error(request, str(error.message))
            return redirect("portal:survey", request_id)
        else:
            messages.success(request, gettext("Thank you. Your answer is recorded."))
            return redirect("portal:survey", request_id)
    context = {
        "visitor": visitor,
        "here": "start",
        "survey": (found := survey_for_visitor(visitor, request_id)),
        "said": OPINIONS.get(found.answered, ""),
        "form": form,
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "portal/survey.html", context, status=status)
