"""Log lines as JSON objects, without secrets and personal data (R58): paths, never bodies.

What stands in an address behind the place of links is a secret; it is left out of every line.
"""

from __future__ import annotations

import logging
import re
from datetime import UTC, datetime

import orjson
from django.conf import settings

from yinuo.platform.web.request_id import current_request_id

_EXTRAS = ("request_id", "status", "ms", "event", "pid", "count")


def without_secrets(text: str) -> str:
    """The text with the secrets of links, wherever an address of one stands in it, left out."""
    return re.sub(rf"({re.escape(settings.LINKS_URL)})[\w%-]+", r"\1…", text)


class RequestIdFilter(logging.Filter):
    """Adds `request_id` to every record that does not carry one."""

    def filter(self, record: logging.LogRecord) -> bool:
        if not hasattr(record, "request_id"):
            record.request_id = current_request_id()
        return True


class JsonFormatter(logging.Formatter):
    """One JSON object per record: time (UTC), level, logger, message, known extras, traceback."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": without_secrets(record.getMessage()),
        }
        line |= {
            name: value
            for name in _EXTRAS
            if (value := getattr(record, name, "")) not in ("", None)
        }
        if record.exc_info:
            line["traceback"] = without_secrets(self.formatException(record.exc_info))
        return orjson.dumps(line, default=str).decode()
