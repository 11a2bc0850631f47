"""The picture of the states is made from the tables and current."""

from __future__ import annotations

import pytest
from tools.states import PAGE, page


@pytest.mark.req("R39")
def test_the_page_of_states_is_what_the_tables_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python tools/states.py"
