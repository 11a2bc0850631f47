"""What users can do to the asset register, one function each."""

from yinuo.domains.assets.services.assets import AssetData, create_asset, edit_asset
from yinuo.domains.assets.services.components import (
    ComponentData,
    add_component,
    edit_component,
    remove_component,
    replace_component,
)
from yinuo.domains.assets.services.downtimes import end_downtime, record_downtime, void_downtime
from yinuo.domains.assets.services.past_events import (
    PastEventData,
    correct_past_event,
    record_past_event,
)
from yinuo.domains.assets.services.projects import create_project, edit_project
from yinuo.domains.assets.services.swapping import Swap, swap_serial

__all__ = [
    "AssetData",
    "ComponentData",
    "PastEventData",
    "Swap",
    "add_component",
    "correct_past_event",
    "create_asset",
    "create_project",
    "edit_asset",
    "edit_component",
    "edit_project",
    "end_downtime",
    "record_downtime",
    "record_past_event",
    "remove_component",
    "replace_component",
    "swap_serial",
    "void_downtime",
]
