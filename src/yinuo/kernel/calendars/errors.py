"""What can be wrong with a calendar."""

from __future__ import annotations


class CalendarError(ValueError):
    """A calendar that cannot be built, or a question it cannot answer.

    `code` is stable and meant for programs: `empty_calendar`, `unknown_zone`, `bad_window`,
    `overlapping_windows`, `bad_season`, `overlapping_seasons`, `contradictory_day`, `bad_range`,
    `bad_version`, `beyond_horizon`, `bad_stop`, `bad_count`.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
