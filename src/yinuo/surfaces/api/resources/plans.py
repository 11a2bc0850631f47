"""`/plan-versions`: list, read, publish a file, preview due times."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Query

from yinuo.domains.contracts.comparing import compare_plans
from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.contracts.selectors import (
    get_plan_source,
    get_plan_version,
    page_plan_versions,
)
from yinuo.domains.contracts.services import publish_first, withdraw_version
from yinuo.domains.network.permissions import Permission
from yinuo.domains.obligations.previews import preview_plan
from yinuo.surfaces.api.answers import listed, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Input, Instant, Paging, PathId, Word, text
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.shapes import contracts as shapes
from yinuo.surfaces.api.shapes import promises

resource = Resource("plan versions")


class PlanInput(Input):
    """A plan file in YAML."""

    source: Annotated[str, text(500_000, shortest=1)]


class PlanWithdrawalInput(Input):
    """Why no new contract may take a version any more."""

    reason: Annotated[str, text(400, shortest=1)]


class PlanPreview(Input):
    """A case reported at `reported_at` (now when left out) with this level and category."""

    level: Word = ""
    category: Word = ""
    reported_at: Instant | None = None


@resource.reads(
    "", name="list_plan_versions", right=Permission.PLAN_READ, gives=shapes.PlanVersions
)
def list_all(request: ApiRequest, filters: Query[Paging]) -> HttpResponse:
    """Published versions, newest first."""
    page = page_plan_versions(request.auth.actor, cursor=filters.cursor, limit=filters.limit)
    return listed(page, shapes.plan_version)


@resource.writes(
    "POST",
    "",
    name="publish_plan",
    right=Permission.PLAN_PUBLISH,
    gives=shapes.PublishedPlan,
    status=201,
)
def publish_one(request: ApiRequest, data: PlanInput) -> HttpResponse:
    """Publish the first version of a plan while nobody else may approve plans (setting up).

    Everything else is drafted (`/plan-drafts`) and approved by a second person. The text of a
    published version gives that version.
    """

    def action() -> dict[str, Any]:
        call = request.auth
        version = publish_first(
            actor=call.actor, source=data.source, source_name="plan.yaml", now=call.now
        )
        return {"id": str(version.public_id), "code": version.code, "number": version.number}

    return written(request, action, status=201)


@resource.reads(
    "/{version_id}",
    name="get_plan_version",
    right=Permission.PLAN_READ,
    gives=shapes.PlanVersionShape,
)
def get_one(request: ApiRequest, version_id: PathId) -> HttpResponse:
    """One published version."""
    return shown(shapes.plan_version(get_plan_version(request.auth.actor, version_id)))


@resource.reads(
    "/{version_id}/source",
    name="get_plan_source",
    right=Permission.PLAN_READ,
    gives=shapes.PlanSource,
)
def get_source(request: ApiRequest, version_id: PathId) -> HttpResponse:
    """The file a version was published from."""
    return shown({"source": get_plan_source(request.auth.actor, version_id)})


@resource.computes(
    "/{version_id}/preview",
    name="preview_plan",
    right=Permission.PLAN_READ,
    gives=promises.Dues,
)
def preview(request: ApiRequest, version_id: PathId, data: PlanPreview) -> HttpResponse:
    """The due times a case would get under this version; nothing is written."""
    call = request.auth
    dues = preview_plan(
        call.actor,
        version_id,
        level=data.level,
        category=data.category,
        reported_at=data.reported_at or call.now,
    )
    return shown({"dues": [promises.due(one) for one in dues]})


@resource.reads(
    "/{version_id}/changes-since/{plan_version_id}",
    name="list_plan_changes",
    right=Permission.PLAN_READ,
    gives=shapes.PlanChangesShape,
)
def changes(request: ApiRequest, version_id: PathId, plan_version_id: PathId) -> HttpResponse:
    """What this version says otherwise than another one, clause by clause."""
    actor = request.auth.actor
    before, after = (get_plan_version(actor, one) for one in (plan_version_id, version_id))
    found = compare_plans(compiled_plan(before.id).plan, compiled_plan(after.id).plan)
    return shown(shapes.plan_changes(found))


@resource.writes(
    "POST",
    "/{version_id}/withdraw",
    name="withdraw_plan_version",
    right=Permission.PLAN_PUBLISH,
    gives=shapes.PublishedPlan,
)
def withdraw(request: ApiRequest, version_id: PathId, data: PlanWithdrawalInput) -> HttpResponse:
    """Let no new contract take a version; contracts and cases on it keep it."""

    def action() -> dict[str, Any]:
        call = request.auth
        version = withdraw_version(
            actor=call.actor, plan_version_id=version_id, reason=data.reason, now=call.now
        )
        return {"id": str(version.public_id), "code": version.code, "number": version.number}

    return written(request, action)
