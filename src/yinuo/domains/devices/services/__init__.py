"""What a phone does: sign in, send what was done, send photographs; and what ends it."""

from yinuo.domains.devices.services.dropping import drop_operation
from yinuo.domains.devices.services.photographing import add_piece, begin_photo
from yinuo.domains.devices.services.registering import (
    note_contact,
    register_device,
    revoke_device,
)
from yinuo.domains.devices.services.taking import take_operations

__all__ = [
    "add_piece",
    "begin_photo",
    "drop_operation",
    "note_contact",
    "register_device",
    "revoke_device",
    "take_operations",
]
