"""The dataset: records by id, and the questions it answers."""

import copy
import pickle
import shlex
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import friendcities as fc
from friendcities import (
    City,
    CityId,
    Dataset,
    Event,
    EventId,
    InvalidQueryError,
    PartialDate,
    Period,
    SourceKind,
    UnknownCityError,
    UnknownPartnershipError,
    UnknownRecordError,
)
from tests.worlds import a_city, a_name, a_source, a_step, a_tie, changed, denial, told

ARTICLE = "shine-2023-12-02"


def names(cities: tuple[City, ...]) -> list[str]:
    """The names of cities."""
    return [city.name for city in cities]


WORLD = Dataset(
    [
        a_city("aa-hub", "Hub"),
        a_city("aa-hub-east", "Hub East", part_of=CityId("aa-hub"), level=fc.Level.DISTRICT),
        a_city("aa-hub-east-old", "Hub Old Town", part_of=CityId("aa-hub-east"), level=fc.Level.TOWN),
        a_city("bb-early", "Early"),
        a_city("bb-late", "Late"),
        a_city("cc-undated", "Undated"),
        a_city("cc-also-undated", "Also Undated"),
        a_city("dd-wished", "Wished"),
        a_city("dd-over", "Over"),
        a_city("dd-lonely", "Lonely"),
        a_source("gazette", "2001"),
        a_source("list", "2010-06", SourceKind.DATABASE),
        a_source("hub-council", "2015", SourceKind.CITY_GOVERNMENT, "aa-hub"),
        a_tie("aa-hub", "bb-late", a_step("1999", told("gazette", "action", "kind", date=PartialDate(1998)))),
        a_tie("aa-hub", "bb-early", a_step("1980-05", told("hub-council", "date", "action"), denial("gazette"))),
        a_tie("aa-hub", "cc-undated", a_step(None, told("list", "action"), action="listed", kind="unspecified")),
        a_tie("aa-hub", "cc-also-undated", a_step(None, told("gazette", "action"), kind="friendship_city")),
        a_tie("aa-hub", "dd-wished", a_step("2000", action="proposed")),
        a_tie("aa-hub", "dd-over", a_step("1970"), a_step("2005-03", action="ended", kind="unspecified")),
        a_tie("aa-hub-east", "bb-early", a_step("1975")),
        a_tie("aa-hub-east-old", "dd-lonely", a_step("1960")),
        a_tie("aa-hub-east", "aa-hub", a_step("1950")),
    ]
)
OWN = ["Hub East", "Early", "Late", "Also Undated", "Undated"]


def test_partners_come_in_order() -> None:
    """The earliest partnership first, undated ones last, then by the partner's name; active ones alone."""
    assert OWN == names(WORLD.partners_of("Hub"))


def test_partnerships_answer_as_partners_do() -> None:
    """The two questions let the same partnerships through, in the same order."""
    hub = WORLD.city("Hub").id
    told_by_ties = [WORLD.city(tie.partner_of(hub)).name for tie in WORLD.partnerships_of("Hub")]

    assert OWN == told_by_ties


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("active", OWN),
        ("proposed", ["Wished"]),
        ("ended", ["Over"]),
        ("suspended", []),
        (fc.Status.ENDED, ["Over"]),
        (("ended", "proposed"), ["Over", "Wished"]),
        ("any", ["Hub East", "Over", "Early", "Late", "Wished", "Also Undated", "Undated"]),
    ],
)
def test_status_chooses_how_the_partnership_stands(status: fc.Status, expected: list[str]) -> None:
    """By default what is active; one status or several; 'any' for all."""
    assert expected == names(WORLD.partners_of("Hub", status=status))


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("1949", []),
        ("1950", ["Hub East"]),
        ("1970", ["Hub East", "Over"]),
        ("1980-04-30", ["Hub East", "Over"]),
        ("1980-05-30", ["Hub East", "Over"]),
        ("1980-05-31", ["Hub East", "Over", "Early"]),
        ("1980-05", ["Hub East", "Over", "Early"]),
        ("1980", ["Hub East", "Over", "Early"]),
        ("1999-12-30", ["Hub East", "Over", "Early"]),
        (PartialDate(1999), ["Hub East", "Over", "Early", "Late"]),
        (date(1999, 12, 31), ["Hub East", "Over", "Early", "Late"]),
        (datetime(1999, 12, 31, 12, 0), ["Hub East", "Over", "Early", "Late"]),  # noqa: DTZ001 - a date is all it is
        ("2001", ["Hub East", "Over", "Early", "Late", "Also Undated"]),
        ("2005-03", ["Hub East", "Early", "Late", "Also Undated"]),
        ("2010-06-29", ["Hub East", "Early", "Late", "Also Undated"]),
        ("2010-06-30", OWN),
        ("9999", OWN),
    ],
)
def test_on_asks_for_the_end_of_a_date(on: fc.DateLike, expected: list[str]) -> None:
    """A step counts from the last day of its date; an undated one from the earliest state its sources describe."""
    assert expected == names(WORLD.partners_of("Hub", on=on))


@pytest.mark.parametrize(
    ("on", "expected"),
    [("1969", []), ("1970", ["Over"]), ("2000", ["Over", "Wished"]), ("2005-04", ["Over", "Wished"])],
)
def test_any_status_on_a_date_is_what_had_begun(on: str, expected: list[str]) -> None:
    """Whatever the status: what had not been shown to begin by then has none."""
    assert expected == names(WORLD.partners_of("Hub", on=on, status="any", country="DD"))


@pytest.mark.parametrize("on", ["1994-13", "the 21st of October", "", "19940101", 850, True, [], float("nan"), b"94"])
def test_what_is_no_date_is_refused(on: str) -> None:
    """A question about no date is refused, with the dates that there are."""
    with pytest.raises(InvalidQueryError, match=r"^invalid date |^the date 1994-13 does not exist;") as caught:
        WORLD.partners_of("Hub", on=on)

    assert on is caught.value.query


def test_source_rebuilds_history_from_one_source_alone() -> None:
    """Only what the source says, with its own dates; what it denies or is silent about is not there."""
    [late, also] = WORLD.partnerships_of("Hub", source="gazette")

    assert (PartialDate(1998), None) == (late.established, also.established)
    assert ["Late"] == names(WORLD.partners_of("Hub", source="gazette", on="1998"))
    assert [] == names(WORLD.partners_of("Hub", source="gazette", on="1997"))


def test_source_takes_the_source_itself() -> None:
    """A Source does as well as its id."""
    assert ["Early"] == names(WORLD.partners_of("Hub", source=WORLD.source("hub-council")))


@pytest.mark.parametrize("source", ["gazzette", "", 5, []])
def test_an_unknown_source_is_an_error(source: str) -> None:
    """A source that is not on record raises, with the ids that come near."""
    with pytest.raises(UnknownRecordError, match="there is no source") as caught:
        WORLD.partners_of("Hub", source=source)

    assert (("gazette",) if source == "gazzette" else ()) == caught.value.candidates


@pytest.mark.parametrize(
    ("city", "expected"),
    [
        ("Hub", ["Lonely", "Early", "Late", "Also Undated", "Undated"]),
        ("Hub East", ["Hub", "Lonely", "Early"]),
        ("Hub Old Town", ["Lonely"]),
        ("Early", ["Hub East", "Hub"]),
    ],
)
def test_include_parts_adds_the_partners_of_districts(city: str, expected: list[str]) -> None:
    """The partners of parts, and of theirs, each once, in one order; what ties a city to its own part is left out."""
    assert expected == names(WORLD.partners_of(city, include_parts=True))


def test_include_parts_keeps_each_partnership() -> None:
    """A partner that both the city and its part have is one partner, with two partnerships."""
    ties = [tie.id for tie in WORLD.partnerships_of("Hub", include_parts=True, country="BB")]

    assert ["aa-hub-east--bb-early", "aa-hub--bb-early", "aa-hub--bb-late"] == ties


def test_without_parts_partners_are_mutual() -> None:
    """A city is a partner of its partners, whatever its parts have."""
    for city in WORLD.cities():
        for partner in WORLD.partners_of(city, status="any"):
            assert city in WORLD.partners_of(partner, status="any")


def test_parts_of_a_city_are_all_the_way_down() -> None:
    """The parts and their parts, by id; none where there is none."""
    assert ["Hub East", "Hub Old Town"] == names(WORLD.parts_of("Hub"))
    assert () == WORLD.parts_of("Late")


def test_partnership_between_is_exactly_one_whatever_its_status() -> None:
    """The order of the two does not matter, nor does the status; cities may be named or given."""
    tie = WORLD.partnership_between("Hub", "Over")

    assert fc.Status.ENDED is tie.state.status
    assert tie is WORLD.partnership_between(WORLD.city("dd-over"), "aa-hub")


def test_common_partners_of_one_city() -> None:
    """Two names of one city are an error."""
    message = r"^the two cities are the same: Hub \(aa-hub\); expected two different cities$"
    with pytest.raises(InvalidQueryError, match=message):
        WORLD.common_partners("Hub", "aa-hub")


def test_partnership_between_takes_a_source() -> None:
    """The partnership as one source tells it, or an error that names the source."""
    assert PartialDate(1998) == WORLD.partnership_between("Late", "Hub", source="gazette").established
    with pytest.raises(
        UnknownPartnershipError, match="Early and Hub have no partnership on record according to gazette"
    ):
        WORLD.partnership_between("Early", "Hub", source="gazette")


def test_no_partnership_between_says_what_their_parts_have() -> None:
    """Where only parts have one, the error names those."""
    with pytest.raises(UnknownPartnershipError) as caught:
        WORLD.partnership_between("Lonely", "Hub")

    assert (WORLD.partnership_between("Lonely", "Hub Old Town"),) == caught.value.candidates
    assert ("Lonely", "Hub") == caught.value.query
    assert str(caught.value).endswith(
        "but parts of these cities have partnerships: Hub Old Town and Lonely; pass one of these pairs"
    )


@pytest.mark.parametrize("other", ["Late", "Early"])
def test_no_partnership_at_all_says_what_to_do(other: str) -> None:
    """Where there is nothing, not even of a city with itself, the error says where to look."""
    with pytest.raises(
        UnknownPartnershipError,
        match=r"no partnership on record; list the partnerships of Late with partnerships_of\('bb-late'\)",
    ) as caught:
        WORLD.partnership_between("Late", other)

    assert () == caught.value.candidates
    assert caught.value.shell_message.endswith("; list the partners of Late with: friendcities partners bb-late")


def test_the_timeline_is_every_step_in_order() -> None:
    """Each step of each partnership, whatever its status, the earliest first and undated ones last."""
    told_ = [(str(entry.date), entry.partner.name, entry.step.action.value) for entry in WORLD.timeline("Hub")]

    assert [
        ("1950", "Hub East", "established"),
        ("1970", "Over", "established"),
        ("1980-05", "Early", "established"),
        ("1999", "Late", "established"),
        ("2000", "Wished", "proposed"),
        ("2005-03", "Over", "ended"),
        ("None", "Also Undated", "established"),
        ("None", "Undated", "listed"),
    ] == told_


def test_the_timeline_may_include_parts() -> None:
    """With parts, their steps too, each with its partnership."""
    first, *_ = WORLD.timeline("Hub", include_parts=True)

    assert ("Lonely", "aa-hub-east-old--dd-lonely") == (first.partner.name, first.partnership.id)


@pytest.mark.parametrize(
    "ask",
    [
        Dataset.partners_of,
        Dataset.partnerships_of,
        Dataset.timeline,
        Dataset.memoranda_of,
        Dataset.officials_of,
        Dataset.statistics_of,
        Dataset.events_of,
        Dataset.cooperations_of,
    ],
)
def test_plurals_of_nothing_are_empty_tuples(ask: object) -> None:
    """A city of which nothing is on record has nothing: that is no error."""
    assert callable(ask)
    assert () == ask(Dataset([a_city("aa-x", "X")]), "X", include_parts=True)


@pytest.mark.parametrize(
    ("ask", "expected"),
    [
        (fc.memoranda_of, ["nz-dunedin-delegation-2023"]),
        (fc.officials_of, ["nz-jules-radich"]),
        (fc.statistics_of, []),
        (fc.events_of, ["2023-shanghai-friendship-cities-forum"]),
    ],
)
def test_what_is_of_a_city(ask: object, expected: list[str]) -> None:
    """Memoranda, officials, statistics and events of a city: those in which it has a part."""
    assert callable(ask)
    assert expected == [record.id for record in ask("Dunedin")]


def test_what_is_of_a_city_may_include_its_parts() -> None:
    """The officials and cooperations of districts are those of the city only where that is asked for."""
    district = "bf-yoma-etienne-bako"

    assert [] == [each.id for each in fc.officials_of("Bobo-Dioulasso")]
    assert [district] == [each.id for each in fc.officials_of("Bobo-Dioulasso", include_parts=True)]
    with_parts = {each.id for each in fc.cooperations_of("Shanghai", include_parts=True)}
    assert {"pudong-dunedin-electric-buses"} == with_parts - {each.id for each in fc.cooperations_of("Shanghai")}


def test_statistics_may_be_of_one_measure() -> None:
    """A measure chooses; without one all are there, by measure and then by period."""
    expected = ["actual_foreign_investment", "actual_foreign_investment", "new_foreign_ventures"]

    assert expected == [each.measure for each in fc.statistics_of("Shanghai")]
    assert ["new_foreign_ventures"] == [
        each.measure for each in fc.statistics_of("Shanghai", measure="new_foreign_ventures")
    ]


@pytest.mark.parametrize(
    ("dataset", "listed"),
    [
        (fc.dataset(), "expected one of 'actual_foreign_investment', 'new_foreign_ventures'"),
        (Dataset([a_city("cn-shanghai")]), "this dataset contains no statistics"),
    ],
    ids=["bundled", "empty"],
)
def test_a_measure_that_nobody_measured_is_refused(dataset: Dataset, listed: str) -> None:
    """A measure that is not on record is refused, with those that are."""
    with pytest.raises(InvalidQueryError, match=f"invalid measure 'gdp'; {listed}"):
        dataset.statistics_of("Shanghai", measure="gdp")


def test_the_sources_of_a_city_are_those_behind_all_that_is_on_record() -> None:
    """The sources of the city itself, its partnerships and what came of them, by id, each once."""
    found = [source.id for source in fc.sources_of("Dunedin")]

    assert sorted(set(found)) == found
    assert {ARTICLE, "shanghai-fao-2012-09-24", "geonames", "xinhua-2023-12-02"} <= set(found)
    assert "natural-earth-4-0-0" not in found


@pytest.mark.parametrize(
    ("one", "every"),
    [
        (fc.memorandum, fc.memoranda),
        (fc.official, fc.officials),
        (fc.statistic, fc.statistics),
        (fc.event, fc.events),
        (fc.cooperation, fc.cooperations),
        (fc.source, fc.sources),
        (fc.city, fc.cities),
    ],
)
def test_each_record_is_found_by_its_id(one: object, every: object) -> None:
    """Singulars return exactly the record of that id; plurals return every one, each once."""
    assert callable(one)
    assert callable(every)
    found = every()
    assert found
    assert list(found) == [one(record.id) for record in found]


@pytest.mark.parametrize(
    ("id_", "hint"),
    [
        ("nz-jules-radisch", "did you mean 'nz-jules-radich'?"),
        ("Atlantis", "pass an exact id"),
        (None, "pass an exact id"),
        ([], "pass an exact id"),
    ],
)
def test_an_unknown_id_is_an_error_with_what_comes_near(id_: str, hint: str) -> None:
    """Ids are exact; a miss raises and says which id comes near."""
    with pytest.raises(UnknownRecordError) as caught:
        fc.official(id_)

    assert str(caught.value).startswith("there is no official ")
    assert str(caught.value).endswith(f"; {hint}")
    assert id_ is caught.value.query
    assert isinstance(caught.value, LookupError)


def test_undated_records_come_last() -> None:
    """Events, memoranda and statistics whose date no source gives stand behind the dated ones."""
    undated = Event(id=EventId("a"), name="A", period=Period(wording="Friday"), place=CityId("aa-x"))
    dated = changed(undated, id=EventId("z"), period=Period(start=PartialDate(2000)))

    assert ["z", "a"] == [event.id for event in Dataset([undated, dated, a_city("aa-x")]).events()]
    assert min(each.signed for each in fc.memoranda() if each.signed) == fc.memoranda()[0].signed
    assert ["2023", "None", "2023-01"] == [str(each.period.start) for each in fc.statistics()]


def test_a_dataset_is_its_records() -> None:
    """It holds each record once, in the order of the types and then of ids; equal records make equal datasets."""
    again = Dataset(reversed(list(WORLD)))

    assert 22 == len(WORLD) == len(list(WORLD))
    assert list(WORLD) == list(again)
    assert again == WORLD
    assert Dataset() != WORLD
    assert WORLD != list(WORLD)
    assert (
        "<Dataset: 10 cities, 9 partnerships, 0 memoranda, 0 officials, 0 statistics, 0 events, 0 cooperations, "
        "0 coverage, 3 sources>"
    ) == repr(WORLD)


@pytest.mark.parametrize("name", ["_records", "cities", "anything"])
def test_a_dataset_cannot_be_changed(name: str) -> None:
    """No attribute can be set, and nothing that it gives can be changed, so nothing need be copied."""
    with pytest.raises(AttributeError, match="a Dataset is immutable"):
        setattr(WORLD, name, ())
    with pytest.raises(TypeError, match="unhashable"):
        hash(WORLD)
    with pytest.raises(AttributeError):
        WORLD.city("Hub").name = "Bub"  # type: ignore[misc]


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda each: pickle.loads(pickle.dumps(each))])  # noqa: S301
def test_a_dataset_travels(again: object) -> None:
    """A dataset that was copied or pickled is equal and answers alike, sources at hand."""
    assert callable(again)
    other = again(WORLD)

    assert other == WORLD
    assert names(other.partners_of("Hub", on="2001")) == names(WORLD.partners_of("Hub", on="2001"))
    assert fc.Reliability.OFFICIAL is other.partnership_between("Hub", "Early").reliability


@pytest.mark.parametrize("other", ["x", None, a_step("1990"), City])
def test_what_is_no_record_is_refused(other: City) -> None:
    """A dataset holds records, and says so."""
    with pytest.raises(InvalidQueryError, match=r"^invalid record .*; expected one of City, Partnership, ") as caught:
        Dataset([other])

    assert other is caught.value.query


def test_answers_do_not_repeat() -> None:
    """Plurals return tuples without repeats."""
    for ask in (WORLD.partners_of, WORLD.partnerships_of):
        answer = ask("Hub", status="any", include_parts=True)
        assert isinstance(answer, tuple)
        assert len(answer) == len(set(answer))


def test_two_homonyms_are_two_partners() -> None:
    """Partners of one name stay two, ordered by id where nothing else tells them apart."""
    world = Dataset(
        [
            a_city("aa-hub"),
            a_city("us-ma-springfield", "Springfield"),
            a_city("us-il-springfield", "Springfield", a_name("Chicago")),
            a_tie("aa-hub", "us-ma-springfield"),
            a_tie("aa-hub", "us-il-springfield"),
        ]
    )

    assert ["us-il-springfield", "us-ma-springfield"] == [city.id for city in world.partners_of("aa-hub")]
    assert 2 == len(world.timeline("aa-hub"))


def test_the_city_asked_may_be_any_text_or_city() -> None:
    """Text, text of a class of its own, and a City ask the same."""

    class Text(str):
        __slots__ = ()

    expected = WORLD.partners_of("Hub")

    assert expected == WORLD.partners_of(Text("hub")) == WORLD.partners_of(WORLD.city("Hub"))
    with pytest.raises(UnknownCityError):
        WORLD.partners_of(Text("Nowhere"))


def test_the_steps_of_one_partnership_keep_their_order() -> None:
    """A coarse date behind a finer one stays behind it: the order of the steps is on record."""
    world = Dataset(
        [
            a_city("aa-hub", "Hub"),
            a_city("bb-early", "Early"),
            a_city("bb-late", "Late"),
            a_tie(
                "aa-hub", "bb-early", a_step("1994-06"), a_step("1994", action="renewed"), a_step(None, action="ended")
            ),
            a_tie("aa-hub", "bb-late", a_step("1993"), a_step("1995", action="ended")),
        ]
    )

    assert [
        ("1993", "established"),
        ("1994-06", "established"),
        ("1994", "renewed"),
        ("1995", "ended"),
        ("None", "ended"),
    ] == [(str(entry.date), entry.step.action.value) for entry in world.timeline("Hub")]


@pytest.mark.parametrize("name", ["_records", "_index"])
def test_nothing_of_a_dataset_can_be_deleted(name: str) -> None:
    """No attribute can be deleted, and after the attempt the dataset answers as before."""
    world = Dataset(WORLD)
    with pytest.raises(AttributeError):
        delattr(world, name)

    assert OWN == names(world.partners_of("Hub"))


@pytest.mark.parametrize("records", [None, 5, True])
def test_what_holds_no_records_is_refused(records: Any) -> None:
    """A dataset is made of several records, and says so."""
    with pytest.raises(InvalidQueryError) as caught:
        Dataset(records)

    assert records is caught.value.query


def test_the_sources_of_a_city_may_include_those_of_its_parts() -> None:
    """With parts, the sources behind what is on record about them, and behind what ties them to the city itself."""
    place, part = a_city("aa-x", "X"), a_city("aa-x-part", "Part", part_of=CityId("aa-x"))
    inner = a_tie("aa-x", "aa-x-part", a_step("1990", told("inner", "date")))
    outer = a_tie("aa-x-part", "bb-y", a_step("1990", told("outer", "date")))
    office = fc.Office(title="mayor", city=part.id)
    mayor = fc.Official(id=fc.OfficialId("a"), name="A", offices=(office,), evidence=(told("paper", "name"),))
    sources = map(a_source, ("inner", "outer", "paper", "other"))
    world = Dataset([place, part, a_city("bb-y"), inner, outer, mayor, *sources])

    assert ["inner"] == [source.id for source in world.sources_of("X")]
    assert ["inner", "outer", "paper"] == [source.id for source in world.sources_of("X", include_parts=True)]
    with pytest.raises(InvalidQueryError):
        world.sources_of("X", include_parts="yes")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ask", "every"),
    [
        (fc.memoranda_of, fc.memoranda),
        (fc.officials_of, fc.officials),
        (fc.events_of, fc.events),
        (fc.cooperations_of, fc.cooperations),
    ],
)
def test_what_is_of_a_city_is_what_names_it(ask: Any, every: Any) -> None:
    """For every city: the records that name it, or its parts, each once, in the order of all of them."""
    for city in fc.cities():
        ids = {city.id, *(part.id for part in fc.parts_of(city))}
        assert [each for each in every() if city.id in each.cities] == list(ask(city))
        assert [each for each in every() if ids & set(each.cities)] == list(ask(city, include_parts=True))


def test_a_measure_that_is_another_citys_is_not_refused() -> None:
    """A measure that is on record, though not of this city, has no statistics."""
    assert () == fc.statistics_of("Dunedin", measure="new_foreign_ventures")


class TestUninstalled:
    """The error for a dataset that is not installed."""

    @pytest.mark.parametrize(
        ("name", "options"),
        [
            ("wikidata", "wikidata --contact you@example.org"),
            ("wikidata-q64", "wikidata --city Q64 --contact you@example.org"),
            ("wikidata-nz", "wikidata --country NZ --contact you@example.org"),
            ("world", "world"),
        ],
    )
    def test_the_hint_downloads_this_dataset(self, name: str, options: str) -> None:
        """The command of the hint installs a dataset with the name that was given."""
        with pytest.raises(fc.InvalidQueryError) as caught:
            fc.Dataset.load_installed(name)

        assert f"install it in a shell: friendcities download {options}" == caught.value.hint
        assert caught.value.shell_message.endswith(f"; install the dataset: friendcities download {options}")

    def test_a_file_in_place_of_a_name(self, tmp_path: Path) -> None:
        """The error for the path of a file names the option for files."""
        file = tmp_path / "both.json"
        file.touch()
        with pytest.raises(fc.InvalidQueryError) as caught:
            fc.Dataset.load_installed(str(file))

        assert "load the file with Dataset.load" == caught.value.hint
        assert caught.value.shell_message.endswith(f"; query the file with --overlay {shlex.quote(str(file))}")
