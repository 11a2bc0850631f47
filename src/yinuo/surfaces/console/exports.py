"""A list as a workbook: the rows of every page of it, by the same selector and rights (R01)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from yinuo.platform.errors import Text
from yinuo.platform.files.serving import document_response
from yinuo.platform.paging import MOST_PER_PAGE, Page
from yinuo.platform.spreadsheets import XLSX, Value, write_xlsx
from yinuo.surfaces.console.access import actor_of

FORMAT = "xlsx"
MOST_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the workbook: its head and what stands there for a row."""

    head: Text
    value: Callable[[Any], Value]


def is_wanted(request: HttpRequest) -> bool:
    """True when the address asks for the list as a workbook."""
    return request.GET.get("format") == FORMAT


def workbook(
    request: HttpRequest,
    title: Text,
    columns: Sequence[Column],
    read: Callable[..., Page[Any]],
    **narrowed: Any,
) -> HttpResponse:
    """The whole list that `read` gives, as a file; beyond 20,000 rows its last line says so."""
    rows = _rows(request, columns, read, narrowed)
    zone = ZoneInfo(settings.TIME_ZONE)
    content = write_xlsx(str(title), [str(one.head) for one in columns], rows, zone)
    return document_response(content, f"{title}.{FORMAT}", XLSX)


def _rows(
    request: HttpRequest,
    columns: Sequence[Column],
    read: Callable[..., Page[Any]],
    narrowed: dict[str, Any],
) -> Iterator[list[Value]]:
    cursor = ""
    for _number in range(MOST_ROWS // MOST_PER_PAGE):
        found = read(actor_of(request), cursor=cursor, limit=MOST_PER_PAGE, **narrowed)
        for row in found.items:
            yield [column.value(row) for column in columns]
        cursor = found.next_cursor
        if not cursor:
            return
    end = _("These are the first 20,000 rows. Narrow the search for the others.")
    yield [end, *([None] * (len(columns) - 1))]
