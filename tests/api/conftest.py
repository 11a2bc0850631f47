"""A company with two sibling centres, and a caller who sees only one of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoDbBlocker
from tests.factories import (
    Company,
    Member,
    later_appliance_source,
    make_asset,
    make_company,
    make_contact,
    make_contract,
    make_customer,
    make_member,
    make_notice,
    make_project,
    make_site,
    make_unit,
    open_fault,
    publish,
)
from tests.factories.after import (
    make_attachment,
    make_complaint,
    make_photo,
    make_report,
    make_restored,
    make_rule,
)
from tests.factories.archive import make_checked_paper, make_component, make_downtime
from tests.factories.billing import (
    make_accepted_quote,
    make_charge,
    make_goodwill,
    make_quote,
    make_sent_quote,
    make_statement,
    publish_prices,
)
from tests.factories.breaches import make_breach
from tests.factories.campaigns import make_campaign
from tests.factories.charge_backs import make_charge_back, make_late_in
from tests.factories.checklists import make_checklists
from tests.factories.clinic import make_seat
from tests.factories.contract_promises import make_figure, make_holding, make_kept_contract
from tests.factories.cycles import (
    make_agreement,
    make_moved_contract,
    make_ready_contract,
    make_supplement,
)
from tests.factories.devices import make_phone, make_unapplied, make_upload
from tests.factories.dispatch import make_proposal, make_waiting_plan
from tests.factories.document_templates import make_document_template
from tests.factories.duty import (
    make_call,
    make_handover,
    make_passed_call,
    make_pay_entry,
    make_turn,
)
from tests.factories.emergency import another, make_plan, make_setback, make_small_vendor
from tests.factories.exposure import make_exposed
from tests.factories.fair import case_of, make_appeal
from tests.factories.goods import make_goods
from tests.factories.imports import make_import
from tests.factories.letters import (
    make_confirmed_letter,
    make_letter,
    make_sent_letter,
    make_withdrawn_letter,
)
from tests.factories.pauses import make_pause
from tests.factories.plan_drafts import make_approved_draft, make_draft
from tests.factories.prevention import (
    agree,
    make_decision,
    make_metered_series,
    make_series,
    make_suggestion,
    open_visit,
)
from tests.factories.qualified import make_absence, make_certificate
from tests.factories.relocations import make_relocations
from tests.factories.repair_orders import make_repair_order
from tests.factories.routing import make_offer, take_offer
from tests.factories.software import make_software
from tests.factories.standby import make_loan, make_standby
from tests.factories.stock import make_stock
from tests.factories.trainings import make_customer_training, make_held_training
from tests.factories.work import issue, make_companion, make_work_order

from yinuo.domains.breaches.models import Breach
from yinuo.domains.feedback.services.sheets import take_sheet_answers
from yinuo.domains.network.models import Role, ServiceUnit
from yinuo.domains.obligations.models import FactRow, ObligationRow
from yinuo.domains.requests.models import Request, SupportGroup

_keys = count(1)
PREFIX = "/api/v1"
EVERYTHING = (
    *("administrator", "service_consultant", "account_manager", "service_manager"),
    *("engineering_manager", "technician", "project_manager", "service_director"),
    *("emergency_lead", "technical_supervisor", "parts_manager"),
)


class Api:
    """A caller of the REST API; every write gets a fresh key unless one is given."""

    def __init__(self, token: str, language: str = "en") -> None:
        self.client = Client(raise_request_exception=False)
        self.headers = {"Authorization": f"Bearer {token}", "Accept-Language": language}

    def __call__(
        self, method: str, path: str, body: Any = None, **headers: str | None
    ) -> HttpResponse:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {**self.headers, "Idempotency-Key": f"test-key-{next(_keys)}", **given}
        data = body if isinstance(body, str | bytes) or body is None else json.dumps(body)
        content_type = sent.pop("Content-Type", None) or "application/json"
        return self.client.generic(
            method,
            PREFIX + path,
            data or "",
            content_type=content_type,
            headers={name: value for name, value in sent.items() if value is not None},
        )

    def get(self, path: str) -> HttpResponse:
        return self("GET", path)

    def post(self, path: str, body: Any, **headers: str | None) -> HttpResponse:
        return self("POST", path, body, **headers)

    def put(self, path: str, body: Any, **headers: str | None) -> HttpResponse:
        return self("PUT", path, body, **headers)


@dataclass(frozen=True, slots=True)
class Side:
    """One centre with one of everything, by the name ids of its kind have in paths and bodies."""

    member: Member
    ids: dict[str, str]


@dataclass(frozen=True, slots=True)
class World:
    """The company, the caller's own centre and the foreign one."""

    company: Company
    own: Side
    foreign: Side
    api: Api


def make_side(company: Company, code: str) -> Side:
    """A centre whose member may do everything there, with one of each object."""
    admin = company.administrator
    unit = make_unit(admin, company.headquarters, code)
    member = make_member(admin, unit, EVERYTHING)
    customer = make_customer(member, unit)
    site = make_site(member, customer)
    contact = make_contact(member, customer, site=site)
    project = make_project(member, customer)
    asset = make_asset(member, customer, site, project)
    version = publish(admin)
    contract = make_contract(member, customer, version)
    request = open_fault(member, customer, asset=asset)
    other = open_fault(member, customer)
    colleague = make_member(admin, unit, ["technician"])
    fact = FactRow.objects.filter(subject_id=request.public_id, kind="reported").first()
    assert fact is not None
    obligation = ObligationRow.objects.filter(subject_id=request.public_id).first()
    assert obligation is not None
    sheet = issue(member, request)
    worked = make_work_order(member, member, open_fault(member, customer), "worked")
    signed = make_work_order(member, member, open_fault(member, customer), "signed")
    take_sheet_answers(now=datetime.now(UTC))
    # Its request is a paid one, so that its sheet is proposed to be charged.
    Request.objects.filter(pk=worked.request_id).update(cover="paid", cover_reason="decided")
    following = make_group(unit, "二线组")
    group = make_group(unit, "一线组", following)
    prices = publish_prices(admin)
    campaign = make_campaign(member, unit, asset)
    busy = make_member(admin, unit, EVERYTHING)
    breach = make_breach(member, busy, unit)
    disputed = make_breach(member, busy, unit, disputed=True)
    below = make_unit(admin, unit)
    charge_back = make_charge_back(member, busy, make_unit(admin, unit))
    make_late_in(member, busy, below)
    exposed = make_exposed(busy, unit)
    # As if they were of the request, contract and customer that the others are about.
    Breach.objects.filter(pk=disputed.pk).update(
        subject_id=request.public_id, contract=contract, customer=customer
    )
    ObligationRow.objects.filter(subject_id=exposed.public_id).update(
        contract_id=contract.pk, customer_id=customer.pk
    )
    vendor = make_small_vendor(company, unit, member, busy)
    proposal = make_proposal(member, unit, colleague.person, open_fault(member, customer))
    departed = make_plan(another(vendor), "departed")
    paused = make_pause(member, busy, unit)
    objected = make_pause(busy, member, unit, objected=True)
    shared = make_work_order(member, colleague, open_fault(member, customer), "arrived")
    make_companion(shared, member)
    things = {
        "shared_work_order_id": shared,
        "emergency_plan_id": make_plan(vendor),
        "written_plan_id": make_plan(another(vendor), "written"),
        "asked_plan_id": make_plan(another(vendor), "acknowledged"),
        "released_plan_id": make_plan(another(vendor), "released"),
        "departed_plan_id": departed,
        "hard_setback_id": make_setback(vendor, departed, "too_hard"),
        "setback_id": make_setback(vendor, departed, "missing"),
        "lead_id": member.person,
        "crew_id": busy.person,
        "missing_id": busy.person,
        "sent_id": member.person,
        "planless_id": another(vendor).request,
        "pause_id": paused,
        "objected_pause_id": objected,
        "exposed_id": exposed,
        "breach_id": breach,
        "disputed_breach_id": disputed,
        "right_id": breach.rights.get(),
        "right_asset_id": make_asset(member, breach.customer, make_site(member, breach.customer)),
        "group_id": group,
        "next_id": following,
        "member_id": colleague.person,
        "restored_id": make_restored(member, customer),
        "scored_case_id": case_of(signed),
        "appeal_id": make_appeal(member, colleague, open_fault(member, customer)),
        "rule_id": make_rule(member, unit),
        "role_id": Role.objects.get(code="technician"),
        "complaint_id": make_complaint(member, request),
        "precedent_id": make_complaint(member, request),
        "about_id": colleague.person,
        "unsent_id": open_fault(member, customer, asset=make_asset(member, customer, site)),
        "standby_id": make_standby(member, unit),
        "loan_id": make_loan(member, unit, open_fault(member, customer)),
        "repair_id": make_repair_order(member, customer, site),
        "report_id": make_report(member, customer),
        "issued_report_id": make_report(member, customer, issued=True),
        "file_id": make_attachment(member, request),
        "photo_id": make_photo(member, asset),
        "run_id": make_import(member),
        "after_id": sheet,
        "work_order_id": worked,
        "worked_request_id": worked.request,
        "assignee_id": colleague.person,
        "unit_id": unit,
        "department_id": unit,
        "salesperson_id": member.person,
        "responsible_id": member.person,
        "person_id": member.person,
        "customer_id": customer,
        "site_id": site,
        "contact_id": contact,
        "project_id": project,
        "asset_id": asset,
        "component_id": make_component(member, asset),
        "downtime_id": make_downtime(member, asset),
        "paper_id": make_checked_paper(member, contract, project),
        "parent_id": make_customer(member, unit),
        "version_id": version,
        "plan_version_id": version,
        "later_plan_version_id": publish(admin, later_appliance_source()),
        "draft_id": (draft := make_draft(admin)),
        "test_id": draft.tests.get(),
        "approved_draft_id": make_approved_draft(admin, member, minutes=draft.pk % 9 + 5),
        "price_list_id": prices,
        "withdrawn_letter_id": make_withdrawn_letter(member, request),
        "letter_id": make_letter(member, open_fault(member, customer)),
        "confirmed_letter_id": make_confirmed_letter(member, open_fault(member, customer)),
        "sent_letter_id": make_sent_letter(member, open_fault(member, customer)),
        "quote_id": make_quote(member, customer, prices, request),
        "sent_quote_id": make_sent_quote(member, customer, prices),
        "accepted_quote_id": make_accepted_quote(member, customer, prices),
        "charge_id": make_charge(member, open_fault(member, customer), prices),
        "statement_id": make_statement(member, customer),
        "charged_unit_id": below,
        "charge_back_id": charge_back,
        "open_charge_id": make_charge(member, open_fault(member, customer, asset=asset), prices),
        "campaign_id": campaign,
        "campaign_asset_id": campaign.affected.get(),
        "series_id": (series := make_series(member, customer)),
        "due_visit_id": open_visit(series),
        "agreed_visit_id": agree(member, open_visit(make_series(member, customer))),
        "metered_series_id": make_metered_series(member, customer),
        "trainer_id": member.person,
        "training_id": make_customer_training(member, customer, [contact]),
        "held_training_id": make_held_training(member, unit, [colleague.person]),
        "turn_id": (turn := make_turn(member, unit, colleague)),
        "rota_id": turn.rota,
        "drafted_id": sheet,
        "taken_offer_id": take_offer(member, make_offer(member, open_fault(member, customer))),
        "ringing_call_id": make_call(member, turn, ringing=True),
        "call_id": make_call(member, turn),
        "passed_call_id": make_passed_call(member, turn, member),
        "entry_id": make_pay_entry(member, turn),
        "handover_id": make_handover(member, turn),
        "offer_id": make_offer(member, open_fault(member, customer, asset=asset)),
        "invitation_id": make_seat(busy, member, open_fault(member, customer)),
        "joined_id": make_seat(busy, member, open_fault(member, customer), joined=True),
        "seat_id": make_seat(member, busy, clinic := open_fault(member, customer)),
        "clinic_request_id": clinic,
        "expert_id": busy.person,
        "certificate_id": make_certificate(member, colleague.person),
        "day_plan_id": proposal,
        "line_id": proposal.lines.get(),
        "waiting_day_plan_id": make_waiting_plan(member, make_unit(admin, unit)),
        "device_id": make_phone(colleague).device,
        "operation_id": make_unapplied(member, worked),
        "upload_id": make_upload(member, worked),
        "open_work_order_id": issue(member, open_fault(member, customer)),
        "absence_id": make_absence(member, colleague.person, *_next_year()),
        "notice_id": make_notice(member, request),
        "contract_id": contract,
        "ready_contract_id": make_ready_contract(member, customer, version),
        "moved_contract_id": make_moved_contract(member, customer, version),
        "kept_contract_id": make_kept_contract(admin, member, make_customer(member, unit)),
        "agreement_id": make_agreement(member, contract),
        "supplement_id": make_supplement(member, contract),
        "holding_id": make_holding(member, contract),
        "figure_id": make_figure(admin, member, make_customer(member, unit)),
        "request_id": request,
        "subject_id": request,
        "obligation_id": obligation,
        "into_id": other,
        "to_id": colleague.person,
        "fact_id": fact,
    }
    rooms = open_fault(member, customer), open_fault(member, customer)
    things |= make_checklists(admin, member, *rooms)
    things |= make_stock(member, busy, unit, open_fault(member, customer).public_id) | {
        "holder_id": colleague.person
    }
    things |= make_goods(member, customer)
    things |= make_software(member, asset) | make_relocations(member, customer)
    code, things["template_text_id"] = make_document_template(admin)
    make_goodwill(member, request, prices)
    ids = {name: str(thing.public_id) for name, thing in things.items()}
    ids |= {"article_code": things["article_id"].code, "document_code": code}
    ids |= {"paused_id": str(paused.subject_id), "objected_id": str(objected.subject_id)}
    # It waits in the queue of a group that has another one behind it.
    Request.objects.filter(public_id=request.public_id).update(group=group, owner=None)
    # Issuing the sheet above is a fact of the request.
    present = Request.objects.get(public_id=request.public_id)
    make_decision(member, customer)
    key = make_suggestion(member, customer)
    return Side(member, ids | {"request_version": str(present.version), "suggestion_key": key})


def _next_year() -> tuple[datetime, datetime]:
    """Two days far enough ahead that nothing of a test happens in them."""
    begins = datetime.now(UTC) + timedelta(days=365)
    return begins, begins + timedelta(days=2)


def make_group(unit: ServiceUnit, name: str, following: SupportGroup | None = None) -> SupportGroup:
    """A support group that takes nothing by itself."""
    return SupportGroup.objects.create(unit=unit, name=name, categories=["none"], next=following)


def make_world() -> World:
    company = make_company()
    own, foreign = make_side(company, "SZ"), make_side(company, "BJ")
    return World(company, own, foreign, Api(own.member.token()))


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database without a transaction of its own: the worlds below bring theirs."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="module")
def standing_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """A company that stands for all tests of a module and is gone afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(standing_world: World, db: None) -> Iterator[World]:
    """The standing company; what a test does to it is undone."""
    with transaction.atomic():
        yield standing_world
        transaction.set_rollback(True)


@pytest.fixture
def committed_world(db: None) -> Iterator[World]:
    """The same with real commits, for tests that need several connections.

    Django's own flush cannot be used: append-only tables refuse to be emptied, also by their
    owner, unless he switches the triggers off.
    """
    yield make_world()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger"
            " WHERE tgfoid = 'refuse_change'::regproc"
        )
        guarded = [row[0] for row in cursor.fetchall()]
        for table in guarded:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        emptied = ["accounts_user", "network_unit", "network_role", "document_series"]
        emptied += ["obligations_subject", "obligations_obligation", "idempotency_key"]
        emptied += ["outbox_event", "parts_part", "goods_item", "software_release"]
        emptied += ["document_templates_template", *guarded]
        cursor.execute(f"TRUNCATE {', '.join(emptied)} CASCADE")
        for table in guarded:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    connection.close()
