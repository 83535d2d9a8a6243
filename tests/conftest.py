"""How the tests run: on the fixture dataset, and with the same random examples every time in CI, new ones at home."""

import os
from typing import Final

from hypothesis import settings

from tests.frozen import FROZEN, answer_from

IN_CI: Final = "CI" in os.environ

for name, examples in {"short": 5, "full": 20}.items():  # chosen with --hypothesis-profile
    settings.register_profile(name, derandomize=IN_CI, deadline=None, max_examples=examples, print_blob=IN_CI)
settings.load_profile("short")

answer_from(FROZEN)  # here and not in a fixture of pytest: test modules ask for records when they are imported, too
