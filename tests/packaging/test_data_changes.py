"""A correct change to the bundled data keeps every test green: a copy of the project has changed data, and is tested.

The short tests of the copy run in processes of their own, so this takes minutes, and is a part of the full run only.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from friendcities import Dataset, Name, NameKind, SourceKind
from friendcities.cli import main
from friendcities.codec.canonical import dumps, encode
from friendcities.collection.storage import path_of
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
TESTS: Final = ("checks", "data", "docs", "unit")
"""The folders of tests that run in the copy."""


def write(tree: Path, *records: AnyRecord) -> None:
    """Write the files of records."""
    for record in records:
        path = tree / path_of(record)
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
    """Add a city and its partnership, among the earliest, with a source of its own."""
    source = a_source("porto-city-2026", "2026", SourceKind.CITY_GOVERNMENT, "pt-porto")
    city = a_city("pt-porto", evidence=(told(source.id, "name", "country", "level"),))
    step = a_step("1974-05-02", told(source.id, "date", "what", "kind"))
    write(tree, source, city, a_tie("cn-shanghai", city.id, step))


def end_a_partnership(tree: Path) -> None:
    """Add a last step to the partnership of Osaka, by a new source."""
    source = a_source("osaka-city-2026", "2026-02", SourceKind.CITY_GOVERNMENT, "jp-osaka")
    found = Dataset.load(tree).partnership_between("cn-shanghai", "jp-osaka")
    ended = a_step("2026-01-31", told(source.id, "date", "what", "kind"), what="ended")
    write(tree, source, changed(found, steps=(*found.steps, ended)))


def contradict_a_date(tree: Path) -> None:
    """Add a source by which the partnership with Rotterdam began on another day."""
    source = a_source("rotterdam-paper-2026", "2026")
    found = Dataset.load(tree).partnership_between("cn-shanghai", "nl-rotterdam")
    first, *others = found.steps
    other_date = told(source.id, "what", date=changed(first.date, day=1))
    write(tree, source, changed(found, steps=(changed(first, evidence=(*first.evidence, other_date)), *others)))


def rename_a_city(tree: Path) -> None:
    """Give Zagreb another name and another id; its old name and ids stay known."""
    city = Dataset.load(tree).city("hr-zagreb")
    former = Name(text="Zagreb", language="en", kind=NameKind.FORMER)
    write(tree, changed(city, name="Agram", names=(*city.names, former)))
    cities, partnerships = {"hr-zagreb": "hr-agram"}, {"cn-shanghai--hr-zagreb": "cn-shanghai--hr-agram"}
    for path in list(tree.rglob("*.json")):
        text = path.read_text(encoding="utf-8")
        for old, new in {**cities, **partnerships}.items():
            text = text.replace(f'"{old}"', f'"{new}"')
        path.write_text(text, encoding="utf-8")
        path.rename(path.with_name(path.name.replace("hr-zagreb", "hr-agram")))
    (tree / "redirects.json").write_text(dumps({"cities": cities, "partnerships": partnerships}), encoding="utf-8")


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


@pytest.mark.parametrize("folder", TESTS)
def test_every_test_stays_green(project: Path, folder: str) -> None:
    """The tests of the copy pass, on the source of the copy and the changed data."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV", "FRIENDCITIES"))
    }
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not slow", f"tests/{folder}"],
        cwd=project,
        env={**environment, "PYTHONPATH": str(project / "src"), "CI": "1"},
        check=False,
        capture_output=True,
        text=True,
    )

    assert 0 == done.returncode, done.stdout[-5000:]
