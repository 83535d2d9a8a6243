"""How the tests run: the same examples every time in CI, new ones at home."""

import os

from hypothesis import settings

settings.register_profile("ci", derandomize=True, deadline=None, max_examples=20, print_blob=True)
settings.register_profile("home", deadline=None, max_examples=20)
settings.load_profile("ci" if os.environ.get("CI") else "home")
