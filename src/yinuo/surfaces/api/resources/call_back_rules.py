"""`/call-back-rules`: what share of restored requests is phoned back."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpResponse
from pydantic import Field

from yinuo.domains.feedback.sampling import get_rule, list_rules
from yinuo.domains.feedback.services import add_rule, change_rule, end_rule
from yinuo.domains.network.permissions import Permission
from yinuo.domains.requests.types import RequestKind
from yinuo.platform.paging import Page
from yinuo.surfaces.api.answers import edited, listed, saved, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Id, Input, PathId, Version, Word
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.shapes import call_back_rules as shapes

resource = Resource("call-backs")
READ, WRITE = Permission.CALL_BACK_WRITE, Permission.CALL_BACK_RULE
Percent = Annotated[int, Field(strict=True, ge=0, le=100)]


class CallBackRuleInput(Input):
    """So many percent of a unit's requests, of any kind or category where none is given."""

    unit_id: Id
    percent: Percent
    kind: RequestKind | Literal["planned_visit"] | None = None
    category: Word = ""


class CallBackShareInput(Input):
    """The share a rule draws from now on."""

    version: Version
    percent: Percent


class CallBackRuleEndInput(Input):
    """A rule to be ended, as it was read."""

    version: Version


@resource.reads("", name="list_call_back_rules", right=READ, gives=shapes.CallBackRules)
def list_all(request: ApiRequest) -> HttpResponse:
    """Visible rules by unit, all at once."""
    return listed(Page(tuple(list_rules(request.auth.actor)), ""), shapes.call_back_rule)


@resource.reads("/{rule_id}", name="get_call_back_rule", right=READ, gives=shapes.CallBackRuleShape)
def get_one(request: ApiRequest, rule_id: PathId) -> HttpResponse:
    """One rule."""
    return shown(shapes.call_back_rule(get_rule(request.auth.actor, rule_id)))


@resource.writes("POST", "", name="add_call_back_rule", right=WRITE, status=201)
def add(request: ApiRequest, data: CallBackRuleInput) -> HttpResponse:
    """Draw a share of a unit's requests; of several rules the nearest unit's counts."""
    call = request.auth
    given = data.model_dump() | {"kind": str(data.kind or "")}
    return written(
        request, lambda: saved(add_rule(actor=call.actor, now=call.now, **given)), status=201
    )


@resource.writes("PUT", "/{rule_id}", name="change_call_back_rule", right=WRITE)
def change(request: ApiRequest, rule_id: PathId, data: CallBackShareInput) -> HttpResponse:
    """Let a rule draw another share."""
    call = request.auth
    return edited(
        request,
        data,
        lambda: change_rule(actor=call.actor, rule_id=rule_id, now=call.now, **data.model_dump()),
        lambda: shapes.call_back_rule(get_rule(call.actor, rule_id)),
    )


@resource.writes("POST", "/{rule_id}/endings", name="end_call_back_rule", right=WRITE)
def end(request: ApiRequest, rule_id: PathId, data: CallBackRuleEndInput) -> HttpResponse:
    """Let a rule draw no longer; the rule of the unit above counts, without one everybody is
    phoned."""
    call = request.auth
    return edited(
        request,
        data,
        lambda: end_rule(actor=call.actor, rule_id=rule_id, version=data.version, now=call.now),
        lambda: shapes.call_back_rule(get_rule(call.actor, rule_id)),
    )
