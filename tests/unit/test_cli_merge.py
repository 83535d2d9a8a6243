"""``friendcities merge``: what it takes, what it writes, what it says, and exit codes."""

import json
from pathlib import Path

import pytest

import friendcities as fc
from friendcities.cli import main
from friendcities.datasets.dataset import Dataset
from friendcities.datasets.folder import write_folder
from friendcities.model import City, FrozenMap
from tests.worlds import a_city, a_dataset, a_source, a_step, a_tie, told

ONE = Dataset([a_city("is-vik"), a_city("fr-lyon"), a_tie("is-vik", "fr-lyon", a_step("1990"))])
OTHER = Dataset(
    [
        a_source("gazette"),
        a_city("is-vik"),
        a_city("fr-lyon"),
        a_tie("is-vik", "fr-lyon", a_step("1991", told("gazette", "date"))),
    ]
)


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str, Path]:
    """Two datasets in files, and where a third may be."""
    ONE.save(tmp_path / "one.json")
    OTHER.save(tmp_path / "other.json")
    return str(tmp_path / "one.json"), str(tmp_path / "other.json"), tmp_path / "out"


def test_a_file(files: tuple[str, str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """The result is saved as one file, and the report is printed."""
    one, other, out = files
    out = out.with_suffix(".json")

    assert 0 == main(["merge", one, other, "-o", str(out)])
    assert ONE.merge(OTHER).dataset == Dataset.load(out)
    told_of = capsys.readouterr()
    assert (
        "Disagreements (1)\n  fr-lyon--is-vik: steps[0].date: 1990; the other dataset has 1991 (contrary), "
        "according to gazette\n" in told_of.out
    )
    assert "4 records; disagreements: 1; doubts: 0; matches by id only: 0\n" == told_of.err


def test_matches_by_id_only_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The last line has their number, also if the report goes to a file."""
    for name in ("one", "other"):
        Dataset([a_city("is-vik"), a_city("fr-lyon")]).save(tmp_path / f"{name}.json")
    files = [str(tmp_path / name) for name in ("one.json", "other.json")]

    assert 0 == main(["merge", *files, "-o", str(tmp_path / "out.json"), "--report", str(tmp_path / "report.txt")])
    assert "2 records; disagreements: 0; doubts: 0; matches by id only: 2\n" == capsys.readouterr().err


def test_a_file_that_is_there(files: tuple[str, str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """The result and the report replace it only where that is said, and what is merged never."""
    one, other, out = files
    made, report = out.with_name("made.json"), out.with_name("report.txt")
    for path in (made, report):
        path.write_text("mine", encoding="utf-8")

    for options in (["-o", str(made)], ["-o", str(out), "--report", str(report)]):
        assert 2 == main(["merge", one, other, *options])
        assert "already exists; name another file, or replace it with --force" in capsys.readouterr().err
    assert ["mine", "mine", False] == [*(path.read_text(encoding="utf-8") for path in (made, report)), out.exists()]
    assert 0 == main(["merge", one, other, "-o", str(made), "--report", str(report), "--force"])
    assert ONE.merge(OTHER).dataset == Dataset.load(made)


def test_what_is_read_is_not_replaced(files: tuple[str, str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """Not even with --force: one of the two would be lost."""
    one, other, out = files
    before = Path(other).read_bytes()

    for options in (["-o", other], ["-o", str(out), "--report", other]):
        assert 2 == main(["merge", one, other, *options, "--force"])
        assert "other.json; name another file" in capsys.readouterr().err
    assert before == Path(other).read_bytes()


@pytest.mark.parametrize("name", ["list.csv", "list.xlsx", "LIST.TSV"])
def test_a_list_is_to_be_imported_first(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A table is no dataset, and the error says what makes one of it."""
    path = tmp_path / name
    path.write_text("a,b\n", encoding="utf-8")

    assert 2 == main(["merge", str(path), "-o", str(tmp_path / "out")])
    assert f"{path} is a table, not a dataset; convert the table with: friendcities import" in capsys.readouterr().err
    assert 2 == main(["partners", "Dunedin", "--overlay", str(path)])
    assert f"{path} is a table, not a dataset; convert the table with: friendcities import" in capsys.readouterr().err


def test_a_folder(files: tuple[str, str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """Any other name is that of a folder with a file for each record; what is there is left alone."""
    one, other, out = files

    assert 0 == main(["merge", one, other, "-o", str(out)])
    assert ONE.merge(OTHER).dataset == Dataset.load(out)
    assert 2 == main(["merge", one, other, "-o", str(out)])
    assert "already exists and is not empty; choose an empty or new folder" in capsys.readouterr().err


@pytest.mark.parametrize(("name", "begins"), [("r.json", "{\n"), ("r.md", "- joined"), ("r.txt", "joined")])
def test_a_report(files: tuple[str, str, Path], name: str, begins: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The report goes to a file in the form that its name says."""
    one, other, out = files
    report = out.with_name(name)

    assert 0 == main(["merge", one, other, "-o", str(out), "--report", str(report)])
    assert report.read_text(encoding="utf-8").startswith(begins)
    assert "" == capsys.readouterr().out


def test_a_report_that_cannot_be_written(files: tuple[str, str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """Then there is no result either."""
    one, other, out = files
    missing = out.with_name("missing") / "report.txt"

    assert 1 == main(["merge", one, other, "-o", str(out), "--report", str(missing)])
    assert "cannot write " in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize("before", [None, "an older one"])
def test_a_result_that_cannot_be_written(files: tuple[str, str, Path], before: str | None) -> None:
    """Then there is no report of it; one that was there is as it was."""
    one, other, out = files
    report = out.with_name("report.txt")
    if before is not None:
        report.write_text(before, encoding="utf-8")

    place = str(out.with_name("missing") / "out.json")
    assert 1 == main(["merge", one, other, "-o", place, "--report", str(report), "--force"])
    assert before == (report.read_text(encoding="utf-8") if report.exists() else None)


def test_a_report_in_the_place_of_the_result(files: tuple[str, str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """A report may be neither the file of the result nor in its folder."""
    one, other, out = files

    for report in (out, out / "report.md"):
        assert 2 == main(["merge", one, other, "-o", str(out), "--report", str(report)])
        assert "--report and --output both write to " in capsys.readouterr().err
    for report in (out.with_suffix(".json"), out.with_suffix(".json") / "report.md"):
        assert 2 == main(["merge", one, other, "-o", str(out.with_suffix(".json")), "--report", str(report)])
        assert "--report and --output both write to " in capsys.readouterr().err
    assert not out.exists()


def test_decisions(files: tuple[str, str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """A person says which cities are one, and which are not."""
    one, other, out = files
    report = out.with_name("report.json")
    options = ["--same", "is-vik=fr-lyon", "--distinct", "fr-lyon", "--report", str(report)]

    assert 0 == main(["merge", one, other, "-o", str(out), *options])
    found = json.loads(report.read_text(encoding="utf-8"))
    assert ["decision"] == [each["by"] for each in found["joined"] if each["type"] == "cities"]
    for wrong in (["is-vik"], ["=is-vik"], ["is-vik="], ["is-vik=is-vik", "is-vik=fr-lyon"]):
        given = [part for each in wrong for part in ("--same", each)]
        assert 2 == main(["merge", one, other, "-o", str(out.with_name("new")), *given])
    assert "expected THEIRS=OURS" in capsys.readouterr().err


def test_over_the_installed_data(files: tuple[str, str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """Without a first dataset that is the installed one; with --with-bundled both lie over it."""
    one, other, out = files

    assert 0 == main(["merge", other, "-o", str(out.with_suffix(".json"))])
    assert fc.dataset().merge(OTHER).dataset == Dataset.load(out.with_suffix(".json"))
    assert 0 == main(["merge", one, other, "-o", str(out), "--with-bundled"])
    over = Dataset.load(one, base=fc.dataset()).merge(Dataset.load(other, base=fc.dataset()))
    assert over.dataset == Dataset.load(out)
    assert "joined: 127 partnerships (127 by id)" in capsys.readouterr().out


def test_what_cannot_be_read(files: tuple[str, str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """A dataset that is not there is an error, and nothing is written."""
    _, other, out = files

    assert 1 == main(["merge", "missing.json", other, "-o", str(out)])
    assert "missing.json" in capsys.readouterr().err
    assert not out.exists()


def test_a_folder_is_laid_out_whole_or_not_at_all(tmp_path: Path) -> None:
    """Moved ids are written too; an empty folder may be there, a file may not, and a failure leaves nothing behind."""
    moved = a_dataset([a_city("is-vik")], {City: {"is-old": "is-vik"}})
    (tmp_path / "empty").mkdir()
    write_folder(tmp_path / "empty", moved, moved.redirects)
    (tmp_path / "file").write_text("x", encoding="utf-8")

    assert moved == Dataset.load(tmp_path / "empty")
    with pytest.raises(fc.InvalidQueryError, match="already exists and is not empty"):
        write_folder(tmp_path / "file", moved, moved.redirects)
    with pytest.raises(OSError, match="missing"):
        write_folder(tmp_path / "missing" / "new", moved, moved.redirects)
    assert ["empty", "file"] == sorted(path.name for path in tmp_path.iterdir())


def test_exceptions_of_folders(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The exceptions of both folders are kept under the merged ids, with the reasons of the base; a file has none."""
    base, other, out = (str(tmp_path / name) for name in ("base", "other", "out"))
    ours, theirs = (a_city(id_, "Vik", identifiers=FrozenMap({"wikidata": "Q1"})) for id_ in ("is-vik", "is-myrdal"))
    write_folder(Path(base), [ours], {}, {"exceptions.json": {"place": {"cities/is-vik": "ours"}}})
    reasons = {"cities/is-myrdal": "theirs", "cities/fr-lyon": "theirs"}
    exceptions = {"place": reasons, "near-duplicate": {"cities/is-myrdal": "theirs"}}
    write_folder(Path(other), [theirs, a_city("fr-lyon")], {}, {"exceptions.json": exceptions})

    assert 0 == main(["merge", base, other, "-o", out])
    assert {
        "place": {"cities/is-vik": "ours", "cities/fr-lyon": "theirs"},
        "near-duplicate": {"cities/is-vik": "theirs"},
    } == json.loads(Path(out, "exceptions.json").read_text(encoding="utf-8"))
    assert 0 == main(["merge", base, other, "-o", f"{out}.json"])
    assert (
        f"{out}.json does not contain exceptions.json; to keep the exceptions, write the result to a folder"
        in capsys.readouterr().err
    )
    Path(base, "exceptions.json").write_text("[]", encoding="utf-8")
    assert 1 == main(["merge", base, other, "-o", f"{out}-2"])
    assert "exceptions.json" in capsys.readouterr().err
    assert not Path(f"{out}-2").exists()
