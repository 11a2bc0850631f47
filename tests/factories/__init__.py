"""Small builders of a company's data. Everything goes through the services users go through.

`make_company()` founds headquarters; `make_unit`, `make_member`, `make_customer`, `make_site`,
`make_contact`, `make_project`, `make_asset`, `publish`, `make_contract` and `open_fault` add to
it. Each takes the member who does it; words that do not matter to a test are made up.
"""

from tests.factories.archive import (
    make_asset,
    make_contact,
    make_customer,
    make_project,
    make_site,
)
from tests.factories.company import Company, Member, make_company, make_member, make_unit, rename
from tests.factories.promises import (
    appliance_source,
    later_appliance_source,
    make_contract,
    make_notice,
    open_fault,
    publish,
)

__all__ = [
    "Company",
    "Member",
    "appliance_source",
    "later_appliance_source",
    "make_asset",
    "make_company",
    "make_contact",
    "make_contract",
    "make_customer",
    "make_member",
    "make_notice",
    "make_project",
    "make_site",
    "make_unit",
    "open_fault",
    "publish",
    "rename",
]
