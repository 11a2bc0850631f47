"""Drafts of plans as JSON."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from yinuo.domains.contracts.drafts import DraftRow, DraftView, PlanTestView
from yinuo.planfile import Checked
from yinuo.surfaces.api.shapes.values import (
    IdText,
    InstantText,
    TwoLanguages,
    id_or_none,
    instant,
    instant_or_none,
)


class PlanDraftShape(BaseModel):
    """A plan that is being written; `state` is drafting, approved, published or dropped."""

    id: IdText
    version: int
    state: str
    code: str
    title: TwoLanguages
    edited_at: InstantText
    edited_by: str
    approved_at: InstantText | None
    approved_by: str


class PlanDrafts(BaseModel):
    """A page of drafts."""

    items: list[PlanDraftShape]
    next_cursor: str


class PlanDraftText(PlanDraftShape):
    """A draft with its text and the version it became."""

    source: str
    plan_version_id: IdText | None


class PlanFindingShape(BaseModel):
    """One finding of the check; lines and columns count from 1."""

    line: int
    column: int
    severity: str
    code: str
    message: TwoLanguages
    clause: str


class PlanFindings(BaseModel):
    """What the check says; `publishable` is false while there are errors."""

    publishable: bool
    findings: list[PlanFindingShape]


class PlanDeviationShape(BaseModel):
    """What a test came to otherwise."""

    clause: str
    what: str
    expected: str
    got: str


class PlanTestShape(BaseModel):
    """A test of a draft; `passes` is null while the plan has errors."""

    id: IdText
    name: str
    as_of: InstantText
    facts: list[dict[str, Any]]
    expected: dict[str, Any]
    passes: bool | None
    problem: str
    deviations: list[PlanDeviationShape]


class PlanTests(BaseModel):
    """The tests of a draft."""

    items: list[PlanTestShape]


def plan_draft(row: DraftRow) -> dict[str, Any]:
    """PlanDraftShape."""
    return {
        "id": str(row.public_id),
        "version": row.version,
        "state": row.state,
        "code": row.code,
        "title": {"zh": row.title_zh, "en": row.title_en},
        "edited_at": instant(row.edited_at),
        "edited_by": row.edited_by,
        "approved_at": instant_or_none(row.approved_at),
        "approved_by": row.approved_by,
    }


def plan_draft_text(draft: DraftView) -> dict[str, Any]:
    """PlanDraftText."""
    return {
        **plan_draft(draft.row),
        "source": draft.source,
        "plan_version_id": id_or_none(draft.published_public_id),
    }


def plan_findings(checked: Checked) -> dict[str, Any]:
    """PlanFindings."""
    return {
        "publishable": checked.plan is not None,
        "findings": [
            {
                "line": one.line,
                "column": one.column,
                "severity": one.severity.value,
                "code": one.code,
                "message": {"zh": one.said("zh"), "en": one.said("en")},
                "clause": one.clause,
            }
            for one in checked.problems
        ],
    }


def plan_tests(tests: list[PlanTestView]) -> dict[str, Any]:
    """PlanTests."""
    return {"items": [_test(one) for one in tests]}


def _test(test: PlanTestView) -> dict[str, Any]:
    run = test.run
    return {
        "id": str(test.public_id),
        "name": test.name,
        "as_of": instant(test.as_of),
        "facts": [dict(one) for one in test.facts],
        "expected": dict(test.expected),
        "passes": None if run is None else run.passes,
        "problem": "" if run is None else run.problem,
        "deviations": [
            {"clause": one.clause, "what": one.what, "expected": one.expected, "got": one.got}
            for one in (() if run is None else run.deviations)
        ],
    }
