"""Ruin and recreate: strings of visits near each other are taken out and put in again, better.

Method: slack induction by string removals (Christiaens and Vanden Berghe, Transportation Science
54, 2020), here with own homes, eligibility, prices of lateness, visits that may stay undone, and
visits without a place (leave, a break). Integers only, but for the temperature; the same seed and
number of rounds give the same routes, compiled or not.

Everything stands in this one file because the compiler's cache looks at the file of a function and
not at the functions it calls. The innermost functions take single arrays: taking an array out of a
tuple costs as much as what they do with it.
"""

from __future__ import annotations

import math
from typing import Any

from yinuo.kernel.dispatch.routes.arrays import (
    ABSENT,
    ALIKE,
    AT,
    BEFORE,
    BEST,
    BLINK,
    CALM,
    COST,
    CURVE,
    CURVE_END,
    DONE,
    DUE,
    FOLLOWING,
    KIND,
    LAST,
    LOCATION,
    NEVER,
    NUMBER,
    PLACE,
    PRICE,
    READY,
    ROAD,
    ROUTE_COST,
    SAVED_ABSENT,
    SERVICE,
    SHIFT,
    SIZE,
    STAMP,
    TOTAL,
    TOUCHED,
    WANT,
    WANT_END,
    Given,
    Ints,
    Now,
)
from yinuo.kernel.dispatch.routes.compiling import compiled

# A whole number: int64 when compiled, an int or an int64 when not.
Int = Any

_MASK = 0xFFFFFFFF
_REMOVED = 10
_LONGEST = 10
# Unserved visits tried again in one round.
_RETRIED = 12


@compiled
def drawn(random: Ints, below: Int) -> Int:
    """A number from 0 to below - 1 (xorshift of 128 bits, Marsaglia 2003)."""
    mixed = random[0] ^ ((random[0] << 11) & _MASK)
    random[0], random[1], random[2] = random[1], random[2], random[3]
    random[3] = random[3] ^ (random[3] >> 19) ^ mixed ^ (mixed >> 8)
    return (random[3] * below) >> 32


@compiled
def lateness(fixed: Ints, curves: Ints, node: Int, at: Int) -> Int:
    """The price of starting at a node at an instant."""
    first, end = fixed[node, CURVE], fixed[node, CURVE_END]
    if first == end or at <= curves[first, AT]:
        return 0
    for number in range(first + 1, end):
        if at < curves[number, AT]:
            low, since = curves[number - 1, COST], curves[number - 1, AT]
            return low + (curves[number, COST] - low) * (at - since) // (curves[number, AT] - since)
    return curves[end - 1, COST]


@compiled
def refresh(given: Given, now: Now, shift: Int) -> bool:
    """Work out times and cost of a route anew; False when a limit is missed."""
    travel, fixed, curves, fit, live = (
        given.travel, given.fixed, given.curves, given.fit, now.live
    )  # fmt: skip
    visits, shifts = fit.shape
    node, end = visits + shift, visits + shifts + shift
    live[node, ROAD], live[node, DONE] = 0, fixed[node, READY]
    live[node, PLACE] = fixed[node, LOCATION]
    road, more, size, is_kept = 0, 0, 0, True
    while node != end:
        following = live[node, FOLLOWING]
        at, place, to = live[node, DONE], live[node, PLACE], fixed[following, LOCATION]
        leg = 0
        if to >= 0:
            leg, place = travel[place, to], to
        road += leg
        at = max(at + leg, fixed[following, READY])
        is_kept = is_kept and at <= fixed[following, DUE]
        live[following, ROAD], live[following, PLACE] = leg, place
        live[following, DONE] = at + fixed[following, SERVICE]
        if fixed[following, CURVE] != fixed[following, CURVE_END]:
            more += lateness(fixed, curves, following, at)
        if following != end:
            more += fit[following, shift]
            size += 1
        node = following
    now.routes[shift, ROUTE_COST] = road * now.routes[shift, PRICE] + more
    now.routes[shift, SIZE] = size
    loosen(fixed, live, curves, visits + shift, end)
    return bool(is_kept)


@compiled
def loosen(fixed: Ints, live: Ints, curves: Ints, first: Int, end: Int) -> None:
    """From the end back: how late each node may start, by its limits and by its prices."""
    last, calm, node = NEVER, NEVER, end
    while True:
        curve, curve_end = fixed[node, CURVE], fixed[node, CURVE_END]
        live[node, LAST] = min(last, fixed[node, DUE])
        live[node, CALM] = calm
        start = live[node, DONE] - fixed[node, SERVICE]
        if curve != curve_end and start <= curves[curve_end - 1, AT]:
            live[node, CALM] = min(calm, max(start, curves[curve, AT]))
        if node == first:
            return
        prior = live[node, BEFORE]
        back = fixed[prior, SERVICE] + live[node, ROAD]
        last, calm = live[node, LAST] - back, live[node, CALM] - back
        node = prior


@compiled
def later(fixed: Ints, live: Ints, curves: Ints, node: Int, at: Int) -> Int:
    """What lateness costs more from a node on when it starts at `at` instead of as now."""
    extra = 0
    while True:
        was = live[node, DONE] - fixed[node, SERVICE]
        if at <= was:
            return extra
        extra += lateness(fixed, curves, node, at) - lateness(fixed, curves, node, was)
        following = live[node, FOLLOWING]
        if following < 0:
            return extra
        at += fixed[node, SERVICE] + live[following, ROAD]
        node = following


@compiled
def extra_after(
    travel: Ints, fixed: Ints, live: Ints, curves: Ints, prior: Int, visit: Int, price: Int
) -> Int:
    """What it costs more to put a visit after a node; NEVER when a limit would be missed."""
    before, place, at = live[prior, PLACE], fixed[visit, LOCATION], live[prior, DONE]
    road = 0
    if place >= 0:
        road = travel[before, place]
        at += road
    else:
        place = before
    start = max(at, fixed[visit, READY])
    if start > fixed[visit, DUE]:
        return NEVER
    at = start + fixed[visit, SERVICE]
    following = live[prior, FOLLOWING]
    while fixed[following, LOCATION] < 0:
        at = max(at, fixed[following, READY])
        if at > fixed[following, DUE]:
            return NEVER
        at += fixed[following, SERVICE]
        following = live[following, FOLLOWING]
    onward = fixed[following, LOCATION]
    at = max(at + travel[place, onward], fixed[following, READY])
    if at > live[following, LAST]:
        return NEVER
    # Nodes without a place in between have no road: the leg is that of the one after them.
    extra = (road + travel[place, onward] - live[following, ROAD]) * price
    if fixed[visit, CURVE] != fixed[visit, CURVE_END]:
        extra += lateness(fixed, curves, visit, start)
    if at > live[following, CALM]:
        extra += later(fixed, live, curves, following, at)
    return extra


@compiled
def cheapest(given: Given, now: Now, visit: Int) -> tuple[Int, Int]:
    """Where a visit costs least, if less than to leave it undone: (node before, shift), -1 none.

    One place in a hundred is passed over unseen, which keeps the search from running in circles.
    The plain case is worked out here, as a call costs more than the sum; `extra_after` does the
    rest: prices of lateness, and places beside a visit without one. Lateness only adds, so most
    places are left for the road alone, and limits are looked at after it.
    """
    travel, back, fixed, curves = given.travel, given.back, given.fixed, given.curves
    wants, fit, may = given.wants, given.fit, given.may
    live, routes, left, figures, seen = now.live, now.routes, now.left, now.figures, now.seen
    place, ready, due = fixed[visit, LOCATION], fixed[visit, READY], fixed[visit, DUE]
    service = fixed[visit, SERVICE]
    is_priced = fixed[visit, CURVE] != fixed[visit, CURVE_END]
    blink, best, prior, chosen = figures[BLINK], given.penalty[visit], -1, -1
    for row in range(given.may_first[visit], given.may_first[visit + 1]):
        shift = may[row]
        own, price = fit[visit, shift], routes[shift, PRICE]
        is_out = own >= best
        for want in range(fixed[visit, WANT], fixed[visit, WANT_END]):
            is_out = is_out or left[shift, wants[want, KIND]] < wants[want, NUMBER]
        if routes[shift, SIZE] == 0 and not is_out:
            is_out = seen[routes[shift, ALIKE]] == figures[STAMP]
            seen[routes[shift, ALIKE]] = figures[STAMP]
        node = fit.shape[0] + shift
        while not is_out and live[node, FOLLOWING] >= 0 and live[node, DONE] <= due:
            following = live[node, FOLLOWING]
            onward, extra = fixed[following, LOCATION], NEVER
            blink -= 1
            if blink < 0:
                blink = drawn(now.random, 200)
            elif place < 0 or onward < 0:
                extra = extra_after(travel, fixed, live, curves, node, visit, price)
            else:
                road, on = back[place, live[node, PLACE]], travel[place, onward]
                extra = (road + on - live[following, ROAD]) * price
                if extra + own < best:
                    at = max(live[node, DONE] + road, ready)
                    then = max(at + service + on, fixed[following, READY])
                    extra = NEVER if at > due or then > live[following, LAST] else extra
                    if is_priced or then > live[following, CALM]:
                        extra = extra_after(travel, fixed, live, curves, node, visit, price)
            if extra + own < best:
                best, prior, chosen = extra + own, node, shift
            node = following
    figures[BLINK] = blink
    return prior, chosen


@compiled
def recreate(given: Given, now: Now, first: Int) -> None:
    """Put absent visits from `first` on where they cost least."""
    line_up(given, now, first)
    stay = first
    for number in range(first, now.figures[ABSENT]):
        visit = now.absent[number]
        now.figures[STAMP] += 1
        prior, chosen = cheapest(given, now, visit)
        if chosen >= 0:
            touch(given, now, chosen)
            put(given, now, visit, prior, chosen)
            refresh(given, now, chosen)
        else:
            now.absent[stay] = visit
            stay += 1
    now.figures[ABSENT] = stay


@compiled
def put(given: Given, now: Now, visit: Int, prior: Int, shift: Int) -> None:
    """Put a visit after a node of a route."""
    fixed, live, wants = given.fixed, now.live, given.wants
    following = live[prior, FOLLOWING]
    live[prior, FOLLOWING], live[visit, FOLLOWING] = visit, following
    live[visit, BEFORE], live[following, BEFORE] = prior, visit
    live[visit, SHIFT] = shift
    for row in range(fixed[visit, WANT], fixed[visit, WANT_END]):
        now.left[shift, wants[row, KIND]] -= wants[row, NUMBER]


@compiled
def take(given: Given, now: Now, visit: Int) -> None:
    """Take a visit out of its route; its times stay as they were until `refresh`."""
    fixed, live, wants = given.fixed, now.live, given.wants
    shift, prior, following = live[visit, SHIFT], live[visit, BEFORE], live[visit, FOLLOWING]
    live[prior, FOLLOWING], live[following, BEFORE] = following, prior
    live[visit, SHIFT] = -1
    for row in range(fixed[visit, WANT], fixed[visit, WANT_END]):
        now.left[shift, wants[row, KIND]] += wants[row, NUMBER]
    now.absent[now.figures[ABSENT]] = visit
    now.figures[ABSENT] += 1


@compiled
def touch(given: Given, now: Now, shift: Int) -> None:
    """Keep a route as it is before it is changed for the first time in a round."""
    if now.is_touched[shift]:
        return
    visits, number = given.fit.shape[0], now.figures[TOUCHED]
    now.is_touched[shift] = 1
    now.touched[number] = shift
    place, node = now.saved_first[number], now.live[visits + shift, FOLLOWING]
    while node < visits:
        now.saved[place] = node
        place, node = place + 1, now.live[node, FOLLOWING]
    now.saved_first[number + 1] = place
    now.figures[TOUCHED] = number + 1


@compiled
def put_back(given: Given, now: Now) -> None:
    """Undo a round: the touched routes and the list of absent visits as they were."""
    visits, shifts = given.fit.shape
    live, figures, saved, left = now.live, now.figures, now.saved, now.left
    fixed, wants = given.fixed, given.wants
    for number in range(figures[TOUCHED]):
        node = live[visits + now.touched[number], FOLLOWING]
        while node < visits:
            live[node, SHIFT] = -1
            node = live[node, FOLLOWING]
    for number in range(figures[TOUCHED]):
        shift = now.touched[number]
        node, end = visits + shift, visits + shifts + shift
        left[shift, :] = given.stock[shift, :]
        for place in range(now.saved_first[number], now.saved_first[number + 1]):
            visit = saved[place]
            live[node, FOLLOWING], live[visit, BEFORE], live[visit, SHIFT] = visit, node, shift
            node = visit
            for want in range(fixed[visit, WANT], fixed[visit, WANT_END]):
                left[shift, wants[want, KIND]] -= wants[want, NUMBER]
        live[node, FOLLOWING], live[end, BEFORE] = end, node
        refresh(given, now, shift)
    figures[ABSENT] = figures[SAVED_ABSENT]
    for number in range(figures[ABSENT]):
        now.absent[number] = now.saved_absent[number]


@compiled
def take_string(given: Given, now: Now, visit: Int, length: Int) -> None:
    """Take a run of visits around one out of its route; half of the time some in it stay."""
    live, visits, shift = now.live, given.fit.shape[0], now.live[visit, SHIFT]
    size = now.routes[shift, SIZE]
    touch(given, now, shift)
    kept = 0
    if drawn(now.random, 2) == 1 and length < size:
        kept = 1
        while length + kept < size and drawn(now.random, 100) == 0:
            kept += 1
    span = length + kept
    ahead, behind = 0, 0
    node = live[visit, BEFORE]
    while node < visits and ahead < span - 1:
        ahead, node = ahead + 1, live[node, BEFORE]
    node = live[visit, FOLLOWING]
    while node < visits and behind < span - 1:
        behind, node = behind + 1, live[node, FOLLOWING]
    least = max(span - 1 - behind, 0)
    back = least + drawn(now.random, ahead - least + 1)
    node = visit
    for _ in range(back):
        node = live[node, BEFORE]
    skipped = drawn(now.random, length + 1) if kept else span
    for number in range(span):
        following = live[node, FOLLOWING]
        if number < skipped or number >= skipped + kept:
            take(given, now, node)
        node = following
    refresh(given, now, shift)


@compiled
def ruin(given: Given, now: Now) -> None:
    """Take strings out of routes near a random visit."""
    visits, shifts = given.fit.shape
    served = visits - now.figures[ABSENT]
    if served == 0:
        return
    used = 0
    for shift in range(shifts):
        used += now.routes[shift, SIZE] > 0
    longest = max(1, min(_LONGEST, served // max(used, 1)))
    strings = 1 + drawn(now.random, 400 * _REMOVED // (1 + longest) - 100) // 100
    seed = drawn(now.random, visits)
    for number in range(given.near.shape[1]):
        visit = given.near[seed, number]
        if visit < 0 or strings == 0:
            return
        shift = now.live[visit, SHIFT]
        if shift >= 0 and not now.is_touched[shift]:
            length = 1 + drawn(now.random, min(longest, now.routes[shift, SIZE]))
            take_string(given, now, visit, length)
            strings -= 1


@compiled
def line_up(given: Given, now: Now, first: Int) -> None:
    """Put the absent visits from `first` on into a random one of the orders; ties at random."""
    keys, absent = now.keys, now.absent
    orders = given.orders.shape[0]
    order = drawn(now.random, orders + max(1, orders // 2))
    for number in range(first, now.figures[ABSENT]):
        visit = absent[number]
        key = drawn(now.random, 1 << 30)
        if order < orders:
            key = (given.orders[order, visit] << 10) + (key & 1023)
        place = number
        while place > first and keys[place - 1] > key:
            keys[place], absent[place] = keys[place - 1], absent[place - 1]
            place -= 1
        keys[place], absent[place] = key, visit


@compiled
def total(given: Given, now: Now) -> Int:
    """The cost of everything: routes, and what is unserved."""
    amount = 0
    for shift in range(given.fit.shape[1]):
        amount += now.routes[shift, ROUTE_COST]
    for number in range(now.figures[ABSENT]):
        amount += given.penalty[now.absent[number]]
    return amount


@compiled
def keep_best(now: Now) -> None:
    """The routes as they are now are the best so far."""
    now.figures[BEST] = now.figures[TOTAL]
    live, best = now.live, now.best
    for node in range(len(live)):
        best[node, FOLLOWING], best[node, SHIFT] = live[node, FOLLOWING], live[node, SHIFT]


@compiled
def shuffle_in(now: Now) -> Int:
    """Bring some absent visits to the end of the list; the others wait. The first of them."""
    count = now.figures[ABSENT]
    first = max(0, count - _RETRIED)
    if first > 0:
        for number in range(first, count):
            other = drawn(now.random, number + 1)
            now.absent[number], now.absent[other] = now.absent[other], now.absent[number]
    return first


@compiled
def search(given: Given, now: Now, rounds: int, hot: float, cold: float) -> None:
    """So many rounds of annealing, the temperature falling evenly by factors from hot to cold."""
    figures = now.figures
    cooling = (cold / hot) ** (1.0 / rounds)
    temperature = hot
    for _ in range(rounds):
        figures[TOUCHED] = 0
        figures[SAVED_ABSENT] = figures[ABSENT]
        for number in range(figures[ABSENT]):
            now.saved_absent[number] = now.absent[number]
        first = shuffle_in(now)
        ruin(given, now)
        recreate(given, now, first)
        amount = total(given, now)
        luck = -math.log((drawn(now.random, 1 << 30) + 1) / (1 << 30))
        if amount < figures[TOTAL] + temperature * luck:
            figures[TOTAL] = amount
            if amount < figures[BEST]:
                keep_best(now)
        else:
            put_back(given, now)
        for number in range(figures[TOUCHED]):
            now.is_touched[now.touched[number]] = 0
        temperature *= cooling


@compiled
def begin(given: Given, now: Now) -> bool:
    """Work out all routes as linked and put in what is absent; False when a limit is missed."""
    is_kept = True
    for shift in range(given.fit.shape[1]):
        is_kept = refresh(given, now, shift) and is_kept
    now.figures[TOUCHED] = 0
    recreate(given, now, 0)
    now.is_touched[:] = 0
    now.figures[TOTAL] = total(given, now)
    keep_best(now)
    return is_kept
