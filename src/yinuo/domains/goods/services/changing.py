"""Changes of an order: each a version of its own, asked, answered, then in effect (MS-01)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from yinuo.domains.goods.models import GoodsAnswer, GoodsItem, GoodsLine, GoodsOrder, GoodsRevision
from yinuo.domains.goods.services.checking import (
    NAME_LENGTH,
    TEXT_LENGTH,
    field_of,
    items_named,
    not_past,
    text_problems,
    wanted_items,
)
from yinuo.domains.goods.services.holding import (
    SOURCE,
    held_order,
    promised_time_is_over,
    require_untouched,
    settle_delivery,
    tell,
    waiting_changes,
)
from yinuo.domains.goods.services.ordering import kept_lines, ordered_fact
from yinuo.domains.goods.types import AnswerData, ChangeData
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.types import NewFact
from yinuo.kernel.goods_states import GoodsAct, GoodsState
from yinuo.platform.days import end_of
from yinuo.platform.errors import InvalidInput
from yinuo.platform.journal.work import Work, stored, writing


def change_order(
    *, actor: Actor, order_id: object, version: int, data: ChangeData, now: datetime
) -> GoodsOrder:
    """Take in a change that the customer asks for; the promise to answer it begins.

    Nothing of the order changes before it is answered, and nothing leaves meanwhile. Raises
    IllegalMove once everything has left or while another change waits, InvalidInput by field,
    also below what has left already; Conflict, NotFound.
    """
    wanted = wanted_items(data.lines)
    _check(data, now)
    with writing(actor=actor, now=now) as work:
        now = work.now
        order = held_order(actor, order_id, version, GoodsAct.CHANGED)
        lines = list(GoodsLine.objects.filter(order=order).select_related("item").order_by("id"))
        items = items_named(wanted, lines)
        _require_possible(order, lines, wanted, data, now)
        kept = kept_lines([(items[one], number) for one, number in wanted.items() if number])
        _ask(order, data, kept, work)
        return order


def ask_to_cancel(
    *, actor: Actor, order_id: object, version: int, why: str, asked_by: str, now: datetime
) -> GoodsOrder:
    """Take in the customer's wish to have none of it any more: a version without articles, which
    waits for its answer as any change does; accepted, it cancels the order.

    Raises IllegalMove once something left or while a change waits, InvalidInput, Conflict.
    """
    problems = text_problems({"why": (why, TEXT_LENGTH)}, ("why",))
    if problems:
        raise InvalidInput(problems)
    with writing(actor=actor, now=now) as work:
        order = held_order(actor, order_id, version, GoodsAct.CHANGED)
        require_untouched(order)
        data = ChangeData((), why, asked_by, order.is_urgent, order.wished_on)
        _ask(order, data, [], work)
        return order


def _ask(order: GoodsOrder, data: ChangeData, kept: list[dict[str, Any]], work: Work) -> None:
    """Write the version that is asked for; nothing of the order changes by it."""
    numbers = GoodsRevision.objects.filter(order=order).order_by("-number")
    last = numbers.values_list("number", flat=True)[0]
    GoodsRevision.objects.create(
        order=order,
        number=last + 1,
        asked_at=work.now,
        asked_by=data.asked_by.strip(),
        recorded_by=work.actor.label,
        why=data.why.strip(),
        is_urgent=data.is_urgent,
        wished_on=data.wished_on,
        lines=kept,
    )
    stored(order, expected_version=None, changes={})
    tell(order, [NewFact("order_changed", work.now, SOURCE)], work)
    work.audit("goods.change", order, after={"revision": last + 1}, reason=data.why)
    work.emit("goods.changed", order, {"number": order.number})


def answer_change(
    *, actor: Actor, order_id: object, version: int, data: AnswerData, now: datetime
) -> GoodsOrder:
    """Accept the change that waits, which puts it into effect, or decline it with the reason.

    Accepted, it may promise another day; that counts when it is agreed before the day promised
    first is over. Raises IllegalMove when none waits, InvalidInput by field, Conflict, NotFound.
    """
    problems = text_problems(
        {"text": (data.text, TEXT_LENGTH)}, () if data.is_accepted else ("text",)
    )
    if data.is_accepted:
        problems |= not_past("promised_on", data.promised_on, now)
    if problems:
        raise InvalidInput(problems)
    with writing(actor=actor, now=now) as work:
        now = work.now
        order = held_order(actor, order_id, version, GoodsAct.ANSWERED)
        revision = waiting_changes(order).get()
        promised_on = data.promised_on or order.promised_on if data.is_accepted else None
        GoodsAnswer.objects.create(
            revision=revision,
            is_accepted=data.is_accepted,
            promised_on=promised_on,
            text=data.text.strip(),
            at=now,
            by=actor.label,
        )
        facts = [NewFact("change_answered", now, SOURCE)]
        if data.is_accepted:
            facts += _take_effect(order, revision, data, now)
        else:
            stored(order, expected_version=None, changes={})
        tell(order, facts, work)
        settle_delivery(order, work)
        _write_down(order, revision, data, work)
        return order


def _write_down(order: GoodsOrder, revision: GoodsRevision, data: AnswerData, work: Work) -> None:
    after = {"revision": revision.number, "accepted": data.is_accepted}
    work.audit("goods.answer_change", order, after=after, reason=data.text)
    work.emit("goods.changed", order, {"number": order.number})


def _take_effect(
    order: GoodsOrder, revision: GoodsRevision, data: AnswerData, now: datetime
) -> list[NewFact]:
    """The order becomes what the version says; gives the facts that this is for its promises."""
    if not revision.lines:
        ended = {"state": GoodsState.CANCELLED.value, "ended_at": now, "end_text": revision.why}
        stored(order, expected_version=None, changes=ended)
        return [NewFact("cancelled", now, SOURCE)]
    was_urgent, was_promised = order.is_urgent, order.promised_on
    if revision.is_urgent != was_urgent and promised_time_is_over(order, now):
        said = _("The promised time is over, so that being urgent or not changes nothing any more.")
        raise InvalidInput({"is_accepted": said})
    # Before the order is accepted no day is promised.
    promised_on = (data.promised_on or was_promised) if was_promised else None
    changes = {
        "is_urgent": revision.is_urgent,
        "wished_on": revision.wished_on,
        "promised_on": promised_on,
    }
    stored(order, expected_version=None, changes=changes)
    _set_lines(order, {one["code"]: one["quantity"] for one in revision.lines})
    more = {"deliver_by": end_of(promised_on).isoformat()} if promised_on else {}
    if order.is_urgent != was_urgent:
        # It counts anew from here: what was ordered before was another kind of order.
        return [ordered_fact(order, now, supersedes="ordered", **more)]
    if promised_on and promised_on != was_promised:
        moved = NewFact("delivery_moved", now, SOURCE, {"until": more["deliver_by"]})
        return [ordered_fact(order, now, **more), moved]
    return []


def _set_lines(order: GoodsOrder, wanted: Mapping[str, int]) -> None:
    present = GoodsLine.objects.filter(order=order).select_related("item")
    lines = {one.item.code: one for one in present}
    for code, line in lines.items():
        if code not in wanted:
            line.delete()
        elif line.quantity != wanted[code]:
            line.quantity = wanted[code]
            line.save(update_fields=["quantity"])
    fresh = GoodsItem.objects.filter(code__in=[code for code in wanted if code not in lines])
    GoodsLine.objects.bulk_create(
        GoodsLine(order=order, item=item, quantity=wanted[item.code]) for item in fresh
    )


def _require_possible(
    order: GoodsOrder,
    lines: list[GoodsLine],
    wanted: Mapping[UUID, int],
    data: ChangeData,
    now: datetime,
) -> None:
    problems: dict[str, str] = {}
    for line in lines:
        if wanted.get(line.item.public_id, 0) < line.shipped:
            said = _("%(number)d of it have left already; fewer cannot be ordered.")
            problems[field_of(line.item.public_id)] = said % {"number": line.shipped}
    if data.is_urgent != order.is_urgent and promised_time_is_over(order, now):
        said = _("The promised time is over, so that being urgent or not changes nothing any more.")
        problems["is_urgent"] = said
    present = {line.item.public_id: line.quantity for line in lines}
    asked = {one: number for one, number in wanted.items() if number}
    is_same = (asked, data.is_urgent, data.wished_on) == (present, order.is_urgent, order.wished_on)
    if is_same:
        problems["lines"] = _("Nothing differs from the order as it stands.")
    if problems:
        raise InvalidInput(problems)


def _check(data: ChangeData, now: datetime) -> None:
    texts = {"why": (data.why, TEXT_LENGTH), "asked_by": (data.asked_by, NAME_LENGTH)}
    problems = text_problems(texts, texts) | not_past("wished_on", data.wished_on, now)
    if problems:
        raise InvalidInput(problems)
