"""`/imports`: send a file, read its dry run, start or call off, read what is wrong."""

from __future__ import annotations

import binascii
from base64 import b64decode
from typing import Annotated

from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query

from yinuo.domains.imports.selectors import get_run, list_runs, list_wrong_rows
from yinuo.domains.imports.services import cancel_import, start_import, upload_import
from yinuo.domains.imports.types import Kind
from yinuo.domains.network.permissions import Permission
from yinuo.platform.errors import InvalidInput
from yinuo.surfaces.api.answers import JSON, listed, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Id, Input, Name, Paging, PathId, text
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.shapes import imports as shapes

resource = Resource("imports")
RIGHT = Permission.IMPORT_RUN


class ImportInput(Input):
    """A file: what it lists, its name with extension, its bytes as base64; at most 2.5 MB."""

    kind: Kind
    unit_id: Id
    name: Name
    content_base64: Annotated[str, text(2_500_000)]

    def upload(self) -> ContentFile[bytes]:
        """The same for the service. Raises InvalidInput when it is no base64."""
        try:
            content = b64decode(self.content_base64, validate=True)
        except (binascii.Error, ValueError) as error:
            raise InvalidInput({"content_base64": _("This is not base64.")}) from error
        return ContentFile(content, name=self.name)


class Nothing(Input):
    """An empty object."""


@resource.reads("", name="list_imports", right=RIGHT, gives=shapes.Runs)
def list_all(request: ApiRequest, filters: Query[Paging]) -> HttpResponse:
    """Visible imports, newest first."""
    page = list_runs(request.auth.actor, cursor=filters.cursor, limit=filters.limit)
    return listed(page, shapes.run)


@resource.writes("POST", "", name="upload_import", right=RIGHT, gives=shapes.RunShape, status=201)
def upload_one(request: ApiRequest, data: ImportInput) -> HttpResponse:
    """Send a file; its dry run begins at once. Read the import to see how far it is."""
    call = request.auth

    def action() -> JSON:
        run = upload_import(
            actor=call.actor,
            kind=data.kind,
            unit_id=data.unit_id,
            upload=data.upload(),
            now=call.now,
        )
        return shapes.run(get_run(call.actor, run.public_id))

    return written(request, action, status=201)


@resource.reads("/{run_id}", name="get_import", right=RIGHT, gives=shapes.RunShape)
def get_one(request: ApiRequest, run_id: PathId) -> HttpResponse:
    """One import: state and counts."""
    return shown(shapes.run(get_run(request.auth.actor, run_id)))


@resource.reads(
    "/{run_id}/wrong-rows", name="list_import_wrong_rows", right=RIGHT, gives=shapes.WrongRows
)
def list_wrong(request: ApiRequest, run_id: PathId, filters: Query[Paging]) -> HttpResponse:
    """Rows that cannot be taken, each with column, value and what to do."""
    page = list_wrong_rows(request.auth.actor, run_id, cursor=filters.cursor, limit=filters.limit)
    return listed(page, shapes.wrong_row)


@resource.writes("POST", "/{run_id}/start", name="start_import", right=RIGHT, gives=shapes.RunShape)
def start_one(request: ApiRequest, run_id: PathId, data: Nothing) -> HttpResponse:
    """Write the rows that the dry run found new or changed."""
    call = request.auth

    def action() -> JSON:
        start_import(actor=call.actor, run_id=run_id, now=call.now)
        return shapes.run(get_run(call.actor, run_id))

    return written(request, action)


@resource.writes(
    "POST", "/{run_id}/cancel", name="cancel_import", right=RIGHT, gives=shapes.RunShape
)
def cancel_one(request: ApiRequest, run_id: PathId, data: Nothing) -> HttpResponse:
    """Call an import off; rows written before stay."""
    call = request.auth

    def action() -> JSON:
        cancel_import(actor=call.actor, run_id=run_id, now=call.now)
        return shapes.run(get_run(call.actor, run_id))

    return written(request, action)
