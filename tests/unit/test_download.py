"""Downloading and installing a dataset: the commands ``download`` and ``datasets``, and ``Dataset.load_installed``."""

import errno
import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest

import friendcities as fc
from friendcities import release
from friendcities.cli import download, fetch, main
from friendcities.cli.commands import parser_for
from friendcities.cli.output import show_count
from friendcities.datasets import installed
from friendcities.extras import install_command
from friendcities.importers.wikidata import endpoint
from friendcities.model.format_values import format_value
from tests.endpoints import Answer, Played, playing, resetting, results, sending, silent, text, uri
from tests.wikidata import entity, twinned, written
from tests.wikidata_endpoint import WikidataOf
from tests.worlds import a_city, a_name, a_step, a_tie

TOWNS = [
    a_city("is-vik", "Vik", a_name("Vík í Mýrdal", language="is")),
    a_city("se-vik", "Vik"),
    a_city("fr-morlaix", "Morlaix", a_name("Montroulez", language="br")),
    a_city("de-hof", "Hof"),
]
TIES = [a_tie("fr-morlaix", "is-vik", a_step("1990-05-01")), a_tie("de-hof", "fr-morlaix"), a_tie("de-hof", "se-vik")]
WIKIDATA = WikidataOf(fc.Dataset([*TOWNS, *TIES]))
FILES = (installed.DOWNLOAD_FILE, "dataset.json", "about.json", installed.REPORT_FILE)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder of the user, who speaks Breton."""
    monkeypatch.setenv("FRIENDCITIES_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("FRIENDCITIES_DATASET", raising=False)
    monkeypatch.setenv("LANGUAGE", "br_FR.UTF-8")
    return tmp_path / "home"


@pytest.fixture
def played() -> Iterator[Played]:
    """A server in place of Wikidata's endpoint."""
    with playing(WIKIDATA.answer) as running:
        yield running


def run(endpoint: Played | None, *arguments: str) -> int:
    """Run ``friendcities download wikidata``."""
    requests = () if endpoint is None else ("--endpoint", endpoint.address, "--pause", "0", "--page-size", "2")
    return main(["download", "wikidata", *arguments, *requests])


def contents(home: Path, name: str = "wikidata") -> dict[str, bytes]:
    """The files of an installed dataset, with the address of the server left out."""
    found = {file: (home / "datasets" / name / file).read_bytes() for file in FILES}
    about = json.loads(found["about.json"])
    found["about.json"] = json.dumps(about | {"source": ""}).encode()
    return found


def item(id_: str) -> str:
    """The item of a town."""
    return next(item for item, city in WIKIDATA.items.items() if city.id == id_)


class TestDownload:
    """``friendcities download wikidata``."""

    def test_from_nothing_to_an_answer_in_two_commands(
        self, played: Played, home: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A city by name: the summary ends with the second command, and its answer names the dataset and the date."""
        code = run(played, "--city", "Hof")
        summary = capsys.readouterr().out.splitlines()
        name = f"wikidata-{item('de-hof').lower()}"
        date = fc.Dataset.load_installed(name).data_version

        assert 0 == code
        assert [
            f"dataset: {name}, {date}, from Wikidata ({played.address}), merged with the bundled data",
            "licence: CC BY 4.0; the statements of Wikidata alone: CC0 1.0",
        ] == summary[:2]
        assert [
            "rejected: 0 of 2 rows",
            "doubts: 0; conflicts: 0",
            f"report: {home / 'datasets' / name / 'report.txt'}",
            f"query: friendcities partners Hof --dataset {name}",
        ] == summary[3:]
        assert 0 == main(["partners", "Hof", "--dataset", name])
        shown = capsys.readouterr()
        assert ["Morlaix\tFR", "Vik\tSE"] == sorted(line[: line.index("\tunsp")] for line in shown.out.splitlines())
        assert f"dataset: {name}, {date}\n" in shown.err
        assert f"coverage of Hof: partial; as of {date}. From Wikidata ({played.address}).\n" in shown.err
        assert 0 == main(["partners", "Vik, Sweden", "--dataset", name])
        assert "coverage of Vik: incidental" in capsys.readouterr().err

    def test_the_world(self, played: Played, home: Path) -> None:
        """Everything: names in the languages of the user and of the country work, and the bundled data is there too."""
        assert 0 == run(played)
        world = fc.Dataset.load_installed("wikidata")

        assert {"fr-morlaix", "is-vik"} == {world.city(name).id for name in ("Montroulez", "Vík í Mýrdal")}
        assert len(fc.dataset().partnerships()) + len(TIES) == len(world.partnerships())
        assert "1990-05-01" == str(world.partnership_between("Morlaix", "Vik, IS").established)
        assert fc.Completeness.PARTIAL is world.coverage_of("Hof")[0].completeness
        assert f"From Wikidata ({played.address})." == world.coverage_of("Hof")[0].note
        assert [] == list((home / "downloads").iterdir())
        assert {"Wikidata"} == {
            each.publisher for each in fc.Dataset.load(home / "datasets/wikidata/download.json").sources()
        }

    def test_a_country(self, played: Played) -> None:
        """The partnerships of its cities; its cities are covered, and others are not."""
        assert 0 == run(played, "--country", "DE", "--language", "sv")
        found = fc.Dataset.load_installed("wikidata-de")

        assert ["partial", "incidental"] == [found.coverage_of(city)[0].completeness for city in ("Hof", "Morlaix")]
        assert any('"sv"' in query for query in played.queries)
        assert not any('"br"' in query for query in played.queries)

    def test_an_installed_dataset_is_not_fetched_again(
        self, played: Played, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The same command again names the option that would."""
        run(played)
        asked = len(played.queries)
        code = run(played)

        assert (0, asked) == (code, len(played.queries))
        assert "is installed; fetch it again with --update" in capsys.readouterr().err

    def test_an_update_states_the_differences(self, played: Played, capsys: pytest.CaptureFixture[str]) -> None:
        """In sentences: what has changed on Wikidata, and not that its date has."""
        run(played)
        earlier = fc.Dataset.load(installed.dataset_folder("wikidata") / installed.DOWNLOAD_FILE)
        renamed = WikidataOf(fc.Dataset([*TOWNS, TIES[0], TIES[1], a_tie("de-hof", "se-vik", a_step("1970"))]))
        capsys.readouterr()
        with playing(renamed.answer) as later:
            assert 0 == run(later, "--update")
        changes = capsys.readouterr().out.partition("\ndataset: ")[0]
        with playing(renamed.answer) as later:
            assert 0 == run(later, "--update")

        assert earlier != fc.Dataset.load(installed.dataset_folder("wikidata") / installed.DOWNLOAD_FILE)
        assert "1990" in changes
        assert "1970" in changes
        assert "morlaix" not in changes.lower()
        assert capsys.readouterr().out.startswith("The data is the same.\n")

    def test_an_update_of_nothing(self, played: Played, capsys: pytest.CaptureFixture[str]) -> None:
        """A dataset that is not installed cannot be updated."""
        assert 2 == run(played, "--update")
        assert "no dataset 'wikidata' is installed; leave out --update" in capsys.readouterr().err

    def test_from_files(self, played: Played, tmp_path: Path) -> None:
        """Without a network: a folder of ``fetch``, which states its selection, or a file of entities."""
        fetch = ["fetch", "wikidata", "--country", "DE", "--endpoint", played.address, "--pause", "0"]
        main([*fetch, "-o", str(tmp_path / "de")])
        file = written(
            tmp_path / "vik.json", entity("Q901", "Vik", "Q189", twinned("Q902")), entity("Q902", "Hof", "Q183")
        )
        completeness: list[str] = []
        for path in (tmp_path / "de", file):
            assert 0 == run(None, "--from", str(path), *(["--update"] if completeness else []))
            completeness.append(fc.Dataset.load_installed("wikidata").coverage_of("Hof")[0].completeness)

        assert ["partial", "incidental"] == completeness
        coverage = fc.Dataset.load_installed("wikidata").coverage_of("Vik")[0]
        assert "partial; as of 2026-01-31" == format_value(coverage)
        assert file.exists()

    def test_items_of_the_bundled_data(self, home: Path, tmp_path: Path) -> None:
        """A file need not describe them: the file only supports their ids, and the download cites only Wikidata."""
        file = written(
            tmp_path / "dunedin.json", entity("Q133073", None, None, twinned("Q8686"), twinned("Q999999999"))
        )
        assert 0 == run(None, "--from", str(file))
        found = fc.Dataset.load(home / "datasets/wikidata/download.json")

        assert ["cn-shanghai--nz-dunedin"] == [each.id for each in found.partnerships()]
        assert {"Wikidata"} == {each.publisher for each in found.sources()}
        assert {("identifiers",)} == {each.evidence[0].supports for each in found.cities()}
        assert "row 2 (rejected): unknown item Q999999999" in (home / "datasets/wikidata/report.txt").read_text()
        both = fc.Dataset.load_installed("wikidata")
        assert [(each.id, each.names) for each in fc.dataset().cities()] == [
            (each.id, each.names) for each in both.cities()
        ]

    def test_nothing_to_install(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """If every statement is rejected, or there is none, nothing is installed."""
        file = written(tmp_path / "vik.json", entity("Q901", "Vik", "Q189", twinned("Q902")))
        assert 1 == run(None, "--from", str(file))
        with playing([sending(results({"number": text("0")}))] * 2) as empty:
            assert 1 == run(empty)
            assert 1 == run(empty, "--country", "XX")

        shown = capsys.readouterr().err
        assert f"{file} has no partnership of Wikidata to import; nothing was installed" in shown
        assert f"{empty.address} has no partnership; nothing was installed; check --endpoint\n" in shown
        message = (
            f"{empty.address} has no partnership of XX; nothing was installed; check --city, --country or --endpoint"
        )
        assert message in shown
        assert () == installed.installed_names()

    @pytest.mark.parametrize(
        ("variables", "expected"),
        [
            ({"LANGUAGE": "de_DE:en_GB"}, ["de", "en"]),
            ({"LANGUAGE": "", "LC_ALL": "", "LC_MESSAGES": "", "LANG": "fr_FR.UTF-8"}, ["fr"]),
            ({"LANGUAGE": "", "LC_ALL": "C.UTF-8"}, []),
            ({"LANGUAGE": "sv"}, ["sv"]),
        ],
    )
    def test_the_languages_of_the_user(
        self, variables: dict[str, str], expected: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The variables of gettext are read in its order."""
        for name, value in variables.items():
            monkeypatch.setenv(name, value)

        assert expected == fetch.system_languages()


class TestWorld:
    """``friendcities download world``."""

    @pytest.fixture
    def file(self, played: Played, home: Path, tmp_path: Path) -> Path:
        """A published download."""
        run(played)
        return (home / "datasets/wikidata/download.json").rename(tmp_path / "wikidata.json")

    def test_without_an_address(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Before a release names an address, the error names the command that works."""
        assert 1 == main(["download", "world"])
        assert "no address of a published download is set in this version; use: friendcities" in capsys.readouterr().err

    @pytest.mark.parametrize("digest", ["right", "wrong"])
    def test_from_an_address(
        self, digest: str, file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The file is installed if it has the digest that the release names, and refused otherwise."""
        expected = sha256(file.read_bytes()).hexdigest() if digest == "right" else "0" * 64
        with serving(file.parent) as address:
            monkeypatch.setattr(release, "WORLD_ADDRESS", f"{address}/wikidata.json")
            monkeypatch.setattr(release, "WORLD_DIGEST", expected)
            code = main(["download", "world"])

        if digest == "right":
            world = fc.Dataset.load_installed("world")
            assert (0, "partial") == (code, world.coverage_of("Hof")[0].completeness)
            assert len(fc.dataset().partnerships()) + len(TIES) == len(world.partnerships())
        else:
            assert (1, ("wikidata",)) == (code, installed.installed_names())
            assert "sent no file with the expected digest" in capsys.readouterr().err

    def test_from_a_file(self, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Without a network; another dataset is no download of Wikidata, and there is nothing to select."""
        assert 0 == main(["download", "world", "--from", str(file)])
        assert "rejected" not in capsys.readouterr().out.partition("dataset: world")[2]
        fc.Dataset(TOWNS).save(tmp_path / "towns.json")
        assert 1 == main(["download", "world", "--update", "--from", str(tmp_path / "towns.json")])
        assert 2 == main(["download", "world", "--country", "DE"])

    def test_without_pooch(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        """The error names the command that installs it."""
        monkeypatch.setattr(release, "WORLD_ADDRESS", "http://127.0.0.1:1/wikidata.json")
        monkeypatch.setitem(sys.modules, "pooch", None)

        assert 1 == main(["download", "world"])
        assert install_command("world") in capsys.readouterr().err


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve the files of a folder; the address of the server."""

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name there
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


class TestSafety:
    """Whatever happens, the earlier dataset stays in place."""

    @pytest.mark.slow
    def test_killed_at_every_moment_and_resumed(
        self, played: Played, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Stopped at each file that is written: the earlier dataset answers, and the resumed download is the same."""
        run(played)
        new, expected = fc.Dataset.load_installed("wikidata"), contents(home)
        entities = entity("Q901", "A", "Q189", twinned("Q902")), entity("Q902", "B", "Q183")
        monkeypatch.setenv("FRIENDCITIES_HOME", str(tmp_path / "start"))
        run(None, "--from", str(written(tmp_path / "a.json", *entities)))
        earlier = fc.Dataset.load_installed("wikidata")
        codes: list[int] = []
        while not codes or codes[-1]:
            copy = tmp_path / f"copy-{len(codes)}"
            shutil.copytree(tmp_path / "start", copy)
            monkeypatch.setenv("FRIENDCITIES_HOME", str(copy))
            with monkeypatch.context() as patch:
                patch.setattr(os, "fsync", _stop_after(len(codes)))
                codes.append(run(played, "--update"))
            assert fc.Dataset.load_installed("wikidata") in [earlier, new]
            assert 0 == run(played, "--update")
            assert expected == contents(copy)

        assert [*[130] * (len(codes) - 1), 0] == codes
        assert 8 < len(codes)

    def test_a_full_disk(
        self, played: Played, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The error names the file, and the earlier files are unchanged."""
        run(played)
        expected = contents(home)

        def fail(_: int) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(os, "fsync", fail)

        assert 1 == run(played, "--update")
        action = (
            "nothing was installed; make room on the disk, or set FRIENDCITIES_HOME to another folder, and try again"
        )
        assert capsys.readouterr().err.endswith(f": No space left on device; {action}\n")
        assert expected == contents(home)

    def test_two_runs_at_once(self, played: Played, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """The second run stops at once; after the first has ended, a run works."""
        with installed.lock_dataset("wikidata"):
            assert 2 == run(played)
        assert (
            "another process is downloading the dataset 'wikidata'; wait until that process ends"
            in capsys.readouterr().err
        )
        assert 0 == run(played)
        with closing(sqlite3.connect(home / ".wikidata.lock", isolation_level=None)) as free:
            free.execute("BEGIN EXCLUSIVE")

    def test_too_few_statements(self, played: Played, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """An answer that is whole and lacks statements is not installed, and the next run asks for all pages again."""
        run(played)
        expected = contents(home)

        def cut(query: str) -> Answer:
            return WIKIDATA.answer(query) if "LIMIT" not in query else sending(results())

        with playing(cut) as short:
            assert 1 == run(short, "--update")
        assert f"{short.address} sent 0 of 3 statements; nothing was installed" in capsys.readouterr().err
        assert expected == contents(home)
        assert 0 == run(played, "--update")

    @pytest.mark.parametrize(
        "answer",
        [
            pytest.param(sending(b"", 403), id="forbidden"),
            pytest.param(sending(b"<html>", 200, "text/html"), id="page"),
            pytest.param(sending(b'{"boolean": true}'), id="other JSON"),
            pytest.param(sending(b"", 302, Location="file:///etc/passwd"), id="moved to a file"),
        ],
    )
    def test_an_answer_that_is_none(self, answer: Answer, played: Played, home: Path) -> None:
        """An invalid answer in the middle of a download leaves everything as it was."""
        run(played)
        expected = contents(home)
        with playing(lambda query: answer if "?statement) >" in query else WIKIDATA.answer(query)) as broken:
            assert 1 == run(broken, "--update")

        assert expected == contents(home)

    def test_errors_that_pass(self, played: Played, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Too many requests, a time-out, a cut answer and the like: the same is asked again, with the same result."""
        run(played)
        expected = contents(home)
        monkeypatch.setattr(endpoint, "ANSWER_SECONDS", 1)
        monkeypatch.setattr(endpoint, "BACK_OFF_SECONDS", 0.01)
        page = results({"item": text("Vik")})
        passing = iter(
            [
                *(sending(b"", code, Retry_After="0") for code in (429, 500, 502, 503, 504, 408)),
                *(resetting, silent, sending(page[:20], length=500), sending(page[:20])),
                *(sending(b"[" * 100_000), sending(b"no gzip", Content_Encoding="gzip")),
            ]
        )
        turns = count()

        def choose(query: str) -> Answer:
            return next(passing, WIKIDATA.answer(query)) if next(turns) % 4 else WIKIDATA.answer(query)

        with playing(choose) as shaky:
            assert 0 == run(shaky, "--update")
        assert None is next(passing, None)
        assert expected == contents(home)

    def test_hostile_statements(self, played: Played, home: Path) -> None:
        """Statements that are none are rejected with a reason, and the others are installed."""
        run(played)
        hostile = WikidataOf(fc.Dataset([*TOWNS, *TIES]))
        odd: list[tuple[str, str, Any]] = [
            ("item", "partner", {"type": "uri", "value": "http://www.wikidata.org/entity/../../../etc/passwd"}),
            ("partner", "item", {"type": "uri", "value": "http://www.wikidata.org/entity/Q" + "9" * 5000}),
            ("partnerLabel", "partner", text("\x1b[31m\u202e" + "V" * 10**6)),
            ("start", "item", text("+99999999999-99-99T00:00:00Z")),
            ("itemPoint", "item", text("Point(1e999 -1e999)")),
            ("partner", "item", ["no cell"]),
        ]
        for number, (name, _, cell) in enumerate(odd):
            row = hostile.rows[0][2] | {"statement": uri(f"Q7-{number}"), name: cell}
            hostile.rows.append((*hostile.rows[0][:2], row))
        with playing(hostile.answer) as other:
            assert 0 == run(other, "--update", "--page-size", "1")
        world = fc.Dataset.load_installed("wikidata")

        assert len(fc.dataset().partnerships()) + len(TIES) == len(world.partnerships())
        assert "\x1b" not in (home / "datasets/wikidata/report.txt").read_text()
        assert len(odd) > len((home / "datasets/wikidata/report.txt").read_text().split("rejected")) - 1 > 0

    def test_pages_that_are_installed_are_not_used_again(
        self, played: Played, home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """If a download was killed after the installation and before its pages were removed, an update fetches anew."""
        with monkeypatch.context() as patch:
            patch.setattr(download, "shutil", SimpleNamespace(rmtree=_refuse))
            assert 1 == run(played)
        assert list((home / "downloads/wikidata").iterdir())
        fetched = len(played.queries)
        assert 0 == run(played, "--update")
        assert [] == list((home / "downloads").iterdir())

        assert fetched * 2 == len(played.queries)

    def test_pages_of_another_kind_are_discarded(self, played: Played) -> None:
        """A download that was begun with other options is begun again."""
        with playing(lambda query: sending(b"", 403) if "?statement) >" in query else WIKIDATA.answer(query)) as broken:
            assert 1 == run(broken)

        assert 0 == run(played)
        assert len(TIES) <= len(fc.Dataset.load_installed("wikidata").partnerships())

    @pytest.mark.parametrize(
        "arguments", [["--language", "German"], ["--country", "Germany"], ["--country", "../x"], ["--city", ""]]
    )
    def test_wrong_usage(self, arguments: list[str], played: Played) -> None:
        """An invalid option is an error, and what was downloaded before stays."""
        assert 2 == run(played, *arguments)

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["--city", "Q" + "9" * 100], "invalid Wikidata id 'Q99"),
            (["--country", "New Zealand"], "invalid country code 'New Zealand'; expected 'NZ'"),
            (
                [argument for number in range(9) for argument in ("--city", f"Q{10**9 + number}")],
                "9 cities are too many for one dataset; name fewer cities, or download all with --country",
            ),
        ],
    )
    def test_a_selection_that_gives_no_name(
        self, arguments: list[str], message: str, played: Played, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The error is about the option, not about the name of the dataset."""
        assert 2 == run(played, *arguments)
        assert message in capsys.readouterr().err
        assert [] == played.queries


class TestInstalled:
    """``friendcities datasets``, ``--dataset`` and ``Dataset.load_installed``."""

    def test_the_command(self, played: Played, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """The datasets are listed, described and removed."""
        assert 0 == main(["datasets"])
        out, err = capsys.readouterr()
        assert "" == out
        assert err.startswith("no dataset is installed; to install one: friendcities download wikidata --city ")
        run(played)
        capsys.readouterr()
        date = fc.Dataset.load_installed("wikidata").data_version
        commands = (
            ["datasets"],
            ["datasets", "--json"],
            ["datasets", "show", "wikidata"],
            ["datasets", "path", "wikidata"],
        )
        shown = [(main(each), capsys.readouterr().out)[1] for each in commands]
        removed = main(["datasets", "remove", "wikidata"])

        assert shown[0].startswith(f"wikidata\t{date}\tWikidata ({played.address})\tCC BY 4.0")
        assert ("wikidata", date) == tuple(json.loads(shown[1])["results"][0][key] for key in ("name", "date"))
        assert f"name: wikidata\ndate: {date}\n" in shown[2]
        assert f"merged with: {fc.data_version}\n" in shown[2]
        assert f"{home / 'datasets' / 'wikidata'}\n" == shown[3]
        assert (0, ()) == (removed, installed.installed_names())
        assert 2 == main(["datasets", "remove", "wikidata"])

    def test_the_variable_is_for_the_command_line(
        self, played: Played, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """It changes the answers of commands, which say so, and not those of Python."""
        run(played)
        monkeypatch.setenv("FRIENDCITIES_DATASET", "wikidata")
        capsys.readouterr()
        code = main(["find", "Morlaix", "--json"])
        answer = json.loads(capsys.readouterr().out)

        assert (0, "wikidata", fc.Dataset.load_installed("wikidata").data_version) == (
            code,
            answer["dataset"]["name"],
            answer["dataset"]["date"],
        )
        with pytest.raises(fc.UnknownCityError):
            fc.city("Morlaix")

    def test_a_city_that_the_bundled_data_lacks(self, played: Played, capsys: pytest.CaptureFixture[str]) -> None:
        """The error is followed by the command that would help, unless the question is about another dataset."""
        run(played)
        capsys.readouterr()
        assert 1 == main(["partners", "Cité d'Ys"])
        bundled = capsys.readouterr().err
        assert 1 == main(["partners", "Cité d'Ys", "--dataset", "wikidata"])

        command = "friendcities download wikidata --city 'Cité d'\"'\"'Ys' --contact you@example.org"
        hint = f"Wikidata may have this city: {command}\n"
        assert bundled.endswith(hint)
        assert "Wikidata may have this city" not in capsys.readouterr().err

    @pytest.mark.parametrize(
        "city", ["xx-nowhere", "cn-shanghai--xx-nowhere", "shine-2023-12-02", "Japan", "Ys" * 50, "two\nlines"]
    )
    def test_what_wikidata_does_not_call_a_city(self, city: str, capsys: pytest.CaptureFixture[str]) -> None:
        """An id of ours, a country and an odd text are not looked for on Wikidata; a Wikidata id is."""
        assert main(["show", city])
        assert "Wikidata may have this city" not in capsys.readouterr().err
        assert 1 == main(["show", "Q64"])
        assert "download wikidata --city Q64 " in capsys.readouterr().err

    def test_a_city_that_an_installed_dataset_has(self, played: Played, capsys: pytest.CaptureFixture[str]) -> None:
        """The error names the first dataset that has the city."""
        run(played, "--country", "IS")
        run(played)
        capsys.readouterr()

        assert 1 == main(["partners", "Hof"])
        assert capsys.readouterr().err.endswith("\ndataset 'wikidata' has this city: add --dataset wikidata\n")
        assert 1 == main(["partners", "de-hof"])
        assert capsys.readouterr().err.endswith("\ndataset 'wikidata' has this city: add --dataset wikidata\n")

    def test_the_licence_is_cited(self, played: Played, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """``cite`` states the source and the licence of the dataset in use, also in JSON."""
        run(played)
        capsys.readouterr()
        assert 0 == main(["cite", "--dataset", "wikidata"])
        assert "licence of wikidata: CC BY 4.0; the statements of Wikidata alone: CC0 1.0\n" in capsys.readouterr().err
        assert 0 == main(["cite", "--dataset", "wikidata", "--json"])
        assert "CC BY 4.0; the" in json.loads(capsys.readouterr().out)["results"][0]["licence"]
        (home / "datasets" / "wikidata" / "about.json").unlink()
        assert 0 == main(["cite", "--dataset", "wikidata"])
        assert "licence of" not in capsys.readouterr().err

    def test_an_overlay_on_an_installed_dataset(self, played: Played, tmp_path: Path) -> None:
        """Your own records and those of the dataset are asked together."""
        run(played)
        fc.Dataset([a_city("it-ys", "Ys"), *TOWNS[2:3], a_tie("fr-morlaix", "it-ys")]).save(tmp_path / "mine.json")

        assert 0 == main(["path", "Ys", "Hof", "--dataset", "wikidata", "--overlay", str(tmp_path / "mine.json")])

    @pytest.mark.parametrize("name", ["atlantis", "../x", "A", "x" * 200])
    def test_an_unknown_dataset(self, name: str, capsys: pytest.CaptureFixture[str]) -> None:
        """The error names the command that installs one, or what a name looks like."""
        with pytest.raises(fc.InvalidQueryError, match=r"installed: none; install it|expected lower-case letters"):
            fc.Dataset.load_installed(name)
        assert 2 == main(["partners", "Shanghai", "--dataset", name])
        assert "friendcities: " in capsys.readouterr().err

    @pytest.mark.parametrize(
        ("name", "chosen"),
        [
            ("wikidata-q64", " --city Q64"),
            ("wikidata-nz", " --country NZ"),
            # no such item, and no such country
            ("wikidata-q123456789012", ""),
            ("wikidata-zz", ""),
            ("other", ""),
        ],
    )
    def test_the_command_for_an_unknown_dataset(self, name: str, chosen: str) -> None:
        """The command of the hint has only values that the command accepts."""
        with pytest.raises(fc.InvalidQueryError, match=f"friendcities download wikidata{chosen} --contact"):
            fc.Dataset.load_installed(name)

    @pytest.mark.parametrize("writable", [True, False])
    def test_a_download_is_merged_with_new_bundled_data(
        self,
        writable: bool,  # noqa: FBT001
        played: Played,
        home: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """Once, or every time if the folder cannot be written; the date stays that of the download."""
        run(played)
        before = fc.Dataset.load_installed("wikidata")
        about = home / "datasets" / "wikidata" / "about.json"
        about.write_text(json.dumps(json.loads(about.read_text()) | {"merged_with": "2020-01-01"}), encoding="utf-8")
        (about.parent / "dataset.json").write_bytes((about.parent / "download.json").read_bytes())
        if not writable:
            monkeypatch.setattr(os, "fsync", _refuse)
        again = fc.Dataset.load_installed("wikidata")
        merged_with = json.loads(about.read_text())["merged_with"]

        assert before == again
        assert before.data_version == again.data_version
        assert (fc.data_version if writable else "2020-01-01") == merged_with

    def test_a_dataset_without_a_description(self, played: Played, home: Path) -> None:
        """The dataset can be used; its date is unknown."""
        run(played)
        (home / "datasets" / "wikidata" / "about.json").write_text("[]", encoding="utf-8")
        found = fc.Dataset.load_installed("wikidata")

        assert ("", "incidental") == (found.data_version, found.coverage_of("Hof")[0].completeness)
        assert 0 == main(["datasets", "show", "wikidata"])

    def test_the_folder_of_the_system(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without the variable, the folder is the usual one of the system."""
        monkeypatch.delenv("FRIENDCITIES_HOME")
        monkeypatch.setattr("platformdirs.user_data_path", lambda name, **_: Path("/data", name))

        assert Path("/data/friendcities/datasets/wikidata/dataset.json") == installed.dataset_file("wikidata")

    def test_completion(self, played: Played) -> None:
        """A shell completes the names of the datasets."""
        run(played)

        actions: Any = {action.dest: action for action in _command("partners")._actions}
        assert ["wikidata"] == actions["dataset"].completer("wiki")


def _command(name: str) -> Any:
    parser: Any = parser_for(name)
    return parser._subparsers._group_actions[0].choices[name]


def _stop_after(number: int) -> Callable[[int], None]:
    """Write so many files, and stop as Ctrl-C does."""
    left, write = iter(range(number)), os.fsync

    def stop(descriptor: int) -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt
        write(descriptor)

    return stop


def _refuse(*_: object, **__: object) -> None:
    raise OSError(errno.EROFS, "Read-only file system")


def test_progress_in_a_terminal_without_rich(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line that is written again and again."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setitem(sys.modules, "rich.progress", None)
    with show_count("fetching", 10) as count:
        count(5)

    assert "\rfetching: 5 of 10\n" == capsys.readouterr().err
