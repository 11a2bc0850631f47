"""Document templates: the kinds, one with its versions, writing, previewing, publishing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.document_templates.preview import preview_template, preview_text
from yinuo.domains.document_templates.selectors import (
    get_document_template,
    get_template_text,
    list_document_templates,
)
from yinuo.domains.document_templates.services import (
    publish_template,
    withdraw_template,
    write_template,
)
from yinuo.domains.document_templates.types import TemplateView
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.platform.errors import Text
from yinuo.platform.files.serving import document_response
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.document_forms import TEXT_LABELS, WORD, TemplateForm
from yinuo.surfaces.console.editing import FormPage, KeptForm, Link, form_page, posted
from yinuo.surfaces.console.templatetags.documents import which_name


@require_GET
@page
def documents(request: HttpRequest) -> HttpResponse:
    """Every kind of document in both languages, and which version holds."""
    return render(
        request,
        "console/documents/list.html",
        {"rows": list_document_templates(actor_of(request))},
    )


@require_GET
@page
def one(request: HttpRequest, document: str) -> HttpResponse:
    """One kind in one language: its versions and what the newest says."""
    actor = actor_of(request)
    view = get_document_template(actor, document)
    context = {
        "view": view,
        "may_write": actor.may(Permission.DOCUMENT_TEMPLATE_WRITE),
        "texts": list(_said(view)),
    }
    return render(request, "console/documents/page.html", context)


@require_http_methods(["GET", "POST"])
@page
def edit(request: HttpRequest, document: str) -> HttpResponse:
    """Write the next version, beginning with the newest one."""
    actor = actor_of(request)
    view = get_document_template(actor, document)
    require(actor, Permission.DOCUMENT_TEMPLATE_WRITE)
    form = TemplateForm(
        posted(request),
        request.FILES if request.method == "POST" else None,
        which=view.which,
        has_logo=view.logo_id is not None,
        initial=_initial(view),
    )

    def save() -> UUID:
        return write_template(
            actor=actor,
            code=document,
            version=form.cleaned_data["version"],
            content=form.content(),
            logo=form.logo(),
            keeps_logo=form.keeps_logo(),
            now=timezone.now(),
        ).public_id

    filling = _page(view, form, "edit", save, template="console/documents/edit.html")
    return form_page(request, filling)


@require_http_methods(["GET", "POST"])
@page
def publish(request: HttpRequest, template_text_id: UUID) -> HttpResponse:
    """Let a version hold from now on."""
    actor = actor_of(request)
    text = get_template_text(actor, template_text_id)
    require(actor, Permission.DOCUMENT_TEMPLATE_WRITE)
    view = get_document_template(actor, text.which.code)
    form = KeptForm(posted(request), initial={"version": view.version})

    def save() -> UUID:
        version, now = form.cleaned_data["version"], timezone.now()
        return publish_template(
            actor=actor, text_id=template_text_id, version=version, now=now
        ).public_id

    said = {"number": text.row.number}
    return form_page(
        request,
        _page(
            view,
            form,
            f"publish.{template_text_id}",
            save,
            lead=_("Version %(number)d holds for every paper issued from now on.") % said
            + " "
            + _("Papers already issued or signed keep the words they have."),
            button=_("Publish"),
        ),
    )


@require_http_methods(["GET", "POST"])
@page
def withdraw(request: HttpRequest, document: str) -> HttpResponse:
    """Go back to what the product ships with."""
    actor = actor_of(request)
    view = get_document_template(actor, document)
    require(actor, Permission.DOCUMENT_TEMPLATE_WRITE)
    form = KeptForm(posted(request), initial={"version": view.version})

    def save() -> UUID:
        version, now = form.cleaned_data["version"], timezone.now()
        return withdraw_template(actor=actor, code=document, version=version, now=now).public_id

    lead = _("From now on these documents say what the product ships with.")
    kept = _("Papers already issued or signed keep the words they have.")
    return form_page(
        request,
        _page(view, form, "withdraw", save, lead=f"{lead} {kept}", button=_("Withdraw")),
    )


@require_GET
@page
def preview(request: HttpRequest, document: str) -> HttpResponse:
    """What is in force, as a PDF of sample content."""
    content, name = preview_template(actor_of(request), document, now=timezone.now())
    return document_response(content, f"{name}.pdf")


@require_GET
@page
def preview_one(request: HttpRequest, template_text_id: UUID) -> HttpResponse:
    """A version as a PDF of sample content."""
    content, name = preview_text(actor_of(request), template_text_id, now=timezone.now())
    return document_response(content, f"{name}.pdf")


def _said(view: TemplateView) -> Iterator[tuple[Text, Text]]:
    """What the newest version says: texts, picture, passages left out, words."""
    content, which = view.content, view.which
    texts = asdict(content)
    yield from ((label, texts[name]) for name, label in TEXT_LABELS.items() if texts[name])
    if view.logo_id:
        yield _("Picture beside the head"), _("yes")
    yield from ((_("Do not print"), which.passages[one]) for one in content.left_out)
    words = which.words.items()
    yield from ((label, content.words[code]) for code, label in words if code in content.words)


def _initial(view: TemplateView) -> dict[str, Any]:
    content = asdict(view.content)
    words = {WORD + code: word for code, word in content.pop("words").items()}
    return {**content, **words, "version": view.version}


def _page(view: TemplateView, form: KeptForm, act: str, save: Any, **more: Any) -> FormPage:
    address = reverse("console:documents_one", args=[view.which.code])
    name = which_name(view.which)
    return FormPage(
        title=name,
        form=form,
        route=f"console.documents.{view.which.code}.{act}",
        save=save,
        done=lambda _made: address,
        back=Link(address, name) if act != "edit" else Link(address, _("Document templates")),
        **more,
    )
