"""`/units` and `/people`: reading only."""

from __future__ import annotations

from django.http import HttpResponse
from ninja import Query

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.selectors import get_person, get_unit, page_people, page_units
from yinuo.surfaces.api.answers import listed, shown
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Line, Paging, PathId
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.shapes import network as shapes

units = Resource("units")
people = Resource("people")


class PersonFilters(Paging):
    """Which people to list: `text` narrows by name."""

    text: Line = ""


@units.reads("", name="list_units", right=Permission.UNIT_READ, gives=shapes.Units)
def list_units(request: ApiRequest, filters: Query[Paging]) -> HttpResponse:
    """Visible units, the highest first."""
    page = page_units(request.auth.actor, cursor=filters.cursor, limit=filters.limit)
    return listed(page, shapes.unit)


@units.reads("/{unit_id}", name="get_unit", right=Permission.UNIT_READ, gives=shapes.UnitShape)
def get_one_unit(request: ApiRequest, unit_id: PathId) -> HttpResponse:
    """One unit."""
    return shown(shapes.unit(get_unit(request.auth.actor, unit_id)))


@people.reads("", name="list_people", right=Permission.PERSON_READ, gives=shapes.People)
def list_people(request: ApiRequest, filters: Query[PersonFilters]) -> HttpResponse:
    """Visible people by name, with their roles."""
    page = page_people(
        request.auth.actor, text=filters.text, cursor=filters.cursor, limit=filters.limit
    )
    return listed(page, shapes.person)


@people.reads(
    "/{person_id}", name="get_person", right=Permission.PERSON_READ, gives=shapes.PersonShape
)
def get_one_person(request: ApiRequest, person_id: PathId) -> HttpResponse:
    """One person."""
    return shown(shapes.person(get_person(request.auth.actor, person_id)))
