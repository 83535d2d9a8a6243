"""How the tests run: on the fixture dataset, and with the same examples every time.

``--hypothesis-profile=random`` draws new examples.
"""

from hypothesis import settings

from tests.frozen import FROZEN, answer_from

for name, examples in {"short": 5, "full": 20}.items():  # chosen with --hypothesis-profile
    settings.register_profile(name, derandomize=True, deadline=None, max_examples=examples, print_blob=True)
settings.register_profile("random", deadline=None, max_examples=100, print_blob=True)
settings.load_profile("short")

answer_from(FROZEN)  # here and not in a fixture of pytest: test modules ask for records when they are imported, too
