"""A network of three levels around one customer, and requests offered to its units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from tests.factories import (
    Company,
    Member,
    make_asset,
    make_company,
    make_contract,
    make_customer,
    make_member,
    make_site,
    make_unit,
    open_fault,
    publish,
)
from tests.factories.qualified import demand, make_certificate
from tests.plans.commands import PLANS

from yinuo.domains.assets.models import Asset
from yinuo.domains.customers.models import Customer, Site
from yinuo.domains.network.models import ServiceUnit
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.types import OpenedRequest
from yinuo.domains.routing.models import Offer, Routing
from yinuo.domains.routing.services import (
    accept_offer,
    decline_offer,
    return_request,
    start_routing,
)

LINE = "服务器"
HERE = (Decimal("30.660000"), Decimal("104.060000"))


@dataclass
class Network:
    """Headquarters, a centre and its dealer with one customer; another dealer beside it."""

    company: Company
    desk: Member
    centre: ServiceUnit
    dealer: ServiceUnit
    beside: ServiceUnit
    at_centre: Member
    at_dealer: Member
    at_beside: Member
    customer: Customer
    asset: Asset

    def open(self) -> Request:
        """A request of the dealer's customer, under the plan of the server maker."""
        opened = open_fault(self.desk, self.customer, asset=self.asset, level="down")
        return Request.objects.get(public_id=opened.public_id)

    def start(self, request: Request | None = None, now: datetime | None = None) -> Routing:
        """Ask the first unit."""
        wanted = request or self.open()
        return start_routing(
            actor=self.desk.actor,
            request_id=wanted.public_id,
            source="test",
            now=now or datetime.now(UTC),
        )

    def answer(
        self, by: Member, offer: Offer, what: str, reason: str = "", now: datetime | None = None
    ) -> Offer:
        """`accept`, `decline` or `return`."""
        act = {"accept": accept_offer, "decline": decline_offer, "return": return_request}[what]
        more = {} if what == "accept" else {"reason": reason}
        offer.refresh_from_db()
        return act(  # type: ignore[operator, no-any-return]
            actor=by.actor,
            offer_id=offer.public_id,
            version=offer.version,
            source="test",
            now=now or datetime.now(UTC),
            **more,
        )


def make_network(password: str | None = None) -> Network:
    """Everybody certified for servers but the dealer, who is certified for desktops only.

    With a password everybody can sign in.
    """
    company = make_company()
    admin, top = company.administrator, company.headquarters
    desk = make_member(admin, top, ["service_manager", "account_manager"], "呼叫中心", password)
    centre = make_unit(admin, top, "CD", "成都授权中心")
    dealer = make_unit(admin, centre, "MY", "绵阳经销商")
    beside = make_unit(admin, centre, "DY", "德阳合作网点")
    people = [
        make_member(admin, one, ["partner"], "", password) for one in (centre, dealer, beside)
    ]
    demand(desk, LINE, unit_certified=True, person_certified=True)
    make_certificate(desk, dealer, line="台式机")
    for unit, member in ((centre, people[0]), (beside, people[2])):
        make_certificate(desk, unit, line=LINE)
        make_certificate(desk, member.person, line=LINE)
    place_unit(beside, reach_km=100)
    customer = make_customer(desk, dealer)
    site = make_site(desk, customer)
    Site.objects.filter(pk=site.pk).update(
        latitude=HERE[0], longitude=HERE[1], address="四川省绵阳市涪城区临园路 1 号"
    )
    asset = make_asset(desk, customer, site)
    Asset.objects.filter(pk=asset.pk).update(asset_class=LINE)
    asset.refresh_from_db()
    make_contract(desk, customer, publish(admin, (PLANS / "servers.yaml").read_text()))
    return Network(company, desk, centre, dealer, beside, *people, customer, asset)


def place_unit(unit: ServiceUnit, **reach: object) -> None:
    """Put a unit near the customer, with what it serves."""
    where: dict[str, object] = {"latitude": HERE[0], "longitude": HERE[1]}
    ServiceUnit.objects.filter(pk=unit.pk).update(**(where | reach))


def make_offer(by: Member, request: OpenedRequest) -> Offer:
    """An offer that waits for the answer of the first unit."""
    routing = start_routing(
        actor=by.actor, request_id=request.public_id, source="test", now=datetime.now(UTC)
    )
    return routing.offers.get(outcome="offered")


def take_offer(by: Member, offer: Offer) -> Offer:
    """The same offer, accepted."""
    return accept_offer(
        actor=by.actor,
        offer_id=offer.public_id,
        version=offer.version,
        source="test",
        now=datetime.now(UTC),
    )
