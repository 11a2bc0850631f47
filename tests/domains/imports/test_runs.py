"""Files of every kind taken in: tried without a trace, then written by the services."""

from __future__ import annotations

import pytest
from tests.domains.imports.conftest import counts, tried, written
from tests.factories import Company, Member

from yinuo.domains.customers.models import Customer
from yinuo.domains.imports.types import Kind
from yinuo.platform.journal.models import AuditEntry

CUSTOMERS = [
    ["客户名称*", "简称", "上级客户", "备注"],
    ["云帆数据", "云帆", "", ""],
    ["云帆数据深圳分公司", "云帆深圳", "云帆数据", "二期"],
]


@pytest.mark.req("B-20", "BP-01")
def test_customers_are_tried_without_a_trace_and_then_written_with_their_parents(
    company: Company, importer: Member
) -> None:
    run = tried(importer, Kind.CUSTOMERS, CUSTOMERS)
    assert (run.state, counts(run)) == ("checked", {"new": 2})
    assert not Customer.objects.exists()
    assert not AuditEntry.objects.filter(action="customer.create").exists()
    run = written(importer, Kind.CUSTOMERS, CUSTOMERS)
    assert (run.state, counts(run)) == ("done", {"new": 2, "written": 2})
    branch = Customer.objects.get(name="云帆数据深圳分公司")
    assert branch.parent is not None
    assert branch.parent.name == "云帆数据"
    assert AuditEntry.objects.filter(action="customer.create").count() == 2
    assert counts(tried(importer, Kind.CUSTOMERS, CUSTOMERS)) == {"unchanged": 2}
