"""Trainings from the plan to the customer's acknowledgement, and to a skill granted once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from tests.console.conftest import Browser, browser_of
from tests.factories import (
    Company,
    Member,
    make_asset,
    make_company,
    make_contact,
    make_contract,
    make_customer,
    make_member,
    make_project,
    make_site,
    make_unit,
    publish,
)
from tests.factories.contract_promises import look_around
from tests.factories.trainings import make_customer_training, make_held_training

from yinuo.domains.billing.models import Charge
from yinuo.domains.network.models import Certificate, Skill
from yinuo.domains.notices.models import Notice
from yinuo.domains.obligations.models import FigureRow, ObligationRow
from yinuo.domains.trainings.models import Participant, Training
from yinuo.platform.accounts.models import User

TRAININGS = """
plan: trainings
title: {zh: 培训, en: Trainings}
version: "1"
currency: CNY
timezone: Asia/Shanghai
clauses:
  - id: trainings
    kind: recurring
    title: {zh: 每年两次培训, en: Two trainings a year}
    promise: training
    done: {fact: [trained]}
    period: contract_year
    times: 2
"""


@pytest.fixture
def company(db: None) -> Company:
    return make_company()


@pytest.fixture
def manager(company: Company) -> Member:
    roles = ["service_manager", "account_manager"]
    return make_member(company.administrator, company.headquarters, roles, "沈悦")


def browser_for(member: Member) -> Browser:
    return browser_of(User.objects.get(pk=member.user.pk))


def typed_time(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%dT%H:%M}"


def course(training: Training, outcomes: dict[str, str], **more: object) -> dict[str, object]:
    """The form of what happened: yesterday, with the result of each participant by name."""
    began = datetime.now(UTC) - timedelta(days=1)
    rows = {one.name: one.public_id for one in training.participants.all()}
    return {
        "began_at": typed_time(began),
        "ended_at": typed_time(began + timedelta(hours=2)),
        "report": "讲解原理并逐人上机",
        **{f"outcome-{rows[name]}": outcome for name, outcome in outcomes.items()},
        **more,
    }


@pytest.mark.req("BP-21", "SV-08", "SA-03")
def test_a_customers_people_are_trained_free_and_take_the_hand_over(
    company: Company, manager: Member
) -> None:
    customer = make_customer(manager, company.headquarters)
    site, project = make_site(manager, customer), make_project(manager, customer)
    contact = make_contact(manager, customer, site=site)
    asset = make_asset(manager, customer, site, project)
    contract = make_contract(manager, customer, publish(company.administrator))
    browser = browser_for(manager)
    new = f"/customers/{customer.public_id}/trainings/new/"
    starts = timezone.now() + timedelta(days=2)
    plan = {
        "occasion": "installation",
        "subject": "防火墙安装与移交",
        "topics": "接线、日常巡检",
        "place": "机房",
        "unit_id": company.headquarters.public_id,
        "trainer_id": manager.person.public_id,
        "project_id": project.public_id,
        "contract_id": contract.public_id,
        "asset_id": asset.public_id,
        "starts_at": typed_time(starts),
        "ends_at": typed_time(starts + timedelta(hours=3)),
        "contacts": [str(contact.public_id)],
        "names": ["王工", "赵工"],
    }
    backwards = browser.fill(new, **plan | {"ends_at": typed_time(starts)})
    assert backwards.status_code == 422
    assert "It ends after it begins" in backwards.content.decode()
    made = browser.fill(new, **plan)
    assert made.status_code == 302, made.content.decode()
    training = Training.objects.get()
    address = f"/trainings/{training.public_id}/"
    for page in (f"/customers/{customer.public_id}/", f"/projects/{project.public_id}/"):
        assert address in browser.read(page)
    told = Notice.objects.get(person=manager.person, topic="training.planned")
    assert "A training is planned with you" in browser.read("/notices/")
    assert told.subject_id == training.public_id
    assert browser.fill(address + "hold/", **course(training, {})).status_code == 422
    outcomes = {contact.name: "attended", "王工": "attended", "赵工": "absent"}
    held = browser.fill(address + "hold/", **course(training, outcomes, more=["孙工"]))
    assert held.status_code == 302, held.content.decode()
    assert browser.fill(address + "close/", name="", on="2026-01-01").status_code == 422
    today = timezone.localdate().isoformat()
    assert browser.fill(address + "close/", name="李主任", on=today).status_code == 302
    training.refresh_from_db()
    assert (training.state, training.taken_over_by) == ("closed", "李主任")
    results = dict(training.participants.values_list("name", "outcome"))
    assert results == outcomes | {"孙工": "attended"}
    assert browser.get(address + "hold/").status_code == 200
    assert browser.fill(address + "hold/", **course(training, results)).status_code == 409
    assert not Charge.objects.exists()
    book = browser.get("/trainings/?format=xlsx&kind=external&state=closed")
    rows = list(load_workbook(BytesIO(book.content)).active.values)  # type: ignore[union-attr]
    assert len(rows) == 5
    assert {"王工", "赵工", "孙工"} <= {str(row[11]) for row in rows}
    assert address not in browser.read("/trainings/?kind=internal")


@pytest.mark.req("BP-21", "B-07")
def test_a_held_training_counts_once_for_the_contract_that_promises_trainings(
    company: Company, manager: Member
) -> None:
    customer = make_customer(manager, company.headquarters)
    starts_on = date(timezone.localdate().year - 1, 1, 1)
    version = publish(company.administrator, TRAININGS)
    contract = make_contract(manager, customer, version, starts_on=starts_on)
    training = make_customer_training(manager, customer, contract_id=contract.public_id)
    browser, address = browser_for(manager), f"/trainings/{training.public_id}/hold/"

    def missing() -> str:
        look_around(datetime.now(UTC))
        row = ObligationRow.objects.filter(subject_id=contract.public_id).latest("due_at")
        return ",".join(FigureRow.objects.get(pk=row.public_id).missing)

    assert missing() == "0/2"
    assert browser.fill(address, **course(training, {"王工": "attended"})).status_code == 302
    assert missing() == "1/2"
    corrected = course(training, {"王工": "absent"}, more=["李工"])
    assert browser.fill(address, **corrected).status_code == 302
    assert missing() == "1/2"


@pytest.mark.req("MS-02")
def test_those_who_pass_are_granted_skill_and_certificate_once(
    company: Company, manager: Member
) -> None:
    admin, unit = company.administrator, company.headquarters
    passed = make_member(admin, unit, ["technician"], "陈大勇")
    failed = make_member(admin, unit, ["technician"], "石磊")
    browser = browser_for(manager)
    starts = timezone.now() + timedelta(days=1)
    plan = {
        "unit_id": unit.public_id,
        "subject": "RAID 重建",
        "trainer_id": manager.person.public_id,
        "starts_at": typed_time(starts),
        "ends_at": typed_time(starts + timedelta(hours=2)),
        "most_points": 100,
        "skill": "RAID",
        "certificate": "RAID 上岗证",
        "certificate_months": 12,
        "people": [str(one.person.public_id) for one in (passed, failed)],
    }
    assert browser.fill("/trainings/new/", **plan).status_code == 422
    made = browser.fill("/trainings/new/", **plan, level=3)
    assert made.status_code == 302, made.content.decode()
    training = Training.objects.get()
    address = f"/trainings/{training.public_id}/"
    assert Notice.objects.filter(topic="training.planned").count() == 3
    assert browser.post(address + "grant/").status_code == 302
    assert not Skill.objects.exists()
    points = {one.name: f"points-{one.public_id}" for one in training.participants.all()}
    happened = course(training, {"陈大勇": "passed", "石磊": "failed"})
    high = browser.fill(address + "hold/", **happened, **{points["陈大勇"]: 101})
    assert high.status_code == 422
    scored = {points["陈大勇"]: 92, points["石磊"]: 41}
    assert browser.fill(address + "hold/", **happened, **scored).status_code == 302
    assert browser.post(address + "grant/").status_code == 302
    assert browser.post(address + "grant/").status_code == 302
    skill = Skill.objects.get()
    assert (skill.person_id, skill.name, skill.level) == (passed.person.pk, "RAID", 3)
    certificate = Certificate.objects.get()
    assert certificate.person_id == passed.person.pk
    assert Participant.objects.get(certificate=certificate).points == 92
    page = browser.read(f"/settings/people/{passed.person.public_id}/")
    assert address in page
    assert f"/certificates/{certificate.public_id}/" in page
    again = course(training, {"陈大勇": "failed", "石磊": "failed"})
    assert browser.fill(address + "hold/", **again).status_code == 409


@pytest.mark.req("MS-02", "SV-02")
def test_a_colleague_sees_his_own_result_and_his_leader_that_of_his_people(
    company: Company, manager: Member
) -> None:
    admin = company.administrator
    branch = make_unit(admin, company.headquarters, name="成都")
    own = make_member(admin, branch, ["technician"], "罗毅")
    other = make_member(admin, company.headquarters, ["technician"], "谢志强")
    leader = make_member(admin, branch, ["engineering_manager"], "曹经理")
    training = make_held_training(
        manager, company.headquarters, [own.person, other.person], outcome="failed"
    )
    address = f"/trainings/{training.public_id}/"
    pages = {name: browser_for(who).read(address) for name, who in (("own", own), ("lead", leader))}
    for page in pages.values():
        assert "罗毅" in page
        assert "谢志强" not in page
    assert "谢志强" in browser_for(manager).read(address)
    assert address in browser_for(own).read("/mytrainings/")
    assert "/settings/people/" not in pages["own"]
    assert browser_for(own).get("/trainings/").status_code == 403
    outsider = make_member(admin, branch, ["technician"])
    assert browser_for(outsider).get(address).status_code == 404
    assert Client().get(address).status_code == 302
