"""Tables in a terminal: widths that fit, and what is cut."""

import re

import pytest
from rich.cells import cell_len

from friendcities.cli.rich_tables import cut, print_rich, widths_within


def printed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int, *rows: tuple[str, ...]
) -> list[str]:
    """The lines of a table of a name, a note that may be cut, and a number."""
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("TERM", "dumb")
    print_rich(("Name", "Note", "Count"), rows, ["Note"])
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    ("room", "expected"),
    [
        (100, [20, 40, 10]),
        (70, [20, 40, 10]),
        (60, [20, 30, 10]),
        (46, [20, 16, 10]),
        (40, [14, 16, 10]),
        (31, [6, 16, 9]),
        (27, [6, 12, 9]),
        (20, [6, 7, 7]),
        (3, [1, 1, 1]),
        (0, [1, 1, 1]),
    ],
)
def test_columns_give_way_in_turn(room: int, expected: list[int]) -> None:
    """First what may be cut, then what folds, down to its words; then words are broken, the widest first."""
    assert expected == widths_within(room, [20, 40, 10], [6, 16, 9], [False, True, False])


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("gazette", 7, "gazette"),
        ("gazette", 6, "gazet…"),
        ("gazette and 12 more", 19, "gazette and 12 more"),
        ("gazette and 12 more", 18, "gazette +12"),
        ("gazette and 12 more", 11, "gazette +12"),
        ("gazette and 12 more", 10, "gazet… +12"),
        ("gazette and 12 more", 1, "… +12"),
        ("salt and pepper", 10, "salt and…"),
        ("上海市人民政府", 7, "上海市…"),
        ("上海市人民政府", 8, "上海市…"),
    ],
)
def test_what_is_cut_keeps_its_count(text: str, width: int, expected: str) -> None:
    """A cut says that it is one, keeps the number of the others, and never halves a wide letter."""
    assert expected == cut(text, width)


def test_wide_letters_take_two_cells(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Columns stay in line behind letters of two cells."""
    lines = printed(capsys, monkeypatch, 40, ("上海市", "x", "1"), ("Dunedin", "友好城市", "12"))

    assert {cell_len(line.rstrip()) for line in lines[2:]} == {cell_len(lines[0].rstrip())}
    assert ["上海市   x             1", "Dunedin  友好城市     12"] == lines[2:]


def test_numbers_stand_on_the_right(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A column of numbers, with their commas, ends in line."""
    lines = printed(capsys, monkeypatch, 40, ("a", "b", "1,234"), ("c", "d", "5"))

    assert ["a     b     1,234", "c     d         5"] == lines[2:]


@pytest.mark.parametrize("width", [12, 20, 40, 80])
def test_a_table_is_never_wider_than_the_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    """However little room there is, no line is longer, and an address is cut where there is no room for it."""
    address = "https://example.org/a/very/long/address/of/a/page/about/sister/cities.html"
    lines = printed(capsys, monkeypatch, width, ("Arrondissement No. 5 of Bobo-Dioulasso", address, "7"), ("", "", "8"))

    assert width >= max(map(cell_len, lines))
    assert all(not re.search("https", line) for line in lines)
    assert any("…" in line for line in lines)


def test_an_address_for_which_there_is_room_is_whole(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An address is shown as it is where it fits."""
    assert "https://example.org" in "".join(printed(capsys, monkeypatch, 40, ("a", "https://example.org", "1")))
