"""How the tests run: on the fixture dataset, and with the same random examples every time in CI, new ones at home."""

import os

from hypothesis import settings

from tests.frozen import FROZEN, answer_from

settings.register_profile("ci", derandomize=True, deadline=None, max_examples=20, print_blob=True)
settings.register_profile("home", deadline=None, max_examples=20)
settings.load_profile("ci" if os.environ.get("CI") else "home")

answer_from(FROZEN)  # here and not in a fixture of pytest: test modules ask for records when they are imported, too
