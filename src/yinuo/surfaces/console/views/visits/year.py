"""A year of service of a customer or contract as one PDF."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.prevention.year_document import LANGUAGES, year_pdf
from yinuo.domains.prevention.year_report import compile_year
from yinuo.platform.errors import InvalidInput, NotFound
from yinuo.platform.files.serving import document_response
from yinuo.platform.identifiers import parse_public_id
from yinuo.surfaces.console.access import actor_of, page

PDF = "application/pdf"
DIGITS = 4


@require_GET
@page
def year_report(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """The PDF of the year named, in `zh` or `en`; of one contract when named."""
    actor, now = actor_of(request), timezone.now()
    require(actor, Permission.PREVENTION_READ)
    given = request.GET.get("year", f"{timezone.localdate():%Y}")
    language = request.GET.get("language", "zh")
    contract = request.GET.get("contract", "")
    is_year = given.isascii() and given.isdigit() and len(given) == DIGITS
    if not is_year or language not in LANGUAGES or (contract and not parse_public_id(contract)):
        raise NotFound
    try:
        report = compile_year(
            actor, customer_id=customer_id, contract_id=contract, year=int(given), now=now
        )
    except InvalidInput as error:
        raise NotFound from error
    named = report.contract_number or "all"
    return document_response(
        year_pdf(report, language, now), f"service-{given}-{named}-{language}.pdf", PDF
    )
