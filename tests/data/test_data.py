"""What holds of every record of the authored tree: it keeps the rules, and what no rule asks."""

from pathlib import Path
from typing import Final

from friendcities import Dataset, Partnership, Source
from friendcities.checks import RecordTree, check
from friendcities.datasets.folder import record_path
from friendcities.model import RECORD_TYPES
from tests.data.as_read import BUNDLED
from tests.strategies import anatomy

TREE: Final = Path(__file__).parents[2] / "src" / "friendcities" / "data"
FILES: Final = sorted(path for path in TREE.rglob("*") if path.is_file() and path.parent != TREE)
DATASET: Final = Dataset.load(TREE)
RECORDS: Final = list(DATASET)
BESIDE: Final = {"exceptions.json", "redirects.json"}
"""What may lie beside the folders of records."""


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
    report = check(RecordTree.read(TREE))

    assert [] == [str(problem) for problem in report.problems]
    assert len(FILES) == report.files


def test_every_partnership_can_be_dated() -> None:
    """Each has an answer on every date."""
    assert [] == [tie.id for tie in DATASET.partnerships() if tie.at("9999") != tie.state]


def test_every_country_has_a_name() -> None:
    """A reader is never shown a code in its place."""
    assert [] == [city.id for city in DATASET.cities() if city.country == city.country_name]


def test_every_record_has_evidence() -> None:
    """Nothing is recorded but on the word of a source; in a partnership, every step is."""
    facts = {
        record_path(record): record.steps if isinstance(record, Partnership) else [record]
        for record in RECORDS
        if not isinstance(record, Source)
    }

    assert [] == [path for path, stated in facts.items() if not stated or not all(each.evidence for each in stated)]


def test_the_bundled_records_are_those_of_the_tree() -> None:
    """What the installed package answers with is what the tree holds, to the last type."""
    found = {record_path(record): record for record in BUNDLED}

    assert [] == [record_path(record) for record in RECORDS if anatomy(record) != anatomy(found[record_path(record)])]


def test_the_bundled_dataset_is_the_tree() -> None:
    """Nothing is missing from it, nothing is left over."""
    assert BUNDLED == DATASET
    assert RECORDS == list(BUNDLED)
