"""How the tests run: on the fixture dataset, and with the same examples every time.

``--hypothesis-profile=random`` draws new examples.
"""

import pytest
from hypothesis import settings

from tests.frozen import FROZEN, answer_from

for name, examples in {"short": 5, "full": 20}.items():  # chosen with --hypothesis-profile
    settings.register_profile(name, derandomize=True, deadline=None, max_examples=examples, print_blob=True)
settings.register_profile("random", deadline=None, max_examples=100, print_blob=True)
settings.load_profile("short")

answer_from(FROZEN)  # here and not in a fixture of pytest: test modules ask for records when they are imported, too


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:  # pragma: no cover - after all tests
    """Print the number of documents that each fuzzer has tried."""
    for report in terminalreporter.getreports("passed"):
        if number := dict(report.user_properties).get("documents"):
            terminalreporter.write_line(f"{report.nodeid}: {number:,} documents")
