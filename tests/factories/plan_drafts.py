"""Drafts of plans, one with a test, one approved."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.factories.company import Member
from tests.factories.promises import later_appliance_source

from yinuo.domains.contracts.models import PlanDraft
from yinuo.domains.contracts.plan_tests import reported_fact
from yinuo.domains.contracts.services import (
    PlanTestData,
    approve_draft,
    begin_draft,
    keep_test,
)


def make_draft(by: Member, *, minutes: int = 15) -> PlanDraft:
    """A draft of the appliance maker's plan with a test; its response takes so many minutes."""
    now = datetime.now(UTC)
    source = later_appliance_source().replace("limit: 20 minutes", f"limit: {minutes} minutes", 1)
    draft = begin_draft(actor=by.actor, source=source, now=now)
    data = PlanTestData("P1", [reported_fact({"level": "serious"}, now)], now)
    keep_test(actor=by.actor, draft_id=draft.public_id, data=data, now=now)
    draft.refresh_from_db()
    return draft


def make_approved_draft(by: Member, approver: Member, *, minutes: int) -> PlanDraft:
    """The same, approved by another person."""
    draft = make_draft(by, minutes=minutes)
    return approve_draft(
        actor=approver.actor,
        draft_id=draft.public_id,
        version=draft.version,
        now=datetime.now(UTC),
    )
