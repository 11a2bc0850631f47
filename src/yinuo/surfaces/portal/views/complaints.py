"""The customer's complaints: writing one, and what became of those before."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from yinuo.domains.customers.visitors import Visitor
from yinuo.domains.feedback.complaints import own_complaints
from yinuo.domains.feedback.services import complain_in_portal
from yinuo.domains.requests.visitors import list_for_visitor
from yinuo.platform.errors import InvalidInput
from yinuo.surfaces.assets.complaint_fields import ROOM, ComplaintFields
from yinuo.surfaces.assets.complaint_words import CATEGORIES
from yinuo.surfaces.assets.problems import take_problems
from yinuo.surfaces.portal.access import visitors_only

UNPROCESSABLE = 422


class ComplaintForm(ComplaintFields):
    """What he complains about, and of which request."""

    request_id = forms.CharField(label=_("About which request"), required=False, max_length=ROOM)
    field_order = ("category", "request_id", "said")


@require_http_methods(["GET", "POST"])
@visitors_only
def complaints(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """His complaints with our answers, and the form of a new one."""
    form = ComplaintForm(request.POST if request.method == "POST" else None)
    pages = [list_for_visitor(visitor, is_open=is_open) for is_open in (True, False)]
    known = [(str(one.public_id), one.number) for page in pages for one in page.items]
    form.fields["request_id"].widget = forms.Select(choices=[("", _("none of them")), *known])
    if form.is_bound and form.is_valid():
        data = form.complaint()
        try:
            made = complain_in_portal(visitor=visitor, data=data, now=timezone.now())
        except InvalidInput as error:
            take_problems(form, error)
        else:
            said = gettext("We have your complaint %(number)s and answer within 24 hours.")
            messages.success(request, said % {"number": made.number})
            return redirect("portal:complaints")
    context = {
        "visitor": visitor,
        "here": "complaints",
        "form": form,
        "complaints": [
            (row, answer, CATEGORIES[row.category]) for row, answer in own_complaints(visitor)
        ],
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "portal/complaints.html", context, status=status)
