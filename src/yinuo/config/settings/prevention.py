"""What makes records suggest a visit: days a finding may stay open, years until an asset is old."""

from __future__ import annotations

from yinuo.config.settings.environment import text

FINDING_OPEN_DAYS = int(text("YINUO_FINDING_OPEN_DAYS", "14"))
AGEING_YEARS = int(text("YINUO_AGEING_YEARS", "5"))
