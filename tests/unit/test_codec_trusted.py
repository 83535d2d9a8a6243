"""Building records of plain values that were checked before: quick, and the same as the strict way."""

from typing import Any

import pytest

from friendcities import City, Partnership, Statistic
from friendcities.codec.reader import structure
from friendcities.codec.trusted import build
from friendcities.model import RECORD_TYPES, AnyRecord
from tests.documents import DOCUMENTS
from tests.strategies import anatomy


@pytest.mark.parametrize("cls", RECORD_TYPES.values(), ids=RECORD_TYPES)
def test_it_builds_what_the_strict_way_makes(cls: type[AnyRecord]) -> None:
    """A record with every field set is the same either way, to the types of its last parts."""
    id_, plain = DOCUMENTS[cls]
    assert anatomy(structure(cls, id_, plain)) == anatomy(build(cls, id_, plain))


def test_the_plain_values_are_left_as_they_were() -> None:
    """Building does not change what it reads."""
    id_, plain = DOCUMENTS[Partnership]
    before = repr(plain)
    build(Partnership, id_, plain)
    assert before == repr(plain)


def test_each_record_has_defaults_of_its_own() -> None:
    """What is left out has its default, and a default that is made anew is not shared."""
    plain: dict[str, Any] = {"name": "Dunedin", "country": "NZ", "level": "municipality"}
    one, other = build(City, "nz-dunedin", plain), build(City, "nz-dunedin", plain)
    assert anatomy(structure(City, "nz-dunedin", plain)) == anatomy(one)
    assert one.identifiers is not other.identifiers


def test_a_date_that_stands_twice_is_one_object() -> None:
    """Equal dates are shared: a dataset names few days many times."""
    id_, plain = DOCUMENTS[Statistic]
    one, other = build(Statistic, id_, plain), build(Statistic, id_, plain)
    assert one.period.start is other.period.start
