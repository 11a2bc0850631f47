"""Plans being written: begun, saved, tested, approved by a second person, published, dropped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yinuo.domains.contracts.drafts import newest_number, runs_of, sound_plan
from yinuo.domains.contracts.models import PlanDraft, PlanDraftText, PlanTest, PlanVersion
from yinuo.domains.contracts.plan_models import APPROVED, DRAFTING, DROPPED, PUBLISHED
from yinuo.domains.contracts.plan_tests import outcome_of
from yinuo.domains.contracts.policies import visible_drafts, visible_plan_versions
from yinuo.domains.contracts.services.plans import publish_plan
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.kernel.evaluation import Evaluator
from yinuo.planfile import PlanError
from yinuo.planfile.document import read_document
from yinuo.platform.errors import Conflict, Forbidden, IllegalMove, InvalidInput
from yinuo.platform.journal.work import Work, stored, writing
from yinuo.platform.scoped import one_of

MOST_TESTS, NAME_LENGTH = 200, 120
_UNAPPROVED: Mapping[str, Any] = {"approved_at": None, "approved_by": "", "approved_beside": 0}


def begin_draft(
    *, actor: Actor, source: str, plan_version_id: object = None, now: datetime
) -> PlanDraft:
    """Begin a draft with a text: a version's when `plan_version_id` names it, else any.

    The test cases of the code's newest version come along. Mistakes in the text are allowed, but
    it must be a text of YAML within the bounds of plan files; raises InvalidInput otherwise.
    """
    require(actor, Permission.PLAN_WRITE)
    based_on = one_of(visible_plan_versions(actor), plan_version_id) if plan_version_id else None
    named = _named(source)
    with writing(actor=actor, now=now) as work:
        draft = PlanDraft.objects.create(
            source=source,
            based_on=based_on,
            begun_at=now,
            begun_by=actor.label,
            **_edited([], actor, now),
            **named,
        )
        _keep_text(draft, work)
        _bring_tests(draft)
        work.audit("plan_draft.begin", draft, after={"code": draft.code})
        work.emit("plan_draft.begun", draft)
        return draft


def save_draft(
    *, actor: Actor, draft_id: object, version: int, source: str, now: datetime
) -> PlanDraft:
    """Keep a new text. An approval given before no longer holds.

    Raises Conflict when somebody else saved meanwhile, IllegalMove once published or dropped,
    InvalidInput for what cannot be read as YAML at all.
    """
    draft = _open_draft(actor, draft_id, Permission.PLAN_WRITE)
    changes: dict[str, Any] = {"source": source, "state": DRAFTING, **_named(source)}
    changes |= {**_edited(draft.editors, actor, now), **_UNAPPROVED}
    with writing(actor=actor, now=now) as work:
        before = {"state": draft.state}
        stored(draft, expected_version=version, changes=changes)
        _keep_text(draft, work)
        work.audit("plan_draft.save", draft, before=before, after={"version": draft.version})
        work.emit("plan_draft.saved", draft)
        return draft


def approve_draft(*, actor: Actor, draft_id: object, version: int, now: datetime) -> PlanDraft:
    """Approve the text as it stands, beside the newest version. Never by one who wrote of it.

    Raises Forbidden for such a person, InvalidInput when the plan has mistakes or a test fails,
    Conflict when somebody saved another text meanwhile, IllegalMove when it is approved already.
    """
    draft = _open_draft(actor, draft_id, Permission.PLAN_APPROVE)
    if actor.user_id in draft.editors:
        said = _("You wrote of this draft yourself; a second person approves it.")
        raise Forbidden(said)
    plan = _check_ready(draft).plan
    beside = newest_number(plan.code)
    if draft.state == APPROVED and draft.approved_beside == beside:
        raise IllegalMove(_("This draft is approved already."))
    with writing(actor=actor, now=now) as work:
        changes = {
            "state": APPROVED,
            "approved_at": now,
            "approved_by": actor.label,
            "approved_beside": beside,
        }
        stored(draft, expected_version=version, changes=changes)
        work.audit("plan_draft.approve", draft, after={"version": draft.version})
        work.emit("plan_draft.approved", draft)
        return draft


def publish_draft(
    *,
    actor: Actor,
    draft_id: object,
    version: int,
    offered_from: date | None = None,
    now: datetime,
) -> PlanVersion:
    """Publish an approved draft as the next version, offered from that day on (else at once).

    Raises IllegalMove when it is not approved, or was approved before another version came out
    whose changes it would undo, or is published already; InvalidInput when the plan says what a
    published version says already, has mistakes or fails a test.
    """
    draft = _open_draft(actor, draft_id, Permission.PLAN_PUBLISH)
    if draft.state != APPROVED:
        raise IllegalMove(_("A second person approves the text before it is published."))
    plan = _check_ready(draft)
    _require_seen_beside_the_newest(draft, plan.plan.code)
    same = PlanVersion.objects.filter(code=plan.plan.code, content_hash=plan.plan.hash).first()
    if same is not None:
        said = _("Version %(number)s says the same already.") % {"number": same.number}
        raise InvalidInput({"source": said})
    with writing(actor=actor, now=now) as work:
        _lock(draft, version)
        made = publish_plan(
            actor=actor,
            source=draft.source,
            source_name=f"{plan.plan.code}.yaml",
            offered_from=offered_from,
            now=now,
        )
        stored(draft, expected_version=version, changes={"state": PUBLISHED, "published": made})
        work.audit("plan_draft.publish", draft, after={"number": made.number})
        return made


def _require_seen_beside_the_newest(draft: PlanDraft, code: str) -> None:
    """Of two drafts begun from one version the second must not undo the first unseen."""
    newest = newest_number(code)
    if newest != draft.approved_beside:
        said = _(
            "Version %(number)s came out after this text was approved. See what changes from it, "
            "and have it approved again."
        )
        raise IllegalMove(said % {"number": newest})


def _lock(draft: PlanDraft, version: int) -> None:
    """Let no other publish it meanwhile. Raises Conflict when it is another text already."""
    held = PlanDraft.objects.select_for_update().get(pk=draft.pk)
    if held.version != version:
        raise Conflict(details={"yours": version, "present": held.version})


def drop_draft(*, actor: Actor, draft_id: object, version: int, now: datetime) -> PlanDraft:
    """Give a draft up; it stays readable as history."""
    draft = _open_draft(actor, draft_id, Permission.PLAN_WRITE)
    with writing(actor=actor, now=now) as work:
        stored(draft, expected_version=version, changes={"state": DROPPED})
        work.audit("plan_draft.drop", draft)
        work.emit("plan_draft.dropped", draft)
        return draft


@dataclass(frozen=True, slots=True)
class PlanTestData:
    """A test case: its name, facts as JSON lines hold them, and the instant looked at.

    `expected` is what it must come to; None keeps what the draft gives now.
    """

    name: str
    facts: list[dict[str, Any]]
    as_of: datetime
    expected: Mapping[str, Any] | None = None


def keep_test(*, actor: Actor, draft_id: object, data: PlanTestData, now: datetime) -> PlanTest:
    """Keep a case and what it comes to as a test of the draft.

    Raises InvalidInput for an empty or used name, facts that cannot be read, and while the draft
    has mistakes.
    """
    draft = _open_draft(actor, draft_id, Permission.PLAN_WRITE)
    name = data.name.strip()
    if not name or len(name) > NAME_LENGTH:
        raise InvalidInput({"name": _("Give a name of at most 120 characters.")})
    if draft.tests.filter(name=name).exists():
        raise InvalidInput({"name": _("This draft already has a test of this name.")})
    if draft.tests.count() >= MOST_TESTS:
        raise InvalidInput({"name": _("A plan has at most 200 tests.")})
    outcome = outcome_of(_compiled(draft), data.facts, data.as_of)
    expected = outcome if data.expected is None else _readable(data.expected)
    with writing(actor=actor, now=now) as work:
        test = PlanTest.objects.create(
            draft=draft,
            name=name,
            facts=data.facts,
            as_of=data.as_of,
            expected=expected,
            kept_at=now,
            kept_by=actor.label,
        )
        _reopen(draft, actor, now, work)
        work.audit("plan_draft.keep_test", draft, after={"name": name})
        return test


def drop_test(*, actor: Actor, draft_id: object, test_id: object, now: datetime) -> PlanDraft:
    """Take a test case away; what an approval was given with it no longer holds."""
    draft = _open_draft(actor, draft_id, Permission.PLAN_WRITE)
    test = one_of(PlanTest.objects.filter(draft=draft), test_id)
    with writing(actor=actor, now=now) as work:
        test.delete()
        _reopen(draft, actor, now, work)
        work.audit("plan_draft.drop_test", draft, before={"name": test.name})
        return draft


def _readable(expected: Mapping[str, Any]) -> dict[str, Any]:
    """Expectations of the known form only; InvalidInput otherwise."""
    wrong = InvalidInput({"expected": _("Expected is {promises: […], amounts: […]}.")})
    made: dict[str, Any] = {"promises": [], "amounts": []}
    for key, given in expected.items():
        if key not in made or not isinstance(given, list):
            raise wrong
        for one in given:
            if not isinstance(one, dict) or not isinstance(one.get("clause"), str):
                raise wrong
        made[key] = given
    return made


def _reopen(draft: PlanDraft, actor: Actor, now: datetime, work: Work) -> None:
    """Another set of tests needs another approval, by somebody else."""
    changes = {**_UNAPPROVED, **_edited(draft.editors, actor, now), "state": DRAFTING}
    stored(draft, expected_version=None, changes=changes)
    work.emit("plan_draft.saved", draft)


def _open_draft(actor: Actor, draft_id: object, right: Permission) -> PlanDraft:
    draft = one_of(visible_drafts(actor), draft_id)
    require(actor, right)
    if draft.state == PUBLISHED:
        raise IllegalMove(_("This draft was published already; begin a new one."))
    if draft.state == DROPPED:
        raise IllegalMove(_("This draft was given up."))
    return draft


def _compiled(draft: PlanDraft) -> Evaluator:
    plan = sound_plan(draft.source)
    if plan is None:
        raise InvalidInput({"source": _("Mend the mistakes of the plan first.")})
    return Evaluator(plan)


def _check_ready(draft: PlanDraft) -> Evaluator:
    evaluator = _compiled(draft)
    failing = [name for name, run in runs_of(draft, evaluator) if not run.passes]
    if failing:
        said = _("These tests do not come out as expected: %(names)s.")
        raise InvalidInput({"tests": said % {"names": ", ".join(failing[:5])}})
    return evaluator


def _edited(editors: Iterable[int], actor: Actor, now: datetime) -> dict[str, Any]:
    known = {*editors, *([] if actor.user_id is None else [actor.user_id])}
    return {"edited_at": now, "edited_by": actor.label, "editors": sorted(known)}


def _keep_text(draft: PlanDraft, work: Work) -> None:
    work.add(
        PlanDraftText(
            draft=draft,
            number=draft.version,
            source=draft.source,
            saved_at=draft.edited_at,
            saved_by=draft.edited_by,
        )
    )


def _bring_tests(draft: PlanDraft) -> None:
    last = (
        PlanDraft.objects.filter(published__code=draft.code).order_by("-published__number").first()
    )
    if last is None or not draft.code:
        return
    PlanTest.objects.bulk_create(
        PlanTest(
            draft=draft,
            name=one.name,
            facts=one.facts,
            as_of=one.as_of,
            expected=one.expected,
            kept_at=one.kept_at,
            kept_by=one.kept_by,
        )
        for one in last.tests.order_by("id")
    )


def _named(source: str) -> dict[str, str]:
    """Code and names as the text says them; refuses what cannot be read as YAML."""
    try:
        document = read_document(source)
    except PlanError as error:
        said = error.in_language(get_language() or "zh-hans")
        raise InvalidInput({"source": said}, _("The text cannot be read.")) from error
    held: Mapping[str, Any] = document if isinstance(document, dict) else {}
    title = held.get("title")
    names = title if isinstance(title, dict) else {"zh": title, "en": title}
    zh = str(names.get("zh") or names.get("en") or _("Plan without a name"))[:200]
    return {
        "code": str(held.get("plan") or "")[:64],
        "title_zh": zh,
        "title_en": str(names.get("en") or zh)[:200],
    }
