"""Chinese first, English complete; instants in UTC, shown in the reader's zone."""

from __future__ import annotations

from yinuo.config.settings.apps import PACKAGE
from yinuo.config.settings.environment import text

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "yinuo_language"
LANGUAGE_COOKIE_AGE = 31_536_000
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
USE_I18N = True
USE_TZ = True
TIME_ZONE = text("YINUO_TIME_ZONE", "Asia/Shanghai")
