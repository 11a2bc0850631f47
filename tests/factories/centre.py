"""A centre with a specialist, an engineering manager and two technicians, and a neighbour."""

from __future__ import annotations

from dataclasses import dataclass

from tests.factories import (
    Company,
    Member,
    make_asset,
    make_company,
    make_contact,
    make_contract,
    make_customer,
    make_member,
    make_site,
    make_unit,
    open_fault,
    publish,
)

from yinuo.domains.contracts.models import PlanVersion
from yinuo.domains.customers.models import Customer
from yinuo.domains.network.models import ServiceUnit
from yinuo.domains.requests.types import OpenedRequest


@dataclass(frozen=True)
class Centre:
    """Who works there, a customer under contract, and his request just opened."""

    company: Company
    unit: ServiceUnit
    specialist: Member
    manager: Member
    technician: Member
    colleague: Member
    stranger: Member
    customer: Customer
    version: PlanVersion
    request: OpenedRequest


def make_centre() -> Centre:
    """The centre with everybody in it; the request is new and serious."""
    company = make_company()
    admin = company.administrator
    unit = make_unit(admin, company.headquarters, "SZ")
    other = make_unit(admin, company.headquarters, "BJ")
    specialist = make_member(admin, unit, ["service_specialist"])
    customer = make_customer(specialist, unit)
    site = make_site(specialist, customer)
    make_contact(specialist, customer, site=site)
    asset = make_asset(specialist, customer, site)
    version = publish(admin)
    seller = make_member(admin, unit, ["account_manager"])
    make_contract(seller, customer, version)
    return Centre(
        company=company,
        unit=unit,
        specialist=specialist,
        manager=make_member(admin, unit, ["engineering_manager"]),
        technician=make_member(admin, unit, ["technician"], "赵强"),
        colleague=make_member(admin, unit, ["technician"], "孙伟"),
        stranger=make_member(admin, other, ["technician", "engineering_manager"]),
        customer=customer,
        version=version,
        request=open_fault(specialist, customer, asset=asset),
    )
