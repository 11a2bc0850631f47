"""`/document-templates` and `/document-versions`: what the company writes in its documents."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Path
from pydantic import Field

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
from yinuo.domains.document_templates.types import TemplateContent
from yinuo.domains.network.permissions import Permission
from yinuo.platform.paging import Page
from yinuo.surfaces.api.answers import listed, saved, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Input, PathId, Remark, Version, Word, text
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.resources.files import FileInput
from yinuo.surfaces.api.shapes import after
from yinuo.surfaces.api.shapes import document_templates as shapes

resource = Resource("document templates")
versions = Resource("document templates")
PDF = "application/pdf"
Code = Path[Annotated[str, Field(description="A kind and a language: `quote-zh`.")]]


class DocumentVersionInput(Input):
    """The next version. A word left out is the product's own; without `logo` the picture of the
    version before stays, unless `keeps_logo` is false."""

    version: Version
    title: Annotated[str, text(200)] = ""
    head: Remark = ""
    introduction: Remark = ""
    closing: Annotated[str, text(8_000)] = ""
    footer: Remark = ""
    words: Annotated[dict[Word, Annotated[str, text(1_000)]], Field(max_length=200)] = {}
    left_out: Annotated[list[Word], Field(max_length=50)] = []
    logo: FileInput | None = None
    keeps_logo: Annotated[bool, Field(strict=True)] = True

    def content(self) -> TemplateContent:
        """The same for the service."""
        return TemplateContent(
            title=self.title,
            head=self.head,
            introduction=self.introduction,
            closing=self.closing,
            footer=self.footer,
            words=self.words,
            left_out=tuple(self.left_out),
        )


class DocumentTemplateChange(Input):
    """The template's version this is based on."""

    version: Version


@resource.reads(
    "",
    name="list_document_templates",
    right=Permission.DOCUMENT_TEMPLATE_READ,
    gives=shapes.DocumentTemplates,
)
def list_all(request: ApiRequest) -> HttpResponse:
    """Every kind of document in both languages; `every` stands for all kinds."""
    found = list_document_templates(request.auth.actor)
    return listed(Page(tuple(found), ""), shapes.template_row)


@resource.reads(
    "/{document_code}",
    name="get_document_template",
    right=Permission.DOCUMENT_TEMPLATE_READ,
    gives=shapes.DocumentTemplatePage,
)
def get_one(request: ApiRequest, document_code: Code) -> HttpResponse:
    """One kind in a language with what may be written and its last versions."""
    return shown(shapes.template_page(get_document_template(request.auth.actor, document_code)))


@resource.reads(
    "/{document_code}/preview",
    name="preview_document_template",
    right=Permission.DOCUMENT_TEMPLATE_READ,
    gives=after.ContentShape,
)
def preview_present(request: ApiRequest, document_code: Code) -> HttpResponse:
    """What is in force as a PDF of sample content."""
    call = request.auth
    made, name = preview_template(call.actor, document_code, now=call.now)
    return shown(after.content(f"{name}.pdf", PDF, made))


@resource.writes(
    "POST",
    "/{document_code}/versions",
    name="write_document_template",
    right=Permission.DOCUMENT_TEMPLATE_WRITE,
    gives=shapes.DocumentVersionSaved,
    status=201,
)
def write_one(request: ApiRequest, document_code: Code, data: DocumentVersionInput) -> HttpResponse:
    """Write the next version; it holds once it is published."""

    def action() -> dict[str, Any]:
        call = request.auth
        made = write_template(
            actor=call.actor,
            code=document_code,
            version=data.version,
            content=data.content(),
            logo=data.logo.upload() if data.logo else None,
            keeps_logo=data.keeps_logo,
            now=call.now,
        )
        return {"id": str(made.public_id), "number": made.number}

    return written(request, action, status=201)


@resource.writes(
    "POST",
    "/{document_code}/withdraw",
    name="withdraw_document_template",
    right=Permission.DOCUMENT_TEMPLATE_WRITE,
)
def withdraw_one(
    request: ApiRequest, document_code: Code, data: DocumentTemplateChange
) -> HttpResponse:
    """Go back to what the product ships with; papers issued keep their words."""
    call = request.auth
    return written(
        request,
        lambda: saved(
            withdraw_template(
                actor=call.actor, code=document_code, version=data.version, now=call.now
            )
        ),
    )


@versions.reads(
    "/{template_text_id}",
    name="get_document_version",
    right=Permission.DOCUMENT_TEMPLATE_READ,
    gives=shapes.DocumentVersionPage,
)
def get_version(request: ApiRequest, template_text_id: PathId) -> HttpResponse:
    """One version with its content."""
    return shown(shapes.version_page(get_template_text(request.auth.actor, template_text_id)))


@versions.reads(
    "/{template_text_id}/preview",
    name="preview_document_version",
    right=Permission.DOCUMENT_TEMPLATE_READ,
    gives=after.ContentShape,
)
def preview_version(request: ApiRequest, template_text_id: PathId) -> HttpResponse:
    """A version as a PDF of sample content."""
    call = request.auth
    made, name = preview_text(call.actor, template_text_id, now=call.now)
    return shown(after.content(f"{name}.pdf", PDF, made))


@versions.writes(
    "POST",
    "/{template_text_id}/publish",
    name="publish_document_version",
    right=Permission.DOCUMENT_TEMPLATE_WRITE,
)
def publish_version(
    request: ApiRequest, template_text_id: PathId, data: DocumentTemplateChange
) -> HttpResponse:
    """Let a version hold for every paper issued from now on."""
    call = request.auth
    return written(
        request,
        lambda: saved(
            publish_template(
                actor=call.actor, text_id=template_text_id, version=data.version, now=call.now
            )
        ),
    )
