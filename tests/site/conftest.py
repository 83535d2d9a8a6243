"""The built site shows the bundled data."""

from collections.abc import Iterator

import pytest

from friendcities.datasets import bundled
from tests.frozen import FROZEN, answer_from


@pytest.fixture(scope="session", autouse=True)
def _bundled_data() -> Iterator[None]:
    """The library answers from the bundled data, as the site is built from it."""
    answer_from(bundled._read())
    yield
    answer_from(FROZEN)
