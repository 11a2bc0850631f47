"""Sessions of browsers that ask for many pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.test import Client

from yinuo.platform.accounts.limits import SEEN


def count_as_seen(browser: Client) -> None:
    """Nothing is written about when the session was last seen for the next hour.

    That is written once a minute, with whichever page is asked for then: one statement more that
    has nothing to do with the page whose statements are counted.
    """
    session = browser.session
    session[SEEN] = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    session.save()
