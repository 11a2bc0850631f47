"""Attachments of a request: sent by a form, given back as downloads."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.requests.attachments import (
    attach_file,
    caption_attachment,
    get_attachment,
    open_attached_picture,
    open_attachment,
)
from yinuo.domains.requests.selectors import get_request_page
from yinuo.platform.files.serving import file_response, picture_response
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.after_forms import CaptionForm, PhotoForm
from yinuo.surfaces.console.editing import FormPage, Link, form_page, posted


@require_http_methods(["GET", "POST"])
@page
def files_new(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Attach a file to a request."""
    actor = actor_of(request)
    require(actor, Permission.REQUEST_WORK)
    found = get_request_page(actor, request_id).request
    sent = posted(request)
    form = PhotoForm(sent, request.FILES if sent is not None else None)

    def save() -> UUID:
        attach_file(
            actor=actor,
            request_id=request_id,
            upload=form.upload(),
            caption=form.cleaned_data["caption"],
            now=timezone.now(),
        )
        return request_id

    address = reverse("console:requests_one", args=[request_id])
    return form_page(
        request,
        FormPage(
            title=_("Attach a file"),
            form=form,
            route=f"console.files.new.{request_id}",
            save=save,
            done=lambda _id: address,
            back=Link(address, found.number),
            button=_("Attach"),
            saved=_("The file is attached."),
        ),
    )


@require_http_methods(["GET", "POST"])
@page
def files_caption(request: HttpRequest, request_id: UUID, file_id: UUID) -> HttpResponse:
    """Say what a file of a request shows."""
    actor = actor_of(request)
    require(actor, Permission.REQUEST_WORK)
    found = get_request_page(actor, request_id).request
    file = get_attachment(actor, request_id, file_id)
    initial = {"caption": file.caption, "version": file.version}
    form = CaptionForm(posted(request), initial=initial)

    def save() -> UUID:
        return caption_attachment(
            actor=actor,
            request_id=request_id,
            file_id=file_id,
            **form.values(),
            now=timezone.now(),
        ).public_id

    address = reverse("console:requests_one", args=[request_id])
    return form_page(
        request,
        FormPage(
            title=file.name,
            form=form,
            route=f"console.files.caption.{file_id}",
            save=save,
            done=lambda _id: address,
            back=Link(address, found.number),
        ),
    )


@require_GET
@page
def files_one(request: HttpRequest, request_id: UUID, file_id: UUID) -> HttpResponseBase:
    """A file of a request, as a download."""
    return file_response(open_attachment(actor_of(request), request_id, file_id))


@require_GET
@page
def files_picture(request: HttpRequest, request_id: UUID, file_id: UUID) -> HttpResponseBase:
    """A picture of a request as we made it anew, to be shown."""
    return picture_response(open_attached_picture(actor_of(request), request_id, file_id))
