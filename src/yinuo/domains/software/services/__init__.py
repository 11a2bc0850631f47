"""What people do with software versions, one function each."""

from yinuo.domains.software.services.giving import deliver_release, help_with_release
from yinuo.domains.software.services.releasing import (
    add_release_file,
    publish_release,
    withdraw_release,
)

__all__ = [
    "add_release_file",
    "deliver_release",
    "help_with_release",
    "publish_release",
    "withdraw_release",
]
