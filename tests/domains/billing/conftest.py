"""A centre whose people issue, carry out and file work orders."""

from __future__ import annotations

import pytest
from tests.factories.centre import Centre, make_centre


@pytest.fixture
def centre(db: None) -> Centre:
    return make_centre()
