"""Coverage: how complete the partnerships of a city are."""

from typing import Any

import pytest

import friendcities as fc
from friendcities import Completeness, Coverage, Dataset, PartialDate, PartnershipKind, StatedCount
from friendcities.diff import as_text, compare
from friendcities.exporters.tables import build_tables
from friendcities.model import AnyRecord
from friendcities.model.format_values import format_value
from tests.worlds import a_city, a_source, changed, told

CITIES: list[AnyRecord] = [a_city("nz-dunedin", "Dunedin"), a_city("nz-napier", "Napier"), a_source("gazette")]


def a_coverage(id_: str, as_of: str | None = None, **fields: Any) -> Coverage:
    """A record of the coverage of Dunedin."""
    given = {"city": "nz-dunedin", "completeness": Completeness.PARTIAL} | fields
    made: Any = Coverage
    record: Coverage = made(id=id_, as_of=None if as_of is None else PartialDate.parse(as_of), **given)
    return record


def test_the_latest_record_is_first() -> None:
    """Several records of one city are kept: the latest first, undated ones last."""
    dates = {"a": "2020", "b": None, "c": "2021-05", "d": "2019"}
    data = Dataset([*CITIES, *(a_coverage(id_, date) for id_, date in dates.items())])

    assert ["c", "a", "d", "b"] == [each.id for each in data.coverage_of("Dunedin")]
    assert data.coverage() == data.coverage_of("nz-dunedin")


def test_a_city_without_a_record_is_incidental() -> None:
    """The question always has an answer; a city that is not there is an error as everywhere."""
    [answer] = Dataset(CITIES).coverage_of("Napier")

    assert (Completeness.INCIDENTAL, "nz-napier", (), None) == (
        answer.completeness,
        answer.city,
        answer.kinds,
        answer.stated_count,
    )
    with pytest.raises(fc.UnknownCityError):
        Dataset(CITIES).coverage_of("Atlantis")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"completeness": Completeness.COMPLETE}, "complete"),
        ({"completeness": Completeness.INCIDENTAL}, "incidental, only from the lists of other cities"),
        (
            {"kinds": (PartnershipKind.SISTER_CITY, PartnershipKind.CONTACT), "include_parts": True},
            "partial; sister city, contact; with districts and other parts",
        ),
        (
            {"as_of": PartialDate(2020), "stated_count": StatedCount(counted="partners", number=5)},
            "partial; as of 2020; the city reports 5 partners",
        ),
    ],
)
def test_text(fields: dict[str, Any], expected: str) -> None:
    """Scope, date and count are named where they are known."""
    record = changed(a_coverage("a"), **fields)

    assert expected == format_value(record)


def test_a_merge_keeps_all() -> None:
    """Records of two datasets stand beside each other; one that both have is kept once."""
    ours = Dataset([*CITIES, a_coverage("a", "2020"), a_coverage("b", "2021")])
    theirs = Dataset([*CITIES, a_coverage("b", "2021"), a_coverage("c", "2022")])

    assert ["c", "b", "a"] == [each.id for each in ours.merge(theirs).dataset.coverage_of("Dunedin")]


def test_changes_and_tables() -> None:
    """Comparisons name the record; the export has its stated count in columns."""
    count = StatedCount(counted="partners", number=5)
    evidence = (told("gazette", "stated_count"),)
    old = Dataset([*CITIES, a_coverage("a", "2020", stated_count=count, evidence=evidence)])
    new = Dataset([*CITIES, a_coverage("a", "2020", completeness=Completeness.COMPLETE), a_coverage("b")])
    [row] = build_tables(old)["coverage"].rows
    text = as_text(compare(old, new))

    assert {"nz-dunedin", "partial", "2020", "partners", 5} <= set(row)
    assert "Coverage Dunedin: added (partial)\nCoverage Dunedin, 2020: completeness partial → complete;" in text
