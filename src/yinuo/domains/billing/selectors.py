"""Reading price lists; limited to what the actor may see."""

from __future__ import annotations

from yinuo.domains.billing.models import PriceListVersion
from yinuo.domains.billing.policies import visible_price_lists
from yinuo.domains.billing.types import PriceListRow
from yinuo.domains.network.types import Actor
from yinuo.platform.paging import Page, page_of
from yinuo.platform.scoped import one_of


def page_price_lists(actor: Actor, *, cursor: str = "", limit: int = 50) -> Page[PriceListRow]:
    """Published versions, newest first, page by page."""
    versions = visible_price_lists(actor).defer("source")
    return page_of(versions, order=("-id",), cursor=cursor, limit=limit).map(_row)


def list_price_lists(actor: Actor) -> list[PriceListRow]:
    """The newest version of every code, by title."""
    versions = visible_price_lists(actor).defer("source").order_by("code", "-number")
    return [_row(one) for one in versions.distinct("code")]


def get_price_list(actor: Actor, public_id: object) -> PriceListRow:
    """One published version; NotFound otherwise."""
    return _row(one_of(visible_price_lists(actor), public_id))


def get_price_list_source(actor: Actor, public_id: object) -> str:
    """The file a version was published from."""
    return one_of(visible_price_lists(actor), public_id).source


def _row(version: PriceListVersion) -> PriceListRow:
    return PriceListRow(
        id=version.pk,
        public_id=version.public_id,
        code=version.code,
        number=version.number,
        title_zh=version.title_zh,
        title_en=version.title_en,
        published_at=version.published_at,
        published_by=version.published_by,
    )
