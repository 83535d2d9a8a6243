"""What every record has in common."""

import copy
import pickle
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import attrs
import numpy as np
import pandas as pd
import pytest
from attrs.exceptions import FrozenInstanceError

import friendcities as fc
from friendcities import (
    City,
    Coordinates,
    FrozenMap,
    InvalidRecordError,
    Level,
    Memorandum,
    PartialDate,
    Party,
    Problem,
    SourceTerm,
    StatedCount,
    Statistic,
    model,
)
from friendcities.codec.reader import read_record
from friendcities.model import RECORD_TYPES, AnyRecord, Record
from friendcities.model.field_spec import value_spec
from friendcities.model.record import short
from tests.cases import for_each_case
from tests.documents import DOCUMENTS
from tests.strategies import anatomy

SAMPLES: dict[type[Any], Any] = {
    Coordinates: Coordinates(latitude=1.0, longitude=2.0, point="city"),
    Party: Party(organisation="council"),
    StatedCount: StatedCount(counted="cities", number=1),
    fc.Step: fc.Step(action=fc.StepAction.PROPOSED),
    **{cls: read_record(cls, *document) for cls, document in DOCUMENTS.items()},
}
CLASSES = [cls for cls in vars(model).values() if isinstance(cls, type) and issubclass(cls, Record) and attrs.has(cls)]
every_type = pytest.mark.parametrize("cls", RECORD_TYPES.values(), ids=RECORD_TYPES)


def made(cls: type[AnyRecord]) -> Any:
    """A record of this type with every field set."""
    return read_record(cls, *DOCUMENTS[cls])


def found_wrong(cls: type[Record], **fields: Any) -> list[tuple[str, str]]:
    """Field and fault of each problem of a record made of these fields."""
    with pytest.raises(InvalidRecordError) as caught:
        cls(**fields)
    return [(problem.field, problem.message) for problem in caught.value.problems]


def test_the_classes_are_found() -> None:
    """The tests below are made for every class of the model: the eight record types and what stands in them."""
    assert set(RECORD_TYPES.values()) < set(CLASSES)
    assert 18 <= len(CLASSES)


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_every_class_is_slotted_and_made_by_keyword(cls: type[Any]) -> None:
    """No instance has a ``__dict__``, and no field is given by its place."""
    assert not hasattr(object.__new__(cls), "__dict__")
    assert all(field.kw_only for field in attrs.fields(cls))


@every_type
def test_a_record_cannot_be_changed(cls: type[AnyRecord]) -> None:
    """No field can be set or deleted, none can be added, and a copy made by hand is a new record."""
    one = made(cls)
    for name in ("id", "note", "nonsense"):
        with pytest.raises(FrozenInstanceError):
            setattr(one, name, "x")
    with pytest.raises(FrozenInstanceError):
        del one.id
    assert one != attrs.evolve(one, note="Another.")


@every_type
def test_a_record_is_its_values(cls: type[AnyRecord]) -> None:
    """Equal records are equal and hash alike, whoever made them; a record equals nothing else."""
    one, other = made(cls), made(cls)
    assert one is not other
    assert one == other
    assert 1 == len({one, other})
    assert one != one.id


@every_type
def test_a_record_survives_copies_and_pickles(cls: type[AnyRecord]) -> None:
    """A copy, a deep copy and what comes out of a pickle are the same record to the types of their last parts."""
    one = made(cls)
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        assert anatomy(one) == anatomy(pickle.loads(pickle.dumps(one, protocol)))  # noqa: S301 - our own
    assert anatomy(one) == anatomy(copy.copy(one)) == anatomy(copy.deepcopy(one))


@every_type
def test_a_repr_is_written_to_be_read(cls: type[AnyRecord]) -> None:
    """One short line with the class and the id."""
    one = made(cls)
    assert repr(one).startswith(f"<{cls.__name__} {one.id}: ")
    assert 120 > len(repr(one))


def test_every_wrong_type_is_said_at_once() -> None:
    """A record that is created in Python is checked like one that is read, and reports all problems."""
    fields: dict[str, Any] = {"id": 5, "name": "", "names": {}, "country": None, "level": "twon", "coordinates": (1, 2)}
    found = found_wrong(City, **fields, identifiers=MappingProxyType({}), evidence=None)
    assert [(name, f"invalid value {short(fields[name])}") for name in fields] == found[:6]
    assert ["identifiers", "evidence"] == [name for name, _ in found[6:]]


@for_each_case(
    [
        (City, "level", "district", Level.DISTRICT),
        (City, "level", np.str_("district"), Level.DISTRICT),
        (City, "name", np.str_("Dunedin"), "Dunedin"),
        (City, "part_of", fc.city("Shanghai"), "cn-shanghai"),
        (City, "names", [], ()),
        (Coordinates, "latitude", 45, 45.0),
        (Coordinates, "latitude", np.float64(45.5), 45.5),
        (Coordinates, "latitude", Decimal("45.5"), 45.5),
        (StatedCount, "number", np.int64(5), 5),
        (Statistic, "value", 4321, Decimal(4321)),
        (Statistic, "value", "43.21", Decimal("43.21")),
        (fc.Step, "date", "1994-10-21", PartialDate(1994, 10, 21)),
        (fc.Step, "date", 1994, PartialDate(1994)),
        (fc.Step, "date", date(1994, 10, 21), PartialDate(1994, 10, 21)),
        (fc.Step, "memorandum", made(Memorandum), made(Memorandum).id),
        (fc.Coverage, "kinds", ["sister_city", fc.PartnershipKind.CONTACT], tuple(fc.PartnershipKind)[0:5:4]),
        (fc.Coverage, "kinds", ("sister_city",), (fc.PartnershipKind.SISTER_CITY,)),
    ]
)
def test_a_value_with_one_meaning_is_converted(cls: type[Any], name: str, value: object, expected: object) -> None:
    """Text for a member of a vocabulary, a whole number for a float, a year for a date, a record for its id."""
    new = attrs.evolve(SAMPLES[cls], **{name: value})
    assert anatomy(expected) == anatomy(getattr(new, name))


@for_each_case(
    [
        (City, "level", fc.StatisticBasis.REPORTED, "a Level, or one of 'municipality'"),
        (City, "level", ["town"], "a Level, or one of 'municipality'"),
        (City, "name", Level.TOWN, "text "),
        (City, "part_of", made(Memorandum), "a City or its id"),
        (City, "part_of", 5, "a City or its id"),
        (City, "names", "Dunedin", "a tuple or a list"),
        (City, "coordinates", (1, 2), "a Coordinates"),
        (Coordinates, "latitude", "45", "a finite float"),
        (Coordinates, "latitude", True, "a finite float"),
        (Coordinates, "latitude", 10**400, "a finite float"),
        (StatedCount, "number", 5.0, "an int"),
        (StatedCount, "number", True, "an int"),
        (Statistic, "value", 43.5, "a Decimal, an int, or text like '4321'"),
        (Statistic, "value", "a few", "a Decimal, an int, or text like '4321'"),
        (Party, "named", 1, "True or False"),
        (fc.Step, "date", 94, "a PartialDate, a datetime.date, a year, or text like '1994-10-21'"),
        (fc.Step, "date", pd.NaT, "a PartialDate, a datetime.date, a year, or text like '1994-10-21'"),
        (fc.Step, "kind", None, "a PartnershipKind, or one of 'sister_city'"),
    ]
)
def test_an_error_names_the_type_to_pass(cls: type[Any], name: str, value: object, expected: str) -> None:
    """A value that can mean several things, or nothing, is rejected."""
    with pytest.raises(InvalidRecordError) as caught:
        attrs.evolve(SAMPLES[cls], **{name: value})
    (problem,) = caught.value.problems
    assert (name, f"invalid value {short(value)}") == (problem.field, problem.message)
    assert problem.expected.startswith(expected)


def test_the_problem_of_an_item_names_the_item() -> None:
    """Of a list, the items with a wrong type are reported, not the list."""
    kinds: Any = ["sister_city", "twin", 5]
    assert [("kinds[1]", "invalid value 'twin'"), ("kinds[2]", "invalid value 5")] == found_wrong(
        fc.Coverage, id="a", city="nz-dunedin", completeness="partial", kinds=kinds
    )


def test_every_rule_is_checked_at_once() -> None:
    """Rules are checked once the types are right, and all of them."""
    found = found_wrong(
        City,
        id="nz-dunedin",
        name="Dunedin",
        country="nz",
        subdivision="Otago",
        level=Level.TOWN,
        part_of="nz-dunedin",
        identifiers={"Wikidata": "Q133073"},
    )
    assert ["country", "subdivision", "part_of", "identifiers"] == [name for name, _ in found]


@for_each_case(
    [
        "",
        " ",
        " a",
        "a ",
        "\ta",
        "a\n",
        "a\nb",
        "a\x00b",
        "\u2028",
        "a\u2028b",
        "a\u2029b",
        "a\x85b",
        "\ud800",
        "\u3000a",
        "a\u202ab",
        "a\u202eb",
        "a\u202cb",
        "\u2066a\u2069",
        "a\u2067b",
        "a\u2068b",
    ]
)
def test_text_that_cannot_be_shown_is_refused(text: str) -> None:
    """Text is neither blank nor padded, has no control or half characters, and turns no direction of writing."""
    assert [("text", f"invalid value {text!r}")] == found_wrong(SourceTerm, text=text, language="en")


@pytest.mark.parametrize(
    "text",
    [
        "a",
        "上海",
        "Bobo-Dioulasso’s No. 5",
        "a\u00a0b",
        "a\u200db",
        "a\u200eb",
        "a\u200fb",
        "שלום",
        "👩‍🚀",
        "é",
        "\ufeff",
    ],
    ids=ascii,
)
def test_text_of_any_script_is_taken(text: str) -> None:
    """What any script needs is text, also where Python would not print it."""
    assert text == SourceTerm(text=text, language="en").text


class Text(str):
    """A kind of text that is not quite text."""

    __slots__ = ()


@pytest.mark.parametrize(
    ("hint", "good", "bad"),
    [
        (str, ["a"], [None, 5, b"a", Text("a"), Level.TOWN]),
        (int, [0, -5, 2**53 - 1, 1 - 2**53], [True, 1.0, "1", None, 2**53, -(2**53), 10**5000]),
        (bool, [True, False], [0, 1, None, "true"]),
        (float, [0.5, -0.0], [1, True, "1", None, float("nan"), float("inf"), Decimal(1)]),
        (
            Decimal,
            [Decimal("0.5"), Decimal("-1E+39"), Decimal("1E-40"), Decimal("9.9E+39")],
            [
                1,
                1.0,
                "1",
                None,
                Decimal("NaN"),
                Decimal("-Infinity"),
                Decimal("1E+40"),
                Decimal("1E-41"),
                Decimal("0E+40"),
            ],
        ),
        (Level, [Level.TOWN], ["town", None, model.CooperationStage.PLANNED]),
        (PartialDate, [PartialDate(1994)], ["1994", None, 1994]),
        (tuple[str, ...], [(), ("a",)], [["a"], ("",), "a", None, ("a", 5)]),
        (str | None, ["a", None], ["", 5]),
        (model.CityId, ["a"], ["", None]),
        (
            FrozenMap[str, str],
            [FrozenMap(), FrozenMap({"a": "b"})],
            [{}, None, FrozenMap({"a": ""}), FrozenMap({"a": []}), FrozenMap({5: "a"})],
        ),
        (FrozenMap[str, object], [FrozenMap({"a": None})], [{}, FrozenMap({5: "a"})]),
        (StatedCount, [StatedCount(counted="a", number=1)], [None, {"of": "a", "number": 1}]),
    ],
    ids=[
        "text",
        "whole",
        "flag",
        "number",
        "decimal",
        "member",
        "date",
        "list",
        "optional",
        "id",
        "mapping",
        "any mapping",
        "record",
    ],
)
def test_a_type_is_kept_to_the_letter(hint: Any, good: list[object], bad: list[object]) -> None:
    """What is taken for a type is exactly of it: ``True`` is no number, a number no decimal, a list no tuple."""
    spec = value_spec(hint)
    holds, expected = spec.is_valid, spec.expected
    assert [] == [value for value in good if not holds(value)]
    assert [] == [short(value) for value in bad if holds(value)]
    assert "" != expected


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("a" * 100, "'" + "a" * 27 + "..." + "a" * 28 + "'"),
        (10**5000, "a value of type int too long to be shown"),
        ([[[[1]]]], "[[[...]]]"),
        (list(range(9)), "[0, 1, 2, ...]"),
    ],
    ids=["long", "endless", "deep", "wide"],
)
def test_a_value_is_shown_short(value: object, shown: str) -> None:
    """An error message stays readable whatever was found."""
    assert shown == short(value)


def test_a_frozen_map_is_a_mapping_that_cannot_be_changed() -> None:
    """It reads like a dict, in the order it was made, compares with any mapping, and takes no change."""
    items = {"b": "1", "a": "2"}
    frozen: Any = FrozenMap(items)
    items["c"] = "3"
    assert ["b", "a"] == list(frozen)
    assert 2 == len(frozen)
    assert "1" == frozen["b"]
    assert {"a": "2", "b": "1"} == frozen
    assert "FrozenMap({'b': '1', 'a': '2'})" == repr(frozen)
    with pytest.raises(TypeError):
        frozen["b"] = "3"
    with pytest.raises(AttributeError, match="a FrozenMap is immutable"):
        frozen._items = {}
    with pytest.raises(AttributeError):
        frozen.more = 1


def test_equal_frozen_maps_hash_alike() -> None:
    """Order plays no part in what a mapping equals, nor in its hash; copies and pickles are equal."""
    one = FrozenMap({"a": 1, "b": 2})
    other = FrozenMap({"b": 2, "a": 1})
    assert 1 == len({one, other, copy.deepcopy(one), pickle.loads(pickle.dumps(one))})  # noqa: S301 - our own
    assert FrozenMap() == FrozenMap({}) == FrozenMap(None)
    assert ["b", "a"] == list(copy.copy(other))


def test_a_dict_given_to_a_record_is_frozen() -> None:
    """What was passed in can be changed later without changing the record."""
    identifiers = {"wikidata": "Q133073"}
    given: Any = identifiers
    city = City(id=model.CityId("nz-dunedin"), name="Dunedin", country="NZ", level=Level.TOWN, identifiers=given)
    identifiers["wikidata"] = "Q1"
    assert FrozenMap({"wikidata": "Q133073"}) == city.identifiers
    assert FrozenMap is type(city.identifiers)


def test_problems_of_a_record_have_no_file() -> None:
    """A record made in Python stands in no file: its problems name the field alone."""
    with pytest.raises(InvalidRecordError) as caught:
        SourceTerm(text="a", language="English")
    expected = "a BCP 47 tag like 'zh-Hans' or 'pt-BR'"
    assert (
        Problem(field="language", message="invalid language tag 'English'", expected=expected),
    ) == caught.value.problems


def test_a_record_without_words_of_its_own_is_described_by_its_repr() -> None:
    """Within a sentence, a city is what its repr says."""
    assert "<City nz-dunedin: Dunedin, NZ>" == fc.city("Dunedin")._describe()
