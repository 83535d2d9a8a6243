"""Records, results and datasets as plain JSON values, which are those that the command line prints."""

import json
import pickle
from datetime import date
from typing import Any

import pandas as pd
import polars as pl
import pytest

import friendcities as fc
from friendcities.cli import main
from friendcities.codec.reader import read_record
from friendcities.model import RECORD_TYPES, AnyRecord
from tests.frozen import FROZEN
from tests.worlds import a_city, a_tie


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    """The results that the command line prints as JSON."""
    assert 0 == main([*arguments, "--json"])
    return json.loads(capsys.readouterr().out)["results"]


class TestRecords:
    """``to_dict`` of a record."""

    @pytest.mark.parametrize("cls", RECORD_TYPES.values())
    def test_every_record_is_json(self, cls: type[AnyRecord]) -> None:
        """The values survive JSON, and those of all records but partnerships are read as the same record."""
        records = [record for record in FROZEN if type(record) is cls]
        assert records
        for record in records:
            plain = record.to_dict()
            assert plain == json.loads(json.dumps(plain))
            assert ("id", record.id) == next(iter(plain.items()))
            if cls is not fc.Partnership:
                assert record == read_record(cls, plain.pop("id"), plain)

    def test_a_partnership_has_its_derived_values(self) -> None:
        """Derived values come first, then the steps as in its file."""
        tie = fc.partnership_between("Dunedin", "Shanghai")
        plain = tie.to_dict()
        steps = plain.pop("steps")

        assert [step.to_dict() for step in tie.steps] == steps
        assert {
            "id": "cn-shanghai--nz-dunedin",
            "cities": ["cn-shanghai", "nz-dunedin"],
            "status": "active",
            "kind": "sister_city",
            "since": "1994-10-21",
            "established": "1994-10-21",
            "ended": None,
            "reliability": "official",
            "disputed": False,
            "last_attested": "2026-02",
            "sources": plain["sources"],
        } == plain
        assert set(tie.cites) == set(plain["sources"])

    def test_a_partnership_at_a_date(self) -> None:
        """Status, kind and start are those at the end of the date."""
        plain = fc.partnership_between("Dunedin", "Shanghai").to_dict(on=1990)
        assert (None, "unspecified", None) == (plain["status"], plain["kind"], plain["since"])
        assert "1994-10-21" == plain["established"]

    def test_a_partnership_without_its_sources(self) -> None:
        """What only the sources can tell is null."""
        cited = fc.partnership_between("Dunedin", "Shanghai")
        plain = fc.Partnership(id=cited.id, steps=cited.steps, note="Mine").to_dict()
        assert (None, None, "Mine") == (plain["reliability"], plain["last_attested"], plain["note"])

    def test_a_source_that_denies_is_not_named(self) -> None:
        """The sources of a partnership are those that state it."""
        denial = fc.Evidence(source=fc.SourceId("paper-1999"), locator="p. 1", denies=True)
        step = fc.Step(action=fc.StepAction.ESTABLISHED, date=fc.PartialDate(1990), evidence=(denial,))
        plain = fc.Partnership(id=fc.PartnershipId("fr-a--it-b"), steps=(step,)).to_dict()
        assert [] == plain["sources"]

    def test_counts_keep_their_order(self) -> None:
        """The largest group is first, as in the mapping."""
        counts = fc.count_partnerships("kind", "Shanghai")
        assert list(counts.items()) == list(counts.to_dict().items())


class TestResults:
    """``to_dicts``, ``to_pandas`` and ``to_polars`` of what questions return."""

    def test_what_the_command_line_prints(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A question and its command give the same values."""
        asked = ("Shanghai", "--on", "1985", "--country", "JP")
        filters: dict[str, Any] = {"on": 1985, "country": "JP"}
        assert fc.partnerships_of("Shanghai", **filters).to_dicts() == printed(capsys, "partners", *asked)
        assert fc.timeline("Dunedin").to_dicts() == printed(capsys, "timeline", "Dunedin")
        assert fc.find_cities("dune").to_dicts() == printed(capsys, "find", "dune")
        assert fc.sources().to_dicts() == printed(capsys, "sources")

    def test_the_date_of_the_question_counts(self) -> None:
        """A partnership that has ended since is active at the date."""
        step = fc.Step(action=fc.StepAction.ENDED, date=fc.PartialDate(2000))
        tie = a_tie("fr-a", "it-b")
        ended = fc.Partnership(id=tie.id, steps=(*tie.steps, step))
        data = fc.Dataset([a_city("fr-a"), a_city("it-b"), ended])
        for results in (data.partnerships_of("fr-a", on=1999), data.find_partnerships(on=1999)):
            assert ["active"] == [plain["status"] for plain in results.to_dicts()]
            assert ["active"] == results.to_pandas()["status"].tolist()
        assert ["ended"] == [plain["status"] for plain in data.partnerships().to_dicts()]

    def test_a_slice_and_a_pickle_keep_the_view(self) -> None:
        """They still know the city of the question and its date."""
        ties = fc.partnerships_of("Shanghai", on=1985)
        again = pickle.loads(pickle.dumps(ties))  # noqa: S301 - our own bytes
        assert ties.to_dicts() == again.to_dicts()
        assert ties.to_dicts()[:2] == ties[:2].to_dicts()

    def test_partners_are_seen_from_the_city(self) -> None:
        """Each row has the city of the question, or its part, and then the partner."""
        frame = fc.partnerships_of("Shanghai", include_parts=True).to_polars()
        shanghai = {"cn-shanghai", *(part.id for part in fc.parts_of("Shanghai"))}
        assert set(frame["city"]) <= shanghai
        assert not shanghai & set(frame["partner"])
        assert ["Yokohama", "Osaka"] == frame["partner_name"][:2].to_list()

    @pytest.mark.parametrize("library", ["to_pandas", "to_polars"])
    def test_columns_do_not_depend_on_what_is_found(self, library: str) -> None:
        """An empty answer has the columns of a full one, and one row a result."""
        for full, empty in (
            (fc.partners_of("Shanghai"), fc.partners_of("Shanghai", on=1950)),
            (fc.partnerships_of("Shanghai"), fc.partnerships_of("Shanghai", on=1950)),
            (fc.find_partnerships(), fc.find_partnerships(on=1900)),
            (fc.timeline("Shanghai"), fc.timeline("Shanghai", until=1950)),
            (fc.events(), fc.events_of("Milan")),
        ):
            frames = getattr(full, library)(), getattr(empty, library)()
            assert list(frames[0].columns) == list(frames[1].columns)
            assert [len(full), 0] == list(map(len, frames))

    def test_a_timeline_as_a_frame(self) -> None:
        """Steps have the names of both cities and days as dates."""
        frame = fc.timeline("Dunedin").to_pandas()
        row = frame.iloc[0]
        assert ("Dunedin", "Shanghai", 1) == (row["name"], row["partner_name"], row["position"])
        assert pd.Timestamp(1994, 10, 21) == row["date_first"]
        assert date(1994, 10, 21) == fc.timeline("Dunedin").to_polars()["date_last"][0]
        assert pl.Boolean == fc.timeline("Dunedin").to_polars()["disputed"].dtype


class TestDatasets:
    """``Dataset.to_dict`` and ``Dataset.from_dict``."""

    def test_the_values_are_those_of_the_saved_file(self, tmp_path: Any) -> None:
        """They are the JSON of the file, and are read as the same dataset."""
        FROZEN.save(tmp_path / "saved.json")
        plain = FROZEN.to_dict()
        assert plain == json.loads((tmp_path / "saved.json").read_bytes())
        assert FROZEN == fc.Dataset.from_dict(plain)
        assert {"friendcities": 1} == fc.Dataset().to_dict()

    def test_a_base(self) -> None:
        """The values may refer to records of a base, as those of a file."""
        tie = a_tie("fr-a", "nz-dunedin")
        plain = fc.Dataset([a_city("fr-a"), *fc.dataset().extract([fc.city("Dunedin")]), tie]).to_dict()
        del plain["cities"]["nz-dunedin"]
        with pytest.raises(fc.DataError, match="there is no city 'nz-dunedin'"):
            fc.Dataset.from_dict(plain)
        assert ["fr-a"] == [city.id for city in fc.Dataset.from_dict(plain, base=FROZEN).partners_of("Dunedin")][:1]

    def test_every_problem_is_reported(self) -> None:
        """Problems are those of a file: all at once, each with its field."""
        city = {"name": "A", "country": "FR", "level": "twon"}
        plain = {"friendcities": 1, "cities": {"fr-a": city, "fr-b": {"name": 1}}, "towns": {}}
        with pytest.raises(fc.DataError) as caught:
            fc.Dataset.from_dict(plain)
        fields = [problem.field for problem in caught.value.problems]
        assert ["cities.fr-a.level", "cities.fr-b.country", "cities.fr-b.level", "cities.fr-b.name", "towns"] == sorted(
            fields
        )

    def test_two_records_of_one_pair(self) -> None:
        """A broken reference names the place of the record."""
        plain = {"friendcities": 1, "partnerships": {"fr-a--it-b": {"steps": [{"action": "listed"}]}}}
        with pytest.raises(fc.DataError, match=r"partnerships\.fr-a--it-b"):
            fc.Dataset.from_dict(plain)

    @pytest.mark.parametrize("value", [None, [], "{}"])
    def test_anything_else_is_refused(self, value: Any) -> None:
        """The argument is a mapping."""
        with pytest.raises(fc.InvalidQueryError, match=r"expected a mapping that to_dict\(\) returned"):
            fc.Dataset.from_dict(value)
        with pytest.raises(fc.DataError, match=r"this is not a dataset in format 1"):
            fc.Dataset.from_dict({"cities": {}})
