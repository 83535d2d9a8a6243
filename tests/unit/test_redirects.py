"""Ids that moved: how they are read, where they lead, and that whatever takes an id takes an old one too."""

import copy
import json
import pickle
from pathlib import Path
from typing import Any, Final

import pytest

import friendcities as fc
from friendcities import (
    City,
    DataError,
    Dataset,
    InvalidRecordError,
    Official,
    Partnership,
    Problem,
    Source,
    UnknownCityError,
    UnknownRecordError,
)
from friendcities.codec.bundle import read_bundle
from friendcities.codec.writer import encode
from friendcities.datasets.dataset import compile_dataset, make_dataset
from friendcities.datasets.folder import record_path
from friendcities.datasets.redirects import (
    NO_REDIRECTS,
    Redirects,
    broken_redirects,
    overlay_redirects,
    parse_redirects,
    redirects_to_plain,
)
from friendcities.model import RECORD_TYPES, AnyRecord
from tests.worlds import a_city, a_source, a_step, a_tie, told

MOVED: Final = {
    "cities": {"nz-otepoti": "nz-dunedin", "cn-hudu": "cn-shanghai"},
    "partnerships": {"cn-hudu--nz-otepoti": "cn-shanghai--nz-dunedin"},
    "officials": {"old-mayor": "mayor"},
    "sources": {"gazette": "gazette-1994"},
}
MAYOR: Final = Official(
    id="mayor",  # type: ignore[arg-type]
    name="Mayor",
    offices=(fc.Office(title="mayor", city=fc.CityId("nz-dunedin")),),
)
RECORDS: Final[list[AnyRecord]] = [
    a_city("cn-shanghai", "Shanghai"),
    a_city("nz-dunedin", "Dunedin"),
    a_city("nz-suburb", "Suburb", part_of="nz-dunedin"),
    a_source("gazette-1994"),
    MAYOR,
    a_tie("cn-shanghai", "nz-dunedin", a_step("1994", told("gazette-1994", "action"))),
]


def written(root: Path, records: list[AnyRecord] = RECORDS, moved: Any = MOVED) -> Path:
    """A folder of records and of ids that moved."""
    for record in records:
        path = root / record_path(record)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(encode(record), "utf-8")
    (root / "redirects.json").write_text(json.dumps(moved, indent=2), "utf-8")
    return root


@pytest.fixture
def world(tmp_path: Path) -> Dataset:
    """A small world, in which ids of several types moved."""
    return Dataset.load(written(tmp_path / "world"))


def problems_of(root: Path, base: Dataset | None = None) -> list[Problem]:
    """All that is wrong with a folder or file."""
    with pytest.raises(DataError) as caught:
        Dataset.load(root, base=base)
    return list(caught.value.problems)


class TestReading:
    """What stands in ``redirects.json``."""

    def test_redirects_are_read_by_type(self) -> None:
        """Folders stand for types; those without an id that moved are left out."""
        assert {
            City: {"nz-otepoti": "nz-dunedin", "cn-hudu": "cn-shanghai"},
            Partnership: {"cn-hudu--nz-otepoti": "cn-shanghai--nz-dunedin"},
            Official: {"old-mayor": "mayor"},
            Source: {"gazette": "gazette-1994"},
        } == parse_redirects({**MOVED, "events": {}})
        assert {} == parse_redirects({})

    def test_redirects_are_written_in_one_order(self) -> None:
        """The types in their order, the ids in theirs, and nothing that is empty."""
        plain = redirects_to_plain({Source: {}, **dict(reversed([*parse_redirects(MOVED).items()]))})

        assert ["cities", "partnerships", "officials", "sources"] == list(plain)
        assert ["cn-hudu", "nz-otepoti"] == list(plain["cities"])
        assert MOVED == plain

    @pytest.mark.parametrize("plain", [None, [], "cities", 5, True], ids=repr)
    def test_what_is_no_object_is_refused(self, plain: Any) -> None:
        """The whole has the wrong type."""
        with pytest.raises(InvalidRecordError) as caught:
            parse_redirects(plain)

        [problem] = caught.value.problems
        assert ("redirect", "", f"invalid value {plain!r}") == (problem.rule, problem.field, problem.message)

    @pytest.mark.parametrize(
        ("plain", "field", "what"),
        [
            ({"city": {}}, "city", "unknown record type"),
            ({"cities": []}, "cities", "invalid value []"),
            ({"cities": {"nz-a": None}}, "cities.nz-a", "invalid pair of ids 'nz-a': None"),
            ({"cities": {"nz-a": ["nz-b"]}}, "cities.nz-a", "invalid pair of ids 'nz-a': ['nz-b']"),
            ({"cities": {"NZ-A": "nz-b"}}, "cities.NZ-A", "invalid pair of ids 'NZ-A': 'nz-b'"),
            ({"cities": {"nz-a": "nz b"}}, "cities.nz-a", "invalid pair of ids 'nz-a': 'nz b'"),
            ({"cities": {"nz-a": "dunedin"}}, "cities.nz-a", "invalid pair of ids 'nz-a': 'dunedin'"),
            ({"cities": {"nz--a": "nz-b"}}, "cities.nz--a", "invalid pair of ids 'nz--a': 'nz-b'"),
            ({"cities": {"": "nz-b"}}, "cities.", "invalid pair of ids '': 'nz-b'"),
            ({"sources": {"a--b": "c"}}, "sources.a--b", "invalid pair of ids 'a--b': 'c'"),
            ({"partnerships": {"aa-a": "aa-b"}}, "partnerships.aa-a", "invalid pair of ids 'aa-a': 'aa-b'"),
            ({"partnerships": {"bb-b--aa-a": "aa-a--bb-c"}}, "partnerships.bb-b--aa-a", None),
            ({"partnerships": {"aa-a--bb-b": "aa-a--aa-a"}}, "partnerships.aa-a--bb-b", None),
        ],
    )
    def test_what_has_another_shape_is_named(self, plain: Any, field: str, what: str | None) -> None:
        """A folder that stands for no type, and an invalid pair of ids of that type."""
        with pytest.raises(InvalidRecordError) as caught:
            parse_redirects(plain)

        [problem] = caught.value.problems
        assert ("redirect", field) == (problem.rule, problem.field)
        assert what in {None, problem.message}
        assert problem.expected

    def test_all_that_is_wrong_is_told_at_once_with_its_place(self, tmp_path: Path) -> None:
        """Malformed redirects are problems of their file, beside those of the records."""
        written(tmp_path, [a_city("nz-a")], {"city": {}, "cities": {"nz-b": 5}})
        (tmp_path / "cities" / "nz" / "nz-broken.json").write_text("{", "utf-8")
        path = str(tmp_path / "redirects.json")

        broken, *found = problems_of(tmp_path)

        assert "json-syntax" == broken.rule
        assert [(path, 2, 3, "city"), (path, 4, 5, "cities.nz-b")] == [
            (problem.path, problem.line, problem.column, problem.field) for problem in found
        ]

    @pytest.mark.parametrize(
        ("text", "rule"),
        [
            (b"{", "json-syntax"),
            (b"\xff", "encoding"),
            (b'{"cities": {"nz-b": "nz-a", "nz-b": "nz-a"}}', "repeated-key"),
            (b"", "json-syntax"),
        ],
    )
    def test_a_file_that_is_none_is_a_problem(self, tmp_path: Path, text: bytes, rule: str) -> None:
        """What is wrong with any file is wrong with this one."""
        (written(tmp_path, [a_city("nz-a")]) / "redirects.json").write_bytes(text)

        [problem] = problems_of(tmp_path)

        assert (str(tmp_path / "redirects.json"), rule) == (problem.path, problem.rule)
        assert problem.line


class TestBroken:
    """Redirects that do not lead straight from an id no record has to one that a record has."""

    @pytest.mark.parametrize(
        ("moved", "what", "mend"),
        [
            (
                {"nz-suburb": "nz-dunedin"},
                "the former id 'nz-suburb' is still used by a city",
                "delete the redirect or the record",
            ),
            (
                {"nz-dunedin": "nz-dunedin"},
                "the former id 'nz-dunedin' is still used by a city",
                "delete the redirect or the record",
            ),
            ({"nz-a": "nz-b"}, "the redirect from 'nz-a' leads to 'nz-b', but there is no such city", ""),
            (
                {"nz-a": "nz-a"},
                "the redirect from 'nz-a' leads to a circle of redirects",
                "",
            ),
        ],
        ids=["still there", "to itself, and there", "nowhere", "to itself"],
    )
    def test_one_that_leads_wrong_is_named(self, tmp_path: Path, moved: dict[str, str], what: str, mend: str) -> None:
        """What it says, where, and what to do about it; the file is that of the redirects."""
        [problem] = problems_of(written(tmp_path, moved={"cities": moved}))

        assert (str(tmp_path / "redirects.json"), "redirect") == (problem.path, problem.rule)
        assert (f"cities.{next(iter(moved))}", what, mend) == (problem.field, problem.message, problem.hint)
        assert problem.expected

    def test_what_is_said_is_said_in_whole_words(self, tmp_path: Path) -> None:
        """Of types that begin with a vowel, too."""
        still, nowhere = problems_of(written(tmp_path, moved={"officials": {"mayor": "x"}, "events": {"x": "y"}}))

        assert "the former id 'mayor' is still used by an official" == still.message
        assert ("the redirect from 'x' leads to 'y', but there is no such event", "the id of an existing event") == (
            nowhere.message,
            nowhere.expected,
        )

    def test_one_that_moved_again_leads_to_where_it_is_now(self, tmp_path: Path) -> None:
        """However often it moved, the last id is the one to write; the last redirect itself is sound."""
        moved = {"nz-a": "nz-b", "nz-b": "nz-c", "nz-c": "nz-dunedin"}

        found = problems_of(written(tmp_path, moved={"cities": moved}))

        assert [("cities.nz-a", "write 'nz-dunedin'"), ("cities.nz-b", "write 'nz-dunedin'")] == [
            (problem.field, problem.hint) for problem in found
        ]
        assert "the redirect from 'nz-a' leads to 'nz-b', but this is also a former id" == found[0].message

    def test_a_way_round_has_no_end_and_none_is_suggested(self, tmp_path: Path) -> None:
        """Each on the round, and each that leads into it, is named."""
        moved = {"nz-a": "nz-b", "nz-b": "nz-a", "nz-c": "nz-a"}

        found = problems_of(written(tmp_path, moved={"cities": moved}))

        assert ["cities.nz-a", "cities.nz-b", "cities.nz-c"] == [problem.field for problem in found]
        assert all(
            problem.message.endswith(" leads to a circle of redirects") and not problem.hint for problem in found
        )

    def test_a_way_ends_at_a_record(self) -> None:
        """What is on record is not followed further, though it be said to have moved."""
        known: dict[type[AnyRecord], set[str]] = {City: {"nz-c", "nz-d"}}
        moved = {"nz-a": "nz-b", "nz-b": "nz-c", "nz-c": "nz-d"}

        found = {each.field: each.hint for each in broken_redirects({City: moved}, known)}

        assert "write 'nz-c'" == found["cities.nz-a"]
        assert "write 'nz-d'" == found["cities.nz-b"]

    def test_sound_ones_are_no_problem(self, world: Dataset) -> None:
        """Ids of other types do not count."""
        known: dict[type[AnyRecord], set[str]] = {cls: set() for cls in RECORD_TYPES.values()}
        for record in world:
            known[type(record)].add(record.id)

        assert [] == list(broken_redirects(world.redirects, known))

    def test_in_a_saved_file_it_is_named_with_its_place(self, tmp_path: Path, world: Dataset) -> None:
        """The redirects of one file stand in it, and the problem says so."""
        path = tmp_path / "saved.json"
        world.save(path)
        bundle = json.loads(path.read_text("utf-8"))
        bundle["redirects"]["cities"]["nz-a"] = "nz-b"
        path.write_text(json.dumps(bundle), "utf-8")

        [problem] = problems_of(path)

        assert (f"{path}: redirects", "cities.nz-a") == (problem.path, problem.field)

    def test_malformed_ones_in_a_saved_file_have_line_and_column(self, tmp_path: Path) -> None:
        """The way starts at the whole file."""
        path = tmp_path / "saved.json"
        path.write_text('{"friendcities": 1,\n "redirects": {"cities": 5}, "citys": {}}', "utf-8")

        found = problems_of(path)

        assert [(2, 16, "redirects.cities"), (2, 30, "citys")] == [
            (each.line, each.column, each.field) for each in found
        ]


class TestAsking:
    """Questions by an old id."""

    @pytest.mark.parametrize("query", ["nz-otepoti", "NZ-Otepoti", " nz-otepoti ", "ＮＺ-otepoti"])
    def test_a_city_is_found_by_an_old_id(self, world: Dataset, query: str) -> None:
        """In any case and width, as by the one it has now."""
        assert "nz-dunedin" == world.city(query).id
        assert "nz-dunedin" == world.find_cities(query)[0].id

    def test_a_city_of_an_old_id_is_the_one_of_today(self, world: Dataset) -> None:
        """A record made from an older version still names its city."""
        old = a_city("nz-otepoti", "Another name")

        assert world.city("Dunedin") is world.city(old)
        assert world.partners_of("nz-dunedin") == world.partners_of(old) == world.partners_of("nz-otepoti")

    def test_every_question_takes_an_old_id(self, world: Dataset) -> None:
        """One that moved answers as the one that it is now."""
        assert world.partnership_between("cn-shanghai", "nz-dunedin") is world.partnership_between(
            "cn-hudu", "nz-otepoti"
        )
        assert (MAYOR,) == world.officials_of("nz-otepoti")
        assert ["nz-suburb"] == [city.id for city in world.parts_of("nz-otepoti")]
        assert ["gazette-1994"] == [source.id for source in world.sources_of("nz-otepoti")]
        assert world.timeline("nz-dunedin") == world.timeline("nz-otepoti") != ()
        assert MAYOR == world.official("old-mayor")
        assert "gazette-1994" == world.source("gazette").id

    @pytest.mark.parametrize("source", ["gazette", a_source("gazette")], ids=["id", "record"])
    def test_a_source_is_named_by_an_old_id(self, world: Dataset, source: str | Source) -> None:
        """Also where it filters."""
        [tie] = world.partnerships_of("nz-dunedin", source=source)

        assert "cn-shanghai--nz-dunedin" == tie.id
        assert tie == world.partnership_between("nz-dunedin", "cn-shanghai", source=source)

    def test_an_old_id_of_another_type_is_none(self, world: Dataset) -> None:
        """A source that moved is no official, and no city."""
        with pytest.raises(UnknownRecordError):
            world.official("gazette")
        with pytest.raises(UnknownRecordError):
            world.source("old-mayor")
        with pytest.raises(UnknownCityError):
            world.city("gazette")

    def test_redirects_can_be_read_and_not_changed(self, world: Dataset) -> None:
        """What was asked for is a view by type, from old ids to new ones."""
        assert parse_redirects(MOVED) == world.redirects
        for frozen in (world.redirects, world.redirects[City]):
            with pytest.raises(TypeError):
                frozen["nz-a"] = "nz-b"  # type: ignore[index]

    def test_without_redirects_there_are_none(self) -> None:
        """A dataset made of records has none."""
        assert {} == Dataset(RECORDS).redirects == NO_REDIRECTS


class TestKeeping:
    """Redirects last."""

    def test_they_are_saved_and_loaded(self, tmp_path: Path, world: Dataset) -> None:
        """A file that was saved has them, in one order, and gives them back."""
        world.save(tmp_path / "one.json")
        again = Dataset.load(tmp_path / "one.json")
        again.save(tmp_path / "two.json")

        assert world == again
        assert MOVED == json.loads((tmp_path / "one.json").read_text("utf-8"))["redirects"]
        assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()

    def test_types_without_any_are_not_kept(self, tmp_path: Path) -> None:
        """A folder that says of a type that nothing moved is the same as one that says nothing."""
        one = Dataset.load(written(tmp_path, moved={"cities": {}, "events": {}}))
        one.save(tmp_path / "saved.json")

        assert one == Dataset(RECORDS) == Dataset.load(tmp_path / "saved.json")
        assert "redirects" not in json.loads((tmp_path / "saved.json").read_text("utf-8"))

    def test_the_bundle_of_the_wheel_has_them(self, world: Dataset) -> None:
        """A compiled dataset, which is read without validation, has them too."""
        trusted = make_dataset(*read_bundle(compile_dataset(world)))

        assert world == trusted
        assert "nz-dunedin" == trusted.city("nz-otepoti").id
        assert MAYOR == trusted.official("old-mayor")

    def test_copies_and_pickles_have_them(self, world: Dataset) -> None:
        """They are the same dataset, and answer alike."""
        for each in (copy.copy(world), copy.deepcopy(world), pickle.loads(pickle.dumps(world))):  # noqa: S301 - our own
            assert world == each
            assert "nz-dunedin" == each.city("nz-otepoti").id
            assert MAYOR == each.official("old-mayor")

    def test_they_are_a_part_of_the_dataset(self, world: Dataset) -> None:
        """Two datasets of the same records whose ids moved from others are not the same."""
        assert world != Dataset(RECORDS)
        assert Dataset(RECORDS) != world


class TestLaidOver:
    """Redirects of a dataset that is laid over another."""

    def test_those_of_both_hold(self, tmp_path: Path, world: Dataset) -> None:
        """An old id of either leads to its record."""
        mine = written(tmp_path / "mine", [a_city("au-perth")], {"cities": {"au-swan-river": "au-perth"}})

        both = Dataset.load(mine, base=world)

        assert ("au-perth", "nz-dunedin") == (both.city("au-swan-river").id, both.city("nz-otepoti").id)
        assert MAYOR == both.official("old-mayor")
        assert "au-swan-river" not in world.redirects[City]

    def test_an_id_that_is_in_use_again_is_what_it_names(self, tmp_path: Path, world: Dataset) -> None:
        """A record laid over has the say over an old id beneath; the other old ids lead where they led."""
        mine = written(tmp_path / "mine", [a_city("nz-otepoti"), a_city("cn-hudu")], {})

        both = Dataset.load(mine, base=world)

        assert "nz-otepoti" == both.city("nz-otepoti").id
        assert City not in both.redirects
        assert {"gazette": "gazette-1994"} == both.redirects[Source]

    def test_what_is_beneath_cannot_move(self, tmp_path: Path, world: Dataset) -> None:
        """A record of the base is still there, and says so; one that leads to an old id there is told the new one."""
        moved = {"nz-suburb": "nz-new", "nz-old": "nz-otepoti"}
        mine = written(tmp_path / "mine", [a_city("nz-new")], {"cities": moved})

        chain, still = sorted(problems_of(mine, world), key=lambda each: each.field)

        assert "the former id 'nz-suburb' is still used by a city" == still.message
        assert "write 'nz-dunedin'" == chain.hint

    @pytest.mark.parametrize(
        ("beneath", "redirects", "expected"),
        [
            ({}, {}, {}),
            ({City: {}}, {Source: {}}, {}),
            ({City: {"nz-a": "nz-b"}}, {City: {"nz-a": "nz-c"}}, {City: {"nz-a": "nz-c"}}),
            ({City: {"nz-known": "nz-b"}}, {}, {}),
            ({}, {City: {"nz-known": "nz-b"}}, {City: {"nz-known": "nz-b"}}),
            ({Source: {"a": "b"}}, {City: {"nz-a": "nz-b"}}, {City: {"nz-a": "nz-b"}, Source: {"a": "b"}}),
        ],
        ids=["none", "empty", "both", "in use", "in use by its own word", "two types"],
    )
    def test_the_upper_has_the_say(self, beneath: Redirects, redirects: Redirects, expected: Redirects) -> None:
        """What is beneath gives way to what lies over it, redirect or record."""
        known: dict[type[AnyRecord], set[str]] = {cls: set() for cls in RECORD_TYPES.values()}
        known[City].add("nz-known")

        assert expected == overlay_redirects(beneath, redirects, known)


class TestReferences:
    """Records that name one that moved."""

    def test_a_reference_to_an_old_id_says_where_it_moved(self, tmp_path: Path) -> None:
        """Records name the ids of today; one that does not is told which it is."""
        suburb = a_city("nz-suburb", "Suburb", part_of="nz-otepoti")
        tie = a_tie("cn-shanghai", "nz-dunedin", a_step("1994", told("gazette", "action")))
        records = [each for each in RECORDS if each.id not in {suburb.id, tie.id}]

        found = problems_of(written(tmp_path, [*records, suburb, tie]))

        assert [
            (
                "unknown-reference",
                "part_of",
                "there is no city 'nz-otepoti'",
                "the record has a new id: write 'nz-dunedin'",
            ),
            (
                "unknown-reference",
                "steps[0].evidence[0].source",
                "there is no source 'gazette'",
                "the record has a new id: write 'gazette-1994'",
            ),
        ] == [(each.rule, each.field, each.message, each.hint) for each in found]
        assert str(tmp_path / record_path(suburb)) == found[0].path

    def test_a_part_may_lead_to_an_old_id_beneath(self, tmp_path: Path, world: Dataset) -> None:
        """The redirects of the base are known to what is laid over it."""
        mine = written(tmp_path / "mine", [a_city("nz-other", part_of="nz-otepoti")], {})

        [problem] = problems_of(mine, world)

        assert "the record has a new id: write 'nz-dunedin'" == problem.hint

    def test_an_old_id_of_another_type_is_not_meant(self, tmp_path: Path) -> None:
        """A city that moved says nothing of a source of that name."""
        tie = a_tie("cn-shanghai", "nz-dunedin", a_step("1994", told("nz-otepoti", "action")))
        records = [each for each in RECORDS if each.id != tie.id]

        [problem] = problems_of(written(tmp_path, [*records, tie]))

        assert "add the source, or fix the id" == problem.hint
