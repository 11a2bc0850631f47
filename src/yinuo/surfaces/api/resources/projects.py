"""`/projects`: list, read, create, edit."""

from __future__ import annotations

from django.http import HttpResponse
from ninja import Query

from yinuo.domains.assets.selectors import get_project, list_projects
from yinuo.domains.assets.services import create_project, edit_project
from yinuo.domains.network.permissions import Permission
from yinuo.surfaces.api.answers import edited, listed, saved, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Day, Id, Input, Name, Paging, PathId, Version
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.shapes import assets as shapes

resource = Resource("projects")


class ProjectFilters(Paging):
    """Which projects to list."""

    customer_id: Id | None = None


class ProjectInput(Input):
    """A new project; `accepted_on` stays empty until the customer has accepted it."""

    customer_id: Id
    name: Name
    accepted_on: Day | None = None
    finished_on: Day | None = None


class ProjectEdit(Input):
    """A project, all of it."""

    version: Version
    name: Name
    accepted_on: Day | None
    finished_on: Day | None


@resource.reads("", name="list_projects", right=Permission.ASSET_READ, gives=shapes.Projects)
def list_all(request: ApiRequest, filters: Query[ProjectFilters]) -> HttpResponse:
    """Visible projects, newest first."""
    page = list_projects(
        request.auth.actor,
        customer_id=filters.customer_id,
        cursor=filters.cursor,
        limit=filters.limit,
    )
    return listed(page, shapes.project)


@resource.writes("POST", "", name="create_project", right=Permission.ASSET_WRITE, status=201)
def create_one(request: ApiRequest, data: ProjectInput) -> HttpResponse:
    """Add a project to a customer."""
    call = request.auth
    return written(
        request,
        lambda: saved(
            create_project(
                actor=call.actor,
                customer_id=data.customer_id,
                name=data.name,
                accepted_on=data.accepted_on,
                finished_on=data.finished_on,
                now=call.now,
            )
        ),
        status=201,
    )


@resource.reads(
    "/{project_id}", name="get_project", right=Permission.ASSET_READ, gives=shapes.ProjectShape
)
def get_one(request: ApiRequest, project_id: PathId) -> HttpResponse:
    """One project."""
    return shown(shapes.project(get_project(request.auth.actor, project_id)))


@resource.writes("PUT", "/{project_id}", name="edit_project", right=Permission.ASSET_WRITE)
def edit_one(request: ApiRequest, project_id: PathId, data: ProjectEdit) -> HttpResponse:
    """Rename a project or set its acceptance."""
    call = request.auth
    return edited(
        request,
        data,
        lambda: edit_project(
            actor=call.actor,
            project_id=project_id,
            version=data.version,
            name=data.name,
            accepted_on=data.accepted_on,
            finished_on=data.finished_on,
            now=call.now,
        ),
        lambda: shapes.project(get_project(call.actor, project_id)),
    )
