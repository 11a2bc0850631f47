"""Drafts of plans: two editors, tests that must pass, a second person, publication, withdrawal."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils.translation import override
from tests.factories import (
    Member,
    appliance_source,
    later_appliance_source,
    make_company,
    make_contract,
    make_customer,
    make_member,
    open_fault,
    publish,
)

from yinuo.domains.contracts.comparing import compare_plans
from yinuo.domains.contracts.drafts import get_draft, get_draft_text, list_drafts, list_tests
from yinuo.domains.contracts.merging import merge_texts
from yinuo.domains.contracts.models import PlanDraft, PlanVersion
from yinuo.domains.contracts.plan_tests import reported_fact, without_persons
from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.contracts.services import (
    PlanTestData,
    approve_draft,
    begin_draft,
    drop_draft,
    drop_test,
    keep_test,
    move_contract,
    publish_draft,
    publish_first,
    save_draft,
    withdraw_version,
)
from yinuo.domains.requests.models import Request
from yinuo.platform.errors import Conflict, Forbidden, IllegalMove, InvalidInput, NotFound

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


class Workshop:
    """A company with somebody who writes plans, a second who approves, and a first version."""

    def __init__(self) -> None:
        company = make_company()
        self.admin = company.administrator
        self.headquarters = company.headquarters
        roles = ["administrator", "account_manager", "service_consultant"]
        self.second = make_member(self.admin, company.headquarters, roles)
        self.version = publish(self.admin)

    def third(self) -> Member:
        """Somebody who wrote nothing yet."""
        return make_member(self.admin, self.headquarters, ["administrator"])

    def draft(self, source: str = "") -> PlanDraft:
        return begin_draft(
            actor=self.admin.actor, source=source or later_appliance_source(), now=NOW
        )

    def approve(self, draft: PlanDraft, by: Member | None = None) -> PlanDraft:
        who = (by or self.second).actor
        return approve_draft(actor=who, draft_id=draft.public_id, version=draft.version, now=NOW)

    def publish(self, draft: PlanDraft, offered_from: date | None = None) -> PlanVersion:
        return publish_draft(
            actor=self.admin.actor,
            draft_id=draft.public_id,
            version=draft.version,
            offered_from=offered_from,
            now=NOW,
        )

    def keep(self, draft: PlanDraft, name: str = "严重故障", level: str = "serious") -> None:
        fact = reported_fact({"level": level}, NOW)
        data = PlanTestData(name=name, facts=[fact], as_of=NOW)
        keep_test(actor=self.admin.actor, draft_id=draft.public_id, data=data, now=NOW)
        draft.refresh_from_db()


@pytest.fixture
def workshop() -> Workshop:
    return Workshop()


@pytest.mark.req("R38")
def test_the_later_of_two_editors_is_told_and_both_texts_can_be_merged(workshop: Workshop) -> None:
    draft = workshop.draft()
    base = draft.source
    theirs = base.replace("limit: 20 minutes", "limit: 25 minutes", 1)
    yours = base + "# 备注\n"
    save: dict[str, Any] = {"draft_id": draft.public_id, "version": 1, "now": NOW}
    save_draft(actor=workshop.second.actor, source=theirs, **save)
    with pytest.raises(Conflict):
        save_draft(actor=workshop.admin.actor, source=yours, **save)
    held = get_draft(workshop.admin.actor, draft.public_id)
    assert held.source == theirs
    merged = merge_texts(get_draft_text(workshop.admin.actor, draft.public_id, 1), yours, theirs)
    assert merged.text == theirs + "# 备注\n"
    assert merged.clashes == ()


def test_changes_of_the_same_line_clash_and_yours_stands() -> None:
    merged = merge_texts("a\nb\nc", "a\nmine\nc\nd", "a\ntheirs\nc")
    assert merged.text == "a\nmine\nc\nd"
    assert [(one.line, one.yours, one.theirs) for one in merged.clashes] == [(2, "mine", "theirs")]


def test_nobody_approves_what_he_wrote(workshop: Workshop) -> None:
    draft = workshop.draft()
    with override("en"), pytest.raises(Forbidden) as refused:
        workshop.approve(draft, by=workshop.admin)
    assert "second person" in str(refused.value.message)
    workshop.approve(draft)
    again = PlanDraft.objects.get()
    assert (again.state, again.approved_by) == ("approved", workshop.second.actor.label)


def test_a_text_changed_after_the_approval_needs_another(workshop: Workshop) -> None:
    draft = workshop.approve(workshop.draft())
    changed = draft.source.replace("limit: 20 minutes", "limit: 5 minutes", 1)
    draft = save_draft(
        actor=workshop.second.actor,
        draft_id=draft.public_id,
        version=draft.version,
        source=changed,
        now=NOW,
    )
    with pytest.raises(IllegalMove):
        workshop.publish(draft)
    for writer in (workshop.second, workshop.admin):
        with pytest.raises(Forbidden):
            workshop.approve(draft, by=writer)
    workshop.publish(workshop.approve(draft, by=workshop.third()))
    assert PlanVersion.objects.count() == 2


@pytest.mark.req("R38")
def test_of_two_drafts_from_one_version_the_later_is_seen_beside_the_earlier_first(
    workshop: Workshop,
) -> None:
    later = workshop.approve(
        workshop.draft(later_appliance_source().replace("20 minutes", "25 minutes", 1))
    )
    workshop.publish(workshop.approve(workshop.draft()))
    with override("en"), pytest.raises(IllegalMove) as refused:
        workshop.publish(later)
    assert "came out after" in str(refused.value.message)
    later.refresh_from_db()
    workshop.publish(workshop.approve(later))
    assert PlanVersion.objects.count() == 3


def test_who_took_a_test_away_does_not_approve_what_is_left(workshop: Workshop) -> None:
    draft = workshop.draft()
    workshop.keep(draft)
    who = workshop.second
    test = draft.tests.get()
    drop_test(actor=who.actor, draft_id=draft.public_id, test_id=test.public_id, now=NOW)
    draft.refresh_from_db()
    with pytest.raises(Forbidden):
        workshop.approve(draft)


def test_a_draft_is_published_once(workshop: Workshop) -> None:
    draft = workshop.approve(workshop.draft())
    made = workshop.publish(draft)
    assert made.number == 2
    draft.refresh_from_db()
    with pytest.raises(IllegalMove):
        workshop.publish(draft)
    same = workshop.approve(workshop.draft())
    with pytest.raises(InvalidInput):
        workshop.publish(same)
    assert PlanVersion.objects.count() == 2


def test_a_further_version_cannot_go_round_the_second_person(workshop: Workshop) -> None:
    with pytest.raises(InvalidInput):
        publish_first(
            actor=workshop.admin.actor,
            source=later_appliance_source(),
            source_name="plan.yaml",
            now=NOW,
        )
    again = publish_first(
        actor=workshop.admin.actor, source=appliance_source(), source_name="plan.yaml", now=NOW
    )
    assert again.pk == workshop.version.pk


def test_a_failing_test_keeps_a_plan_from_being_published(workshop: Workshop) -> None:
    draft = workshop.draft()
    workshop.keep(draft)
    slower = draft.source.replace("limit: 20 minutes", "limit: 45 minutes", 1)
    draft = save_draft(
        actor=workshop.admin.actor,
        draft_id=draft.public_id,
        version=draft.version,
        source=slower,
        now=NOW,
    )
    with pytest.raises(InvalidInput) as refused:
        workshop.approve(draft)
    assert "严重故障" in str(refused.value.fields["tests"])
    (shown,) = list_tests(workshop.admin.actor, draft.public_id)
    assert shown.run is not None
    assert not shown.run.passes
    (deviation,) = shown.run.deviations
    assert deviation.what == "due_at"
    expected, got = (datetime.fromisoformat(one) for one in (deviation.expected, deviation.got))
    assert (got - expected) == timedelta(minutes=25)


def test_tests_come_along_to_the_next_draft_of_the_plan(workshop: Workshop) -> None:
    draft = workshop.draft()
    workshop.keep(draft)
    workshop.publish(workshop.approve(draft))
    following = workshop.draft()
    (kept,) = list_tests(workshop.admin.actor, following.public_id)
    assert kept.name == "严重故障"
    assert kept.run is not None
    assert kept.run.passes


def test_a_real_case_is_kept_without_persons(workshop: Workshop) -> None:
    plan = compiled_plan(workshop.version.pk).plan
    attrs = {
        "level": "serious",
        "contact": "王伟",
        "words": {"fault": "黑屏"},
        "phone": "13800000000",
    }
    (kept,) = without_persons(plan, [("reported", NOW, NOW, attrs)])
    assert kept["attrs"] == {"level": "serious"}
    assert kept["subject"] == "request:1"


@pytest.mark.req("B-04")
def test_running_cases_keep_a_withdrawn_version_and_new_contracts_cannot_take_it(
    workshop: Workshop,
) -> None:
    customer = make_customer(workshop.second, workshop.headquarters)
    contract = make_contract(workshop.second, customer, workshop.version)
    request = open_fault(workshop.second, customer)
    newer = workshop.publish(workshop.approve(workshop.draft()))
    for version in (workshop.version, newer):
        withdraw_version(
            actor=workshop.admin.actor,
            plan_version_id=version.public_id,
            reason="条款有误",
            now=NOW,
        )
    with pytest.raises(IllegalMove):
        withdraw_version(
            actor=workshop.admin.actor, plan_version_id=newer.public_id, reason="再次", now=NOW
        )
    with pytest.raises(InvalidInput):
        make_contract(workshop.second, customer, workshop.version)
    with pytest.raises(InvalidInput):
        move_contract(
            actor=workshop.second.actor,
            contract_id=contract.public_id,
            version=contract.version,
            plan_version_id=newer.public_id,
            now=NOW,
        )
    running = Request.objects.get(public_id=request.public_id)
    assert running.plan_version_id == workshop.version.pk
    contract.refresh_from_db()
    assert contract.plan_version_id == workshop.version.pk


def test_a_version_is_offered_from_its_day_on(workshop: Workshop) -> None:
    far = datetime.now(UTC).date() + timedelta(days=400)
    newer = workshop.publish(workshop.approve(workshop.draft()), offered_from=far)
    customer = make_customer(workshop.second, workshop.headquarters)
    with pytest.raises(InvalidInput):
        make_contract(workshop.second, customer, newer)


@pytest.mark.parametrize(
    "source",
    [
        "a: &a [*a, *a]\nplan: x\n",
        "plan: x\n\ttitle: y\n",
        "plan: x\nplan: y\n",
        "# " + "x" * 5_000_000,
        "",
        "\x00plan: x",
        "\ud800",
        "[" * 200,
    ],
)
@pytest.mark.req("R30")
def test_what_is_no_plain_yaml_is_refused_with_its_place(workshop: Workshop, source: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        begin_draft(actor=workshop.admin.actor, source=source, now=NOW)
    assert "1:" in (said := str(refused.value.fields["source"])) or "2:" in said
    assert not PlanDraft.objects.exists()


@pytest.mark.req("R01", "R03")
def test_who_only_reads_plans_sees_no_draft(workshop: Workshop) -> None:
    draft = workshop.draft()
    reader = make_member(workshop.admin, workshop.headquarters, ["technician"]).actor
    assert not list_drafts(reader).items
    with pytest.raises(NotFound):
        get_draft(reader, draft.public_id)
    with pytest.raises(Forbidden):
        begin_draft(actor=reader, source="plan: x", now=NOW)
    with pytest.raises(NotFound):
        drop_draft(actor=reader, draft_id=draft.public_id, version=1, now=NOW)


def test_what_changed_is_said_by_meaning(workshop: Workshop) -> None:
    made = workshop.publish(workshop.approve(workshop.draft()))
    changes = compare_plans(compiled_plan(workshop.version.pk).plan, compiled_plan(made.pk).plan)
    (one,) = changes.clauses
    assert [(field.before.en, field.after.en) for field in one.fields] == [
        ("30 minutes", "20 minutes")
    ]
