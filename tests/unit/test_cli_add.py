"""``friendcities add``: from what a person knows to files that pass the check."""

import builtins
import errno
import os
import re
import shlex
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

from friendcities.authoring import FORMS
from friendcities.cli import main
from tests.sessions import NEW_TIE, a_tree, files_in

MADE = [
    "sources/county-kisumu-2023.json",
    "cities/ke/ke-kisumu.json",
    "partnerships/ee-ke/ee-naidislinn--ke-kisumu.json",
]
Run = Callable[..., tuple[int, str, str]]


def options_of(tie: dict[str, str]) -> list[str]:
    """The options that say the same as these answers."""
    named = [(f"--{name}", text) for name, text in tie.items() if name not in {"first", "second"}]
    return [tie["first"], tie["second"], *(word for pair in named for word in pair)]


OPTIONS = options_of(NEW_TIE)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A register to add to."""
    return a_tree(tmp_path)


@pytest.fixture
def add(tree: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run ``friendcities add`` on the register; give its exit code, standard output and standard error."""

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(["add", *arguments, "--records", str(tree)])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Have somebody sit at the terminal who gives these answers; what they are asked is kept."""

    def answer(*answers: Any) -> list[str]:
        prompts: list[str] = []
        left: Iterator[Any] = iter(answers)

        def typed(prompt: str = "") -> str:
            prompts.append(prompt)
            given = next(left, EOFError())
            if isinstance(given, BaseException):
                raise given
            return str(given)

        monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
        monkeypatch.setattr(builtins, "input", typed)
        return prompts

    return answer


def test_options_alone_write_the_files(add: Run, tree: Path) -> None:
    """With --yes nothing is asked: the files are shown and written, and the check has nothing against them."""
    code, out, _ = add("partnership", *OPTIONS, "--yes")

    assert 0 == code
    assert all((tree / name).exists() for name in MADE)
    assert [str(tree / name) for name in MADE] == [line for line in out.splitlines() if line.endswith(".json")]
    assert '  "level": "municipality",' in out
    assert out.endswith(
        f"\n3 files written.\nNext: run 'friendcities check {tree}', commit the files and open a pull request.\n"
    )
    assert 0 == main(["check", str(tree)])
    assert 0 == main(["format", "--check", str(tree)])


def test_what_was_added_is_found(add: Run, tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The new partnership answers questions at once."""
    add("partnership", *OPTIONS, "--yes")

    assert 0 == main(["partners", "Kisumu", "--overlay", str(tree)])
    assert "Näidislinn\tEE\tsister city\tactive\t2019-05-03\t2019-05-03\tCounty of Kisumu\n" == capsys.readouterr().out


def test_a_person_is_asked_and_decides(add: Run, tree: Path, answering: Callable[..., list[str]]) -> None:
    """Who gives no options is asked for everything, sees the files, and has the last word."""
    prompts = answering(
        "Naidislinn", "Kisumu, Kenya", "", "", "", "", "1", "", "established", "3 May 2019", "sister city", "",
        "https://kisumu.example/twins", "", "Our twins", "County of Kisumu", "1", "Kisumu", "", "2023", "", "",
        "row of Näidislinn", "y",
    )  # fmt: skip
    code, out, _ = add("partnership")

    assert 0 == code
    assert out.startswith("New partnership: a formal relation")
    assert "\nWrite these 3 files? [y/N] " == prompts[-1]
    assert all((tree / name).exists() for name in MADE)


def test_a_person_may_say_no(add: Run, tree: Path, answering: Callable[..., list[str]]) -> None:
    """Without a yes nothing is written; the command that says the same again is shown, and works."""
    before = files_in(tree)
    answering("", "", "", "", "", "", "", "", "")
    code, _, err = add("partnership", *OPTIONS)

    assert 1 == code
    assert before == files_in(tree)
    assert "nothing was written" in err
    again = shlex.split(err.strip().rpartition("to continue with your answers: ")[2])
    assert ["friendcities", "add", "partnership", "Naidislinn", "Kisumu, Kenya"] == again[:5]
    assert ["--records", str(tree)] == again[-2:]
    assert 0 == main([*again[1:], "--yes"])
    assert all((tree / name).exists() for name in MADE)


@pytest.mark.parametrize(
    ("leaves", "expected"), [(KeyboardInterrupt(), 130), (EOFError(), 2)], ids=["ctrl-c", "ctrl-d"]
)
def test_a_person_may_leave(
    add: Run, tree: Path, answering: Callable[..., list[str]], leaves: BaseException, expected: int
) -> None:
    """Ctrl-C and Ctrl-D leave everything as it was, and say so."""
    before = files_in(tree)
    answering("Naidislinn", leaves)
    code, _, err = add("partnership")

    assert expected == code
    assert "\nnothing was written\n" == err
    assert before == files_in(tree)


def test_what_is_no_text_is_typed_anew(add: Run, answering: Callable[..., list[str]]) -> None:
    """Bytes that are no text of the terminal's encoding do no harm."""
    broken = UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte")
    answering(broken, "Naidislinn", "Mihon", "listed", "", "", "geographers-2020", "page 1", "y")
    code, out, _ = add("partnership")

    assert 0 == code
    assert "the answer is not valid text" in out


def test_lines_can_be_typed_where_they_cannot_be_edited(
    add: Run, answering: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where Python has no readline, questions work all the same."""
    monkeypatch.setitem(sys.modules, "readline", None)
    answering(KeyboardInterrupt())

    assert 130 == add("partnership")[0]


def test_everything_missing_is_one_error(add: Run, tree: Path) -> None:
    """Where nobody can be asked, one error names all the options that are missing, and the exit code says usage."""
    before = files_in(tree)
    code, out, err = add("partnership", "Naidislinn", "Kisumu", "--second-level", "town")

    assert 2 == code
    assert "" == out
    for name in ("second-country", "action", "source", "locator"):
        assert f"\n  --{name} is missing: " in err
    assert before == files_in(tree)


def test_nobody_sits_at_a_closed_input(add: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where standard input is closed, nobody is asked."""
    monkeypatch.setattr(sys, "stdin", None)

    assert 0 == add("partnership", *OPTIONS, "--dry-run")[0]


def test_what_cannot_be_made_can_be_gone_on_from(add: Run, answering: Callable[..., list[str]]) -> None:
    """A person whose answers fit no record gets them back as a command."""
    answering("Kisumu", "Kenya", "", "1", "", "geographers-2020", "page 1")
    code, _, err = add("city", "--latitude=-91", "--longitude", "0", "--point", "centre")

    assert 2 == code
    assert "latitude: -91.0 is out of range" in err
    assert "to continue with your answers: friendcities add city Kisumu --country Kenya --level 1 --latitude=-91" in err


def test_what_the_check_says_stops_it(add: Run, tree: Path) -> None:
    """Files that would not pass are not written; the problems are shown as the check shows them."""
    before = files_in(tree)
    tie = NEW_TIE | {"locator": "page\u200b 1"}
    code, out, err = add("partnership", *options_of(tie), "--yes")

    assert 1 == code
    assert "invisible-character" in out
    assert "nothing was written: " in err
    assert before == files_in(tree)


def test_one_problem_is_called_one(add: Run) -> None:
    """A single problem is counted as one."""
    source = ["A\u200b title", "--publisher", "P", "--kind", "press", "--published", "2020"]

    assert "nothing was written: 1 problem\n" in add("source", *source, "--yes")[2]


def test_a_dry_run_only_shows(add: Run, tree: Path) -> None:
    """The files are shown, and none is written."""
    before = files_in(tree)
    code, out, err = add("partnership", *OPTIONS, "--dry-run")

    assert 0 == code
    assert out.startswith("3 files:\n")
    assert "nothing was written (--dry-run)\n" == err
    assert before == files_in(tree)


def test_nobody_can_be_asked_for_a_yes(add: Run, tree: Path) -> None:
    """In a script, files are shown, and written only with --yes."""
    before = files_in(tree)
    code, out, err = add("partnership", *OPTIONS)

    assert 2 == code
    assert out.startswith("3 files:\n")
    assert "confirming needs a terminal; to write without confirmation, add --yes" in err
    assert before == files_in(tree)


def test_nothing_is_added_twice(add: Run, tree: Path) -> None:
    """The second time, the partnership is on record, and its file is named."""
    add("partnership", *OPTIONS, "--yes")
    before = files_in(tree)
    code, _, err = add("partnership", "Naidislinn", "Kisumu", "--yes")

    assert 2 == code
    assert err.startswith("friendcities: the partnership of ")
    assert f"is already on record in {tree / MADE[2]}" in err
    assert "run 'friendcities correct ee-naidislinn--ke-kisumu'" in err
    assert "missing" not in err
    assert before == files_in(tree)


def test_a_full_disk_is_told(add: Run, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is written, the error says why, and the answers are given back as a command."""
    before = files_in(tree)

    def full(_: int) -> NoReturn:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    code, _, err = add("partnership", *OPTIONS, "--yes")

    assert 1 == code
    assert "nothing was written: no space left on device" in err
    assert "to continue with your answers: friendcities add partnership Naidislinn" in err
    assert before == files_in(tree)


def test_the_tree_of_a_clone_is_added_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without --records, it is the clone in which one stands; and it stands alone, not over the bundled data."""
    data = tmp_path / "src" / "friendcities" / "data"
    data.parent.mkdir(parents=True)
    a_tree(tmp_path).rename(data)
    monkeypatch.chdir(tmp_path)

    assert 0 == main(["add", "partnership", *OPTIONS, "--yes"])
    assert capsys.readouterr().out.endswith(
        "Next: run 'friendcities check', commit the files and open a pull request.\n"
    )
    assert all((data / name).exists() for name in MADE)
    assert 2 == main(["add", "partnership", "Dunedin", "Kisumu", "--yes"])
    assert "this dataset has no city 'Dunedin'" in capsys.readouterr().err


def test_a_register_of_ones_own_begins_empty(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty folder is a register laid over the bundled data, whose cities and sources can be named."""
    arguments = ["Dunedin", "Carabobo", "--action", "proposed", "--source", "shine-2023-12-02", "--locator", "line 1"]

    assert 0 == main(["add", "partnership", *arguments, "--yes", "--records", str(tmp_path)])
    assert ["nz-dunedin--ve-carabobo.json"] == [path.name for path in tmp_path.rglob("*.json")]
    assert "1 file written." in capsys.readouterr().out


def test_a_tree_that_is_not_there_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    """It is not made on the quiet."""
    assert 2 == main(["add", "partnership", "--records", "no/such/folder"])
    assert "there is no file or folder 'no/such/folder'" in capsys.readouterr().err


@pytest.mark.parametrize("name", FORMS)
def test_help_tells_of_every_option(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What can be asked can be given, and the help of the command says how."""
    with pytest.raises(SystemExit) as caught:
        main(["add", name, "--help"])
    told = capsys.readouterr().out

    assert 0 == caught.value.code
    for option, question in FORMS[name].options():
        alone = question.positional and "-" not in option
        assert re.search(rf"^  {option.upper() if alone else f'--{option}'}\b", told, re.MULTILINE)
