"""How the tests run: on the fixture dataset, and with the same examples every time.

``--hypothesis-profile=random`` draws new examples.

A test that reads the bundled data, or starts a process that can read it, has the marker ``bundled_data``, or is in a
folder of `READERS`. After a change to the data, only these tests can have another result.
"""

import gc
import os
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import settings

import friendcities
from tests.frozen import FROZEN, answer_from

TESTS: Final = Path(__file__).parent
BUNDLED: Final = tuple(
    f"{path / 'data'}{os.sep}" for path in (TESTS.parent / "src" / "friendcities", Path(friendcities.__file__).parent)
)
"""The folders of the bundled data: of the source tree, and of the installed package."""
READERS: Final = {"data", "packaging", "samples", "site"}
"""The folders of tests that read the bundled data."""
_may_read = [True]

for name, examples in {"short": 5, "full": 20}.items():  # chosen with --hypothesis-profile
    settings.register_profile(name, derandomize=True, deadline=None, max_examples=examples, print_blob=True)
settings.register_profile("random", deadline=None, max_examples=100, print_blob=True)
settings.load_profile("short")

answer_from(FROZEN)  # here and not in a fixture of pytest: test modules ask for records when they are imported, too


def _guard_data(event: str, arguments: tuple[Any, ...]) -> None:  # pragma: no cover - coverage does not see audit hooks
    """Fail a test that reads the bundled data, or starts a process of Python, without the marker."""
    if not _may_read[0] and (
        os.path.abspath(arguments[0]).startswith(BUNDLED)  # noqa: PTH100 - called often
        if event == "open" and isinstance(arguments[0], str | os.PathLike)
        else event == "subprocess.Popen" and Path(str(arguments[0])).name.startswith(("friendcities", "python"))
    ):
        pytest.fail("this test reads the bundled data, or starts Python: it needs the marker bundled_data")


sys.addaudithook(_guard_data)


def _reads_data(node: pytest.Item | pytest.Collector) -> bool:
    folder = node.path.relative_to(TESTS).parts[:1] if isinstance(node, pytest.Item | pytest.Module) else ()
    return not folder or folder[0] in READERS or node.get_closest_marker("bundled_data") is not None


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, Any, Any]:
    """Guard the bundled data while a module of tests is imported."""
    _may_read[0] = _reads_data(collector)
    try:
        return (yield)
    finally:
        _may_read[0] = True


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, Any, Any]:
    """Guard the bundled data during a test."""
    _may_read[0] = _reads_data(item)
    try:
        return (yield)
    finally:
        _may_read[0] = True


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put slow tests first: a worker that began one at the end would work alone."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_collection_finish() -> None:
    """Hide what was imported and collected from the garbage collector: it stays, and visiting it takes long."""
    gc.collect()
    if sys.platform != "emscripten":  # pragma: no branch - Hypothesis asks the garbage collector there
        gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:  # pragma: no cover - after all tests
    """Print the number of documents that each fuzzer has tried."""
    for report in terminalreporter.getreports("passed"):
        if number := dict(report.user_properties).get("documents"):
            terminalreporter.write_line(f"{report.nodeid}: {number:,} documents")
