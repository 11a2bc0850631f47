"""What people do with preventive work."""

from yinuo.domains.prevention.services.agreeing import (
    agree_visit,
    move_visit,
    note_attempt,
    plan_visit,
    remind_customer,
    skip_visit,
)
from yinuo.domains.prevention.services.batching import plan_month
from yinuo.domains.prevention.services.deciding import decline_suggestion, take_suggestion
from yinuo.domains.prevention.services.holding import hold_visit
from yinuo.domains.prevention.services.ordering import order_visit
from yinuo.domains.prevention.services.setting_up import (
    create_series,
    end_series,
    keep_series,
    read_meter,
)

__all__ = [
    "agree_visit",
    "create_series",
    "decline_suggestion",
    "end_series",
    "hold_visit",
    "keep_series",
    "move_visit",
    "note_attempt",
    "order_visit",
    "plan_month",
    "plan_visit",
    "read_meter",
    "remind_customer",
    "skip_visit",
    "take_suggestion",
]
