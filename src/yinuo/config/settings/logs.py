"""Structured logs: one JSON object a line on standard error, each with its request id."""

from __future__ import annotations

from yinuo.config.settings.environment import text

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "yinuo.platform.web.logs.RequestIdFilter"}},
    "formatters": {"json": {"()": "yinuo.platform.web.logs.JsonFormatter"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "filters": ["request_id"],
            "formatter": "json",
        }
    },
    "root": {"handlers": ["stderr"], "level": text("YINUO_LOG_LEVEL", "INFO")},
    "loggers": {
        "procrastinate": {"level": "WARNING"},
        # Warns of an app made in the main module, which is where a worker makes its own.
        "procrastinate.blueprints": {"level": "ERROR"},
    },
}
