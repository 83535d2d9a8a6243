"""Properties of checks for any content of files: checks never fail, and each problem has a position and a reason."""

import json
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from friendcities.checks import RecordTree, all_rules, check, fix_files
from friendcities.codec.writer import encode
from friendcities.datasets.folder import RecordFile
from friendcities.model import RECORD_TYPES, AnyRecord
from tests.documents import DOCUMENTS
from tests.strategies import JSON, RECORDS

BASE: Final = RecordTree.read(Path(__file__).parents[1] / "checks" / "base", today=date(2026, 1, 1))
FOLDERS: Final = {cls: folder for folder, cls in RECORD_TYPES.items()}

every_type = pytest.mark.parametrize("cls", RECORD_TYPES.values(), ids=RECORD_TYPES)
odd_text = st.text(
    st.sampled_from(" aM.\"“”«—-%()[]{}1／上が\u0301\u00a0\u00ad\u200b\u200c\u200d\ufe0fМοکक्👩'") | st.characters()
)
ODD: Final = JSON | odd_text | odd_text.map(lambda text: f"https://{text}") | st.dates().map(str)


def with_file(cls: type[AnyRecord], id_: str, data: bytes) -> RecordTree:
    """The valid tree with one more file."""
    return BASE.with_file(BASE.root / FOLDERS[cls] / f"{id_}.json", cls, data)


def is_readable(register: RecordTree) -> dict[Path, bool]:
    """The files with a valid record."""
    return {file.path: file.record is not None for file in register.files}


def holds_of(register: RecordTree) -> None:
    """Each problem has file and rule; fixes keep records valid and come to an end."""
    for problem in check(register).problems:
        assert Path(problem.path).is_relative_to(register.root)
        assert problem.rule in all_rules()
        assert problem.message
        assert str(problem).isprintable()

    after = register.with_contents({each.path: each.after for each in fix_files(register)})

    assert all(is_readable(after)[path] for path, readable in is_readable(register).items() if readable)
    assert () == fix_files(after)


def spots(plain: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of all values in a document."""
    inner = plain.items() if isinstance(plain, dict) else enumerate(plain) if isinstance(plain, list) else ()
    return [way, *(spot for key, value in inner for spot in spots(value, (*way, key)))]


def with_value_at(plain: Any, way: tuple[Any, ...], value: Any) -> Any:
    """A copy of a document with another value in one place."""
    if not way:
        return value
    copied = plain.copy()
    copied[way[0]] = with_value_at(plain[way[0]], way[1:], value)
    return copied


def test_the_start_is_sound() -> None:
    """The tree has no problems, so all problems are in the added file."""
    assert () == check(BASE).problems
    assert () == fix_files(BASE)


@every_type
@given(data=st.binary(max_size=40) | odd_text.map(lambda text: text.encode("utf-8", "surrogatepass")))
@example(data=b"")
@example(data=b"\xff\xfe{\x00}\x00")
@example(data=b"\xef\xbb\xbf{}")
@example(data=b"[" * 100_000)
@example(data=b'{"id": 1, "id": "nz-dunedin"}')
def test_no_bytes_break_the_check(cls: type[AnyRecord], data: bytes) -> None:
    """Any content of a file is checked and its problems reported."""
    id_, _ = DOCUMENTS[cls]

    register = with_file(cls, id_, data)

    assert not check(register).passed
    holds_of(register)


@every_type
@given(data=st.data())
def test_no_value_breaks_the_check(cls: type[AnyRecord], data: st.DataObject) -> None:
    """Any value in any place of a record is checked and its problems reported."""
    id_, plain = DOCUMENTS[cls]
    spoilt = with_value_at(plain, data.draw(st.sampled_from(spots(plain))), data.draw(ODD))

    holds_of(with_file(cls, id_, json.dumps(spoilt).encode("utf-8", "surrogatepass")))


@every_type
@given(data=st.data())
def test_no_record_breaks_the_check(cls: type[AnyRecord], data: st.DataObject) -> None:
    """Any valid record can be checked, and fixes keep it valid."""
    made = data.draw(RECORDS[cls])

    holds_of(with_file(cls, made.id, encode(made).encode()))


@every_type
def test_a_file_comes_under_one_rule_at_least(cls: type[AnyRecord]) -> None:
    """Every problem of the reader has a rule, so that no invalid file passes."""
    id_, plain = DOCUMENTS[cls]

    for way in spots(plain)[1:]:
        text = json.dumps(with_value_at(plain, way, {"?": [0]}))
        file = RecordFile.decode(BASE.root / f"{id_}.json", cls, text.encode())

        assert file.problems
        assert {problem.rule for problem in file.problems} <= set(all_rules())
