"""The command line: answers, exit codes, and what it says beside the answer."""

import importlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import friendcities as fc
from friendcities.cli import main, output
from friendcities.collection import Dataset


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Run the command line; give its exit code, standard output and standard error."""
    code = main(arguments)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def run_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    """Run the command line with ``--json``; give the value that it prints."""
    return json.loads(run(capsys, *arguments, "--json")[1])


def in_a_process(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run ``python -m friendcities`` in a process of its own."""
    command = [sys.executable, "-m", "friendcities", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, **options)


def pretend_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have standard output be a terminal."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("TERM", "dumb")


class TestPartners:
    """``friendcities partners``."""

    def test_prints_a_line_a_partner_in_a_pipe(self, capsys: pytest.CaptureFixture[str]) -> None:
        """In a pipe, a partner is a line: whom, where, what, how it stands, since when, on whose word."""
        code, out, _ = run(capsys, "partners", "Shanghai")
        fields = out.rstrip("\n").split("\t")
        assert 0 == code
        assert ["Dunedin", "NZ", "sister city", "active", "1994-10-21"] == fields[:5]
        assert fields[5].startswith("shanghai-fao-2012-09-24 and ")

    def test_says_what_the_default_left_out(self, capsys: pytest.CaptureFixture[str]) -> None:
        """What only the default status hides is said on standard error, with the option that shows it."""
        _, _, err = run(capsys, "partners", "Shanghai")
        assert "2 proposed partnerships not shown: --status proposed\n" == err

    def test_says_one_as_one(self, capsys: pytest.CaptureFixture[str]) -> None:
        """One hidden partnership is not called partnerships; at a date, its status is that of the date."""
        _, _, err = run(capsys, "partners", "Carabobo", "--on", "2023-12-31")
        assert "1 proposed partnership not shown: --status proposed\n" == err

    def test_says_nothing_of_what_was_asked_away(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A status that was asked for hides nothing worth saying."""
        code, out, err = run(capsys, "partners", "Shanghai", "--status", "proposed")
        assert (0, "") == (code, err)
        assert ["Carabobo", "Arrondissement No. 5 of Bobo-Dioulasso"] == [
            line.split("\t")[0] for line in out.splitlines()
        ]

    def test_says_when_nothing_fits(self, capsys: pytest.CaptureFixture[str]) -> None:
        """No partnership at all is no error, but not silence either."""
        assert (0, "", "no partnership on record fits\n") == run(capsys, "partners", "Los Angeles")

    def test_filters(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Filters are those of the library; several values of one are given by repeating it."""
        found = run_json(
            capsys, "partners", "Shanghai", "--status", "active", "--status", "proposed", "--country", "Venezuela"
        )
        assert ["ve-carabobo"] == [each["partner"]["id"] for each in found]
        assert [] == run_json(capsys, "partners", "Shanghai", "--disputed", "--status", "any")
        assert [] == run_json(capsys, "partners", "Shanghai", "--on", "1993")

    def test_json_has_what_is_derived(self, capsys: pytest.CaptureFixture[str]) -> None:
        """JSON carries the derived values beside the partner."""
        [tie] = run_json(capsys, "partners", "Shanghai", "--source", "shine-2023-12-02", "--on", "1994")
        assert {"id": "nz-dunedin", "name": "Dunedin", "country": "NZ", "level": "municipality"} == tie["partner"]
        assert ("active", "sister_city", "1994", "1994", None) == tuple(
            tie[name] for name in ("status", "kind", "since", "established", "ended")
        )
        assert ("reported", False, "2023-12-02", ["shine-2023-12-02"]) == tuple(
            tie[name] for name in ("assurance", "disputed", "last_attested", "sources")
        )

    def test_include_parts_names_the_partner_of_the_part(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        """A district's partnership is seen from the city as one with the district's partner."""
        tie = fc.Partnership(
            id=fc.PartnershipId("cn-shanghai-pudong--us-los-angeles"),
            steps=(fc.Step(what=fc.Occurrence.ESTABLISHED, date=fc.PartialDate(2001)),),
        )
        Dataset([*fc.dataset(), tie]).save(tmp_path / "mine.json")
        asked = ("partners", "Shanghai", "--country", "US", "--data", str(tmp_path / "mine.json"))
        assert [] == run_json(capsys, *asked)
        [found] = run_json(capsys, *asked, "--include-parts")
        assert ("us-los-angeles", []) == (found["partner"]["id"], found["sources"])
        assert "Los Angeles\tUS\tunspecified\tactive\t2001\tno source\n" == run(capsys, *asked, "--include-parts")[1]

    def test_prints_a_table_in_a_terminal(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """In a terminal, the answer is a table with headings."""
        pretend_terminal(monkeypatch)
        _, out, _ = run(capsys, "partners", "Shanghai")
        heading = next(line for line in out.splitlines() if line.strip())
        assert ["Partner", "Country", "Kind", "Status", "Since", "Sources"] == heading.split()
        assert "\t" not in out

    def test_needs_no_extra(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        """Without the extra a terminal gets plain lines, and a word on how to get the table."""
        pretend_terminal(monkeypatch)
        monkeypatch.setitem(sys.modules, "rich", None)
        code, out, err = run(capsys, "partners", "Shanghai", "--status", "active")
        assert (0, True) == (code, out.startswith("Dunedin\tNZ"))
        assert f"{output._NO_RICH}\n" == err


class TestShow:
    """``friendcities show``."""

    def test_shows_all_that_is_on_record(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A city is shown with every kind of record that concerns it."""
        _, out, _ = run(capsys, "show", "Shanghai")
        sections = [
            "Parts",
            "Partnerships",
            "Memoranda",
            "Officials",
            "Statistics",
            "Events",
            "Cooperations",
            "Sources",
        ]
        assert sections == [line for line in out.splitlines() if line in sections]
        assert "Shanghai (cn-shanghai): municipality, China" == out.splitlines()[0]
        assert "new foreign ventures\t4,321 foreign ventures (+35 %)\t2023-01 to 2023-09\treported" in out
        assert "more than 20,000,000,000 USD\teach of 3 years\treported" in out
        assert "more than 24,000,000,000 USD\t2023\tforecast" in out
        assert "Hua Yuan\tvice mayor" in out
        assert "Dunedin delegation; 2 universities" in out

    def test_shows_what_a_part_is_part_of(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A part is shown with its whole, and sections without records are left out."""
        _, out, _ = run(capsys, "show", "bf-bobo-dioulasso-5")
        assert "part of Bobo-Dioulasso" in out.splitlines()
        assert "president, special delegation" in out
        assert "Statistics" not in out

    def test_shows_a_bare_record(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        """A city of which little is known is shown with that little; a period as each source gives it."""
        city = fc.City(id=fc.CityId("fr-nowhere"), name="Nowhere", country="FR", level=fc.Level.TOWN, note="Gone.")
        asked: dict[str, Any] = {
            "city": city.id,
            "measure": "visitors",
            "value": fc.dataset().statistics()[0].value,
            "unit": "people",
        }
        months = fc.Each(number=2, unit=fc.PeriodUnit.MONTH)
        dated = fc.Statistic(id=fc.StatisticId("a"), period=fc.Period(start=fc.PartialDate(2000), each=months), **asked)
        stated = fc.Statistic(id=fc.StatisticId("b"), period=fc.Period(stated="of late"), **asked)
        Dataset([city, dated, stated]).save(tmp_path / "mine.json")
        _, out, _ = run(capsys, "show", "Nowhere", "--data", str(tmp_path / "mine.json"))
        assert "Nowhere (fr-nowhere): town, France" == out.splitlines()[0]
        assert "Gone." == out.splitlines()[1]
        assert {"each of 2 months, 2000", "of late"} == {
            line.split("\t")[2] for line in out.splitlines() if line.startswith("visitors")
        }

    def test_json_has_every_record(self, capsys: pytest.CaptureFixture[str]) -> None:
        """JSON has the records as they stand in their files, each with its id."""
        shown = run_json(capsys, "show", "Dunedin")
        assert ("nz-dunedin", "Dunedin") == (shown["city"]["id"], shown["city"]["name"])
        assert ["nz-dunedin-delegation-2023"] == [each["id"] for each in shown["memoranda"]]
        assert "established" == shown["partnerships"][0]["steps"][0]["what"]


class TestFind:
    """``friendcities find``."""

    def test_finds_by_part_of_a_name(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A part of a name finds the city."""
        assert (0, "Dunedin\tNZ\tmunicipality\tnz-dunedin\n", "") == run(capsys, "find", "dune")
        assert ["nz-dunedin"] == [city["id"] for city in run_json(capsys, "find", "dune")]

    def test_nothing_found_is_not_found(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Nothing found is said, with exit code 1."""
        assert (1, "", "friendcities: no city's name comes near 'qqqq'\n") == run(capsys, "find", "qqqq")

    def test_a_limit_of_nothing_is_usage(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A limit that cannot be is wrong usage."""
        code, _, err = run(capsys, "find", "dune", "--limit", "0")
        assert (2, True) == (code, err.startswith("friendcities: limit=0 cannot be"))


class TestSourcesAndCite:
    """``friendcities sources`` and ``friendcities cite``."""

    def test_lists_every_source_or_those_about_a_city(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Without a city all sources are listed, with one those behind it."""
        every = [source["id"] for source in run_json(capsys, "sources")]
        about = [source["id"] for source in run_json(capsys, "sources", "Dunedin")]
        assert [source.id for source in fc.sources()] == every
        assert [source.id for source in fc.sources_of("Dunedin")] == about
        line = next(line for line in run(capsys, "sources")[1].splitlines() if line.startswith("shine-2023-12-02\t"))
        assert ["press", "SHINE (Shanghai Daily)", "2023-12-02"] == line.split("\t")[1:4]

    def test_cites_the_dataset(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Without a city the dataset itself is cited, in each form."""
        assert f"Version {fc.__version__}" in run(capsys, "cite")[1]
        assert run(capsys, "cite", "--format", "bibtex")[1].startswith(f"@misc{{friendcities-{fc.__version__},")
        [cited] = run_json(capsys, "cite")
        assert {"citation", "bibtex"} == set(cited)

    def test_cites_the_sources_behind_an_answer(self, capsys: pytest.CaptureFixture[str]) -> None:
        """With two cities, the sources of their partnership are cited, in each form."""
        sources = sorted(fc.partnership_between("Dunedin", "Shanghai").cites)
        assert len(sources) == len(run(capsys, "cite", "Dunedin", "Shanghai")[1].splitlines())
        assert sources == [each["id"] for each in run_json(capsys, "cite", "Dunedin", "Shanghai")]
        assert len(sources) == run(capsys, "cite", "Dunedin", "Shanghai", "--format", "bibtex")[1].count("@misc{")
        assert len(fc.sources_of("Dunedin")) == len(run(capsys, "cite", "Dunedin")[1].splitlines())


class TestMishaps:
    """What goes wrong is said in one line on standard error; there is never a traceback."""

    @pytest.mark.parametrize(
        ("code", "arguments", "said"),
        [
            (1, ("partners", "Atlantis"), "no city is called 'Atlantis'"),
            (1, ("show", "shang hai"), "did you mean Shanghai, CN ('cn-shanghai')?"),
            (1, ("cite", "Shanghai", "Los Angeles"), "have no partnership on record"),
            (1, ("partners", "Shanghai", "--source", "shine"), "there is no source 'shine'"),
            (1, ("partners", "Shanghai", "--data", "no/such/folder"), "no/such/folder"),
            (2, ("partners", ""), "'' names no city"),
            (2, ("partners", "Shanghai", "--on", "1994-02-30"), "there is no day"),
            (2, ("partners", "Shanghai", "--country", "Atlantis"), "country='Atlantis' is no country"),
        ],
    )
    def test_exit_code_and_word(
        self, capsys: pytest.CaptureFixture[str], code: int, arguments: tuple[str, ...], said: str
    ) -> None:
        """Not found is 1, wrong usage is 2, and the word says what to do."""
        actual, out, err = run(capsys, *arguments)
        assert (code, "") == (actual, out)
        assert said in err
        assert err.startswith("friendcities: ")

    @pytest.mark.parametrize("arguments", [(), ("partner",), ("partners", "Shanghai", "--status", "activ")])
    def test_wrong_usage(self, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
        """What argparse refuses is exit code 2."""
        with pytest.raises(SystemExit) as stop:
            main(arguments)
        assert 2 == stop.value.code
        assert capsys.readouterr().err.startswith("usage: friendcities")

    def test_an_interrupt_is_no_traceback(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Ctrl-C ends it with the shell's usual code."""

        def interrupted(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(Dataset, "find_cities", interrupted)
        assert (130, "", "") == run(capsys, "find", "dune")

    def test_a_reader_who_has_had_enough(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A closed pipe, as by ``head``, is no error."""
        reader, writer = os.pipe()
        os.close(reader)
        with os.fdopen(writer, "w", encoding="utf-8") as closed:
            monkeypatch.setattr(sys, "stdout", closed)
            assert 0 == main(["find", "dune"])

    def test_another_stream_will_do(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A stream that cannot be reconfigured, as some hosts have, is written to all the same."""
        written: list[str] = []

        class Plain:
            """As little of a stream as printing needs."""

            def write(self, text: str) -> None:
                """Take the text."""
                written.append(text)

            def flush(self) -> None:
                """Do nothing."""

            def isatty(self) -> bool:
                """No terminal."""
                return False

        monkeypatch.setattr(sys, "stdout", Plain())
        assert 0 == main(["find", "dune"])
        assert "nz-dunedin" in "".join(written)


class TestAsAProcess:
    """What only a process of its own shows."""

    def test_the_module_runs_the_command_line(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """``python -m friendcities`` ends with the command line's exit code."""
        monkeypatch.setattr(sys, "argv", ["friendcities", "find", "dune"])
        with pytest.raises(SystemExit) as stop:
            importlib.import_module("friendcities.__main__")
        assert (0, "Dunedin\tNZ\tmunicipality\tnz-dunedin\n") == (stop.value.code, capsys.readouterr().out)

    def test_runs_as_a_module(self) -> None:
        """``python -m friendcities`` is the same command line."""
        done = in_a_process("--version")
        assert (0, f"friendcities {fc.__version__}\n") == (done.returncode, done.stdout)

    def test_an_encoding_without_the_letters_is_no_crash(self) -> None:
        """Where the output's encoding lacks a letter it is escaped."""
        done = in_a_process("show", "Shanghai", env={**os.environ, "PYTHONIOENCODING": "ascii"})
        assert (0, "") == (done.returncode, done.stderr)
        assert "\\u4e0a\\u6d77" in done.stdout
