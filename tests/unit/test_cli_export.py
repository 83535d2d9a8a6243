"""``friendcities export`` and ``friendcities path``."""

import csv
import json
import sys
from functools import partial
from pathlib import Path

import pytest

import friendcities as fc
from friendcities.cli import main
from friendcities.exporters.csv_files import read_csv
from friendcities.exporters.formats import ENDINGS, FORMATS, OutputKind
from tests.worlds import a_city, a_tie

Capture = pytest.CaptureFixture[str]


def run(*arguments: str) -> int:
    """The exit code of a command."""
    return main(arguments)


@pytest.mark.parametrize("name", [each.name for each in FORMATS.values() if each.output is OutputKind.TEXT])
def test_text_is_printed_or_written(name: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """What is printed is, byte for byte, what is written."""
    assert 0 == run("export", "Dunedin", "--format", name)
    printed = capfdbinary.readouterr().out
    assert 0 == run("export", "Dunedin", "--format", name, "-o", str(tmp_path / "out"))

    assert printed == (tmp_path / "out").read_bytes()
    assert b"nz-dunedin" in printed
    assert b"" == capfdbinary.readouterr().out


def test_a_hyphen_is_standard_output(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """Of one file, whatever its format; a folder is not printed."""
    assert 0 == run("export", "Dunedin", "--format", "sqlite", "-o", str(tmp_path / "a.db"))
    capfdbinary.readouterr()
    assert 0 == run("export", "Dunedin", "--format", "sqlite", "-o", "-")
    assert (tmp_path / "a.db").read_bytes() == capfdbinary.readouterr().out
    assert not Path("-").exists()
    for arguments in (["-o", "-"], ["--format", "parquet-folder", "-o", "-"]):
        assert 2 == run("export", "Dunedin", *arguments)


@pytest.mark.parametrize("name", [each.name for each in FORMATS.values() if each.output is not OutputKind.TEXT])
def test_what_is_no_text_wants_a_place(name: str, tmp_path: Path, capsys: Capture) -> None:
    """A database or a folder is not printed; it is written where it is said to be."""
    assert 2 == run("export", "Dunedin", "--format", name)
    assert f"friendcities: {name} cannot be printed; name the file or folder with -o PATH\n" == capsys.readouterr().err
    assert 0 == run("export", "Dunedin", "--format", name, "--output", str(tmp_path / "out"))

    assert (tmp_path / "out").is_dir() is (FORMATS[name].output is OutputKind.FOLDER)


def test_everything_is_exported_without_a_city(tmp_path: Path) -> None:
    """JSON Lines of the whole make the same dataset; a table is the one that is named."""
    assert 0 == run("export", "--status", "any", "--format", "json-lines", "-o", str(tmp_path / "all.jsonl"))
    assert 0 == run("export", "--format", "csv", "--table", "names", "-o", str(tmp_path / "names.csv"))

    assert fc.dataset() == fc.Dataset.load_json_lines(tmp_path / "all.jsonl")
    assert sum(len(city.names) for city in fc.cities()) == len(read_csv(tmp_path / "names.csv", "names").rows)


def exported(tmp_path: Path, *arguments: str) -> fc.Dataset:
    """What a command exports, as a dataset: so it has all that it names."""
    assert 0 == run("export", *arguments, "--force", "-o", str(tmp_path / "some.jsonl"))
    return fc.Dataset.load_json_lines(tmp_path / "some.jsonl")


@pytest.mark.parametrize("name", ["csv", "json-lines", "sqlite", "data-package"])
def test_a_place_that_cannot_be_written_is_named(name: str, tmp_path: Path, capsys: Capture) -> None:
    """The error has the path that was given, and what is wrong with it; nothing is left behind."""
    place = tmp_path / "not there" / "out"

    assert 1 == run("export", "Dunedin", "--format", name, "-o", str(place))
    assert f"friendcities: cannot write {place}: there is no folder {place.parent}\n" == capsys.readouterr().err
    assert [] == list(tmp_path.iterdir())


def test_a_folder_in_the_place_of_a_file_is_named(tmp_path: Path, capsys: Capture) -> None:
    """It stays as it is."""
    assert 2 == run("export", "Dunedin", "--format", "sqlite", "-o", str(tmp_path))
    message = f"friendcities: --output cannot write to the folder {tmp_path}; name a file\n"
    assert message == capsys.readouterr().err


def test_filters_are_those_of_partners(tmp_path: Path) -> None:
    """With a city, its partnerships that are let through; without one, those of all."""
    some = exported(tmp_path, "Shanghai", "--on", "1985", "--country", "JP")
    every = exported(tmp_path, "--country", "JP")
    ended = exported(tmp_path, "--status", "suspended")

    assert [tie.id for tie in some.partnerships()] == sorted(
        tie.id for tie in fc.partnerships_of("Shanghai", on="1985", country="JP")
    )
    assert list(fc.find_partnerships(country="JP")) == list(every.partnerships())
    assert list(fc.find_partnerships(status="suspended")) == list(ended.partnerships())


def test_partners_of_two_cities(tmp_path: Path, capsys: Capture) -> None:
    """Only the partners that both cities have; without a first city there is nothing to share."""
    ties = (a_tie("fr-a", "fr-c"), a_tie("fr-a", "fr-d"), a_tie("fr-b", "fr-c"))
    fc.Dataset([*map(a_city, ("fr-a", "fr-b", "fr-c", "fr-d")), *ties]).save(tmp_path / "saved.json")
    some = exported(tmp_path, "A", "--shared-with", "B", "--overlay", str(tmp_path / "saved.json"))

    assert ["fr-a--fr-c"] == [tie.id for tie in some.partnerships()]
    assert "exported 1 active partnership\n" == capsys.readouterr().err
    assert 2 == run("export", "--format", "csv", "--shared-with", "Hamburg")
    assert "--shared-with needs a city: friendcities export CITY --shared-with OTHER" in capsys.readouterr().err


def test_parts_are_exported_with_a_city(tmp_path: Path, capsys: Capture) -> None:
    """The partnerships of its districts too; without a city there is nothing to add them to."""
    assert len(exported(tmp_path, "Shanghai", "--include-parts").partnerships()) == len(
        fc.partnerships_of("Shanghai", include_parts=True)
    )
    assert 2 == run("export", "--format", "csv", "--include-parts")
    assert "--include-parts needs a city" in capsys.readouterr().err


def test_a_city_without_partners_is_exported_alone(tmp_path: Path, capsys: Capture) -> None:
    """It is there, and it is said that no partnership fits."""
    some = exported(tmp_path, "Tbilisi")

    assert "ge-tbilisi" in {city.id for city in some.cities()}
    assert "no matching partnership on record\n" == capsys.readouterr().err


def test_the_state_is_that_of_the_date(tmp_path: Path) -> None:
    """In a table, how a partnership stands is told as of the date."""
    asked = ("--on", "1990", "--country", "FR", "--table", "partnerships", "-o", str(tmp_path / "a.csv"))
    assert 0 == run("export", "Shanghai", *asked)

    table = read_csv(tmp_path / "a.csv", "partnerships")
    kinds = {row[0]: row[table.schema.column_index("kind")] for row in table.rows}
    assert "friendly_exchange" == kinds[fc.partnership_between("Shanghai", "Rhône-Alpes").id]


def test_a_register_of_ones_own_has_no_licence_of_ours(tmp_path: Path) -> None:
    """The bundled data is under CC BY 4.0; what is laid over it is under whatever is said."""
    town = tmp_path / "mine" / "cities" / "is-vik.json"
    town.parent.mkdir(parents=True)
    town.write_text('{"name": "Vík", "country": "IS", "level": "town"}', "utf-8")
    licences = []
    for more in (
        [],
        ["--overlay", str(tmp_path / "mine")],
        ["--overlay", str(tmp_path / "mine"), "--licence", "CC0-1.0"],
    ):
        assert 0 == run("export", "Dunedin", "--format", "data-package", "--force", "-o", str(tmp_path / "out"), *more)
        told = json.loads((tmp_path / "out" / "datapackage.json").read_bytes())
        licences.append([each["name"] for each in told.get("licenses", [])])

    assert [["CC-BY-4.0"], [], ["CC0-1.0"]] == licences


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["--format", "sqlite", "--table", "names"],
            "--table applies only to csv, csv-excel, xlsx, parquet; sqlite contains all tables",
        ),
        (["--format", "csv", "--licence", "CC0-1.0"], "--licence applies to data-package only; csv states no licence"),
    ],
)
def test_options_that_do_not_go_together(arguments: list[str], said: str, capsys: Capture) -> None:
    """What a format has no room for is refused."""
    assert 2 == run("export", *arguments)
    assert f"friendcities: {said}\n" == capsys.readouterr().err


def test_what_cannot_be_written_is_said(tmp_path: Path, capsys: Capture) -> None:
    """A folder that is not there, and a folder with something else in it."""
    (tmp_path / "thesis.txt").write_text("years of work")

    assert 1 == run("export", "--format", "csv", "-o", str(tmp_path / "no" / "a.csv"))
    assert 2 == run("export", "--format", "data-package", "-o", str(tmp_path))
    assert "already exists; name another folder, or replace it with --force" in capsys.readouterr().err
    assert 2 == run("export", "--format", "data-package", "--force", "-o", str(tmp_path))
    assert "is not an earlier export (it contains thesis.txt)" in capsys.readouterr().err


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def test_a_city_is_exported_as_a_list_of_its_partners(tmp_path: Path, capsys: Capture) -> None:
    """One row a partner as seen from the city, with the dates, the publishers of the sources, and a link."""
    assert 0 == run("export", "Shanghai", "-o", str(tmp_path / "partners.csv"))
    rows = rows_of(tmp_path / "partners.csv")
    dunedin = next(row for row in rows if row["partner"] == "Dunedin")

    assert [city.name for city in fc.partners_of("Shanghai")] == [row["partner"] for row in rows]
    assert {"Shanghai"} == {row["city"] for row in rows}
    assert ("New Zealand", "sister city", "active", "1994-10-21") == tuple(
        dunedin[name] for name in ("country", "kind", "status", "status_since")
    )
    assert "SHINE (Shanghai Daily)" in dunedin["sources"].split("; ")
    assert dunedin["link"].startswith("https://")
    fc.partnerships_of("Shanghai").to_csv(tmp_path / "same.csv")
    assert (tmp_path / "same.csv").read_bytes() == (tmp_path / "partners.csv").read_bytes()
    assert "" == capsys.readouterr().out


def test_a_list_of_partners_has_the_state_of_a_date(tmp_path: Path) -> None:
    """The kind and the status are those at the date, in the shell and in Python; a part of the city has its name."""
    asked = ("--on", "1990", "--country", "FR", "-o", str(tmp_path / "a.csv"))
    assert 0 == run("export", "Shanghai", *asked)
    fc.partnerships_of("Shanghai", on="1990", country="FR").to_csv(tmp_path / "same.csv")
    assert 0 == run("export", "Shanghai", "--include-parts", "-o", str(tmp_path / "parts.csv"))

    kinds = {row["partnership"]: row["kind"] for row in rows_of(tmp_path / "a.csv")}
    assert "friendly exchange" == kinds[fc.partnership_between("Shanghai", "Rhône-Alpes").id]
    assert (tmp_path / "same.csv").read_bytes() == (tmp_path / "a.csv").read_bytes()
    assert "Jiading District" in {row["city"] for row in rows_of(tmp_path / "parts.csv")}


def test_other_results_have_the_columns_of_their_table(tmp_path: Path) -> None:
    """Cities are written as the table of cities."""
    fc.partners_of("Dunedin").to_csv(tmp_path / "a.csv")

    assert ["cn-shanghai"] == [row["id"] for row in rows_of(tmp_path / "a.csv")]


@pytest.mark.parametrize("city", [["Shanghai"], []])
def test_exports_have_active_partnerships_by_default(city: list[str], tmp_path: Path, capsys: Capture) -> None:
    """With a city and without one; standard error names the number of the others, and the option for them."""
    query = partial(fc.partnerships_of, *city) if city else fc.find_partnerships
    active, every = len(query(status="active")), len(query(status="any"))

    assert active == len(exported(tmp_path, *city).partnerships())
    message = f"exported {active} active partnerships; {every - active} others left out; add --status any\n"
    assert message == capsys.readouterr().err
    assert every == len(exported(tmp_path, *city, "--status", "any").partnerships())
    assert f"exported {every} partnerships\n" == capsys.readouterr().err


def test_nothing_else_is_left_out_by_default(tmp_path: Path, capsys: Capture) -> None:
    """Without a city and filters, all other records are exported; and if all are active, nothing is left out."""
    every, some = list(fc.dataset()), exported(tmp_path)
    assert [each for each in every if not isinstance(each, fc.Partnership)] == [
        each for each in some if not isinstance(each, fc.Partnership)
    ]
    capsys.readouterr()
    assert 0 == run("export", "Dunedin", "--format", "csv")
    assert "exported 1 active partnership\n" == capsys.readouterr().err


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_ending_of_the_file_is_its_format(ending: str, tmp_path: Path) -> None:
    """In capitals too; the bytes are those of the named format."""
    path, named = tmp_path / f"a{ending.upper()}", tmp_path / "named"

    assert 0 == run("export", "Dunedin", "-o", str(path))
    assert 0 == run("export", "Dunedin", "--format", ENDINGS[ending].name, "-o", str(named))
    assert path.read_bytes() == named.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            [],
            "no output format; name a file with -o, such as partners.csv, or add --format with one of csv, csv-excel",
        ),
        (["-o", "list.doc"], "unknown ending of 'list.doc'; expected one of .csv, .xlsx, .jsonl"),
        (["-o", "folder"], "unknown ending of 'folder'; expected one of .csv"),
    ],
)
def test_an_unknown_format_is_an_error(arguments: list[str], message: str, capsys: Capture) -> None:
    """The message names the endings and the formats."""
    assert 2 == run("export", "Dunedin", *arguments)
    assert message in capsys.readouterr().err


@pytest.mark.parametrize("name", ["csv", "sqlite", "data-package"])
def test_nothing_is_replaced_without_force(name: str, tmp_path: Path, capsys: Capture) -> None:
    """An existing file or folder stays as it is; an empty folder is no loss."""
    out = tmp_path / "out"
    if name == "data-package":
        out.mkdir()
    arguments = ("export", "Dunedin", "--format", name, "-o", str(out))

    assert 0 == run(*arguments)
    capsys.readouterr()
    assert 2 == run(*arguments)
    noun = "folder" if name == "data-package" else "file"
    message = f"friendcities: {out} already exists; name another {noun}, or replace it with --force\n"
    assert message == capsys.readouterr().err
    assert 0 == run(*arguments, "--force")


# Chains --------------------------------------------------------------------------------------------------------------


def test_a_path_needs_no_extra(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """The shortest path is found without networkx."""
    monkeypatch.setitem(sys.modules, "networkx", None)

    assert 0 == main(["path", "Dunedin", "Yokohama"])
    assert ["Dunedin", "Shanghai", "Yokohama"] == [line.split("\t")[0] for line in capsys.readouterr().out.splitlines()]


def test_a_chain_is_printed(capsys: Capture) -> None:
    """The cities on the way, both ends included, as lines or as JSON."""
    assert 0 == run("path", "Dunedin", "Yokohama")
    assert ["Dunedin", "Shanghai", "Yokohama"] == [line.split("\t")[0] for line in capsys.readouterr().out.splitlines()]
    assert 0 == run("path", "Dunedin", "Yokohama", "--json", "--on", "2000", "--kind", "sister_city")
    told = json.loads(capsys.readouterr().out)["results"]
    assert ["nz-dunedin", "cn-shanghai", "jp-yokohama"] == [city["id"] for city in told]


def test_no_chain_is_an_error(capsys: Capture) -> None:
    """Before Dunedin and Shanghai were partners there was no way."""
    assert 1 == run("path", "Dunedin", "Yokohama", "--on", "1990")
    assert "no path from Dunedin to Yokohama" in capsys.readouterr().err
