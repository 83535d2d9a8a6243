"""What the docstrings show is what the package does."""

import importlib
import pkgutil
from collections.abc import Iterator
from doctest import DocTest, DocTestFinder, DocTestRunner
from typing import Final

import pytest

import friendcities


def found() -> Iterator[DocTest]:
    """The examples of every docstring of the package, each once, where it is defined; ``fc`` is the package."""
    finder = DocTestFinder(exclude_empty=True)
    for module in pkgutil.walk_packages(friendcities.__path__, "friendcities."):
        # The first runs, the second repeats the docstrings of the dataset, and only PyInstaller can import the third.
        if not module.name.endswith(("__main__", ".bundled", ".hook-friendcities")):
            imported = importlib.import_module(module.name)
            yield from finder.find(imported, globs={**vars(imported), "fc": friendcities})


EXAMPLES: Final = sorted({test.name: test for test in found() if test.examples}.items())


@pytest.mark.parametrize("test", [test for _, test in EXAMPLES], ids=[name for name, _ in EXAMPLES])
def test_examples(test: DocTest) -> None:
    """Every example of a docstring gives what it shows."""
    said: list[str] = []
    DocTestRunner(verbose=False).run(test, out=said.append)

    assert "" == "".join(said)


def test_examples_were_found() -> None:
    """There are many, in the questions above all."""
    names = {name for name, _ in EXAMPLES}

    assert len(names) > 100
    assert {
        "friendcities.datasets.dataset.Dataset.partners_of",
        "friendcities.model.dates.PartialDate",
    } <= names
