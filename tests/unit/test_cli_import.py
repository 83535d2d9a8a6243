"""``friendcities import``: what it prints, writes and refuses."""

import json
import os
from pathlib import Path

import pytest

import friendcities as fc
from friendcities.cli import main
from tests.tables import in_csv

ROW = ("Vík", "Iceland", "", "", "Lyon", "France", "", "")
SAID = ["--profile", "pairs", "--publisher", "A lexicon", "--as-of", "2026"]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of two rows that say the same and one that cannot be taken, in the folder in which we stand."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "list.csv"
    path.write_text(in_csv(ROW, ROW, ("", *ROW[1:])), encoding="utf-8")
    return path


def test_one_command_makes_records_and_a_report(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The records can be loaded, the report has every row, and the totals are printed."""
    code = main(["import", str(file), *SAID, "-o", "out.json", "--report", "report.json", "--limit", "1"])

    assert 0 == code
    assert "3 rows: 1 imported, 1 merged, 1 rejected" == capsys.readouterr().out.splitlines()[0]
    assert ["fr-lyon--is-vik"] == [tie.id for tie in fc.Dataset.load("out.json").partnerships()]
    assert [2, 3, 4] == [row["row"] for row in json.loads(Path("report.json").read_text(encoding="utf-8"))["rows"]]


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="the system has no /dev/fd")
def test_records_are_written_into_a_pipe(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As with ``-o /dev/stdout``; the totals then go to standard error."""
    read, write = os.pipe()
    code = main(["import", str(file), *SAID, "-o", f"/dev/fd/{write}"])
    os.close(write)
    with open(read, encoding="utf-8") as pipe:  # noqa: PTH123 - a descriptor
        text = pipe.read()
    printed = capsys.readouterr()

    assert (0, "") == (code, printed.out)
    assert "3 rows: 1 imported, 1 merged, 1 rejected" == printed.err.splitlines()[0]
    Path("out.json").write_text(text, encoding="utf-8")
    assert ["fr-lyon--is-vik"] == [tie.id for tie in fc.Dataset.load("out.json").partnerships()]


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="the system has no /dev/fd")
def test_a_report_is_written_into_a_pipe(file: Path) -> None:
    """The pipe is not read first."""
    read, write = os.pipe()
    code = main(["import", str(file), *SAID, "--report", f"/dev/fd/{write}"])
    os.close(write)
    with open(read, encoding="utf-8") as pipe:  # noqa: PTH123 - a descriptor
        assert (0, "3 rows: 1 imported, 1 merged, 1 rejected\n") == (code, pipe.readline())


@pytest.mark.parametrize(("name", "first"), [("r.csv", "row,outcome"), ("r.txt", "3 rows: 1 imported")])
def test_forms_of_the_report(file: Path, name: str, first: str) -> None:
    """The ending says which form."""
    assert 0 == main(["import", str(file), *SAID, "--report", name])
    assert Path(name).read_text(encoding="utf-8").startswith(first)


def test_where_no_row_is_taken_the_answer_is_no(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A shell sees that by the code, and a person is told what to look at."""
    file.write_text(in_csv(("", *ROW[1:])), encoding="utf-8")

    assert 1 == main(["import", str(file), *SAID])
    said = capsys.readouterr()
    assert said.out.startswith("1 row: 0 imported, 0 merged, 1 rejected")
    assert "friendcities: no row was imported, and no records were saved; correct the profile\n" == said.err
    assert 1 == main(["import", str(file), *SAID, "-o", "out.json", "--report", "report.txt"])
    assert [False, True] == [Path(name).exists() for name in ("out.json", "report.txt")]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["-o", "list.csv"], "--output cannot replace the input file list.csv"),
        (["-o", "out.json", "--report", "list.csv"], "--report cannot replace the input file list.csv"),
        (["--profile", "mine.toml", "--report", "mine.toml"], "--report cannot replace the input file mine.toml"),
        (["-o", "out.json", "--report", "out.json"], "--report and --output both write to out.json"),
        (["-o", "."], "--output cannot write to the folder .; name a file"),
    ],
)
def test_nothing_that_is_read_or_made_is_lost(
    file: Path, options: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not even with --force, for it would be lost to the same command."""
    Path("mine.toml").write_text("mine", encoding="utf-8")
    before = file.read_bytes()

    assert 2 == main(["import", str(file), *SAID, *options, "--force"])
    assert words in capsys.readouterr().err
    assert (before, "mine", False) == (
        file.read_bytes(),
        Path("mine.toml").read_text(encoding="utf-8"),
        Path("out.json").exists(),
    )


def test_the_report_is_written_first(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where one of the two cannot be written, neither is."""
    for options in (["-o", "none/o.json", "--report", "r.txt"], ["-o", "o.json", "--report", "none/r.txt"]):
        assert 1 == main(["import", str(file), *SAID, *options])
        assert ": there is no folder" in capsys.readouterr().err
    assert ["list.csv"] == [path.name for path in file.parent.iterdir()]


def test_nothing_is_overwritten_without_a_word(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is there stays, unless it is to be replaced."""
    Path("out.json").write_text("mine", encoding="utf-8")

    assert 2 == main(["import", str(file), *SAID, "-o", "out.json"])
    assert "out.json already exists" in capsys.readouterr().err
    assert "mine" == Path("out.json").read_text(encoding="utf-8")
    assert 0 == main(["import", str(file), *SAID, "-o", "out.json", "--force"])
    assert "mine" != Path("out.json").read_text(encoding="utf-8")


def test_without_a_profile_one_is_proposed(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is printed for a person to correct, and nothing is read by it."""
    assert 2 == main(["import", str(file)])

    said = capsys.readouterr()
    assert said.out.startswith("# A proposal")
    assert "pass the file with --profile" in said.err


def test_what_cannot_be_read_is_said(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A missing file and a missing publisher each have an error of their own."""
    assert 1 == main(["import", "none.csv", *SAID])
    assert "No such file" in capsys.readouterr().err
    assert 2 == main(["import", str(file), "--profile", "pairs"])
    assert "has no publisher and as_of" in capsys.readouterr().err


def test_a_file_without_rows(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command says so, with a profile and without one."""
    file.write_text(in_csv(), encoding="utf-8")
    assert 1 == main(["import", str(file), *SAID])
    assert "no records were saved; the file has no rows below the column names" in capsys.readouterr().err
    assert 1 == main(["import", str(file)])
    assert "the file has no rows below the column names 'city1'" in capsys.readouterr().err
