"""What people do with trainings, one function each."""

from yinuo.domains.trainings.services.closing import cancel_training, close_training
from yinuo.domains.trainings.services.granting import grant_training
from yinuo.domains.trainings.services.holding import hold_training
from yinuo.domains.trainings.services.materials import keep_material
from yinuo.domains.trainings.services.planning import (
    change_training,
    plan_customer_training,
    plan_internal_training,
)

__all__ = [
    "cancel_training",
    "change_training",
    "close_training",
    "grant_training",
    "hold_training",
    "keep_material",
    "plan_customer_training",
    "plan_internal_training",
]
