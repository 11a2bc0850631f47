"""What the database itself refuses, to the product's own roles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import psycopg
import pytest
from psycopg import sql
from tests.factories import (
    Company,
    Member,
    make_company,
    make_contract,
    make_customer,
    make_member,
    make_unit,
    open_fault,
    publish,
    rename,
)
from tests.factories.after import make_complaint, thank
from tests.factories.archive import make_asset, make_site
from tests.factories.billing import make_charge, make_rejection, make_statement, publish_prices
from tests.factories.breaches import make_settled_breach
from tests.factories.charge_backs import make_charge_back
from tests.factories.checklists import publish_template
from tests.factories.dispatch import make_decision, make_taken, weigh
from tests.factories.document_templates import make_document_template
from tests.factories.emergency import make_plan, make_vendor
from tests.factories.fair import make_appeal
from tests.factories.goods import make_goods
from tests.factories.plan_drafts import make_draft
from tests.factories.relocations import make_relocations
from tests.factories.repair_orders import make_repair_order, take
from tests.factories.software import make_software
from tests.factories.stock import make_stock
from tests.factories.work import make_work_order
from tests.plugins.committed import CommittedDatabase

from yinuo.domains.assets.services.prolonging import More, prolong_warranty
from yinuo.domains.billing.services import agree_prices
from yinuo.domains.contracts.services import (
    QuotaData,
    SupplementData,
    UseData,
    add_supplement,
    enter_statutory_year,
    grant_quota,
    use_quota,
    withdraw_version,
)
from yinuo.domains.customers.models import Customer
from yinuo.domains.emergency.services import escalate_waiting_steps
from yinuo.domains.feedback.services import decide_appeal, publish_month, set_score_weights
from yinuo.domains.obligations.services import act_on_due
from yinuo.domains.requests.services import record_steps
from yinuo.domains.requests.types import StepFact
from yinuo.kernel.calendars import StatutoryYear
from yinuo.kernel.scoring import FairWeights
from yinuo.platform.journal.work import writing
from yinuo.surfaces.cli.demo.aftercare import send_report

CHINA = ZoneInfo("Asia/Shanghai")
EVERYTHING = ("service_consultant", "account_manager")
APPEND_ONLY = [
    "assets_prolongation",
    "audit_entry",
    "billing_agreed_prices",
    "billing_charge",
    "billing_charge_back",
    "billing_charge_back_line",
    "billing_price_list_version",
    "billing_rejection",
    "billing_statement",
    "billing_statement_line",
    "breaches_act",
    "breaches_approval",
    "breaches_entry",
    "breaches_leg_correction",
    "breaches_stated",
    "checklists_template_version",
    "contracts_plan_draft_text",
    "contracts_plan_version",
    "contracts_plan_withdrawal",
    "contracts_quota_use",
    "contracts_stage",
    "contracts_statutory_year",
    "contracts_supplement",
    "dispatch_decision",
    "dispatch_plan_line",
    "dispatch_plan_taken",
    "dispatch_weights",
    "document_templates_publication",
    "document_templates_text",
    "emergency_escalation",
    "feedback_appeal_decision",
    "feedback_complaint_step",
    "feedback_publication",
    "feedback_published_score",
    "feedback_score_appeal",
    "feedback_score_weights",
    "goods_answer",
    "goods_delivery",
    "goods_revision",
    "goods_shipment",
    "goods_shipment_line",
    "network_former_name",
    "obligations_change",
    "obligations_escalation",
    "obligations_fact",
    "parts_move",
    "parts_stock_take",
    "relocations_event",
    "repairs_step",
    "software_delivery",
    "software_help",
]
# What an issued report says stays; that it was delivered may still be added.
FROZEN_ONCE_ISSUED = "requests_report"
Refused = (psycopg.errors.InsufficientPrivilege, psycopg.errors.RestrictViolation)


@pytest.fixture(scope="module")
def filled(committed_for_module: CommittedDatabase) -> CommittedDatabase:
    """A company with a missed promise, an issued report and a bill, so that no table is empty."""
    company = make_company()
    member = make_member(company.administrator, company.headquarters, EVERYTHING)
    customer = make_customer(member, company.headquarters)
    contract = make_contract(member, customer, publish(company.administrator))
    _live_through(contract.public_id, member, company.administrator)
    request = open_fault(member, customer)
    make_decision(company, open_fault(member, customer))
    weigh(company.administrator)
    sender = make_member(company.administrator, company.headquarters, ["service_manager"])
    goer = make_member(company.administrator, company.headquarters, ["technician"])
    make_taken(sender, company.headquarters, goer.person, open_fault(member, customer))
    request_id = request.public_id
    later = datetime.now(UTC) + timedelta(hours=5)
    assert act_on_due(now=later)
    facts = [StepFact("responded"), StepFact("restored", words={"method": "更换电源模块"})]
    record_steps(
        actor=member.actor, request_id=request_id, facts=facts, source="console", now=later
    )
    send_report(request_id, member.actor, later)
    publish_template(company.administrator)
    make_document_template(company.administrator)
    rename(company.administrator, company.headquarters)
    prices = publish_prices(company.administrator)
    engineer = make_member(company.administrator, company.headquarters, ["technician"])
    worked = make_work_order(member, engineer, open_fault(member, customer), "worked")
    make_rejection(member, worked)
    make_charge(member, request, prices)
    thank(member, make_complaint(member, request))
    agreed: dict[str, Any] = {"customer_id": customer.public_id, "price_list_id": prices.public_id}
    agree_prices(actor=member.actor, now=later, **agreed)
    make_statement(member, customer)
    make_settled_breach(company)
    _charge_back_and_score(company, member, customer)
    asset = make_asset(member, customer, make_site(member, customer))
    with writing(actor=member.actor, now=later) as work:
        more = More(months=3, days=0, reason="按条款延保", source_id=uuid4())
        prolong_warranty(customer.pk, asset.public_id, more, work)
    make_plan(make_vendor(company, "SZ"))
    assert escalate_waiting_steps(now=later)
    return committed_for_module


def _charge_back_and_score(company: Company, member: Member, customer: Customer) -> None:
    """A unit charged back, parts counted, a device taken in, a month of scores published."""
    admin, headquarters = company.administrator, company.headquarters
    roles = ["administrator", "service_director", "account_manager", "parts_manager"]
    by, busy = (make_member(admin, headquarters, roles) for _ in range(2))
    make_charge_back(by, busy, make_unit(admin, headquarters))
    make_stock(by, member, headquarters, open_fault(member, customer).public_id)
    service = make_member(admin, headquarters, ["service_manager", "account_manager"])
    make_goods(service, customer)
    make_relocations(service, customer)
    site = make_site(service, customer)
    make_software(service, make_asset(service, customer, site))
    take(service, make_repair_order(service, customer, site), "received")
    engineer = make_member(admin, headquarters, ["technician"])
    appeal = make_appeal(service, engineer, open_fault(service, customer))
    now = datetime.now(UTC)
    about: dict[str, Any] = {"actor": by.actor, "now": now + timedelta(days=40)}
    decide_appeal(appeal_id=appeal.public_id, upheld=False, reason="按约", **about)
    set_score_weights(
        weights=asdict(FairWeights(travel_free_minutes=90)), version=1, reason="x", **about
    )
    publish_month(month=now.astimezone(CHINA).date().replace(day=1), **about)


def _live_through(contract_id: UUID, member: Member, administrator: Member) -> None:
    """A contract with a supplement and a used visit; a year of statutory days entered."""
    now = datetime.now(UTC)
    today = now.date()
    who: dict[str, Any] = {"actor": member.actor, "contract_id": contract_id, "now": now}
    add_supplement(data=SupplementData("BC-1", today, total=Decimal(9_000)), **who)
    grant_quota(data=QuotaData("visits", Decimal(2), today), **who)
    use_quota(data=UseData("visits", Decimal(1), "LL-1", today), **who)
    off = frozenset(date(today.year + 1, month, 1) for month in (1, 5, 10))
    year = StatutoryYear(today.year + 1, off, frozenset())
    enter_statutory_year(actor=administrator.actor, days=year, source="通知", now=now)
    make_draft(administrator)
    version_id = publish(administrator).public_id
    withdraw_version(actor=administrator.actor, plan_version_id=version_id, reason="停用", now=now)


@pytest.fixture
def application(filled: CommittedDatabase) -> Iterator[psycopg.Connection]:
    with filled.as_application() as opened:
        yield opened


@pytest.fixture
def owner(filled: CommittedDatabase) -> Iterator[psycopg.Connection]:
    with filled.as_owner() as opened:
        yield opened


def test_every_append_only_table_is_tried_here(owner: psycopg.Connection) -> None:
    guarded = owner.execute(
        "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger"
        " WHERE tgfoid = 'refuse_change'::regproc ORDER BY 1"
    ).fetchall()
    assert {row[0] for row in guarded} == {*APPEND_ONLY, FROZEN_ONCE_ISSUED}
    for table in APPEND_ONLY:
        count = owner.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
        assert count.fetchone() != (0,), table


CHANGES = [
    "UPDATE {0} SET id = id",
    "DELETE FROM {0}",
    "TRUNCATE {0} CASCADE",
    "INSERT INTO {0} OVERRIDING SYSTEM VALUE SELECT * FROM {0} LIMIT 1"
    " ON CONFLICT (id) DO UPDATE SET id = excluded.id",
    "MERGE INTO {0} t USING {0} s ON t.id = s.id WHEN MATCHED THEN DELETE",
]


@pytest.mark.req("R42")
@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("change", CHANGES)
def test_what_was_written_once_is_changed_by_no_role(
    application: psycopg.Connection, owner: psycopg.Connection, table: str, change: str
) -> None:
    before = owner.execute(f"SELECT count(*) FROM {table}").fetchone()
    for role in (application, owner):
        with pytest.raises(Refused):
            role.execute(change.format(table))
    assert owner.execute(f"SELECT count(*) FROM {table}").fetchone() == before


@pytest.mark.req("R42", "BP-11")
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE requests_report SET answers = '{}'",
        "UPDATE requests_report SET issued_at = NULL",
        "UPDATE requests_report SET issued_at = NULL, answers = '{}'",
        "UPDATE requests_report SET digest = ''",
        "DELETE FROM requests_report",
        "TRUNCATE requests_report CASCADE",
        "MERGE INTO requests_report t USING requests_report s ON t.id = s.id"
        " WHEN MATCHED THEN DELETE",
    ],
)
def test_an_issued_report_is_changed_by_no_role(
    application: psycopg.Connection, owner: psycopg.Connection, change: str
) -> None:
    for role in (application, owner):
        with pytest.raises(Refused):
            role.execute(change)
    assert owner.execute("SELECT count(*) FROM requests_report").fetchone() == (1,)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (id int)",
        "CREATE TABLE public.mine (id int)",
        "CREATE SCHEMA mine",
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE sql AS ''",
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql"
        " AS 'BEGIN RETURN NEW; END'",
        "DROP FUNCTION refuse_change() CASCADE",
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
        "ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_rows_stay",
        "DROP TRIGGER audit_entry_rows_stay ON audit_entry",
        "ALTER TABLE audit_entry RENAME TO older",
        "ALTER TABLE requests_request ADD COLUMN mine int",
        "ALTER TABLE requests_request OWNER TO yinuo_app",
        "DROP TABLE requests_request CASCADE",
        "DROP INDEX facts_of_subject",
        "TRUNCATE requests_request",
        "SET ROLE yinuo_owner",
        "SET SESSION AUTHORIZATION yinuo_owner",
        "SET session_replication_role = replica",
        "ALTER SYSTEM SET fsync = off",
        "COPY audit_entry TO PROGRAM 'cat'",
        "SELECT pg_read_file('postgresql.conf')",
    ],
)
def test_the_application_role_changes_no_structure_and_no_guard(
    application: psycopg.Connection, statement: str
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        application.execute(statement)


@pytest.mark.req("R42")
def test_the_owner_cannot_silence_the_guards_of_a_session(owner: psycopg.Connection) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        owner.execute("SET session_replication_role = replica")


def test_the_application_role_owns_nothing_and_works_with_every_table(
    application: psycopg.Connection,
) -> None:
    owned = application.execute(
        "SELECT relname FROM pg_class WHERE relowner = 'yinuo_app'::regrole"
    ).fetchall()
    assert owned == []
    lacking = application.execute(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        " AND NOT has_table_privilege(oid, 'SELECT,INSERT,UPDATE,DELETE')"
    ).fetchall()
    assert lacking == []
    blind = application.execute(
        "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'"
        " AND NOT has_sequence_privilege(format('%I.%I', schemaname, sequencename), 'USAGE')"
    ).fetchall()
    assert blind == []
