"""Keeping the filter of a list under a name, and dropping it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_POST

from yinuo.platform.errors import InvalidInput, NotFound
from yinuo.platform.filters.services import remove_filter, save_filter
from yinuo.surfaces.console.access import page, user_of

# Where a reader stands in a list, and the workbook, are no part of what he looks for.
ASIDE = ("cursor", "format")


def kept_query(query: QueryDict) -> str:
    """What of a list's address is worth keeping: every narrowing that is not empty, in order."""
    kept = QueryDict(mutable=True)
    for name in sorted(set(query) - set(ASIDE)):
        kept.setlist(name, [value for value in query.getlist(name) if value.strip()])
    return kept.urlencode()


@require_POST
@page
def filters_save(request: HttpRequest) -> HttpResponse:
    """Keep the filter and go back to the list it narrows."""
    path = request.POST.get("page", "")
    try:
        if not resolve(path).view_name.startswith("console:"):
            raise NotFound
    except Resolver404 as error:
        raise NotFound from error
    query = kept_query(QueryDict(request.POST.get("query", "")))
    try:
        save_filter(
            user_id=user_of(request),
            page=path,
            name=request.POST.get("name", ""),
            query=query,
        )
    except InvalidInput as error:
        for problem in error.fields.values():
            messages.warning(request, str(problem))
    return redirect(f"{path}?{query}" if query else path)


@require_POST
@page
def filters_remove(request: HttpRequest, filter_id: UUID) -> HttpResponse:
    """Drop one of one's own filters."""
    return redirect(remove_filter(user_id=user_of(request), filter_id=filter_id))
