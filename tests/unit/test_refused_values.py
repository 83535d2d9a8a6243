"""A rejected value is never among the values that the error lists as allowed."""

import copy
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Final

import attrs
import pytest

import friendcities as fc
from friendcities import InvalidRecordError, PartialDate, Problem, model
from friendcities.codec.reader import read_record, read_text
from friendcities.field_path import FieldPath
from friendcities.model import RECORD_TYPES, AnyRecord, Record, as_date
from friendcities.model.field_spec import field_specs
from tests.cases import for_each_case
from tests.documents import DOCUMENTS

VOCABULARIES: Final = [cls for cls in vars(model).values() if isinstance(cls, type) and issubclass(cls, Enum)]
WORDS: Final = sorted({member.value for cls in VOCABULARIES for member in cls})
JUNK: Final[list[Any]] = [
    None, True, 1, 1.5, 1994, "", "No Id", "Town", "1994", "twon", "nz-dunedin", "NZ-OTA", "town", "sister_city", [],
    ["town"], [None], {}, {"source": "a"}, 10**400,
]  # fmt: skip
PYTHON_JUNK: Final[list[Any]] = [
    *JUNK, *(member for cls in VOCABULARIES for member in cls), date(1994, 1, 1), datetime(1994, 1, 1, tzinfo=UTC),
    Decimal("4.5"), float("nan"), b"town", ("town",), object(), PartialDate(1994),
]  # fmt: skip
VALUE: Final = re.compile(r"invalid (?:\w+ )?(?:value|date|id|code|tag|unit|address|measure|area|identifier) (.*)")
QUOTED: Final = re.compile(r"'[^']*'|\"[^\"]*\"")


def rejected(problem: Problem) -> set[str]:
    """The value in a message, or all that it quotes."""
    value = VALUE.fullmatch(problem.message)
    return set(value.groups()) if value else set(QUOTED.findall(problem.message))


def allowed(problem: Problem) -> set[str]:
    """The values that a problem lists as expected."""
    return {text.replace('"', "'") for text in QUOTED.findall(problem.expected)}


def check(error: InvalidRecordError) -> None:
    """Compare the rejected and the allowed values of each problem."""
    assert error.problems
    for problem in error.problems:
        assert set() == rejected(problem) & allowed(problem), str(problem)


def paths_of(value: Any, path: FieldPath) -> Iterator[tuple[FieldPath, Any]]:
    """A plain value and all values in it, each with its path."""
    yield path, value
    items: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from paths_of(inner, path.join(key))


def check_reading(cls: type[AnyRecord], id_: str, plain: Any) -> bool:
    """Check the error of reading, if there is one; return whether there is one."""
    try:
        read_record(cls, id_, plain)
    except InvalidRecordError as error:
        check(error)
        return True
    return False


def test_a_contradictory_error_is_noticed() -> None:
    """The comparison below fails for an error that offers the rejected value."""
    with pytest.raises(AssertionError):
        check(InvalidRecordError([Problem(message="invalid value 'town'", expected="one of 'district', 'town'")]))


@for_each_case(RECORD_TYPES.values())
def test_reading(cls: type[AnyRecord]) -> None:
    """Every value of a document is replaced by every other value, a word by all words, and every key by another."""
    id_, plain = DOCUMENTS[cls]
    found = 0
    for path, value in paths_of(plain, FieldPath()):
        for junk in [*JUNK, *(WORDS if value in WORDS else ())]:
            found += check_reading(cls, id_, path.replace(plain, junk))
        spoilt = copy.deepcopy(plain)
        parent = FieldPath(path[:-1]).get(spoilt)
        if path and isinstance(parent, dict):
            parent["no_such_field"] = parent.pop(str(path[-1]))
            found += check_reading(cls, id_, spoilt)
    assert found


def parts_of(value: Any) -> Iterator[Record]:
    """A record and all records in it."""
    if isinstance(value, Record):
        yield value
        for spec in field_specs(type(value)):
            yield from parts_of(getattr(value, spec.name))
    for item in value if isinstance(value, tuple) else ():
        yield from parts_of(item)


evolve: Any = attrs.evolve
make_evidence: Any = fc.Evidence


@for_each_case(RECORD_TYPES.values())
def test_creating(cls: type[AnyRecord]) -> None:
    """Every field of a record and of its parts gets every value; so does every claim."""
    found = 0
    for part in parts_of(read_record(cls, *DOCUMENTS[cls])):
        for spec in field_specs(type(part)):
            for junk in [*PYTHON_JUNK, *WORDS]:
                changes: list[dict[str, Any]] = [{spec.name: junk}]
                if isinstance(part, model.Sourced) and spec.name not in {"id", "note", "evidence"}:
                    changes.append({"evidence": (make_evidence(source="a", locator="b", claims={spec.name: junk}),)})
                for change in changes:
                    try:
                        evolve(part, **change)
                    except InvalidRecordError as error:
                        check(error)
                        found += 1
    assert found


@for_each_case(
    (function, value)
    for function in (
        fc.parse_city_id,
        fc.parse_source_id,
        fc.parse_partnership_id,
        PartialDate,
        PartialDate.parse,
        as_date,
    )
    for value in [*PYTHON_JUNK, "nz-dunedin--cn-shanghai", "nz-dunedin--nz-dunedin"]
)
def test_calling(function: Any, value: Any) -> None:
    """Functions that read ids and dates."""
    try:
        function(value)
    except InvalidRecordError as error:
        check(error)
    except fc.InvalidQueryError as error:
        message, _, expected = str(error).partition("; expected ")
        check(InvalidRecordError([Problem(message=message, expected=expected)]))


@for_each_case(
    ["", "{", "[1,]", '{"a" 1}', "{'a': 1}", '{"name": "x", "name": "y"}', b"\xff", b"\xef\xbb\xbf{}", "nul", "1" * 50]
)
def test_reading_text(text: str | bytes) -> None:
    """Text that is not JSON, or no record."""
    with pytest.raises(InvalidRecordError) as caught:
        read_text(fc.City, "nz-dunedin", text)
    check(caught.value)


def test_documents_are_plain() -> None:
    """The documents that are changed above are plain JSON."""
    assert all(plain == json.loads(json.dumps(plain)) for _, plain in DOCUMENTS.values())
