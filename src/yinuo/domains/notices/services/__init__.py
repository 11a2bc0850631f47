"""Telling people, reading what one was told, and settling what could not be sent."""

from yinuo.domains.notices.services.outbox import retry_notice, settle_by_hand
from yinuo.domains.notices.services.reading import read_all, read_notice
from yinuo.domains.notices.services.telling import notify, notify_nearest

__all__ = ["notify", "notify_nearest", "read_all", "read_notice", "retry_notice", "settle_by_hand"]
