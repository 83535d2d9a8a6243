"""Here the functions of ``friendcities`` answer with what was read from the sources, from the bundled records."""

from collections.abc import Iterator

import pytest

from tests.data.as_read import AS_READ
from tests.frozen import FROZEN, answer_from


@pytest.fixture(autouse=True)
def _facts_of_the_bundled_records() -> Iterator[None]:
    answer_from(AS_READ)
    yield
    answer_from(FROZEN)
