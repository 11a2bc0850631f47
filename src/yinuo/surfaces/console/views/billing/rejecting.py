"""A finished sheet that is not charged, with the reason."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from yinuo.domains.billing.services import reject_proposal
from yinuo.domains.fieldwork.selectors import get_work_order_page
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import FormPage, KeptForm, Link, form_page, posted
from yinuo.surfaces.console.fields import paragraph


class RejectionForm(KeptForm):
    """Why nothing is charged for a sheet."""

    reason = paragraph(gettext_lazy("Why it is not charged"), rows=2)


@require_http_methods(["GET", "POST"])
@page
def charge_reject(request: HttpRequest, work_order_id: UUID) -> HttpResponse:
    """Do not charge a sheet; it is proposed no more."""
    actor = actor_of(request)
    require(actor, Permission.CHARGE_WRITE)
    order = get_work_order_page(actor, work_order_id, now=timezone.now())
    form = RejectionForm(posted(request))

    def save() -> UUID:
        reason, now = form.cleaned_data["reason"], timezone.now()
        reject_proposal(actor=actor, work_order_id=work_order_id, reason=reason, now=now)
        return work_order_id

    back = reverse("console:charges", args=[order.row.request_public_id])
    return form_page(
        request,
        FormPage(
            title=_("Do not charge the sheet"),
            form=form,
            route=f"console.charges.reject.{work_order_id}",
            save=save,
            done=lambda _made: back,
            back=Link(back, order.row.request_number),
            lead=_("%(number)s is proposed no more. A charge may still be entered by hand.")
            % {"number": order.row.number},
            button=_("Do not charge"),
        ),
    )
