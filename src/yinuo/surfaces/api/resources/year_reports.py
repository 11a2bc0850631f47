"""`/year-reports`: a year of service as one document."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpResponse
from ninja import Query
from pydantic import Field

from yinuo.domains.network.permissions import Permission
from yinuo.domains.prevention.selectors import today_of
from yinuo.domains.prevention.year_document import year_pdf
from yinuo.domains.prevention.year_report import FIRST_YEAR, LAST_YEAR, compile_year
from yinuo.surfaces.api.answers import shown
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Input, PathId
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.resources.reports import Language
from yinuo.surfaces.api.shapes import after

resource = Resource("visits")
PDF = "application/pdf"


class YearAsked(Input):
    """Which year (this one when left out), in which language."""

    year: Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)] | None = None
    language: Language = Language.ZH


@resource.reads(
    "/customers/{customer_id}",
    name="get_customer_year",
    right=Permission.PREVENTION_READ,
    gives=after.ContentShape,
)
def of_customer(request: ApiRequest, customer_id: PathId, asked: Query[YearAsked]) -> HttpResponse:
    """Visits, findings, faults, promises, satisfaction and advice of a year as a PDF."""
    return _made(request, asked, customer_id=customer_id)


@resource.reads(
    "/contracts/{contract_id}",
    name="get_contract_year",
    right=Permission.PREVENTION_READ,
    gives=after.ContentShape,
)
def of_contract(request: ApiRequest, contract_id: PathId, asked: Query[YearAsked]) -> HttpResponse:
    """The same of one contract alone."""
    return _made(request, asked, contract_id=contract_id)


def _made(request: ApiRequest, asked: YearAsked, **of: str) -> HttpResponse:
    call, language = request.auth, asked.language.value
    year = asked.year or today_of(call.now).year
    report = compile_year(call.actor, year=year, now=call.now, **of)
    name = f"service-{year}-{report.contract_number or 'all'}-{language}.pdf"
    return shown(after.content(name, PDF, year_pdf(report, language, call.now)))
