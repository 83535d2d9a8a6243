"""A correct change to the bundled data keeps every test green: a copy of the project has changed data, and is tested.

Only the tests that read the bundled data run in the copy. The other ones cannot have another result: they fail in any
run if they read it (`tests/conftest.py`).
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from friendcities import Dataset, Name, NameKind, SourceKind, data_version
from friendcities.cli import main
from friendcities.codec.writer import dumps, encode
from friendcities.datasets.folder import record_path
from friendcities.model import AnyRecord
from tests.worlds import a_city, a_source, a_step, a_tie, changed, told

ROOT: Final = Path(__file__).parents[2]
DATA: Final = Path("src", "friendcities", "data")
LEFT_OUT: Final = (
    ".git",
    ".hypothesis",
    ".nox",
    ".venv",
    "__pycache__",
    "_build",
    "dist",
    "mutants",
    "node_modules",
    ".*_cache",
    ".coverage*",
)
"""What is not copied: nothing that tests read."""
FOLDER: Final = "tests/data"
"""The folder whose tests all run in the copy."""
MARKER: Final = "bundled_data"
"""The marker of the other tests that run in the copy."""


def write(tree: Path, *records: AnyRecord) -> None:
    """Write the files of records."""
    for record in records:
        path = tree / record_path(record)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(encode(record), encoding="utf-8")


def add_the_worked_example(tree: Path) -> None:
    """Add the files of the guide to contributing."""
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    files = re.findall(r"`([\w/-]+\.json)`:\n\n```json\n(.+?)```", guide, re.DOTALL)
    assert 3 == len(files)
    for name, text in files:
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text(text, encoding="utf-8")


def add_a_partner_of_shanghai(tree: Path) -> None:
    """Add a city that does not exist, and its partnership, one of the earliest, with a source."""
    source = a_source("exemplo-2026", "2026", SourceKind.CITY_GOVERNMENT, "pt-exemplo")
    city = a_city("pt-exemplo", evidence=(told(source.id, "name", "country", "level"),))
    step = a_step("1974-05-02", told(source.id, "date", "action", "kind"))
    write(tree, source, city, a_tie("cn-shanghai", city.id, step))


def end_a_partnership(tree: Path) -> None:
    """Add a last step to Shanghai's first partnership, by a new source."""
    first, *_ = Dataset.load(tree).partnerships_of("cn-shanghai")
    source = a_source("end-of-the-first", data_version)
    ended = a_step(data_version, told(source.id, "date", "action", "kind"), action="ended")
    write(tree, source, changed(first, steps=(*first.steps, ended)))


def contradict_a_date(tree: Path) -> None:
    """Add a source that states another year for Shanghai's second partnership."""
    second, *_ = Dataset.load(tree).partnerships_of("cn-shanghai")
    source = a_source("another-year", data_version)
    step, *others = second.steps
    assert step.date is not None
    other_year = told(source.id, "action", date=changed(step.date, year=step.date.year + 1))
    write(tree, source, changed(second, steps=(changed(step, evidence=(*step.evidence, other_year)), *others)))


def rename_a_city(tree: Path) -> None:
    """Give a partner of Shanghai another name and another id; the old name and the old ids stay known."""
    data = Dataset.load(tree)
    *_, city = data.partners_of("cn-shanghai")
    former = Name(text=city.name, language="en", kind=NameKind.FORMER)
    write(tree, changed(city, name=f"New {city.name}", names=(*city.names, former)))
    cities = {str(city.id): f"{city.id}-new"}
    partnerships = {
        str(partnership.id): "--".join(sorted(cities.get(id_, id_) for id_ in partnership.cities))
        for partnership in data.partnerships_of(city, status="any")
    }
    ids = {**cities, **partnerships}
    for path in list(tree.rglob("*.json")):
        text = re.sub(r'(?<=")[a-z0-9-]+(?=")', lambda found: ids.get(found[0], found[0]), path.read_text("utf-8"))
        path.with_stem(ids.get(path.stem, path.stem)).write_text(text, encoding="utf-8")
        if path.stem in ids:
            path.unlink()
    redirects = tree / "redirects.json"
    moved = json.loads(redirects.read_text("utf-8")) if redirects.exists() else {}
    moved["cities"] = {**moved.get("cities", {}), **cities}
    moved["partnerships"] = {**moved.get("partnerships", {}), **partnerships}
    redirects.write_text(dumps(moved), encoding="utf-8")


CHANGES: Final = (
    add_the_worked_example,
    add_a_partner_of_shanghai,
    end_a_partnership,
    contradict_a_date,
    rename_a_city,
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project, with the changes made to its data."""
    copy = tmp_path_factory.mktemp("copy") / "project"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*LEFT_OUT))
    for change in CHANGES:
        change(copy / DATA)
    return copy


def test_the_changes_are_correct(project: Path) -> None:
    """The check finds nothing wrong with the changed data."""
    assert 0 == main(["check", str(project / DATA)])
    assert 0 == main(["format", "--check", str(project / DATA)])


def files_with_marker() -> list[str]:
    """The files of tests with the marker."""
    files = {path for folder in ("checks", "docs", "unit") for path in (ROOT / "tests" / folder).glob("test_*.py")}
    return sorted(str(path.relative_to(ROOT)) for path in files if f"mark.{MARKER}" in path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "tests", [[FOLDER], ["-m", f"{MARKER} and not slow", *files_with_marker()]], ids=["data", "other"]
)
def test_every_test_stays_green(project: Path, tests: list[str]) -> None:
    """The tests of the copy pass, on the source of the copy and the changed data."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV", "FRIENDCITIES"))
    }
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests],
        cwd=project,
        env={**environment, "PYTHONPATH": str(project / "src"), "CI": "1"},
        check=False,
        capture_output=True,
        text=True,
    )

    assert 0 == done.returncode, done.stdout[-5000:]
