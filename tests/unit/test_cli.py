"""The command line: answers, exit codes, and what it says beside the answer."""

import importlib
import io
import json
import os
import re
import signal
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn, TextIO
from unittest.mock import Mock

import pytest

import friendcities as fc
from friendcities.cli import commands, main
from friendcities.cli.options import FILTERS
from friendcities.cli.table_layout import text_width
from friendcities.datasets.dataset import Dataset
from friendcities.datasets.filters import PartnershipFilters
from friendcities.model import AnyRecord
from tests.frozen import write_tree
from tests.systems import needs_posix
from tests.worlds import a_city, a_source, a_step, a_tie, changed, denial, told


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Run the command line; give its exit code, standard output and standard error."""
    code = main(arguments)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_every_filter_is_an_option() -> None:
    """The command line has the filters of the questions, no more and no less."""
    assert PartnershipFilters.__annotations__.keys() == FILTERS.keys()


def run_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    """Run the command line with ``--json``; give the results that it prints."""
    return json.loads(run(capsys, *arguments, "--json")[1])["results"]


def run_json_counts(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, dict[str, int]]:
    """Run ``friendcities stats --json``; give the counts, by group and value."""
    counts: dict[str, dict[str, int]] = {}
    for row in run_json(capsys, "stats", *arguments):
        counts.setdefault(row["by"], {})[row["value"]] = row["partnerships"]
    return counts


def in_a_process(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run ``python -m friendcities`` in a process of its own."""
    command = [sys.executable, "-m", "friendcities", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, **options)


def saved(folder: Path, *records: AnyRecord) -> str:
    """A register with these records, for ``--overlay``."""
    path = folder / "saved.json"
    Dataset(records).save(path)
    return str(path)


def close(stream: TextIO) -> None:
    """Close what the command line put in the place of a closed stream, as the end of a process would."""
    stream.close()


def pretend_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have standard output be a terminal."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("TERM", "dumb")


class TestPartners:
    """``friendcities partners``."""

    def test_prints_a_line_a_partner_in_a_pipe(self, capsys: pytest.CaptureFixture[str]) -> None:
        """In a pipe, a partner is a line: whom, where, what, how it stands, since when, on whose word."""
        code, out, _ = run(capsys, "partners", "Shanghai", "--on", "1994", "--country", "NZ")
        fields = out.rstrip("\n").split("\t")
        assert 0 == code
        assert ["Dunedin", "NZ", "sister city", "active", "1994-10-21", "1994-10-21"] == fields[:6]
        assert fields[6].startswith("Foreign Affairs Office of the Shanghai municipal government and ")

    @pytest.mark.parametrize("date", ["1994-10", "October 1994", "10/1994", "1994年10月"])
    def test_a_date_may_be_in_words(self, capsys: pytest.CaptureFixture[str], date: str) -> None:
        """An unambiguous date in any notation is the same as in ISO 8601."""
        expected = run(capsys, "partners", "Shanghai", "--on", "1994-10", "--country", "NZ")
        assert expected == run(capsys, "partners", "Shanghai", "--on", date, "--country", "NZ")
        assert expected[1].startswith("Dunedin\t")

    def test_every_coverage_is_stated(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        """Each record of the city's coverage is a note, also a complete one; a city without one is incidental."""
        id_, city, complete = fc.CoverageId("fr-a"), fc.CityId("fr-a"), fc.Completeness.COMPLETE
        sisters = fc.Coverage(id=id_, city=city, completeness=complete, kinds=(fc.PartnershipKind.SISTER_CITY,))
        others = fc.Coverage(id=fc.CoverageId("fr-a-2"), city=city, completeness=fc.Completeness.PARTIAL)
        path = saved(tmp_path, a_city("fr-a"), a_city("fr-b"), a_tie("fr-a", "fr-b"), sisters, others)
        notes = "coverage of A: complete; sister city\ncoverage of A: partial\n"
        assert notes == run(capsys, "partners", "fr-a", "--overlay", path)[2]
        assert notes in run(capsys, "show", "fr-a", "--overlay", path)[1]
        assert run(capsys, "partners", "fr-b", "--overlay", path)[2].startswith("coverage of B: incidental")

    def test_the_coverage_has_its_sources_and_note(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        """A reader learns what the completeness rests on, in a note and with ``show``; a publisher is named once."""
        coverage = fc.Coverage(
            id=fc.CoverageId("fr-a"),
            city=fc.CityId("fr-a"),
            completeness=fc.Completeness.COMPLETE,
            as_of=fc.PartialDate(2014),
            note="A newspaper names four.",
            evidence=(told("gazette", "as_of"), told("gazette", "city"), told("council", "city")),
        )
        path = saved(tmp_path, a_city("fr-a"), coverage, a_source("gazette"), a_source("council"))
        note = "coverage of A: complete; as of 2014; source: gazette, council. A newspaper names four.\n"
        assert run(capsys, "partners", "fr-a", "--overlay", path)[2].endswith(note)
        assert note in run(capsys, "show", "fr-a", "--overlay", path)[1]
        printed = json.loads(run(capsys, "partners", "fr-a", "--overlay", path, "--json")[1])
        assert [coverage.to_dict()] == printed["coverage"]

    def test_partnerships_of_parts_are_counted(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        """The note counts the partnerships of parts that the same filters select; asked for, there is no note."""
        part = a_city("fr-a-east", part_of=fc.CityId("fr-a"))
        ties = (a_tie("fr-a", "fr-b", a_step("1990")), a_tie("fr-a-east", "fr-b", a_step("2000")))
        path = saved(tmp_path, a_city("fr-a"), a_city("fr-b"), part, *ties)
        asked = ("partners", "fr-a", "--overlay", path)
        note = "1 partnership of districts and other parts not shown; add --include-parts\n"
        assert note in run(capsys, *asked, "--since", "1995")[2]
        assert note not in run(capsys, *asked, "--until", "1995")[2]
        assert note not in run(capsys, *asked, "--include-parts")[2]

    def test_the_records_of_a_clone_replace_the_bundled_data(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        """A clone may rename a city that the installed data still has."""
        tree = tmp_path / "src" / "friendcities" / "data"
        write_tree(tree)
        for path in tree.rglob("*.json"):
            path.write_text(path.read_text(encoding="utf-8").replace("nz-dunedin", "nz-otepoti"), encoding="utf-8")
        for path in list(tree.rglob("*nz-dunedin*.json")):
            path.rename(path.with_name(path.name.replace("nz-dunedin", "nz-otepoti")))
        found = run_json(capsys, "partners", "Dunedin", "--overlay", str(tree))
        assert ["nz-otepoti", "cn-shanghai"] == [found[0]["city"]["id"], found[0]["partner"]["id"]]

    def test_says_what_the_default_left_out(self, capsys: pytest.CaptureFixture[str]) -> None:
        """What only the default status hides is said on standard error, with the option that shows it."""
        _, _, err = run(capsys, "partners", "Shanghai")
        assert [
            "5 proposed partnerships not shown: --status proposed",
            "1 suspended partnership not shown: --status suspended",
            "1 unconfirmed partnership not shown: --status unconfirmed",
            "38 partnerships of districts and other parts not shown; add --include-parts",
            (
                "coverage of Shanghai: partial; with districts and other parts; as of 2025-01; "
                "the city reports 95 partners; source: Shanghai municipal government. The city counts partners in "
                "59 countries, those of its districts included. Its register could be read only as far as row 28; the "
                "other partnerships on record come from other sources, and the city may not count all of them."
            ),
        ] == err.splitlines()

    def test_says_one_as_one(self, capsys: pytest.CaptureFixture[str]) -> None:
        """One hidden partnership is not called partnerships; at a date, its status is that of the date."""
        _, _, err = run(capsys, "partners", "Carabobo", "--on", "2023-12-31")
        assert "1 proposed partnership not shown: --status proposed" == err.splitlines()[0]

    def test_says_nothing_of_what_was_asked_away(self, capsys: pytest.CaptureFixture[str]) -> None:
        """With a status that was asked for, there is no note on another status."""
        code, out, err = run(capsys, "partners", "Shanghai", "--status", "proposed", "--on", "2023-12-31")
        assert (0, 2) == (code, len(err.splitlines()))
        assert "--status" not in err
        assert {"Carabobo", "Port of Spain", "Arrondissement No. 5 of Bobo-Dioulasso"} <= {
            line.split("\t")[0] for line in out.splitlines()
        }

    def test_says_when_nothing_fits(self, capsys: pytest.CaptureFixture[str]) -> None:
        """No partnership at all is no error, but not silence either."""
        notes = "no matching partnership on record\ncoverage of Johannesburg: incidental, only from the lists of other "
        item = fc.city("Johannesburg").identifiers["wikidata"]
        command = f"friendcities download wikidata --city {item} --contact you@example.org"
        notes += f"cities\nWikidata may have more partners: {command}\n"
        assert (0, "", notes) == run(capsys, "partners", "Johannesburg")
        others = "--city 'Vienna, AT' --contact you@example.org\n"
        assert run(capsys, "partners", "Vienna")[2].endswith(others)

    def test_filters(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Filters are those of the library; several values of one are given by repeating it."""
        found = run_json(
            capsys, "partners", "Shanghai", "--status", "active", "--status", "proposed", "--country", "Venezuela"
        )
        assert ["ve-carabobo"] == [each["partner"]["id"] for each in found]
        disputed = run_json(capsys, "partners", "Shanghai", "--disputed", "--country", "DE")
        assert ["de-hamburg"] == [each["partner"]["id"] for each in disputed]
        assert [] == run_json(capsys, "partners", "Shanghai", "--on", "1972")

    def test_json_has_what_is_derived(self, capsys: pytest.CaptureFixture[str]) -> None:
        """JSON carries the derived values beside the partner."""
        [tie] = run_json(capsys, "partners", "Shanghai", "--source", "shine-2023-12-02", "--on", "1994")
        assert {"id": "nz-dunedin", "name": "Dunedin", "country": "NZ", "level": "municipality"} == tie["partner"]
        assert ("active", "sister_city", "1994", "1994", None) == tuple(
            tie[name] for name in ("status", "kind", "since", "established", "ended")
        )
        assert ("reported", False, "2023-12-02", ["shine-2023-12-02"]) == tuple(
            tie[name] for name in ("reliability", "disputed", "last_attested", "sources")
        )

    def test_include_parts_names_the_partner_of_the_part(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        """A district's partnership is seen from the city as one with the district's partner."""
        tie = fc.Partnership(
            id=fc.PartnershipId("cn-shanghai-pudong--us-los-angeles"),
            steps=(fc.Step(action=fc.StepAction.ESTABLISHED, date=fc.PartialDate(2001)),),
        )
        Dataset([*fc.dataset(), tie]).save(tmp_path / "mine.json")
        asked = ("partners", "Shanghai", "--on", "2001", "--country", "US", "--kind", "unspecified")
        mine = ("--overlay", str(tmp_path / "mine.json"))
        assert [] == run_json(capsys, *asked, *mine)
        [found] = run_json(capsys, *asked, *mine, "--include-parts")
        assert ("us-los-angeles", []) == (found["partner"]["id"], found["sources"])
        assert "cn-shanghai-pudong" == found["city"]["id"]
        line = "Los Angeles\tUS\tunspecified\tactive\t2001\t2001\tno source\tPudong New Area\n"
        assert line == run(capsys, *asked, *mine, "--include-parts")[1]

    def test_prints_a_table_in_a_terminal(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """In a terminal, the answer is a table with headings."""
        pretend_terminal(monkeypatch)
        _, out, _ = run(capsys, "partners", "Shanghai")
        first, second = out.splitlines()[:2]
        assert ["Partner", "Country", "Kind", "Status", "Established", "Status", "since"] == first.split()
        assert ["Sources"] == second.split()
        assert "\t" not in out

    def test_an_upgrade_has_two_dates(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The date of the beginning and the date of the status are two columns."""
        out = run(capsys, "partners", "Shanghai", "--country", "FR")[1]
        [row] = [line.split("\t") for line in out.splitlines() if line.startswith("Auvergne")]
        assert ["active", "1986-11-20", "2008-05-21"] == row[3:6]

    def test_marks_disputes(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        """A partnership whose sources disagree is marked beside its status."""
        dated = told("gazette", "action", "date")
        clear, disputed = a_step("1990", dated), a_step("1990", dated, told("wiki", date=fc.PartialDate(1991)))
        cities = map(a_city, ("fr-a", "fr-b", "fr-c"))
        ties = (a_tie("fr-a", "fr-b", clear), a_tie("fr-a", "fr-c", disputed))
        path = saved(tmp_path, *map(a_source, ("gazette", "wiki")), *cities, *ties)
        out = run(capsys, "partners", "fr-a", "--overlay", path)[1]
        assert ["active", "active, disputed"] == [line.split("\t")[3] for line in out.splitlines()]

    def test_needs_no_extra(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        """Without rich, a terminal has the same table with its headings."""
        pretend_terminal(monkeypatch)
        expected = run(capsys, "partners", "Shanghai", "--status", "active")
        monkeypatch.delitem(sys.modules, "friendcities.cli.rich_lines", raising=False)
        monkeypatch.setitem(sys.modules, "rich.console", None)
        assert expected == run(capsys, "partners", "Shanghai", "--status", "active")
        assert expected[1].startswith("Partner ")

    @pytest.mark.parametrize(
        ("asked", "status", "first"),
        [((), "ended", "obituary"), (("--on", "1995"), "active", "gazette"), (("--on", "1985"), "proposed", "paper")],
        ids=["now", "while it was in force", "before"],
    )
    def test_names_the_source_of_what_is_shown_first(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path, asked: tuple[str, ...], status: str, first: str
    ) -> None:
        """The word that the date shown rests on stands first; who says that a step did not happen is no word for it."""
        path = saved(
            tmp_path,
            *(a_source(id_) for id_ in ("paper", "wiki", "gazette", "obituary", "denier")),
            a_city("fr-a"),
            a_city("fr-b"),
            a_tie(
                "fr-a",
                "fr-b",
                a_step("1980", denial("denier"), told("paper", "action", "date"), action="proposed"),
                a_step("1990", told("wiki", "action"), told("gazette", "action", "date")),
                a_step(
                    "2000",
                    denial("denier"),
                    told("wiki", "action"),
                    told("obituary", "date"),
                    action="ended",
                ),
            ),
        )
        asked = ("partners", "fr-a", "--overlay", path, "--status", status, *asked)
        [tie] = run_json(capsys, *asked)
        assert first == tie["sources"][0]
        assert "denier" not in tie["sources"]
        assert len(tie["sources"]) == len(set(tie["sources"]))
        assert run(capsys, *asked)[1].split("\t")[6].startswith(f"{first} and ")

    def test_a_denial_alone_is_no_source(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        """Where the only word is that it did not happen, no source stands for it."""
        tie = a_tie("fr-a", "fr-b", a_step(None, denial("denier")))
        path = saved(tmp_path, a_source("denier"), a_city("fr-a"), a_city("fr-b"), tie)
        [found] = run_json(capsys, "partners", "fr-a", "--overlay", path)
        assert [] == found["sources"]
        assert run(capsys, "partners", "fr-a", "--overlay", path)[1].endswith("\tno source\n")

    @pytest.mark.parametrize(("one", "other"), [("cn-zz", "cn-aa"), ("cn-aa", "cn-zz")])
    def test_a_part_is_the_partner_of_its_whole(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path, one: str, other: str
    ) -> None:
        """A city tied to its own part has the part for a partner, as in the library, and the part the city."""
        path = saved(tmp_path, a_city("cn-zz"), a_city("cn-aa", part_of=fc.CityId("cn-zz")), a_tie("cn-aa", "cn-zz"))
        assert [other] == [city.id for city in Dataset.load(path).partners_of(one)]
        assert [other] == [each["partner"]["id"] for each in run_json(capsys, "partners", one, "--overlay", path)]
        [shown] = run_json(capsys, "show", one, "--overlay", path)
        assert [other] == [each["partner"]["id"] for each in shown["partnerships"]]

    def test_a_hub_is_counted_right(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        """With thousands of partnerships, each is shown or counted among those left out."""
        occurrences = ("established", "proposed", "ended")
        cities = [a_city(f"fr-c{i}") for i in range(3000)]
        ties = [a_tie("fr-hub", city.id, a_step("1990", action=occurrences[i % 3])) for i, city in enumerate(cities)]
        code, out, err = run(
            capsys, "partners", "fr-hub", "--overlay", saved(tmp_path, a_city("fr-hub"), *cities, *ties)
        )
        assert (0, 1000) == (code, len(out.splitlines()))
        assert [
            "1000 ended partnerships not shown: --status ended",
            "1000 proposed partnerships not shown: --status proposed",
            "coverage of Hub: incidental, only from the lists of other cities",
        ] == err.splitlines()

    @pytest.mark.parametrize(
        ("sort", "expected"),
        [
            ("since", ["Ål", "Zug", "Bern", "Cork"]),
            ("name", ["Ål", "Bern", "Cork", "Zug"]),
            ("country", ["Zug", "Bern", "Cork", "Ål"]),
            ("kind", ["Zug", "Cork", "Bern", "Ål"]),
        ],
    )
    def test_sorts(self, capsys: pytest.CaptureFixture[str], tmp_path: Path, sort: str, expected: list[str]) -> None:
        """Rows go by what is asked, accents or not, and what is alike stays with the earliest first."""
        path = saved(tmp_path, *ALPINE)
        assert expected == [
            line.split("\t")[0]
            for line in run(capsys, "partners", "aq-x", "--overlay", path, "--sort", sort)[1].splitlines()
        ]
        assert expected == [
            tie["partner"]["name"] for tie in run_json(capsys, "partners", "aq-x", "--overlay", path, "--sort", sort)
        ]

    @pytest.mark.parametrize(
        ("limit", "shown", "said"),
        [
            ("1", 1, "3 more partnerships not shown; add --limit 4\n"),
            ("3", 3, "1 more partnership not shown; add --limit 4\n"),
            ("4", 4, ""),
            ("99", 4, ""),
        ],
    )
    def test_a_limit_says_what_it_left_out(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path, limit: str, shown: int, said: str
    ) -> None:
        """At most so many rows, and a word on how many more there are."""
        asked = ("partners", "aq-x", "--overlay", saved(tmp_path, *ALPINE), "--limit", limit)
        _, out, err = run(capsys, *asked)
        coverage = "coverage of X: incidental, only from the lists of other cities\n"
        assert (shown, f"{said}{coverage}") == (len(out.splitlines()), err)
        assert shown == len(run_json(capsys, *asked))

    def test_undated_partners_left_out_by_a_period_are_counted(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A partnership without a date is in no period; a note gives the number of such partnerships."""
        assert "undated partnerships not shown" in run(capsys, "partners", "Shanghai", "--since", "1990")[2]
        assert "undated" not in run(capsys, "partners", "Dunedin", "--until", "1999")[2]

    def test_notes_fit_the_terminal(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        """The coverage is wrapped if standard error is a terminal."""
        expected = run(capsys, "partners", "Shanghai")[2]
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
        monkeypatch.setenv("COLUMNS", "60")
        err = run(capsys, "partners", "Shanghai")[2]
        assert expected.split() == err.split()
        assert 60 >= max(map(len, err.splitlines()))

    def test_partners_of_two_cities(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        """Only the partners that both cities have are listed; filters and coverage concern both."""
        ties = (
            a_tie("fr-a", "fr-c", a_step("1990")),
            a_tie("fr-a", "fr-d", a_step("1980")),
            a_tie("fr-a", "fr-e", a_step("1970")),
            a_tie("fr-b", "fr-c", a_step("1995")),
            a_tie("fr-b", "fr-d", a_step("1985")),
        )
        path = saved(tmp_path, *map(a_city, ("fr-a", "fr-b", "fr-c", "fr-d", "fr-e", "fr-f")), *ties)
        asked = ("partners", "A", "--overlay", path, "--shared-with")
        code, out, err = run(capsys, *asked, "B")
        assert (0, ["D", "C"]) == (code, [line.split("\t")[0] for line in out.splitlines()])
        whose, *coverage = err.splitlines()
        assert "the dates and statuses are from the partnerships of A" == whose
        assert ["coverage of A", "coverage of B"] == [line.partition(":")[0] for line in coverage]
        assert ["fr-c"] == [each["partner"]["id"] for each in run_json(capsys, *asked, "B", "--since", "1986")]
        code, out, err = run(capsys, *asked, "F")
        assert (0, "") == (code, out)
        assert err.startswith("A and F have no partner in common on record\n")
        assert "more" not in err
        code, out, err = run(capsys, *asked, "B", "--status", "ended")
        assert (0, "") == (code, out)
        said = "A and B have no partner in common with these filters\n2 more partners in common with --status any"
        assert err.startswith(f"{said} and no other filter\n")
        assert "\n1 more partner in common with --status any" in run(capsys, *asked, "B", "--since", "1986")[2]
        assert 1 == run(capsys, *asked, "Atlantis")[0]

    @pytest.mark.parametrize("limit", ["0", "-1", "ten", "1.5", ""])
    def test_a_limit_that_cannot_be_is_usage(self, capsys: pytest.CaptureFixture[str], limit: str) -> None:
        """What expected a whole number of 1 or more is wrong usage."""
        with pytest.raises(SystemExit) as stop:
            main(["partners", "Shanghai", f"--limit={limit}"])
        assert 2 == stop.value.code
        assert "expected a whole number of 1 or more" in capsys.readouterr().err

    @pytest.mark.parametrize("command", ["partners", "timeline"])
    def test_a_column_tells_whose_it_is(self, capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str) -> None:
        """With parts, a last field names the city or the part of it; without, there is none."""
        city, part = a_city("cn-zz", "Whole"), a_city("cn-aa", "Part", part_of=fc.CityId("cn-zz"))
        ties = (a_tie("cn-zz", "fr-b"), a_tie("cn-aa", "fr-b"))
        asked = (command, "Whole", "--overlay", saved(tmp_path, city, part, a_city("fr-b"), *ties))
        plain = [line.split("\t") for line in run(capsys, *asked)[1].splitlines()]
        told = [line.split("\t") for line in run(capsys, *asked, "--include-parts")[1].splitlines()]
        [count] = [len(fields) for fields in plain]
        assert plain[0] in [fields[:count] for fields in told]
        assert ["Part", "Whole"] == sorted(fields[count] for fields in told)
        assert ["cn-aa", "cn-zz"] == sorted(tie["city"]["id"] for tie in run_json(capsys, *asked, "--include-parts"))
        assert ["cn-zz"] == [tie["city"]["id"] for tie in run_json(capsys, *asked)]

    def test_a_long_table_fits_the_terminal(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Every line of the largest answer fits, and the count of sources is never cut away."""
        pretend_terminal(monkeypatch)
        sources = run_json(capsys, "partners", "Shanghai", "--limit", "1")[0]["sources"]
        count = str(len(sources) - 1)
        for columns in (60, 80, 120, 200):
            monkeypatch.setenv("COLUMNS", str(columns))
            _, out, _ = run(capsys, "partners", "Shanghai", "--include-parts", "--status", "any")
            lines = out.splitlines()
            assert columns >= max(map(text_width, lines))
            assert {"1973-11-30", "Auvergne-Rhône-Alpes", "unconfirmed"} <= set(out.split())
            start = next(index for index, line in enumerate(lines) if line.startswith("Yokohama"))
            assert re.search(rf"(\+{count}|and {count} more)( |$)", "\n".join(lines[start : start + 3]), re.MULTILINE)


ALPINE = (
    a_city("aq-x"),
    a_city("no-al", "Ål"),
    a_city("ch-zug", "Zug"),
    a_city("ch-bern", "Bern"),
    a_city("ie-cork", "Cork"),
    a_tie("aq-x", "no-al", a_step("1980", kind="contact")),
    a_tie("aq-x", "ch-zug", a_step("1985", kind="sister_city")),
    a_tie("aq-x", "ch-bern", a_step("1990", kind="friendly_exchange")),
    a_tie("aq-x", "ie-cork", a_step("1995", kind="sister_city")),
)
"""Four partners of one city, in another order by each thing to sort by."""


class TestTimeline:
    """``friendcities timeline``."""

    def test_prints_a_line_a_step(self, capsys: pytest.CaptureFixture[str]) -> None:
        """In a pipe, a step is a line: when, what, of what kind, with whom, on whose word; the steps are in order."""
        code, out, err = run(capsys, "timeline", "Shanghai")
        lines = [line.split("\t") for line in out.splitlines()]
        assert (0, "") == (code, err)
        assert ["1973-11-30", "established", "sister city", "Yokohama", "JP"] == lines[0][:5]
        assert [str(entry.date or "undated") for entry in fc.timeline("Shanghai")] == [line[0] for line in lines]

    def test_narrows(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A span, a kind and a country narrow it."""
        asked = ("timeline", "Shanghai", "--since", "1986-11", "--until", "1986-11", "--country", "France")
        [told] = run_json(capsys, *asked, "--kind", "friendly_exchange")
        assert ("1986-11-20", "established", "friendly_exchange", False) == tuple(
            told[name] for name in ("date", "action", "kind", "disputed")
        )
        assert ("fr-auvergne-rhone-alpes", "cn-shanghai") == (told["partner"]["id"], told["city"]["id"])
        assert (0, "", "no matching step on record\n") == run(capsys, *asked, "--kind", "contact")

    def test_names_first_who_dates_the_step(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        """The source of the date stands first; one that denies the step does not stand there at all."""
        step = a_step("1990", denial("denier"), told("wiki", "action"), told("gazette", "date", "action"))
        sources = map(a_source, ("denier", "wiki", "gazette"))
        path = saved(tmp_path, *sources, a_city("fr-a"), a_city("fr-b"), a_tie("fr-a", "fr-b", step))
        asked = ("timeline", "fr-a", "--overlay", path)
        [shown] = run_json(capsys, *asked)
        assert (["gazette", "wiki"], True) == (shown["sources"], shown["disputed"])
        assert run(capsys, *asked)[1].endswith("\tgazette and 1 more\n")

    def test_a_limit_says_what_it_left_out(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        """At most so many steps, and a word on how many more there are."""
        _, out, err = run(capsys, "timeline", "aq-x", "--overlay", saved(tmp_path, *ALPINE), "--limit", "3")
        assert ["1980", "1985", "1990"] == [line.split("\t")[0] for line in out.splitlines()]
        assert "1 more step not shown; add --limit 4\n" == err


class TestStats:
    """``friendcities stats``."""

    def test_prints_a_line_a_count(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        """In a pipe, a count is a line: by what, which, how many."""
        code, out, err = run(capsys, "stats", "aq-x", "--overlay", saved(tmp_path, *ALPINE))
        lines = out.splitlines()
        assert (0, "") == (code, err)
        assert ["country\tCH\t2", "country\tIE\t1", "country\tNO\t1", "kind\tsister_city\t2"] == lines[:4]
        assert {"decade\t1980s\t2", "decade\t1990s\t2", "status\tactive\t4", "level\tmunicipality\t4"} <= set(lines)

    def test_counts_every_status_and_otherwise_active_ones(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Without a status, that of all is counted, and by the rest only what is active."""
        counts = run_json_counts(capsys, "Shanghai")
        assert ["country", "kind", "status", "decade", "level", "reliability", "dispute"] == list(counts)
        assert {"active", "proposed"} < counts["status"].keys()
        assert counts["status"]["active"] == sum(counts["kind"].values())
        proposed = run_json_counts(capsys, "Shanghai", "--status", "proposed", "--by", "kind", "--by", "status")
        assert ["kind", "status"] == list(proposed)
        assert {"proposed": counts["status"]["proposed"]} == proposed["status"]

    def test_counts_by_year(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        """The count by year is long, so it is printed only if it is asked for."""
        asked = ("stats", "aq-x", "--overlay", saved(tmp_path, *ALPINE))
        expected = "year\t1980\t1\nyear\t1985\t1\nyear\t1990\t1\nyear\t1995\t1\n"
        assert (0, expected, "") == run(capsys, *asked, "--by", "year")
        assert "year" not in run(capsys, *asked)[1]

    def test_counts_all_without_a_city(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Without a city, everything on record is counted."""
        counts = run_json_counts(capsys, "--status", "any")
        assert len(fc.partnerships()) == sum(counts["status"].values()) == sum(counts["decade"].values())

    def test_parts_need_a_whole(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Parts without a city are refused, and nothing is left unsaid."""
        code, out, err = run(capsys, "stats", "--include-parts")
        assert (2, "") == (code, out)
        assert "--include-parts needs a city" in err

    def test_says_when_nothing_fits(self, capsys: pytest.CaptureFixture[str]) -> None:
        """No partnership at all is no error, but not silence either."""
        assert (0, "", "no matching partnership on record\n") == run(capsys, "stats", "Dunedin", "--country", "Peru")

    def test_prints_tables_in_a_terminal(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """In a terminal, each sort has a table with a heading that says what is counted, countries by name."""
        pretend_terminal(monkeypatch)
        _, out, _ = run(capsys, "stats", "Dunedin")
        lines = [line.rstrip() for line in out.splitlines()]
        assert {"Active partnerships by country", "Partnerships by status", "Active partnerships by decade"} <= set(
            lines
        )
        assert ["CN", "China", "1"] in [line.split() for line in lines]
        assert "sister city" in out
        _, out, _ = run(capsys, "stats", "Dunedin", "--status", "active", "--status", "ended", "--by", "kind")
        assert "Active and ended partnerships by kind" in out
        _, out, _ = run(capsys, "stats", "Dunedin", "--status", "any", "--by", "kind", "--by", "status")
        assert ["Partnerships by kind", "Partnerships by status"] == [
            line for line in out.splitlines() if " by " in line
        ]
        assert "" == run(capsys, "stats", "Dunedin", "--country", "Peru")[1]


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
        assert "Hua Yuan\tvice mayor, attested 2023-1" in out
        assert "Dunedin delegation; 2 universities" in out

    def test_shows_what_a_part_is_part_of(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A part is shown with its whole, and sections without records are left out."""
        _, out, _ = run(capsys, "show", "bf-bobo-dioulasso-5")
        assert "part of Bobo-Dioulasso" in out.splitlines()
        assert "president, special delegation of No. 5 District, attested 2023-12-0" in out
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
        months = fc.RecurringPeriod(number=2, unit=fc.PeriodUnit.MONTH)
        dated = fc.Statistic(id=fc.StatisticId("a"), period=fc.Period(start=fc.PartialDate(2000), each=months), **asked)
        stated = fc.Statistic(id=fc.StatisticId("b"), period=fc.Period(wording="of late"), **asked)
        Dataset([city, dated, stated]).save(tmp_path / "mine.json")
        _, out, _ = run(capsys, "show", "Nowhere", "--overlay", str(tmp_path / "mine.json"))
        assert "Nowhere (fr-nowhere): town, France" == out.splitlines()[0]
        assert "Gone." == out.splitlines()[1]
        assert {"each of 2 months, from 2000", "of late"} == {
            line.split("\t")[2] for line in out.splitlines() if line.startswith("visitors")
        }

    def test_shows_bounds_and_open_ends(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        """A bound is said of the change as of the value; a span of which one end is known says which."""
        base = fc.dataset().statistics_of("Shanghai", measure="new_foreign_ventures")[0]
        before = fc.Period(start=fc.PartialDate(2019))
        more = fc.StatisticChange(percent=Decimal(35), qualifier=fc.ValueQualifier.MORE_THAN, compared_with=before)
        less = fc.StatisticChange(percent=Decimal("-2.5"), qualifier=fc.ValueQualifier.EXACTLY, compared_with=before)
        year = fc.PartialDate(2020)
        city = a_city("fr-nowhere", "Nowhere")
        periods = {
            "a": (fc.Period(start=year), more),
            "b": (fc.Period(end=year), less),
            "c": (fc.Period(start=year, end=year), None),
            "d": (fc.Period(start=year, end=fc.PartialDate(2021)), None),
        }
        made = [
            fc.Statistic(
                id=fc.StatisticId(id_),
                city=city.id,
                measure=f"visitors_{id_}",
                value=base.value,
                unit="people",
                period=period,
                change=change,
            )
            for id_, (period, change) in periods.items()
        ]
        _, out, _ = run(capsys, "show", "Nowhere", "--overlay", saved(tmp_path, city, *made))
        assert [
            "visitors a\t4,321 people (more than +35 %)\tfrom 2020\treported",
            "visitors b\t4,321 people (-2.5 %)\tuntil 2020\treported",
            "visitors c\t4,321 people\t2020\treported",
            "visitors d\t4,321 people\t2020 to 2021\treported",
        ] == [line for line in out.splitlines() if line.startswith("visitors")]

    @pytest.mark.parametrize(
        ("dates", "shown"),
        [
            ({}, "mayor"),
            ({"attested": "2023-12-01"}, "mayor, attested 2023-12-01"),
            ({"start": "1950", "end": "1954"}, "mayor, 1950 to 1954"),
            ({"start": "1950"}, "mayor, from 1950"),
            ({"end": "1954"}, "mayor, until 1954"),
        ],
        ids=["no date", "attested", "both ends", "its start", "its end"],
    )
    def test_shows_offices_with_their_dates(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path, dates: dict[str, str], shown: str
    ) -> None:
        """An office is shown with when it was held, as far as that is known."""
        given: dict[str, Any] = {name: fc.PartialDate.parse(date) for name, date in dates.items()}
        office = fc.Office(title="mayor", city=fc.CityId("fr-nowhere"), **given)
        official = fc.Official(id=fc.OfficialId("fr-a"), name="A. Doe", offices=(office,))
        _, out, _ = run(
            capsys, "show", "Nowhere", "--overlay", saved(tmp_path, a_city("fr-nowhere", "Nowhere"), official)
        )
        assert f"A. Doe\t{shown}" in out.splitlines()

    def test_json_has_every_record(self, capsys: pytest.CaptureFixture[str]) -> None:
        """JSON has the records as they stand in their files, each with its id."""
        [shown] = run_json(capsys, "show", "Dunedin")
        assert ("nz-dunedin", "Dunedin") == (shown["city"]["id"], shown["city"]["name"])
        assert ["nz-dunedin-delegation-2023"] == [each["id"] for each in shown["memoranda"]]
        assert "established" == shown["partnerships"][0]["steps"][0]["action"]


class TestShowPartnership:
    """``friendcities show`` with two cities, or with a partnership."""

    @pytest.fixture
    def path(self, tmp_path: Path) -> str:
        """A dataset with one partnership, in which sources disagree."""
        dated = told("gazette", "action", "date")
        first = changed(
            a_step("1990-05-03", dated, changed(told("wiki", date=fc.PartialDate(1991)), note="A guess.")),
            term=fc.SourceTerm(text="Jumelage", language="fr"),
            memorandum=fc.MemorandumId("fr-a-1990"),
            note="The day is that of the signature.",
        )
        second = changed(a_step("2000", denial("wiki"), action="suspended"), initiator=fc.CityId("fr-b"))
        memorandum = fc.Memorandum(
            id=fc.MemorandumId("fr-a-1990"),
            kind=fc.DocumentKind.PARTNERSHIP_AGREEMENT,
            signatories=(fc.Party(city=fc.CityId("fr-a")), fc.Party(city=fc.CityId("fr-b"))),
            subject="partnership",
        )
        tie = changed(a_tie("fr-a", "fr-b", first, second), note="Both are small.")
        cities = (a_city("fr-a"), a_city("fr-b"), a_city("fr-c"))
        return saved(tmp_path, a_source("gazette"), a_source("wiki"), *cities, memorandum, tie)

    @pytest.mark.parametrize("asked", [("A", "B"), ("fr-b", "A"), ("fr-a--fr-b",), ("fr-b--fr-a",)])
    def test_shows_steps_and_sources(
        self, capsys: pytest.CaptureFixture[str], path: str, asked: tuple[str, ...]
    ) -> None:
        """Each step has its details and its sources, each source what it states, with contrary claims in words."""
        code, out, err = run(capsys, "show", *asked, "--overlay", path)
        assert (0, "") == (code, err)
        assert [
            "A and B (fr-a--fr-b)",
            "suspended sister city since 2000, listed, last attested 2020, disputed",
            "Both are small.",
            "",
            "established 1990-05-03 (sister city)",
            "  memorandum: fr-a-1990",
            "  term: Jumelage (fr)",
            "  The day is that of the signature.",
            "  gazette, 2020: gazette (gazette), page 1",
            "    supports what happened, date",
            "  wiki, 2020: wiki (wiki), page 1",
            "    contrary claim: date 1991",
            "    A guess.",
            "",
            "suspended 2000 (sister city)",
            "  by B",
            "  wiki, 2020: wiki (wiki), page 1",
            "    denies that it happened",
            "",
            "coverage of A: incidental, only from the lists of other cities",
            "coverage of B: incidental, only from the lists of other cities",
        ] == out.splitlines()

    @pytest.mark.parametrize("width", [20, 60])
    @pytest.mark.parametrize("missing", ["", "rich.console"])
    def test_fits_the_terminal(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, path: str, missing: str, width: int
    ) -> None:
        """In a terminal, the same text is folded, and keeps its indentation."""
        expected = run(capsys, "show", "A", "B", "--overlay", path)[1]
        pretend_terminal(monkeypatch)
        monkeypatch.setenv("COLUMNS", str(width))
        monkeypatch.delitem(sys.modules, "friendcities.cli.rich_lines", raising=False)
        monkeypatch.setitem(sys.modules, missing, None)
        out = run(capsys, "show", "A", "B", "--overlay", path)[1]
        assert expected.split() == out.split()
        assert width >= max(map(len, out.splitlines()))
        assert "    A guess." in out.splitlines()

    def test_json(self, capsys: pytest.CaptureFixture[str], path: str) -> None:
        """JSON has the partnership, its cities, their coverage and the sources."""
        [shown] = run_json(capsys, "show", "A", "B", "--overlay", path)
        assert ["partnership", "cities", "coverage", "sources"] == list(shown)
        assert ("fr-a--fr-b", 2) == (shown["partnership"]["id"], len(shown["partnership"]["steps"]))
        assert ["A", "B"] == [city["name"] for city in shown["cities"]]
        assert ["incidental", "incidental"] == [each["completeness"] for each in shown["coverage"]]
        assert ["gazette", "wiki"] == [source["id"] for source in shown["sources"]]

    @pytest.mark.parametrize(
        ("asked", "message"),
        [
            (
                ("A", "C"),
                "A and C have no partnership on record; list the partners of A with: friendcities partners fr-a",
            ),
            (
                ("fr-a--fr-c",),
                "A and C have no partnership on record; list the partners of A with: friendcities partners fr-a",
            ),
            (
                ("fr-a--fr-d",),
                (
                    "this dataset has no city 'fr-d'; "
                    "list the cities with: friendcities export --table cities --format csv -o -"
                ),
            ),
        ],
    )
    def test_an_unknown_partnership(
        self, capsys: pytest.CaptureFixture[str], path: str, asked: tuple[str, ...], message: str
    ) -> None:
        """The error names what is missing, and a command that helps."""
        assert (1, "", f"friendcities: {message}\n") == run(capsys, "show", *asked, "--overlay", path)

    def test_a_record_of_another_type(self, capsys: pytest.CaptureFixture[str], path: str) -> None:
        """For a source, the error has the command that shows the source."""
        message = "friendcities: record 'wiki' has the type source; expected a city or a partnership"
        expected = f"{message}; see: friendcities sources wiki\n"
        assert (2, "", expected) == run(capsys, "show", "wiki", "--overlay", path)
        expected = "friendcities: record 'fr-a-1990' has the type memorandum; expected a city or a partnership\n"
        assert (2, "", expected) == run(capsys, "show", "fr-a-1990", "--overlay", path)


class TestFind:
    """``friendcities find``."""

    def test_finds_by_part_of_a_name(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A part of a name finds the city."""
        assert (0, "Dunedin\tNZ\tmunicipality\tnz-dunedin\n", "") == run(capsys, "find", "dune")
        assert ["nz-dunedin"] == [city["id"] for city in run_json(capsys, "find", "dune")]

    def test_nothing_found_is_not_found(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Nothing found is said, with exit code 1."""
        hint = "Wikidata may have this city: friendcities download wikidata --city qqqq --contact you@example.org"
        expected = (1, "", f"friendcities: no city on record has a name like 'qqqq'\n{hint}\n")
        assert expected == run(capsys, "find", "qqqq")
        message = "friendcities: no city on record has a name like 'Japan'; this is the name of a country"
        assert message == run(capsys, "find", "Japan")[2].splitlines()[0]

    @pytest.mark.bundled_data
    def test_names_are_read_in_any_locale(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A locale that cannot represent the letters of an argument does not matter."""
        escaped = "上海".encode().decode("ascii", "surrogateescape")
        assert run(capsys, "find", "上海") == run(capsys, "find", escaped)
        environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "utf-8"}
        done = in_a_process("find", "上海", "--limit", "1", env=environment)
        assert (0, "Shanghai\tCN\tmunicipality\tcn-shanghai\n") == (done.returncode, done.stdout)

    def test_a_limit_of_nothing_is_usage(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A limit that cannot be is wrong usage."""
        with pytest.raises(SystemExit) as stop:
            main(["find", "dune", "--limit", "0"])
        assert 2 == stop.value.code
        assert "friendcities find: argument --limit: invalid number '0'" in capsys.readouterr().err


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

    def test_shows_what_rests_on_a_source(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        """With the id of a source, every record that cites it is listed, with the fields."""
        bare = a_source("wiki")
        full = changed(
            bare,
            id=fc.SourceId("gazette"),
            authors=("A. Doe", "B. Roe"),
            published=fc.PartialDate(2021),
            address="https://example.org/a",
            note="Read in a copy.",
        )
        tie = a_tie("fr-a", "fr-b", a_step("1990", told("gazette", "action"), told("wiki", date=fc.PartialDate(1991))))
        town = a_city("fr-a", evidence=(told("gazette", "name"),))
        asked = ("--overlay", saved(tmp_path, full, bare, town, a_city("fr-b"), tie))
        assert [
            "wiki, 2021: wiki (gazette)",
            "press, published 2021, as of 2020",
            "by A. Doe, B. Roe",
            "https://example.org/a",
            "Read in a copy.",
            "",
            "Cited by 2 records",
            "city\tfr-a\t\tsupports name\tpage 1",
            "partnership\tfr-a--fr-b\tsteps[0]\tsupports what happened\tpage 1",
        ] == run(capsys, "sources", "gazette", *asked)[1].splitlines()
        assert "Cited by 1 record" in run(capsys, "sources", "wiki", *asked)[1].splitlines()
        [shown] = run_json(capsys, "sources", "wiki", *asked)
        [citation] = shown["citations"]
        assert ("wiki", "partnership", "fr-a--fr-b", "steps[0]", True, {"date": "1991"}) == (
            shown["source"]["id"],
            *(citation[name] for name in ("type", "id", "path", "contrary")),
            citation["evidence"]["claims"],
        )

    @pytest.mark.parametrize(
        ("asked", "message"),
        [
            (
                "shine-2023-12-0",
                "there is no city, partnership or source 'shine-2023-12-0'; did you mean 'shine-2023-12-02'",
            ),
            ("Dunedi", "no city is called 'Dunedi'; did you mean Dunedin"),
            (
                "Atlantis",
                "there is no city, partnership or source 'Atlantis'; search cities with: friendcities find 'Atlantis'",
            ),
            ("Japan", "'Japan' is a country; use --country JP"),
            ("nz-dunedin--cn-xshanghai", "no city is called 'cn-xshanghai'; did you mean Shanghai"),
        ],
    )
    @pytest.mark.parametrize("command", ["sources", "show"])
    def test_an_unknown_record(
        self, capsys: pytest.CaptureFixture[str], command: str, asked: str, message: str
    ) -> None:
        """The error names what the text could be, and a similar city or source."""
        code, out, err = run(capsys, command, asked)
        assert (1, "") == (code, out)
        assert err.startswith(f"friendcities: {message}")

    def test_lists_the_sources_of_another_record(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The id of a partnership, with its cities in any order, lists the sources of the partnership."""
        expected = sorted(fc.partnership_between("Dunedin", "Shanghai").cites)
        for asked in ("cn-shanghai--nz-dunedin", "nz-dunedin--cn-shanghai"):
            assert expected == [source["id"] for source in run_json(capsys, "sources", asked)]
        official = fc.officials_of("Shanghai")[0]
        cited = {item.source for office in official.offices for item in office.evidence}
        assert cited == {source["id"] for source in run_json(capsys, "sources", official.id)}

    def test_parts_belong_to_a_city(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Parts are not ignored for a record without parts."""
        code, out, err = run(capsys, "sources", "shine-2023-12-02", "--include-parts")
        assert (2, "") == (code, out)
        assert "--include-parts applies to a city; record 'shine-2023-12-02' has the type source" in err

    def test_lists_the_sources_about_parts(self, capsys: pytest.CaptureFixture[str]) -> None:
        """With parts, those behind what is on record about them too; without a city that is refused."""
        found = [source["id"] for source in run_json(capsys, "sources", "Shanghai", "--include-parts")]
        assert [source.id for source in fc.sources_of("Shanghai", include_parts=True)] == found
        code, out, err = run(capsys, "sources", "--include-parts")
        assert (2, "") == (code, out)
        assert "--include-parts needs a city" in err

    def test_json_has_each_form_of_a_citation(self, capsys: pytest.CaptureFixture[str]) -> None:
        """JSON has both forms, whichever is asked for."""
        asked = ("cite", "Dunedin", "Shanghai", "--format", "bibtex")
        cited = run_json(capsys, *asked)
        assert run(capsys, *asked)[1] == "\n\n".join(each["bibtex"] for each in cited) + "\n"
        assert run(capsys, *asked[:3])[1].splitlines() == [each["citation"] for each in cited]

    def test_a_city_without_sources_is_not_cited(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        """Nothing is printed, and above all no citation of something else."""
        assert (0, "") == run(capsys, "cite", "A", "--overlay", saved(tmp_path, a_city("fr-a")))[:2]

    def test_a_city_with_a_name_like_the_id_of_a_source(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        """The name of a city means the city, even if the id of a source is similar."""
        path = saved(tmp_path, a_city("fr-gazete"), a_source("gazette"))
        assert (0, "") == run(capsys, "sources", "Gazete", "--overlay", path)[:2]
        code, out, err = run(capsys, "sources", "Gazetes", "--overlay", path)
        assert (1, "") == (code, out)
        assert "fr-gazete" in err

    def test_suggests_a_source_where_no_city_is_near(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A misspelt id of a source is an error with the right id."""
        code, out, err = run(capsys, "sources", "shine-2023-12-03")
        assert (1, "") == (code, out)
        assert "shine-2023-12-02" in err

    def test_cites_a_source_or_the_sources_of_a_record(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The id of a source or of a partnership is enough."""
        assert (0, f"{fc.cite(fc.source('shine-2023-12-02'))}\n", "") == run(capsys, "cite", "shine-2023-12-02")
        expected = run(capsys, "cite", "Dunedin", "Shanghai")
        assert expected == run(capsys, "cite", "nz-dunedin--cn-shanghai")

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
            (1, ("partners", "Atlantis"), "this dataset has no city 'Atlantis'"),
            (1, ("show", "Yokohma"), "did you mean Yokohama, JP ('jp-yokohama')?"),
            (1, ("cite", "Shanghai", "Johannesburg"), "have no partnership on record"),
            (1, ("partners", "Shanghai", "--source", "shine"), "there is no source 'shine'"),
            (1, ("partners", "Shanghai", "--overlay", "no/such/folder"), "no/such/folder"),
            (2, ("partners", ""), "invalid city ''"),
            (2, ("partners", "Shanghai", "--country", "Atlantis"), "invalid country 'Atlantis'"),
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

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            ("", "friendcities: a command is missing; see: friendcities help"),
            ("partner", "friendcities: unknown command 'partner'; did you mean 'partners'?"),
            ("qqqq", "friendcities: unknown command 'qqqq'; see: friendcities help"),
            ("help partner", "friendcities: unknown command 'partner'; did you mean 'partners'?"),
            ("--bogus partners", "friendcities: unknown option --bogus; see: friendcities help"),
            ("partners", ("friendcities partners: the following arguments are required: CITY; see: friendcities help "
             "partners")),
            ("partners X --status activ", ("friendcities partners: argument --status: invalid status 'activ'; did you "
             "mean 'active'?")),
            ("partners X --kind twin", ("friendcities partners: argument --kind: invalid kind 'twin'; did you mean "
             "'sister_city'?")),
            ("partners X --kind jumelage", ("friendcities partners: argument --kind: invalid kind 'jumelage'; did you "
             "mean 'sister_city'?")),
            ("partners X --reliability qqqq", ("friendcities partners: argument --reliability: invalid reliability "
             "'qqqq'; expected one of official, reported, listed, any; see: friendcities help partners")),
            ("partners X --knd=contact", "friendcities partners: unknown option --knd; did you mean '--kind'?"),
            ("partners X --on 94", (
                "friendcities partners: argument --on: invalid date '94'; expected a date such as '1994', 'October "
                "1994', '21 October 1994' or '1994-10-21'; see: friendcities help partners"
            )),
            ("timeline X --since 1994-02-30", (
                "friendcities timeline: argument --since: there is no date '1994-02-30'; expected a date such "
                "as '1994', 'October 1994', '21 October 1994' or '1994-10-21'; see: friendcities help timeline"
            )),
            ("partners X Y", "friendcities partners: unexpected argument 'Y'; see: friendcities help partners"),
            ("add partnrship", "friendcities add: invalid TYPE 'partnrship'; did you mean 'partnership'?"),
            ("add qqqq", ("friendcities add: invalid TYPE 'qqqq'; expected one of partnership, city, source, "
             "memorandum, official, statistic, event, cooperation, coverage; see: friendcities help add")),
            ("partners X --csv", ("friendcities partners: unknown option --csv; write a file with: friendcities export "
             "CITY -o FILE")),
            *((f"{command} -o -", (f"friendcities {command.split()[0]}: argument -o/--output: standard output is not "
              f"supported; name a file, or ./- for a file of this name; see: friendcities help {command.split()[0]}"))
              for command in ("map X", "import x.csv", "merge x.json", "fetch wikidata --all")),
            ("merge x.json -o y --report -", ("friendcities merge: argument --report: standard output is not "
             "supported; name a file, or ./- for a file of this name; see: friendcities help merge")),
            ("check -o x", "friendcities check: unknown option -o; see: friendcities help check"),
            ("add city --nme X", "friendcities add city: unknown option --nme; did you mean '--note'?"),
        ],
    )  # fmt: skip
    def test_wrong_usage(self, capsys: pytest.CaptureFixture[str], arguments: str, said: str) -> None:
        """Wrong usage is exit code 2, and one line with a suggestion or with the command that helps."""
        with pytest.raises(SystemExit) as stop:
            main(arguments.split())
        assert 2 == stop.value.code
        assert f"{said}\n" == capsys.readouterr().err

    def test_a_deleted_folder_is_named(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A command that needs the current folder says that it is gone."""
        monkeypatch.setattr(Path, "cwd", Mock(side_effect=FileNotFoundError(2, "No such file or directory")))
        message = "friendcities: the current folder was deleted; change to another folder\n"
        assert (1, "", message) == run(capsys, "check")

    def test_an_interrupt_is_no_traceback(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Ctrl-C ends a command with the usual exit code of a shell, also while modules are imported."""

        def interrupted(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(Dataset, "find_cities", interrupted)
        assert (130, "", "") == run(capsys, "find", "dune")
        monkeypatch.setattr(commands, "run", interrupted)
        assert (130, "", "") == run(capsys, "find", "dune")

    @pytest.mark.bundled_data
    def test_nothing_is_imported_before_an_interrupt_is_handled(self) -> None:
        """An early Ctrl-C is no traceback of ours: the entry point imports no other module before it handles that."""
        script = "import sys; old = {*sys.modules}; import friendcities.cli; print(*sorted({*sys.modules} - old))"
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        assert ["friendcities", "friendcities.cli"] == done.stdout.split()

    @needs_posix
    @pytest.mark.parametrize("module", ["argparse", "friendcities.errors", "friendcities.datasets.dataset"])
    @pytest.mark.bundled_data
    def test_an_early_interrupt_ends_a_process_quietly(self, module: str) -> None:
        """Ctrl-C while a new process imports modules, in its first tenth of a second, gives exit code 130."""
        command = [sys.executable, "-X", "importtime", "-m", "friendcities", "partners", "Shanghai"]
        previous = signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job ignores Ctrl-C
        try:
            process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        finally:
            signal.signal(signal.SIGINT, previous)
        with process:
            assert process.stderr is not None
            assert next(line for line in process.stderr if line.split()[-1] == module)
            process.send_signal(signal.SIGINT)
            _, rest = process.communicate()
        assert (130, []) == (process.returncode, [line for line in rest.splitlines() if "import time:" not in line])

    def test_every_format_of_json_is_json_in_any_encoding(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        """Citations, comparisons and problems are JSON, too, where standard output has few letters."""
        old, new = (tmp_path / name for name in ("old.json", "new.json"))
        Dataset([a_city("jp-a", "Ōsaka")]).save(old)
        Dataset([a_city("jp-a", "Kōbe")]).save(new)
        record = tmp_path / "cities" / "Ōsaka.json"
        record.parent.mkdir()
        record.write_text("{", encoding="utf-8")
        for code, arguments in (
            (0, ("cite", "上海", "--format", "csl")),
            (0, ("diff", str(old), str(new), "--format", "json")),
            (1, ("check", str(record), "--format", "json")),
        ):
            with monkeypatch.context() as patched, io.BytesIO() as written:
                patched.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="ascii"))
                assert code == main(arguments)
                sys.stdout.flush()
                assert json.loads(written.getvalue())

    @pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-16"])
    def test_every_answer_is_json_in_any_encoding(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, encoding: str, tmp_path: Path
    ) -> None:
        """Each command with ``--json`` prints JSON, whatever letters standard output has."""
        city = ("partners", "timeline", "stats", "show", "sources", "cite")
        asked: list[tuple[str, ...]] = [(command, "上海") for command in city]
        asked += [
            ("show", "上海", "Zagreb"),
            ("sources", "geonames"),
            ("find", "上海"),
            ("path", "上海", "Zagreb"),
            ("rules",),
            ("partners", "上海", "--shared-with", "Zagreb"),
            ("map", "上海", "--force", "-o", str(tmp_path / "Ōsaka.html")),
            ("datasets",),
        ]
        about = tmp_path / "datasets" / "osaka" / "about.json"
        about.parent.mkdir(parents=True)
        about.with_name("dataset.json").touch()
        about.write_text(json.dumps({"date": "2026-01-01", "source": "Ōsaka", "licence": "CC0"}), encoding="utf-8")
        monkeypatch.setenv("FRIENDCITIES_HOME", str(tmp_path))
        for arguments in asked:
            expected = json.loads(run(capsys, *arguments, "--json")[1])
            with monkeypatch.context() as patched, io.BytesIO() as written:
                stream = io.TextIOWrapper(written, encoding=encoding)
                patched.setattr(sys, "stdout", stream)
                assert 0 == main([*arguments, "--json"])
                assert expected == json.loads(written.getvalue().decode(encoding))
                stream.detach()

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

    def test_pycountry_in_an_archive_is_named(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Pycountry opens its files by path, which fails in a zip archive: the message says what to do."""

        def load(_: object) -> NoReturn:
            raise NotADirectoryError(20, "Not a directory", "f.pyz/pycountry/databases/iso3166-1.json")

        monkeypatch.setattr(commands, "_load_data", load)
        assert 1 == main(["find", "dune"])
        message = "pycountry cannot read f.pyz/pycountry/databases/iso3166-1.json in an archive; build the archive with"
        assert message in capsys.readouterr().err
        monkeypatch.setattr(commands, "import_module", load)
        assert 1 == main(["import", "list.csv"])
        assert message in capsys.readouterr().err

    @pytest.mark.parametrize("arguments", [("find", "dune"), ("partners", "Shanghai", "--json"), ("show", "Shanghai")])
    def test_no_output_is_no_traceback(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
    ) -> None:
        """If standard output is closed, the answer cannot be written, and nothing is raised."""
        monkeypatch.setattr(sys, "stdout", None)
        assert 1 == main(arguments)
        close(sys.stdout)
        assert "friendcities: cannot write the answer: standard output is closed\n" in capsys.readouterr().err

    @pytest.mark.parametrize(
        ("arguments", "code", "out"),
        [
            (("partners", "Los Angeles"), 0, ""),
            (("find", "qqqq"), 1, ""),
            (("find", ""), 2, ""),
            (("find", "dune"), 0, "Dunedin\tNZ\tmunicipality\tnz-dunedin\n"),
        ],
    )
    def test_remarks_never_land_in_the_answer(
        self,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
        arguments: tuple[str, ...],
        code: int,
        out: str,
    ) -> None:
        """Where standard error is closed, what would be said there is not said at all."""
        monkeypatch.setattr(sys, "stderr", None)
        assert code == main(arguments)
        close(sys.stderr)
        assert out == capsys.readouterr().out

    @pytest.mark.parametrize("fails", ["write", "flush"])
    def test_an_answer_that_cannot_be_written_is_said(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, fails: str
    ) -> None:
        """A full disk is one line on standard error and exit code 1, whether it shows at once or at the end."""

        def full(*_: object) -> NoReturn:
            raise OSError(28, "No space left on device")

        with Path(os.devnull).open("w", encoding="utf-8") as stream:
            broken = Mock(wraps=stream)
            getattr(broken, fails).side_effect = full
            monkeypatch.setattr(sys, "stdout", broken)
            assert 1 == main(["find", "dune"])
        err = capsys.readouterr().err
        assert err.startswith("friendcities: ")
        assert "no space left on device" in err.lower()
        assert 1 == len(err.splitlines())


@pytest.mark.bundled_data
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
        assert (0, f"friendcities {fc.__version__}, data of {fc.data_version}\n") == (done.returncode, done.stdout)

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
    @pytest.mark.parametrize("arguments", [("find", "dune"), ("show", "Shanghai"), ("cite", "--format", "bibtex")])
    def test_a_full_disk_is_no_traceback(self, arguments: tuple[str, ...]) -> None:
        """What cannot be written is said in one line, with exit code 1, to the very end of the process."""
        command = [sys.executable, "-m", "friendcities", *arguments]
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
        assert (1, 1) == (done.returncode, len(done.stderr.splitlines()))
        assert done.stderr.startswith("friendcities: ")

    @pytest.mark.parametrize(("closed", "code"), [("1", {1}), ("2", {0}), ("1 2", {1})])
    @needs_posix
    def test_closed_streams_are_no_traceback(self, closed: str, code: set[int]) -> None:
        """As a daemon or a careful shell starts it: without standard output, standard error, or both."""
        shut = " ".join(f"{stream}>&-" for stream in closed.split())
        shell = f'exec "$0" -m friendcities partners Shanghai {shut}'
        command = ["/bin/sh", "-c", shell, sys.executable]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
        assert done.returncode in code
        assert "Traceback" not in done.stderr
        assert "Exception ignored" not in done.stderr
        assert "not shown" not in done.stdout

    def test_json_names_the_dataset(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        """Every command that queries the data prints the name, version and date of the dataset beside its results."""
        described = {"name": "friendcities", "version": fc.__version__, "date": fc.data_version, "overlay": None}
        coverage = json.loads(run(capsys, "partners", "Dunedin", "--json")[1])["coverage"]
        assert fc.coverage_of("Dunedin").to_dicts() == coverage
        for asked in (
            *(("find", "dune"), ("show", "Dunedin"), ("stats",), ("sources",), ("cite",)),
            *(("timeline", "Dunedin"), ("path", "Dunedin", "Yokohama")),
        ):
            printed = json.loads(run(capsys, *asked, "--json")[1])
            assert ["dataset", "results"] == list(printed)
            assert described == printed["dataset"]
            assert isinstance(printed["results"], list)
        own = saved(tmp_path, a_city("aq-x"))
        printed = json.loads(run(capsys, "find", "aq-x", "--overlay", own, "--json")[1])
        assert described | {"date": None, "overlay": own} == printed["dataset"]

    @pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
    def test_json_is_json_in_any_encoding(self, encoding: str) -> None:
        """What is printed with ``--json`` can be read as JSON, whatever the encoding of standard output."""
        command = [sys.executable, "-m", "friendcities", "show", "Zagreb", "--json"]
        environment = {**os.environ, "PYTHONIOENCODING": encoding}
        done = subprocess.run(command, env=environment, capture_output=True, check=True)
        assert "Zagreb" == json.loads(done.stdout)["results"][0]["city"]["name"]

    def test_an_encoding_without_the_letters_is_no_crash(self) -> None:
        """Where the output's encoding lacks a letter it is escaped."""
        done = in_a_process("show", "Shanghai", env={**os.environ, "PYTHONIOENCODING": "ascii"})
        assert (0, "") == (done.returncode, done.stderr)
        assert "\\u4e0a\\u6d77" in done.stdout
