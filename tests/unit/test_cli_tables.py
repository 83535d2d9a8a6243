"""Tables in a terminal: widths that fit, what is cut, and what continues on the next line."""

import sys

import pytest

from friendcities.cli import output, table_layout
from friendcities.cli.table_layout import cut_middle, fit_widths, fold_text, text_width

ADDRESS = "https://example.org/a/very/long/address/of/a/page/about/sister/cities.html"


@pytest.fixture(params=["rich", "plain"])
def printed(
    request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> "Printed":
    """Prints tables, with rich and without."""
    monkeypatch.setenv("TERM", "dumb")
    if request.param == "plain":
        monkeypatch.delitem(sys.modules, "friendcities.cli.rich_lines", raising=False)
        monkeypatch.setitem(sys.modules, "rich.console", None)
    return Printed(capsys, monkeypatch)


class Printed:
    """Prints tables of a name, an address that may be cut, and a number."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys, self._monkeypatch = capsys, monkeypatch

    def __call__(self, width: int, *rows: tuple[str, str, str]) -> list[str]:
        """The lines of a table."""
        self._monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
        self._monkeypatch.setenv("COLUMNS", str(width))
        output.print_table(("Name", "Address", "Count"), rows)
        return self._capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    ("room", "expected"),
    [
        (100, [20, 40, 10]),
        (70, [20, 40, 10]),
        (60, [20, 30, 10]),
        (46, [20, 16, 10]),
        (40, [14, 16, 10]),
        (31, [6, 16, 9]),
        (20, [6, 7, 7]),
        (3, [1, 1, 1]),
        (0, [1, 1, 1]),
    ],
)
def test_columns_give_way_in_turn(room: int, expected: list[int]) -> None:
    """First what may be cut, then what folds, down to its words; then words are broken, the widest first."""
    assert expected == fit_widths(room, [20, 40, 10], [6, 16, 9], [False, True, False])


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("gazette", 7, "gazette"),
        ("gazette", 6, "gaz…te"),
        ("gazette and 12 more", 19, "gazette and 12 more"),
        ("gazette and 12 more", 18, "gazette +12"),
        ("gazette and 12 more", 11, "gazette +12"),
        ("gazette and 12 more", 10, "gaz…te +12"),
        ("gazette and 12 more", 1, "… +12"),
        ("salt and pepper and 1 more", 13, "salt…pper +1"),
        ("salt and pepper", 10, "salt…pper"),
        ("上海市人民政府", 8, "上海…府"),
        ("上海市人民政府", 9, "上海…政府"),
    ],
)
def test_what_is_cut_keeps_its_ends_and_its_count(text: str, width: int, expected: str) -> None:
    """A cut says that it is one, keeps the number of the others, and never halves a wide letter."""
    assert expected == cut_middle(text, width)


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("", 5, [""]),
        ("sister city", 11, ["sister city"]),
        ("sister city", 10, ["sister", "city"]),
        ("Voivodeship of", 5, ["Voivo", "deshi", "p of"]),
        ("in Voivodeship", 11, ["in", "Voivodeship"]),
        ("友好城市", 5, ["友好", "城市"]),
        ("友好", 1, ["友", "好"]),
    ],
)
def test_texts_fold_between_words(text: str, width: int, expected: list[str]) -> None:
    """Only a word that is longer than the line is broken."""
    assert expected == fold_text(text, width)


def test_wide_letters_take_two_cells(printed: Printed) -> None:
    """Columns stay in line behind letters of two cells, and behind marks that take none."""
    assert 5 == text_width("Mâcon") == text_width("Ma\u0302con")
    assert ["上海市   x             1", "Dunedin  友好城市     12"] == printed(
        40, ("上海市", "x", "1"), ("Dunedin", "友好城市", "12")
    )[2:]


def test_numbers_stand_on_the_right(printed: Printed) -> None:
    """A column of numbers, with their commas, ends in line."""
    assert ["Name  Address  Count", "--------------------", "a     b        1,234", "c     d            5"] == printed(
        40, ("a", "b", "1,234"), ("c", "d", "5")
    )


@pytest.mark.parametrize("width", [12, 20, 40, 60])
def test_a_table_is_never_wider_than_the_terminal(printed: Printed, width: int) -> None:
    """However little room there is, no line is longer, and an address is cut where there is no room for it."""
    lines = printed(width, ("Arrondissement No. 5 of Bobo-Dioulasso", ADDRESS, "7"), ("", "", "8"))

    assert width >= max(map(text_width, lines))
    assert any("…" in line for line in lines)


def test_columns_without_room_continue_on_the_next_line(printed: Printed) -> None:
    """A row that is too wide has an indented second line, as its headings have; an empty line is left out."""
    rows = (("Arrondissement", ADDRESS, "7"), ("Dunedin", "", ""))

    assert [
        "Name",
        "  Address                      Count",
        "------------------------------------",
        "Arrondissement",
        "  https://examp…r/cities.html  7",
        "Dunedin",
    ] == printed(36, *rows)


def test_an_address_for_which_there_is_room_is_whole(printed: Printed) -> None:
    """An address is shown as it is where it fits."""
    assert "https://example.org" in "".join(printed(40, ("a", "https://example.org", "1")))


def test_the_first_letters_that_fit() -> None:
    """Wide letters need two columns; a text that fits is returned whole."""
    assert ["", "上", "上", "上海", "上海"] == [table_layout._first_letters("上海", width) for width in (1, 2, 3, 4, 9)]
