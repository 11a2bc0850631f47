"""`/plan-drafts`: write, check, test, approve and publish plans."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Query

from yinuo.domains.contracts.drafts import get_draft, list_drafts, list_tests
from yinuo.domains.contracts.services import (
    PlanTestData,
    approve_draft,
    begin_draft,
    drop_draft,
    drop_test,
    keep_test,
    publish_draft,
    save_draft,
)
from yinuo.domains.network.permissions import Permission
from yinuo.planfile import check_text
from yinuo.surfaces.api.answers import edited, listed, saved, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Day, Id, Input, Instant, Name, Paging, PathId, Version, text
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.shapes import contracts
from yinuo.surfaces.api.shapes import plan_drafts as shapes

resource = Resource("plan drafts")
Source = Annotated[str, text(600_000, shortest=1)]


class PlanDraftFilters(Paging):
    """Open drafts only, unless `every` is set."""

    every: bool = False


class PlanDraftInput(Input):
    """A text to begin with, and the version it was taken from, if any."""

    source: Source
    plan_version_id: Id | None = None


class PlanDraftEdit(Input):
    """A new text of a draft."""

    version: Version
    source: Source


class PlanDraftStep(Input):
    """The version of the draft that was read."""

    version: Version


class PlanDraftPublication(Input):
    """From which day on new contracts may take the version; at once when left out."""

    version: Version
    offered_from: Day | None = None


class PlanTestInput(Input):
    """A case: facts as JSON lines have them. `expected` left out keeps what it comes to now."""

    name: Name
    facts: list[dict[str, Any]]
    as_of: Instant
    expected: dict[str, Any] | None = None


@resource.reads("", name="list_plan_drafts", right=Permission.PLAN_READ, gives=shapes.PlanDrafts)
def list_all(request: ApiRequest, filters: Query[PlanDraftFilters]) -> HttpResponse:
    """Drafts, newest first; none for who neither writes, approves nor publishes plans."""
    actor = request.auth.actor
    page = list_drafts(actor, every=filters.every, cursor=filters.cursor, limit=filters.limit)
    return listed(page, shapes.plan_draft)


@resource.writes("POST", "", name="begin_plan_draft", right=Permission.PLAN_WRITE, status=201)
def begin(request: ApiRequest, data: PlanDraftInput) -> HttpResponse:
    """Begin a draft; mistakes in the plan are allowed, but it must be plain YAML."""
    call = request.auth
    return written(
        request,
        lambda: saved(
            begin_draft(
                actor=call.actor,
                source=data.source,
                plan_version_id=data.plan_version_id,
                now=call.now,
            )
        ),
        status=201,
    )


@resource.reads(
    "/{draft_id}", name="get_plan_draft", right=Permission.PLAN_READ, gives=shapes.PlanDraftText
)
def get_one(request: ApiRequest, draft_id: PathId) -> HttpResponse:
    """A draft with its text."""
    return shown(shapes.plan_draft_text(get_draft(request.auth.actor, draft_id)))


@resource.writes("PUT", "/{draft_id}", name="save_plan_draft", right=Permission.PLAN_WRITE)
def save(request: ApiRequest, draft_id: PathId, data: PlanDraftEdit) -> HttpResponse:
    """Keep a new text; an approval given before no longer holds."""
    call = request.auth
    return edited(
        request,
        data,
        lambda: save_draft(
            actor=call.actor,
            draft_id=draft_id,
            version=data.version,
            source=data.source,
            now=call.now,
        ),
        lambda: shapes.plan_draft_text(get_draft(call.actor, draft_id)),
    )


@resource.reads(
    "/{draft_id}/check",
    name="check_plan_draft",
    right=Permission.PLAN_READ,
    gives=shapes.PlanFindings,
)
def check(request: ApiRequest, draft_id: PathId) -> HttpResponse:
    """Errors and warnings of the text, each with its place."""
    draft = get_draft(request.auth.actor, draft_id)
    return shown(shapes.plan_findings(check_text(draft.source, "plan.yaml")))


@resource.reads(
    "/{draft_id}/tests",
    name="list_plan_tests",
    right=Permission.PLAN_READ,
    gives=shapes.PlanTests,
)
def tests(request: ApiRequest, draft_id: PathId) -> HttpResponse:
    """The tests, each run on the text as it stands."""
    return shown(shapes.plan_tests(list_tests(request.auth.actor, draft_id)))


@resource.writes(
    "POST", "/{draft_id}/tests", name="keep_plan_test", right=Permission.PLAN_WRITE, status=201
)
def keep(request: ApiRequest, draft_id: PathId, data: PlanTestInput) -> HttpResponse:
    """Keep a test; the draft then needs its approval anew."""
    call = request.auth

    def action() -> dict[str, Any]:
        kept = PlanTestData(data.name, data.facts, data.as_of, data.expected)
        keep_test(actor=call.actor, draft_id=draft_id, data=kept, now=call.now)
        return _saved(call.actor, draft_id)

    return written(request, action, status=201)


@resource.writes(
    "DELETE",
    "/{draft_id}/tests/{test_id}",
    name="drop_plan_test",
    right=Permission.PLAN_WRITE,
)
def untest(request: ApiRequest, draft_id: PathId, test_id: PathId) -> HttpResponse:
    """Take a test away."""
    call = request.auth

    def action() -> dict[str, Any]:
        drop_test(actor=call.actor, draft_id=draft_id, test_id=test_id, now=call.now)
        return _saved(call.actor, draft_id)

    return written(request, action)


@resource.writes(
    "POST", "/{draft_id}/approve", name="approve_plan_draft", right=Permission.PLAN_APPROVE
)
def approve(request: ApiRequest, draft_id: PathId, data: PlanDraftStep) -> HttpResponse:
    """Approve the text; never by the person who wrote it last, never while a test fails."""
    call = request.auth
    return edited(
        request,
        data,
        lambda: approve_draft(
            actor=call.actor, draft_id=draft_id, version=data.version, now=call.now
        ),
        lambda: shapes.plan_draft_text(get_draft(call.actor, draft_id)),
    )


@resource.writes(
    "POST",
    "/{approved_draft_id}/publish",
    name="publish_plan_draft",
    right=Permission.PLAN_PUBLISH,
    gives=contracts.PublishedPlan,
    status=201,
)
def publish(
    request: ApiRequest, approved_draft_id: PathId, data: PlanDraftPublication
) -> HttpResponse:
    """Publish an approved draft as the next version."""
    call = request.auth

    def action() -> dict[str, Any]:
        made = publish_draft(
            actor=call.actor,
            draft_id=approved_draft_id,
            version=data.version,
            offered_from=data.offered_from,
            now=call.now,
        )
        return {"id": str(made.public_id), "code": made.code, "number": made.number}

    return written(request, action, status=201)


@resource.writes("POST", "/{draft_id}/drop", name="drop_plan_draft", right=Permission.PLAN_WRITE)
def drop(request: ApiRequest, draft_id: PathId, data: PlanDraftStep) -> HttpResponse:
    """Give a draft up."""
    call = request.auth
    return edited(
        request,
        data,
        lambda: drop_draft(actor=call.actor, draft_id=draft_id, version=data.version, now=call.now),
        lambda: shapes.plan_draft_text(get_draft(call.actor, draft_id)),
    )


def _saved(actor: Any, draft_id: object) -> dict[str, Any]:
    row = get_draft(actor, draft_id).row
    return {"id": str(row.public_id), "version": row.version}
