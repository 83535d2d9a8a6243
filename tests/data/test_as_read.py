"""The facts that were read are compared with every bundled record that still rests on the same evidence."""

import pytest

from friendcities import City, Dataset, Partnership, PartnershipKind
from friendcities.model import AnyRecord
from tests.data.as_read import BUNDLED, as_read, unchanged
from tests.frozen import FROZEN
from tests.worlds import a_city, a_source, a_step, changed, told

ID = "cn-shanghai--nz-dunedin"


def with_one_more(record: AnyRecord, *others: AnyRecord) -> Dataset:
    """The fixture dataset with a record instead of the one of its id, and others besides."""
    kept = (each for each in FROZEN if (type(each), each.id) != (type(record), record.id))
    return Dataset([*kept, record, *others])


def partnership(dataset: Dataset) -> Partnership:
    """The partnership that these tests change."""
    return dataset.partnership_between(*ID.split("--"))


def report(left: int) -> None:
    """Count the records that are not compared, as a skipped test."""
    if left:
        pytest.skip(f"{left} of {len(FROZEN)} records that were read are gone, or rest on other evidence by now")


def test_the_records_that_are_not_compared_are_counted() -> None:
    """A run says how many there are."""
    report(0)
    with pytest.raises(pytest.skip.Exception, match="3 of "):
        report(3)
    report(len(FROZEN) - len(unchanged(BUNDLED)))


def test_records_are_compared() -> None:
    """The tests of facts see bundled records, cities and partnerships among them, and not the fixture dataset alone."""
    assert {City, Partnership} <= {type(record) for record in unchanged(BUNDLED)}


def test_a_change_without_new_evidence_is_compared() -> None:
    """Somebody changed a fact, and no source says so: the tests of facts see the changed fact."""
    found = partnership(FROZEN)
    step = changed(found.steps[0], kind=PartnershipKind.CONTACT)
    today = with_one_more(changed(found, steps=(step, *found.steps[1:])))

    assert PartnershipKind.CONTACT is partnership(as_read(today)).steps[0].kind


def test_a_change_with_new_evidence_is_not_compared() -> None:
    """A source was found later: what was read before is no longer what the record has to say."""
    found = partnership(FROZEN)
    later = a_step("2025", told("gazette", "action"), action="ended")
    today = with_one_more(changed(found, steps=(*found.steps, later)), a_source("gazette"))

    assert as_read(today) == FROZEN


def test_a_record_that_is_new_renamed_or_gone_is_not_compared() -> None:
    """None of them makes a test of facts fail."""
    renamed = with_one_more(changed(FROZEN.city("Dunedin"), name="Ōtepoti"), a_city("nz-nelson"))
    gone = Dataset(record for record in FROZEN if record.id != ID)

    assert as_read(renamed) == FROZEN == as_read(gone)
