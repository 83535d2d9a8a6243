"""What holds of every record of the authored tree; each test is made from the tree, one case a file."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import attrs
import pycountry
import pytest

import friendcities as fc
from friendcities import City, Dataset, Evidence, Partnership, Source
from friendcities.codec.canonical import encode
from friendcities.codec.strict import decode
from friendcities.collection.references import references
from friendcities.collection.storage import path_of
from friendcities.model import RECORD_TYPES, AnyRecord, Record, Sourced
from tests.strategies import anatomy

TREE: Final = Path(__file__).parents[2] / "src" / "friendcities" / "data"
FILES: Final = sorted(path for path in TREE.rglob("*") if path.is_file())
DATASET: Final = Dataset.load(TREE)
RECORDS: Final = list(DATASET)
CITIES: Final = DATASET.cities()
NOT_EVIDENCED: Final = {"id", "evidence", "note"}

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(TREE).as_posix())
each_record = pytest.mark.parametrize("record", RECORDS, ids=path_of)
each_city = pytest.mark.parametrize("city", CITIES, ids=lambda city: city.id)


def read(path: Path) -> AnyRecord:
    """The record of a file of the tree, by its folder and its name."""
    folder = path.relative_to(TREE).parts[0]
    return decode(RECORD_TYPES[folder], path.stem, path.read_bytes())


def sourced(value: object) -> Iterator[tuple[str, Sourced]]:
    """A record and everything in it that carries evidence of its own, each with the way to it."""
    if isinstance(value, Sourced):
        yield "", value
    if isinstance(value, Record):
        for attribute in attrs.fields(type(value)):
            below = getattr(value, attribute.name)
            for index, item in enumerate(below if isinstance(below, tuple) else ()):
                for way, found in sourced(item):
                    yield f"{attribute.name}[{index}].{way}", found


def says_something(owner: Sourced, name: str) -> bool:
    """Whether a field differs from what it is where nobody filled it in, or has to be filled in."""
    value = getattr(owner, name)
    attribute: Any = attrs.fields_dict(type(owner))[name]
    return value not in (None, (), {}) and (value != attribute.default or attribute.default is attrs.NOTHING)


def test_the_tree_was_found() -> None:
    """There are files of every type, so that the tests made from them are not tests of nothing."""
    assert set(RECORD_TYPES) == {path.relative_to(TREE).parts[0] for path in FILES}
    assert len(FILES) == len(RECORDS) > 0


def test_the_tree_holds_records_alone() -> None:
    """No bundle lies in it, nor anything else that could go stale."""
    assert {".json"} == {path.suffix for path in FILES}
    assert not (TREE / "bundle.json").exists()
    assert set(RECORD_TYPES) == {path.name for path in TREE.iterdir()}


@each_file
def test_a_file_is_in_canonical_form(path: Path) -> None:
    """The formatter would change nothing."""
    assert encode(read(path)) == path.read_text("utf-8")


@each_file
def test_a_file_lies_where_its_record_belongs(path: Path) -> None:
    """The path follows from the record."""
    assert path_of(read(path)) == path.relative_to(TREE).as_posix()


@each_record
def test_every_field_is_supported(record: AnyRecord) -> None:
    """Each field that says something, of the record and of what stands in it, has evidence that says the same."""
    bare = [
        f"{way}{name}"
        for way, owner in sourced(record)
        for name in attrs.fields_dict(type(owner))
        if name not in NOT_EVIDENCED and says_something(owner, name)
        if not any(name in item.supports for item in owner.evidence)
    ]

    assert [] == bare


def evidence_in(record: AnyRecord) -> list[Evidence]:
    """All evidence that stands in a record."""
    return [item for _, owner in sourced(record) for item in owner.evidence]


@pytest.mark.parametrize("source", DATASET.sources(), ids=lambda source: source.id)
def test_every_source_is_used(source: Source) -> None:
    """A source that nothing cites is not kept."""
    assert any(source.id == item.source for record in RECORDS for item in evidence_in(record))


@each_record
def test_every_record_is_sourced(record: AnyRecord) -> None:
    """Each record but a source cites at least one."""
    assert isinstance(record, Source) or any(cls is Source for _, cls, _ in references(record))


@pytest.mark.parametrize("tie", DATASET.partnerships(), ids=lambda tie: tie.id)
def test_every_step_is_sourced_and_can_be_dated(tie: Partnership) -> None:
    """Each step has evidence that it happened, so every partnership has an answer on every date."""
    assert all(any("what" in item.supports for item in step.evidence) for step in tie.steps)
    assert tie.at("9999") == tie.state


@each_city
def test_country_codes_are_on_record(city: City) -> None:
    """The country is one that ISO 3166-1 knows, and has a name."""
    assert pycountry.countries.get(alpha_2=city.country) is not None
    assert city.country != city.country_name


@each_city
def test_subdivision_codes_are_on_record(city: City) -> None:
    """The subdivision, where there is one, is one that ISO 3166-2 knows, of that country."""
    known = None if city.subdivision is None else pycountry.subdivisions.get(code=city.subdivision)  # type: ignore[no-untyped-call]

    assert city.subdivision is None or (known is not None and city.country == known.country_code)


LANGUAGES: Final = sorted(
    {name.language for city in CITIES for name in city.names} | {each.language or "en" for each in DATASET.sources()}
)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_language_codes_are_on_record(tag: str) -> None:
    """Languages are ones that ISO 639 knows, and scripts ones that ISO 15924 knows."""
    language, *rest = tag.split("-")
    key = "alpha_2" if len(language) == 2 else "alpha_3"

    assert pycountry.languages.get(**{key: language}) is not None
    assert all(pycountry.scripts.get(alpha_4=part) is not None for part in rest if len(part) == 4)


@pytest.mark.parametrize("statistic", DATASET.statistics(), ids=lambda statistic: statistic.id)
def test_currencies_are_on_record(statistic: fc.Statistic) -> None:
    """A unit in capitals is a currency that ISO 4217 knows."""
    assert statistic.unit.islower() or pycountry.currencies.get(alpha_3=statistic.unit) is not None


def test_identifiers_are_of_one_city_each() -> None:
    """No two cities share an id of another register."""
    known = [(scheme, id_) for city in CITIES for scheme, id_ in city.identifiers.items()]

    assert len(known) == len(set(known)) > 0


@each_record
def test_the_bundled_record_is_that_of_the_tree(record: AnyRecord) -> None:
    """What the installed package answers with is what the tree holds, to the last type."""
    bundled = next(each for each in fc.dataset() if (type(each), each.id) == (type(record), record.id))

    assert anatomy(record) == anatomy(bundled)


def test_the_bundled_dataset_is_the_tree() -> None:
    """Nothing is missing from it, nothing is left over."""
    assert fc.dataset() == DATASET
    assert RECORDS == list(fc.dataset())
