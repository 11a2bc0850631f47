"""Goodwill by rule: what is still free after a cover has ended, as figures of plan or contract.

`goodwill_days` is for so many days after the end, `goodwill_up_to` up to an amount for each case;
with both, up to the amount within the days; with the amount alone, without end. A person may
decide the same for any one request (B-22).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from yinuo.kernel.cover.candidates import Lost, Period
from yinuo.kernel.plan.text import Text

DAYS, UP_TO = "goodwill_days", "goodwill_up_to"
# Further ahead nobody means it; the calendar must not run out.
MOST_DAYS = Decimal(36_500)


@dataclass(frozen=True, slots=True)
class Goodwill:
    """From when to when goodwill holds, half-open, and up to which amount for each case."""

    holds: Period
    up_to: Decimal | None
    rule: Text

    def refused(self, day: date) -> Lost | None:
        """Why it does not hold on a day; None when it does."""
        if day < self.holds.begins_on:
            return Lost.TERM_NOT_BEGUN
        return None if self.holds.holds(day) else Lost.TERM_OVER


def goodwill(figures: Mapping[str, Decimal], ended_on: date | None) -> Goodwill | None:
    """The goodwill that follows a cover ended on a day (the first without it); None without a
    rule, with figures of nothing or when the end is not known.

    >>> rule = goodwill({"goodwill_days": Decimal(15)}, date(2026, 8, 15))
    >>> rule.holds.ends_on.isoformat(), rule.rule.en
    ('2026-08-30', 'goodwill for 15 days after the end')
    """
    days, up_to = figures.get(DAYS), figures.get(UP_TO)
    given = [one for one in (days, up_to) if one is not None]
    if not given or min(given) <= 0 or ended_on is None:
        return None
    until = None if days is None else ended_on + timedelta(days=int(min(days, MOST_DAYS)))
    return Goodwill(Period(ended_on, until), up_to, _rule(days, up_to))


def _rule(days: Decimal | None, up_to: Decimal | None) -> Text:
    zh, en = "到期后", "goodwill"
    if days is not None:
        zh, en = f"{zh} {int(days)} 天内", f"{en} for {int(days)} days after the end"
    else:
        en = f"{en} after the end"
    if up_to is not None:
        zh, en = f"{zh}，每次不超过 {up_to:,.2f}", f"{en}, up to {up_to:,.2f} a case"
    return Text(f"{zh}按优惠处理", en)
