"""The builder: it takes what is right, and nothing that the thorough reader refuses; or it trusts what it is given."""

import copy
import json
from typing import Any

import pytest

import friendcities as fc
from friendcities import City, Partnership, Statistic, Step
from friendcities.codec import reader, record_builder
from friendcities.codec.reader import read_record
from friendcities.codec.record_builder import build_checked, build_trusted
from friendcities.codec.writer import to_plain
from friendcities.model import RECORD_TYPES, AnyRecord
from tests.documents import DOCUMENTS
from tests.strategies import anatomy

every_type = pytest.mark.parametrize("cls", RECORD_TYPES.values(), ids=RECORD_TYPES)


@every_type
def test_it_takes_a_record_of_every_type(cls: type[AnyRecord]) -> None:
    """A sound document with every field set needs no other reading."""
    assert cls is type(build_checked(cls, *DOCUMENTS[cls]))


def test_it_takes_every_record_of_ours() -> None:
    """No record on hand needs another reading, and each comes back as it was."""
    for record in fc.dataset():
        plain = json.loads(json.dumps(to_plain(record)))
        assert anatomy(record) == anatomy(build_checked(type(record), record.id, plain))


@pytest.mark.parametrize(
    ("cls", "field", "value"),
    [
        pytest.param(City, "level", fc.Level.DISTRICT, id="a member of a vocabulary"),
        pytest.param(City, "country", fc.Level.DISTRICT, id="a member of another"),
        pytest.param(City, "names", (), id="a tuple"),
        pytest.param(City, "identifiers", fc.FrozenMap(), id="a mapping of another kind"),
        pytest.param(fc.Source, "authors", [fc.Level.DISTRICT], id="a member among texts"),
        pytest.param(fc.Source, "authors", ("Yang Meiping",), id="a tuple of texts"),
        pytest.param(City, "names", {}, id="an object for a list"),
        pytest.param(City, "name", [], id="what cannot be hashed"),
        pytest.param(City, "country", [], id="what cannot be hashed, for a word"),
        pytest.param(City, "mayor", "?", id="an unknown field"),
        pytest.param(fc.Memorandum, "parties", ["?"], id="text for an object"),
        pytest.param(fc.Memorandum, "parties", [{"organisation": "council", "named": 1}], id="a number for true"),
    ],
)
def test_what_is_no_plain_value_is_left_to_the_thorough_reading(cls: type[AnyRecord], field: str, value: Any) -> None:
    """What only looks like a value of JSON, or equals one that was seen before, is not taken for it."""
    id_, plain = DOCUMENTS[cls]
    build_checked(City, "nz-dunedin", {"name": "Dunedin", "country": "NZ", "level": "district"})
    assert build_checked(cls, id_, {**plain, field: value}) is None


@pytest.mark.parametrize("id_", ["nz dunedin", "", None, ["nz-dunedin"], "NZ-dunedin"])
def test_an_id_is_checked_like_the_rest(id_: Any) -> None:
    """What is no id is not taken."""
    assert build_checked(City, id_, {"name": "Dunedin", "country": "NZ", "level": "municipality"}) is None


def test_an_id_inside_is_an_unknown_field() -> None:
    """The id is given beside the values, and does not stand in them."""
    plain = {"id": "nz-dunedin", "name": "Dunedin", "country": "NZ", "level": "municipality"}
    assert build_checked(City, "nz-dunedin", plain) is None


def test_equal_words_are_one_object() -> None:
    """What recurs in a register is kept once: ids, codes, dates, lists of names of fields."""
    id_, plain = DOCUMENTS[Partnership]
    one, other = (build_checked(Partnership, id_, copy.deepcopy(plain)).steps[0] for _ in range(2))
    assert isinstance(one, Step)
    assert one.date is other.date
    assert one.evidence[0].supports is other.evidence[0].supports
    assert one.evidence[0].source is other.evidence[0].source


@every_type
def test_the_two_readings_make_the_same_record(cls: type[AnyRecord], monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the quick reading, the thorough one makes the same, to the types of its last parts."""
    id_, plain = DOCUMENTS[cls]
    quickly = read_record(cls, id_, plain)
    monkeypatch.setattr(reader, "build_checked", lambda *_: None)
    assert anatomy(quickly) == anatomy(read_record(cls, id_, plain))


def test_a_fault_of_our_own_making_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no function can be made for a class, that is not taken for a fault in what is read."""

    def fail(*_: object) -> None:
        message = "no such function"
        raise TypeError(message)

    monkeypatch.setattr(record_builder._CHECKED, "_record", fail)
    monkeypatch.setattr(record_builder._CHECKED, "_built", {})
    with pytest.raises(TypeError, match="no such function"):
        read_record(Statistic, *DOCUMENTS[Statistic])


@pytest.mark.parametrize("cls", RECORD_TYPES.values(), ids=RECORD_TYPES)
def test_it_builds_what_the_strict_way_makes(cls: type[AnyRecord]) -> None:
    """A record with every field set is the same either way, to the types of its last parts."""
    id_, plain = DOCUMENTS[cls]
    assert anatomy(read_record(cls, id_, plain)) == anatomy(build_trusted(cls, id_, plain))


def test_the_plain_values_are_left_as_they_were() -> None:
    """Building does not change what it reads."""
    id_, plain = DOCUMENTS[Partnership]
    before = repr(plain)
    build_trusted(Partnership, id_, plain)
    assert before == repr(plain)


def test_what_is_left_out_has_its_default() -> None:
    """Whichever way a record is read; nothing can change a default, so records may share it."""
    plain: dict[str, Any] = {"name": "Dunedin", "country": "NZ", "level": "municipality"}
    one, other = build_trusted(City, "nz-dunedin", plain), build_trusted(City, "nz-dunedin", plain)
    assert anatomy(read_record(City, "nz-dunedin", plain)) == anatomy(one)
    assert one.identifiers == other.identifiers == fc.FrozenMap()


def test_a_date_that_stands_twice_is_one_object() -> None:
    """Equal dates are shared: a dataset names few days many times."""
    id_, plain = DOCUMENTS[Statistic]
    one, other = build_trusted(Statistic, id_, plain), build_trusted(Statistic, id_, plain)
    assert one.period.start is other.period.start
