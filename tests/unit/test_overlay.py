"""A dataset laid over another that knows the same cities by other ids."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

import friendcities as fc
from friendcities import Coordinates, Dataset, FrozenMap
from friendcities.codec.writer import dumps, encode
from friendcities.datasets.folder import record_path
from friendcities.model import AnyRecord
from tests.worlds import a_city, a_dataset, a_name, a_source, a_step, a_tie, changed, told

TOWN = Coordinates(latitude=63.42, longitude=-19.0, point="town")
BESIDE = Coordinates(latitude=63.40, longitude=-19.0, point="town")
VIK = a_city(
    "is-vik", "Vik", a_name("Wick"), coordinates=TOWN, identifiers=FrozenMap({"wikidata": "Q1"}), part_of="is-area"
)
LYON = a_city("fr-lyon", identifiers=FrozenMap({"wikidata": "Q2"}))
BASE = Dataset(
    [
        a_source("gazette"),
        a_city("is-area"),
        changed(VIK, evidence=(told("gazette", "name"),)),
        LYON,
        a_tie("is-vik", "fr-lyon", a_step("1994-10-21", told("gazette", "date", "action"))),
    ]
)


def over(folder: Path, *records: AnyRecord, base: Dataset = BASE, moved: Mapping[str, str] | None = None) -> Dataset:
    """A register of these records, laid over another dataset."""
    files: Iterable[tuple[str, str]] = [(record_path(record), encode(record)) for record in records]
    for name, text in [*files, *([("redirects.json", dumps({"cities": dict(moved)}))] if moved else [])]:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return Dataset.load(folder, base=base)


@pytest.mark.parametrize(
    "city",
    [
        a_city("is-vik-myrdal", "Vik i Myrdal", identifiers=FrozenMap({"wikidata": "Q1"})),
        a_city("is-vik-myrdal", "Vík", coordinates=BESIDE),
        a_city("is-vik-myrdal", "WICK", coordinates=BESIDE),
    ],
    ids=["by an id elsewhere", "by name and place", "by another name and place"],
)
def test_a_city_under_another_id_is_known(tmp_path: Path, city: fc.City) -> None:
    """It has the id of the base, the name of the register, and what the base says besides; its own id still works."""
    both = over(tmp_path, city)

    vik = both.city("is-vik-myrdal")
    assert ("is-vik", city.name, "is-area") == (vik.id, vik.name, vik.part_of)
    assert vik == both.city("Wick") == both.city("Q1")
    assert ["gazette"] == [item.source for item in vik.evidence]
    assert {"is-vik", "is-area", "fr-lyon"} == {each.id for each in both.cities()}


def test_partnerships_follow_their_cities(tmp_path: Path) -> None:
    """One pair has one partnership, in which the register has the say; what names the pair is told the new id."""
    twin = a_city("is-twin", "Vik", identifiers=FrozenMap({"wikidata": "Q1"}))
    paper = a_source("paper", "2020", fc.SourceKind.CITY_GOVERNMENT, "is-twin")
    tie = a_tie("is-twin", "fr-lyon", changed(a_step("1995", told("paper", "date", "action")), initiator="is-twin"))
    both = over(tmp_path, twin, paper, tie, moved={"is-old": "is-twin"})

    [found] = both.partnerships()
    [step] = found.steps
    assert ("fr-lyon--is-vik", "1995", "is-vik") == (found.id, str(found.established), step.initiator)
    assert [("gazette", fc.PartialDate(1994, 10, 21)), ("paper", None)] == [
        (item.source, item.claims.get("date")) for item in step.evidence
    ]
    assert ("is-vik",) == both.source("paper").speaks_for
    assert ["is-vik", "is-vik"] == [both.city(id_).id for id_ in ("is-twin", "is-old")]
    assert {"fr-lyon--is-twin": "fr-lyon--is-vik"} == both.redirects[fc.Partnership]
    assert "official" == found.reliability


def test_a_new_partnership_of_a_known_city(tmp_path: Path) -> None:
    """It ties the city of the base."""
    both = over(tmp_path, a_city("is-twin", "Vik", coordinates=BESIDE), a_city("no-bo"), a_tie("is-twin", "no-bo"))

    assert ["Bo", "Lyon"] == [city.name for city in both.partners_of("Wick")]


def test_who_names_both_knows_both(tmp_path: Path) -> None:
    """A register that names our city by our id means another by its own, be it as alike as it may."""
    part = a_city("is-vik-harbour", "Vik", coordinates=BESIDE, part_of="is-vik")
    both = over(tmp_path, part)

    assert (part,) == both.parts_of("is-vik")
    assert (VIK.identifiers, VIK.name) == (both.city("is-vik").identifiers, both.city("is-vik").name)


def test_what_is_not_clear_stands_apart(tmp_path: Path) -> None:
    """A namesake that is nowhere on record is not guessed to be one."""
    both = over(tmp_path, a_city("is-wick", "Vik"))

    assert {"is-vik", "is-wick"} == {each.id for each in both.find_cities("Vik")}


def test_the_same_id_is_laid_over_whole(tmp_path: Path) -> None:
    """Who uses our id means to change our record."""
    mine = a_city("is-vik", "Wik")

    assert mine == over(tmp_path, mine).city("is-vik")


def test_no_city_becomes_a_part_of_its_part(tmp_path: Path) -> None:
    """A whole by the word of the register is none by that of the base."""
    both = over(tmp_path, a_city("is-twin", "Vik", coordinates=BESIDE), a_city("is-area", part_of="is-twin"))

    assert (None, "is-vik") == (both.city("is-vik").part_of, both.city("is-area").part_of)


def test_what_leads_nowhere_is_told_of(tmp_path: Path) -> None:
    """Recognising cities does not stumble over records that do not fit."""
    twin = a_city("is-twin", "Vik", coordinates=BESIDE)

    with pytest.raises(fc.DataError, match="there is no city 'is-none'"):
        over(tmp_path, twin, a_city("is-area", part_of="is-none"))
    with pytest.raises(fc.DataError, match="part of itself"):
        over(tmp_path, twin, a_city("is-area", part_of="is-b"), a_city("is-b", part_of="is-area"))


def test_a_redirect_of_the_base_that_an_overlay_replaces(tmp_path: Path) -> None:
    """A record of the overlay has the former id of another record; other former ids still work."""
    base = a_dataset([LYON, VIK, a_city("is-area")], {fc.City: {"is-old": "is-vik", "is-older": "is-vik"}})
    both = over(tmp_path, a_city("is-old", "Old"), base=base)
    assert ("Old", "Vik") == (both.city("is-old").name, both.city("is-older").name)
    assert {"is-older": "is-vik"} == both.redirects[fc.City]
