"""`/statements`: issue, list, read, and the documents."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from ninja import Query

from yinuo.domains.billing.charge_selectors import get_statement, list_statements
from yinuo.domains.billing.paper_forms import PaperForm, statement_paper
from yinuo.domains.billing.services import issue_statement
from yinuo.domains.network.permissions import Permission
from yinuo.surfaces.api.answers import listed, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Day, Id, Input, Name, Paging, PathId
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.resources.reports import InLanguage
from yinuo.surfaces.api.shapes import after
from yinuo.surfaces.api.shapes import charges as shapes

resource = Resource("statements")


class StatementFilters(Paging):
    """Which statements to list."""

    customer_id: Id | None = None
    text: Name = ""


class StatementInput(Input):
    """A period, both days within; of one contract when named."""

    customer_id: Id
    contract_id: Id | None = None
    starts_on: Day
    ends_on: Day


@resource.reads("", name="list_statements", right=Permission.CHARGE_READ, gives=shapes.Statements)
def list_all(request: ApiRequest, filters: Query[StatementFilters]) -> HttpResponse:
    """Visible statements, newest first."""
    page = list_statements(
        request.auth.actor,
        customer_id=filters.customer_id,
        text=filters.text,
        cursor=filters.cursor,
        limit=filters.limit,
    )
    return listed(page, shapes.statement_head)


@resource.writes(
    "POST",
    "",
    name="issue_statement",
    right=Permission.CHARGE_WRITE,
    gives=shapes.IssuedStatement,
    status=201,
)
def issue_one(request: ApiRequest, data: StatementInput) -> HttpResponse:
    """Put what a customer owes for a period, and no statement says yet, on a statement."""

    def action() -> dict[str, Any]:
        call = request.auth
        made = issue_statement(
            actor=call.actor,
            customer_id=data.customer_id,
            contract_id=data.contract_id,
            starts_on=data.starts_on,
            ends_on=data.ends_on,
            now=call.now,
        )
        return {"id": str(made.public_id), "number": made.number, "total": f"{made.total:.2f}"}

    return written(request, action, status=201)


@resource.reads(
    "/{statement_id}",
    name="get_statement",
    right=Permission.CHARGE_READ,
    gives=shapes.StatementShape,
)
def get_one(request: ApiRequest, statement_id: PathId) -> HttpResponse:
    """One statement with its charges."""
    return shown(shapes.statement(get_statement(request.auth.actor, statement_id)))


def _given_as(form: PaperForm) -> None:
    """Declare the reading of a statement in one form."""

    @resource.reads(
        f"/{{statement_id}}/{form}",
        name=f"get_statement_{form}",
        right=Permission.CHARGE_READ,
        gives=after.ContentShape,
    )
    def get_paper(
        request: ApiRequest, statement_id: PathId, how: Query[InLanguage]
    ) -> HttpResponse:
        """The statement as a document in a language."""
        statement = get_statement(request.auth.actor, statement_id)
        return shown(after.content(*statement_paper(statement, form, how.language.value)))


for one in PaperForm:
    _given_as(one)
