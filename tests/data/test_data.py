"""What holds of every record of the authored tree: it keeps the rules, and what no rule asks.

Tests of single records are made from the tree, one case a file.
"""

from pathlib import Path
from typing import Final

import pytest

import friendcities as fc
from friendcities import City, Dataset, Partnership
from friendcities.checks import Register, check
from friendcities.datasets.storage import path_of
from friendcities.model import RECORD_TYPES, AnyRecord
from tests.strategies import anatomy

TREE: Final = Path(__file__).parents[2] / "src" / "friendcities" / "data"
FILES: Final = sorted(path for path in TREE.rglob("*") if path.is_file() and path.parent != TREE)
DATASET: Final = Dataset.load(TREE)
RECORDS: Final = list(DATASET)
BESIDE: Final = {"exceptions.json", "redirects.json"}
"""What may lie beside the folders of records."""

each_record = pytest.mark.parametrize("record", RECORDS, ids=path_of)


def test_the_tree_was_found() -> None:
    """There are files of every type, so that the tests made from them are not tests of nothing."""
    assert set(RECORD_TYPES) == {path.relative_to(TREE).parts[0] for path in FILES}
    assert len(FILES) == len(RECORDS) > 0


def test_the_tree_holds_records_alone() -> None:
    """No bundle lies in it, nor anything else that could go stale."""
    assert {".json"} == {path.suffix for path in FILES}
    assert {path.name for path in TREE.iterdir()} - BESIDE == set(RECORD_TYPES)


def test_the_tree_keeps_every_rule() -> None:
    """``friendcities check`` finds nothing wrong, in as many files as there are; no rule is left out."""
    report = check(Register.read(TREE))

    assert [] == [str(problem) for problem in report.problems]
    assert len(FILES) == report.files


@pytest.mark.parametrize("tie", DATASET.partnerships(), ids=lambda tie: tie.id)
def test_every_partnership_can_be_dated(tie: Partnership) -> None:
    """Each has an answer on every date."""
    assert tie.at("9999") == tie.state


@pytest.mark.parametrize("city", DATASET.cities(), ids=lambda city: city.id)
def test_every_country_has_a_name(city: City) -> None:
    """A reader is never shown a code in its place."""
    assert city.country != city.country_name


@each_record
def test_the_bundled_record_is_that_of_the_tree(record: AnyRecord) -> None:
    """What the installed package answers with is what the tree holds, to the last type."""
    bundled = next(each for each in fc.dataset() if (type(each), each.id) == (type(record), record.id))

    assert anatomy(record) == anatomy(bundled)


def test_the_bundled_dataset_is_the_tree() -> None:
    """Nothing is missing from it, nothing is left over."""
    assert fc.dataset() == DATASET
    assert RECORDS == list(fc.dataset())
