"""Keeping and dropping filters of lists."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from yinuo.platform.errors import InvalidInput
from yinuo.platform.filters.models import LONGEST_NAME, LONGEST_QUERY, SavedFilter
from yinuo.platform.scoped import one_of

MOST_PER_LIST = 20


def save_filter(*, user_id: int, page: str, name: str, query: str) -> SavedFilter:
    """Keep a list's query under a name; the same name again replaces what it stood for.

    `page` is the path of the list, `query` its query without `?`. Raises InvalidInput for `name`
    (empty, longer than 40, or the 21st of a list) and `query` (empty or longer than 1,000).
    """
    name = name.strip()
    if not name or len(name) > LONGEST_NAME:
        message = _("Give the filter a name of at most %(most)d characters.")
        raise InvalidInput({"name": message % {"most": LONGEST_NAME}})
    if not query or len(query) > LONGEST_QUERY:
        raise InvalidInput({"query": _("Search or narrow the list first: then it can be kept.")})
    with transaction.atomic():
        mine = SavedFilter.objects.filter(user_id=user_id, page=page)
        if mine.exclude(name=name).count() >= MOST_PER_LIST:
            message = _("A list keeps at most %(most)d filters: remove one you no longer need.")
            raise InvalidInput({"name": message % {"most": MOST_PER_LIST}})
        kept, _created = SavedFilter.objects.update_or_create(
            user_id=user_id, page=page, name=name, defaults={"query": query}
        )
    return kept


def remove_filter(*, user_id: int, filter_id: object) -> str:
    """Drop a filter of this user; gives the path of its list. NotFound for anybody else's."""
    kept = one_of(SavedFilter.objects.filter(user_id=user_id), filter_id)
    kept.delete()
    return kept.page
