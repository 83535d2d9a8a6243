"""Records as JSON Lines: complete, and every error reported with its line."""

import json
from pathlib import Path

import pytest

import friendcities as fc
from friendcities import DataError, Dataset, InvalidQueryError
from friendcities.exporters.json_lines import as_json_lines
from tests.worlds import a_city


def test_the_dataset_comes_back_as_it_was(tmp_path: Path) -> None:
    """All records are read back."""
    fc.dataset().to_json_lines(tmp_path / "all.jsonl")

    assert fc.dataset() == Dataset.load_json_lines(tmp_path / "all.jsonl")


def test_ids_that_moved_come_back(tmp_path: Path) -> None:
    """The last line contains the redirects."""
    register = tmp_path / "register"
    (register / "cities").mkdir(parents=True)
    (register / "cities" / "nz-dunedin.json").write_text('{"name": "Dunedin", "country": "NZ", "level": "town"}')
    (register / "redirects.json").write_text('{"cities": {"nz-otepoti": "nz-dunedin"}}')
    data = Dataset.load(register)
    data.to_json_lines(tmp_path / "all.jsonl")

    read = Dataset.load_json_lines(tmp_path / "all.jsonl")

    assert data == read
    assert "nz-dunedin" == read.city("nz-otepoti").id
    assert b"redirects" not in as_json_lines(data, data.cities())


def test_an_answer_can_be_laid_over_another(tmp_path: Path) -> None:
    """Records that refer to others need a dataset that has those."""
    fc.dataset().to_json_lines(tmp_path / "few.jsonl", fc.partnerships_of("Dunedin"))

    read = Dataset.load_json_lines(str(tmp_path / "few.jsonl"), base=fc.dataset())

    assert fc.dataset() == read
    with pytest.raises(DataError, match=r"few\.jsonl:1: unknown-reference: id: there is no city 'cn-shanghai'"):
        Dataset.load_json_lines(tmp_path / "few.jsonl")


def test_the_entries_of_a_timeline_are_steps() -> None:
    """A line of a timeline has the partnership, the position and the step, and cannot be read back."""
    [line] = as_json_lines(fc.dataset(), fc.timeline("Dunedin")).splitlines()
    found = json.loads(line)

    assert ("step", "cn-shanghai--nz-dunedin", 1) == (found["type"], found["partnership"], found["position"])
    assert ("1994-10-21", "established") == (found["date"], found["action"])


CITY = '{"type":"city","id":"is-vik","name":"Vík","country":"IS","level":"town"}'


def test_blank_lines_are_passed_over(tmp_path: Path) -> None:
    """Empty lines are ignored, with all line endings."""
    (tmp_path / "a.jsonl").write_bytes(f"\r\n{CITY}\r\n\n".encode())

    assert Dataset([a_city("is-vik", "Vík", level=fc.Level.TOWN)]) == Dataset.load_json_lines(tmp_path / "a.jsonl")


def test_everything_wrong_is_reported_at_once(tmp_path: Path) -> None:
    """All problems of all lines have line and field."""
    lines = [
        CITY.replace("}", ""),
        "[]",
        '{"type":"step"}',
        '{"type":7,"id":"is-a"}',
        '{"type":"city"}',
        CITY.replace('"Vík"', "null"),
        CITY.replace("{", '{"name":"Twice",'),
        '{"type":"redirects","cities":{"a":1}}',
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(lines), "utf-8")

    with pytest.raises(DataError) as caught:
        Dataset.load_json_lines(path)

    found = [(each.line, each.field, each.message) for each in caught.value.problems]
    assert [
        (1, "", "invalid JSON: expecting ',' delimiter"),
        (2, "", "not a record"),
        (3, "type", "unknown record type 'step'"),
        (4, "type", "unknown record type 7"),
        (5, "id", "missing id"),
        (6, "name", "invalid value null"),
        (7, "name", "repeated key"),
        (8, "cities.a", "invalid pair of ids 'a': 1"),
    ] == found
    assert {str(path)} == {each.path for each in caught.value.problems}


def test_ids_that_moved_stand_in_one_line(tmp_path: Path) -> None:
    """A second line of redirects is an error, because it would replace the first."""
    moved = '{"type":"redirects","cities":{"is-a":"is-vik"}}'
    (tmp_path / "a.jsonl").write_text(f"{moved}\n{CITY}\n{moved}\n", "utf-8")

    with pytest.raises(DataError, match=r"a\.jsonl:3: type: another line contains redirects"):
        Dataset.load_json_lines(tmp_path / "a.jsonl")


@pytest.mark.parametrize(
    ("data", "what"), [(b"\xff", "invalid UTF-8"), (b"\xef\xbb\xbf{}", "begins with a byte-order mark")]
)
def test_another_encoding_is_refused(data: bytes, what: str, tmp_path: Path) -> None:
    """Text is UTF-8 without a byte-order mark."""
    (tmp_path / "a.jsonl").write_bytes(data)

    with pytest.raises(DataError, match=what):
        Dataset.load_json_lines(tmp_path / "a.jsonl")


def test_what_cannot_be_read_is_an_error_of_ours(tmp_path: Path) -> None:
    """Missing files, folders and invalid paths are reported."""
    with pytest.raises(DataError, match="this path cannot be read: no such file"):
        Dataset.load_json_lines(tmp_path / "none.jsonl")
    with pytest.raises(DataError, match="this path cannot be read: is a directory"):
        Dataset.load_json_lines(tmp_path)
    with pytest.raises(InvalidQueryError, match="pass the path"):
        Dataset.load_json_lines("")
