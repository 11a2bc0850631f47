"""Plans, contracts and requests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

from tests.factories.company import Member

from yinuo.domains.assets.models import Asset
from yinuo.domains.contracts.models import Contract, PlanVersion
from yinuo.domains.contracts.services import ContractData, create_contract, publish_plan
from yinuo.domains.customers.models import Customer, Site
from yinuo.domains.network.roster import read_roster
from yinuo.domains.network.types import SYSTEM
from yinuo.domains.notices.models import Notice
from yinuo.domains.notices.services import notify
from yinuo.domains.notices.types import Telling
from yinuo.domains.requests.services import open_request
from yinuo.domains.requests.types import Intake, OpenedRequest
from yinuo.platform.journal.work import writing

_serial = count(1)
PLANS = Path(__file__).resolve().parents[2] / "plans"


def appliance_source() -> str:
    """The shipped plan of a maker of security appliances."""
    return (PLANS / "appliance.yaml").read_text(encoding="utf-8")


def later_appliance_source() -> str:
    """The same plan with its response in 20 minutes instead of 30."""
    return appliance_source().replace("limit: 30 minutes", "limit: 20 minutes", 1)


def publish(by: Member, source: str = "") -> PlanVersion:
    """A plan version; the appliance maker's unless another source is given."""
    return publish_plan(
        actor=by.actor,
        source=source or appliance_source(),
        source_name="appliance.yaml",
        now=datetime.now(UTC),
    )


def make_contract(
    by: Member,
    customer: Customer,
    version: PlanVersion,
    *,
    starts_on: date = date(2020, 1, 1),
    ends_on: date | None = None,
    sites: Sequence[Site] = (),
    assets: Sequence[Asset] = (),
) -> Contract:
    """A contract of the customer under a plan version; without end unless one is given."""
    data = ContractData(
        number=f"HT-{next(_serial):04d}",
        plan_version_id=version.public_id,
        starts_on=starts_on,
        ends_on=ends_on,
        site_ids=[site.public_id for site in sites],
        asset_ids=[asset.public_id for asset in assets],
    )
    return create_contract(
        actor=by.actor, customer_id=customer.public_id, data=data, now=datetime.now(UTC)
    )


def open_fault(
    by: Member, customer: Customer, level: str = "serious", asset: Asset | None = None
) -> OpenedRequest:
    """A request about a fault, reported now. `level` stays empty for a customer without plan."""
    intake = Intake(
        customer_id=customer.public_id,
        symptom="设备不通",
        level=level,
        asset_id=asset.public_id if asset else None,
    )
    return open_request(actor=by.actor, intake=intake, now=datetime.now(UTC))


def make_notice(to: Member, about: OpenedRequest) -> Notice:
    """Something told to a person in the app about a request."""
    telling = Telling("escalation", "request", about.public_id, to.person.unit_id, {})
    holder = read_roster().person(to.person.pk)
    assert holder is not None
    with writing(actor=SYSTEM, now=datetime.now(UTC)) as work:
        notify(work, telling, [holder], ["app"])
    notice = Notice.objects.filter(person=to.person).order_by("-id").first()
    assert notice is not None
    return notice
