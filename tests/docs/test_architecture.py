"""The lists in ``docs/architecture.md`` are true: the packages, the public ones, and the modules of the three paths."""

import ast
import re
import sys
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator
from functools import partial
from graphlib import TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

import friendcities as fc
from friendcities.checks import RecordTree, check
from friendcities.importers import read_table
from tests.frozen import FROZEN

if TYPE_CHECKING:
    from types import CodeType

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
PACKAGE: Final = Path(fc.__file__).parent
PUBLIC: Final = {"importers", "exporters", "merge", "diff", "checks", "graph", "plot", "errors"}
MONITORING: Final[Any] = getattr(sys, "monitoring", None)
needs_monitoring = pytest.mark.skipif(MONITORING is None, reason="sys.monitoring is new in Python 3.12")
LIMITS: Final = {"A question": 6, "One row": 12, "One problem": 8}


def calls_by_module(action: Callable[[], object]) -> Counter[str]:
    """How often code of each module of the package is called, in the order of the first call."""
    events: list[tuple[CodeType, int]] = []
    tool = 4
    MONITORING.use_tool_id(tool, "friendcities paths")
    try:
        MONITORING.register_callback(tool, MONITORING.events.PY_START, lambda *event: events.append(event))
        MONITORING.set_events(tool, MONITORING.events.PY_START)
        action()
    finally:
        MONITORING.set_events(tool, 0)
        MONITORING.free_tool_id(tool)
    files = [Path(code.co_filename) for code, _ in events if code.co_name != "<module>"]
    paths = [path.relative_to(PACKAGE) for path in files if PACKAGE in path.parents]
    return Counter(".".join(path.with_suffix("").parts) for path in paths)


def assert_path(title: str, calls: Iterable[str]) -> None:
    """The modules are those that the page lists, in that order, and not too many."""
    modules = [name for name in calls if not name.startswith("model.") and name not in {"errors", "__init__"}]
    assert listed(title) == modules
    assert len(modules) <= LIMITS[title]


def listed(title: str) -> list[str]:
    """The modules that the page lists under a title, in order."""
    _, _, section = PAGE.partition(f"**{title}**")
    block = re.search(r"((?:^\d+\. .*\n)+)", section, flags=re.MULTILINE)
    assert block is not None
    return re.findall(r"^\d+\. `([\w.]+)`", block.group(), flags=re.MULTILINE)


@needs_monitoring
def test_a_question(tmp_path: Path) -> None:
    """A question on a loaded dataset runs at most six modules, those on the page."""
    FROZEN.save(tmp_path / "world.json")
    dataset = fc.Dataset.load(tmp_path / "world.json")
    calls = calls_by_module(lambda: dataset.partners_of("Shanghai", on="2001", kind="sister_city"))
    assert_path("A question", calls)


@needs_monitoring
def test_one_row(tmp_path: Path) -> None:
    """Each further row of a file runs at most twelve modules, those on the page."""
    rows = [f"Vik {i},Iceland,63.{i},-19.{i},Lyon {i},France,45.{i},4.{i}\n" for i in range(3)]
    paths = [tmp_path / f"{number}.csv" for number in (2, 2, 3)]
    for path, number in zip(paths, (2, 2, 3), strict=True):
        path.write_text(
            "city1,country1,lat1,lng1,city2,country2,lat2,lng2\n" + "".join(rows[:number]), encoding="utf-8"
        )

    def read(path: Path) -> None:
        assert read_table(path, profile="pairs", publisher="A list", as_of="2020").report.imported

    _, two, three = (calls_by_module(partial(read, path)) for path in paths)
    assert_path("One row", [name for name in three if three[name] > two[name]])


@needs_monitoring
def test_one_problem(tmp_path: Path) -> None:
    """One problem of the check runs at most eight modules, those on the page."""
    path = tmp_path / "cities" / "nz" / "nz-dunedin.json"
    path.parent.mkdir(parents=True)
    path.write_text('{"name": "Dunedin", "country": "NZ", "level": "twon"}', encoding="utf-8")

    def find() -> None:
        report = check(RecordTree.read(tmp_path), only=["schema"])
        assert [1] == [problem.line for problem in report.problems]

    assert_path("One problem", calls_by_module(find))


def test_every_package_is_on_the_page() -> None:
    """The tree of packages names each package and each module beside them, and nothing else."""
    tree = PAGE.partition("```text\n")[2].partition("```")[0]
    named = set(re.findall(r"\w+", " ".join(line[4:].split("  ")[0] for line in tree.splitlines()[1:])))
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
        for name in re.findall(
            r"\| `([a-z_]+(?:\.[a-z_]+)*)` \|", PAGE.partition("## Shared concepts")[2].partition("\n## ")[0]
        )
        if not any((PACKAGE / name.replace(".", "/")).with_suffix(end).exists() for end in (".py", ""))
    ]
    assert [] == missing


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Function-level imports count; imports for type checkers do not."""
    modules = {module_name(path): path for path in PACKAGE.rglob("*.py")}
    assert len(modules) > 100
    TopologicalSorter({name: [*imported_modules(path, modules)] for name, path in modules.items()}).prepare()


def module_name(path: Path) -> str:
    """The dotted name of the module in a file."""
    return ".".join(("friendcities", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")


def imported_modules(path: Path, modules: Container[str]) -> Iterator[str]:
    """The modules of ours that a module imports, wherever it does, except for type checkers."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    tree.body = [
        node for node in tree.body if not (isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test))
    ]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules)
        elif isinstance(node, ast.ImportFrom) and node.module is not None and node.module in modules:
            for alias in node.names:
                submodule = f"{node.module}.{alias.name}"
                yield submodule if submodule in modules else node.module
