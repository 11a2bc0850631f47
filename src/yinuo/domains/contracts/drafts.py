"""Reading drafts of plans: what they say, how their tests go, which versions are withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Max

from yinuo.domains.contracts.models import PlanDraft, PlanTest, PlanVersion, PlanWithdrawal
from yinuo.domains.contracts.plan_models import APPROVED, DRAFTING
from yinuo.domains.contracts.plan_tests import CaseRun, run_test
from yinuo.domains.contracts.policies import visible_drafts, visible_plan_versions
from yinuo.domains.contracts.statutory import StatutoryDays, statutory_days
from yinuo.domains.network.types import Actor
from yinuo.kernel.evaluation import Evaluator
from yinuo.kernel.plan.plan import Plan
from yinuo.planfile import check_text
from yinuo.platform.paging import Page, page_of
from yinuo.platform.scoped import one_of


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft as lists show it."""

    id: int
    public_id: UUID
    version: int
    state: str
    code: str
    title_zh: str
    title_en: str
    edited_at: datetime
    edited_by: str
    editors: frozenset[int]
    approved_at: datetime | None
    approved_by: str
    approved_beside: int

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed."""
        return self.state in (DRAFTING, APPROVED)


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft with its text, the version it began with and the one it became."""

    row: DraftRow
    source: str
    based_on: int | None
    published_public_id: UUID | None


@dataclass(frozen=True, slots=True)
class PlanTestView:
    """A test case of a draft, and how it goes now; `run` is None while the plan has mistakes."""

    public_id: UUID
    name: str
    facts: tuple[Mapping[str, Any], ...]
    as_of: datetime
    expected: Mapping[str, Any]
    kept_by: str
    run: CaseRun | None


@dataclass(frozen=True, slots=True)
class WithdrawalView:
    """Why and when a version was withdrawn."""

    reason: str
    at: datetime
    by: str


def list_drafts(
    actor: Actor, *, every: bool = False, cursor: str = "", limit: int = 50
) -> Page[DraftRow]:
    """Drafts still open, the newest first; published and dropped ones too when asked."""
    drafts = visible_drafts(actor).defer("source")
    if not every:
        drafts = drafts.filter(state__in=(DRAFTING, APPROVED))
    return page_of(drafts, order=("-id",), cursor=cursor, limit=limit).map(_row)


def get_draft(actor: Actor, draft_id: object) -> DraftView:
    """One draft; NotFound for who neither writes, approves nor publishes plans."""
    draft = one_of(visible_drafts(actor).select_related("based_on", "published"), draft_id)
    return DraftView(
        row=_row(draft),
        source=draft.source,
        based_on=draft.based_on.number if draft.based_on else None,
        published_public_id=draft.published.public_id if draft.published else None,
    )


def get_draft_text(actor: Actor, draft_id: object, number: int) -> str:
    """The text a draft had as its version `number`; empty when there was none.

    Approvals count versions too, so the last text saved up to that version is given.
    """
    draft = one_of(visible_drafts(actor), draft_id)
    text = draft.texts.filter(number__lte=number).order_by("-number").first()
    return text.source if text else ""


def list_tests(actor: Actor, draft_id: object) -> list[PlanTestView]:
    """The tests of a draft, each run on the text as it stands."""
    draft = one_of(visible_drafts(actor), draft_id)
    plan = sound_plan(draft.source)
    evaluator = Evaluator(plan) if plan else None
    return [_test(one, evaluator) for one in draft.tests.order_by("id")]


def list_tests_of_version(actor: Actor, plan_version_id: object) -> list[str]:
    """Names of the tests a published version was published with."""
    version = one_of(visible_plan_versions(actor), plan_version_id)
    tests = PlanTest.objects.filter(draft__published=version).order_by("id")
    return list(tests.values_list("name", flat=True))


def withdrawals_of(plan_version_ids: Iterable[int]) -> dict[int, WithdrawalView]:
    """Which of these versions (internal ids, already scoped) are withdrawn, and why."""
    found = PlanWithdrawal.objects.filter(plan_version_id__in=list(plan_version_ids))
    return {one.plan_version_id: WithdrawalView(one.reason, one.at, one.by) for one in found}


def newest_number(code: str) -> int:
    """The number of the newest published version of a plan, 0 before the first."""
    newest = PlanVersion.objects.filter(code=code).aggregate(newest=Max("number"))
    return newest["newest"] or 0


def runs_of(draft: PlanDraft, evaluator: Evaluator) -> list[tuple[str, CaseRun]]:
    """How each test of a draft goes, by name."""
    return [
        (one.name, run_test(evaluator, one.facts, one.as_of, one.expected))
        for one in draft.tests.order_by("id")
    ]


def sound_plan(source: str) -> Plan | None:
    """The plan of a text, read with today's statutory days; None while it has mistakes."""
    return _sound(source, statutory_days())


@lru_cache(maxsize=32)
def _sound(source: str, days: StatutoryDays) -> Plan | None:
    return check_text(source, "plan.yaml", days.table).plan


def _test(test: PlanTest, evaluator: Evaluator | None) -> PlanTestView:
    run = run_test(evaluator, test.facts, test.as_of, test.expected) if evaluator else None
    return PlanTestView(
        public_id=test.public_id,
        name=test.name,
        facts=tuple(test.facts),
        as_of=test.as_of,
        expected=test.expected,
        kept_by=test.kept_by,
        run=run,
    )


def _row(draft: PlanDraft) -> DraftRow:
    return DraftRow(
        id=draft.pk,
        public_id=draft.public_id,
        version=draft.version,
        state=draft.state,
        code=draft.code,
        title_zh=draft.title_zh,
        title_en=draft.title_en,
        edited_at=draft.edited_at,
        edited_by=draft.edited_by,
        editors=frozenset(draft.editors),
        approved_at=draft.approved_at,
        approved_by=draft.approved_by,
        approved_beside=draft.approved_beside,
    )
