"""The lists in ``docs/architecture.md`` are true: the packages, the public ones, and the modules of the three paths."""

import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import CodeType
from typing import Final

import pytest

import friendcities as fc
from friendcities.checks import RecordTree, check
from friendcities.importers import read_table
from tests.frozen import FROZEN

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
PACKAGE: Final = Path(fc.__file__).parent
PUBLIC: Final = {"importers", "exporters", "merge", "diff", "checks", "graph", "plot", "errors"}
LIMITS: Final = {"A question": 6, "One row": 12, "One problem": 8}


def modules_run(action: Callable[[], object]) -> list[str]:
    """The modules of the package whose code runs, in the order of their first call, without ``model`` and ``errors``."""
    modules: dict[str, None] = {}

    def watch(code: CodeType, _: int) -> object:
        path = Path(code.co_filename)
        if PACKAGE in path.parents and code.co_name != "<module>":
            modules[".".join(path.relative_to(PACKAGE).with_suffix("").parts)] = None
        return sys.monitoring.DISABLE

    if not hasattr(sys, "monitoring"):  # Python 3.11
        pytest.skip("sys.monitoring is new in Python 3.12")
    tool = 4
    sys.monitoring.use_tool_id(tool, "friendcities paths")
    try:
        sys.monitoring.register_callback(tool, sys.monitoring.events.PY_START, watch)
        sys.monitoring.set_events(tool, sys.monitoring.events.PY_START)
        action()
    finally:
        sys.monitoring.set_events(tool, 0)
        sys.monitoring.free_tool_id(tool)
    return [name for name in modules if not name.startswith("model.") and name not in {"errors", "__init__"}]


def listed(title: str) -> list[str]:
    """The modules that the page lists under a title, in order."""
    _, _, section = PAGE.partition(f"**{title}**")
    block = re.search(r"((?:^\d+\. .*\n)+)", section, flags=re.MULTILINE)
    assert block is not None
    return re.findall(r"^\d+\. `([\w.]+)`", block.group(), flags=re.MULTILINE)


def test_a_question(tmp_path: Path) -> None:
    """A question on a loaded dataset runs at most six modules, those on the page."""
    FROZEN.save(tmp_path / "world.json")
    dataset = fc.Dataset.load(tmp_path / "world.json")
    assert_path("A question", modules_run(lambda: dataset.partners_of("Shanghai", on="2001", kind="sister_city")))


def test_one_row(tmp_path: Path) -> None:
    """One imported row runs at most twelve modules, those on the page."""
    path = tmp_path / "list.csv"
    path.write_text("city1,country1,lat1,lng1,city2,country2,lat2,lng2\nVik,Iceland,63.4,-19,Lyon,France,45.7,4.8\n")

    def read() -> None:
        found = read_table(path, profile="pairs", publisher="A list", as_of="2020")
        assert 1 == found.report.imported

    assert_path("One row", modules_run(read))


def test_one_problem(tmp_path: Path) -> None:
    """One problem of the check runs at most eight modules, those on the page."""
    path = tmp_path / "cities" / "nz" / "nz-dunedin.json"
    path.parent.mkdir(parents=True)
    path.write_text('{"name": "Dunedin", "country": "NZ", "level": "twon"}')

    def find() -> None:
        report = check(RecordTree.read(tmp_path), only=["schema"])
        assert [1] == [problem.line for problem in report.problems]

    assert_path("One problem", modules_run(find))


def assert_path(title: str, modules: list[str]) -> None:
    """The modules are those that the page lists, in that order, and not too many."""
    assert listed(title) == modules
    assert len(modules) <= LIMITS[title]


def test_every_package_is_on_the_page() -> None:
    """The tree of packages names each package and each module beside them, and nothing else."""
    tree = PAGE.partition("```text\n")[2].partition("```")[0]
    named = set(re.findall(r"[\w]+", " ".join(line[4:].split("  ")[0] for line in tree.splitlines()[1:])))
    present = {path.stem for path in PACKAGE.iterdir() if path.is_dir() or path.suffix == ".py"}
    assert named == present - {"__init__", "__main__", "__pycache__", "py", "web"}


def test_internal_packages_say_so() -> None:
    """A package is public and on the page as such, or says that it is internal."""
    public = set(re.findall(r"`friendcities\.(\w+)`", PAGE.partition("**Public:**")[2].partition("\n\n")[0]))
    assert public == PUBLIC
    internal = {
        path.parent.name
        for path in PACKAGE.glob("*/__init__.py")
        if "Internal." in path.read_text(encoding="utf-8").partition('"""')[2].partition('"""')[0]
    }
    assert {path.parent.name for path in PACKAGE.glob("*/__init__.py")} - PUBLIC == internal


def test_the_versions_page_promises_the_same() -> None:
    """The page on versions names the same public modules."""
    versions = (ROOT / "docs" / "versioning.md").read_text(encoding="utf-8")
    assert PUBLIC == set(re.findall(r"`friendcities\.(\w+)`", versions)) & (PUBLIC | {"codec", "model", "datasets"})


def test_the_page_names_modules_that_exist() -> None:
    """Each module in the table of concepts exists."""
    missing = [
        name
        for name in re.findall(r"\| `([a-z_]+(?:\.[a-z_]+)*)` \|", PAGE)
        if not any((PACKAGE / name.replace(".", "/")).with_suffix(end).exists() for end in (".py", ""))
    ]
    assert [] == missing
