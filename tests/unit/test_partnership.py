"""Partnerships: one pair of cities, its history, and what is derived from that."""

from datetime import date
from typing import Any

import pytest

from friendcities import (
    Evidence,
    FrozenMap,
    InvalidQueryError,
    InvalidRecordError,
    PartialDate,
    Partnership,
    PartnershipKind,
    Reliability,
    Source,
    SourceKind,
    Status,
    Step,
    StepAction,
    UnknownPartnershipError,
    UnknownRecordError,
    parse_city_id,
)
from tests.worlds import changed

O, D = StepAction, PartialDate.parse  # noqa: E741 - a table wants short names
SHANGHAI, DUNEDIN = parse_city_id("cn-shanghai"), parse_city_id("nz-dunedin")


def told(source: str, *supports: str, **says: object) -> Any:
    """What one source tells; where nothing is given, that it happened."""
    made: Any = Evidence
    return made(
        source=source, locator="page 1", supports=supports if says else supports or ("action",), claims=FrozenMap(says)
    )


def denial(source: str) -> Any:
    """Evidence of a source that states that it did not happen."""
    made: Any = Evidence
    return made(source=source, locator="page 1", denies=True)


def step(what: StepAction, day: str | None = None, *evidence: Evidence, **fields: Any) -> Step:
    """One step."""
    return Step(date=None if day is None else D(day), action=what, evidence=evidence, **fields)


def tie(*steps: Step, sources: tuple[Source, ...] = (), **fields: Any) -> Partnership:
    """Shanghai and Dunedin with this history and these sources at hand."""
    made: Any = Partnership
    found: Partnership = made(**{"id": "cn-shanghai--nz-dunedin", "steps": steps} | fields)
    return found.with_sources(FrozenMap({source.id: source for source in sources}))


def source(id_: str, as_of: str, kind: SourceKind = SourceKind.PRESS, *speaks_for: str) -> Source:
    """A source of this date and kind."""
    made: Any = Source
    found: Source = made(id=id_, kind=kind, publisher="P", title="T", as_of=D(as_of), speaks_for=speaks_for)
    return found


def text(day: PartialDate | None) -> str | None:
    """A date as text."""
    return None if day is None else str(day)


def test_it_ties_two_cities() -> None:
    """The id names both, and each is the partner of the other."""
    assert (SHANGHAI, DUNEDIN) == tie(step(O.ESTABLISHED)).cities
    assert DUNEDIN == tie(step(O.ESTABLISHED)).partner_of(SHANGHAI)
    assert SHANGHAI == tie(step(O.ESTABLISHED)).partner_of(DUNEDIN)


def test_a_city_may_be_given_by_the_name_in_its_id() -> None:
    """Case, accents and spaces do not matter; other names, and a name of both cities, are errors."""
    assert DUNEDIN == tie(step(O.ESTABLISHED)).partner_of("Shanghai")
    assert SHANGHAI == tie(step(O.ESTABLISHED)).partner_of("DUNEDIN")
    twins = tie(step(O.ESTABLISHED), id="ca-london--gb-london")
    assert "gb-london" == twins.partner_of("ca-london")
    wrong: Any = 5
    for partnership, name in ((tie(step(O.ESTABLISHED)), "上海"), (tie(step(O.ESTABLISHED)), wrong), (twins, "London")):
        with pytest.raises(UnknownPartnershipError, match=r" of one city of .*; pass '.*' or '.*', or a City"):
            partnership.partner_of(name)


def test_a_third_city_has_no_partner_in_it() -> None:
    """Asked for the partner of another city, it says whose there are."""
    with pytest.raises(UnknownPartnershipError, match=r"pass 'cn-shanghai' or 'nz-dunedin', or a City") as caught:
        tie(step(O.ESTABLISHED)).partner_of(parse_city_id("fr-lyon"))
    assert ("fr-lyon", (SHANGHAI, DUNEDIN)) == (caught.value.query, caught.value.candidates)


@pytest.mark.parametrize(
    ("fields", "field", "what"),
    [
        ({"id": "nz-dunedin--cn-shanghai"}, "id", "the cities in 'nz-dunedin--cn-shanghai' are in the wrong order"),
        ({"id": "dunedin"}, "id", "invalid partnership id 'dunedin'"),
        ({"steps": ()}, "steps", "the list is empty"),
        (
            {"steps": (step(O.ESTABLISHED, "1994"), step(O.ENDED, "1990"))},
            "steps[1].date",
            "the date 1990 is before the date of an earlier step",
        ),
        (
            {"steps": (step(O.ENDED), step(O.PROPOSED, initiator="fr-lyon"))},
            "steps[1].initiator",
            "'fr-lyon' is not one of the two cities",
        ),
        (
            {"steps": (step(O.ENDED, None, told("a", "action"), told("a", initiator="fr-lyon")),)},
            "steps[0].evidence[1].claims.initiator",
            "'fr-lyon' is not one of the two cities",
        ),
        (
            {"steps": (step(O.ENDED, None, told("a", initiator="fr-lyon"), initiator=DUNEDIN),)},
            "steps[0].evidence[0].claims.initiator",
            "'fr-lyon' is not one of the two cities",
        ),
    ],
)
def test_what_no_partnership_can_be(fields: dict[str, Any], field: str, what: str) -> None:
    """The rules of a history, each with the field that breaks it."""
    with pytest.raises(InvalidRecordError) as caught:
        tie(step(O.ESTABLISHED), **fields)
    assert [(field, what)] == [(problem.field, problem.message) for problem in caught.value.problems]


def test_parties_are_not_asked_of_an_id_that_names_none() -> None:
    """With a wrong id nobody is said to be no party."""
    with pytest.raises(InvalidRecordError) as caught:
        tie(step(O.ENDED, initiator="fr-lyon"), id="x")
    assert ["id"] == [problem.field for problem in caught.value.problems]


@pytest.mark.parametrize("by", ["No Id", "lyon"])
def test_who_acted_is_a_city(by: str) -> None:
    """A step names who acted by the id of a city, and the memorandum by its id."""
    with pytest.raises(InvalidRecordError) as caught:
        step(O.ENDED, initiator=by, memorandum="No Id")
    assert ["initiator", "memorandum"] == [problem.field for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("day", "on", "status"),
    [
        ("1994", "1993", None),
        ("1994", "1994-06-01", None),
        ("1994", "1994-11", None),
        ("1994", "1994-12-30", None),
        ("1994", "1994", Status.ACTIVE),
        ("1994", "1994-12", Status.ACTIVE),
        ("1994", "1994-12-31", Status.ACTIVE),
        ("1994", "1995-01-01", Status.ACTIVE),
        ("1994-10-21", "1994-10-20", None),
        ("1994-10-21", "1994-10-21", Status.ACTIVE),
        ("1994-10-21", "1994-10", Status.ACTIVE),
        ("1994-10-21", "1994", Status.ACTIVE),
        ("1994-10", "1994-10-30", None),
        ("1994-10", "1994-10", Status.ACTIVE),
    ],
)
def test_a_step_counts_when_its_last_day_is_not_after_that_of_the_date_asked(
    day: str, on: str, status: Status | None
) -> None:
    """A partnership of 1994 is in force on 1994 and on 1995-01-01, but not shown to be on 1994-06-01."""
    assert status is tie(step(O.ESTABLISHED, day)).at(on).status


@pytest.mark.parametrize("on", [D("1994"), "1994", date(1994, 12, 31)], ids=repr)
def test_a_date_is_asked_for_in_any_form(on: PartialDate | str | date) -> None:
    """A date of ours, text, or a day of the standard library."""
    assert Status.ACTIVE is tie(step(O.ESTABLISHED, "1994")).at(on).status


def test_what_is_no_date_is_not_asked_for() -> None:
    """The error is that of the question."""
    with pytest.raises(InvalidQueryError):
        tie(step(O.ESTABLISHED, "1994")).at("yesterday")


@pytest.mark.parametrize(
    ("evidence", "on", "status"),
    [
        ([told("a")], "2010", None),
        ([told("a")], "2012-06", Status.ACTIVE),
        ([told("a"), told("b")], "2012-06", Status.ACTIVE),
        ([told("b"), told("a")], "2012-05", None),
        ([told("b")], "2012-06", None),
        ([told("b")], "2020", Status.ACTIVE),
        ([told("b"), denial("a")], "2019", None),
        ([denial("a")], "9999", None),
        ([told("b"), told("a", "kind", action=O.RENEWED)], "2012-06", None),
        ([told("b"), told("a", "kind", action=O.RENEWED)], "2020", Status.ACTIVE),
        ([told("a", "kind", action=O.ENDED)], "9999", None),
        ([], "9999", None),
    ],
    ids=[
        "before",
        "since",
        "earliest of two",
        "whatever the order",
        "later one alone",
        "year of it",
        "denied by the earlier",
        "denied",
        "told otherwise by the earlier",
        "told by the later",
        "told otherwise",
        "without evidence",
    ],
)
def test_an_undated_step_counts_from_the_earliest_state_its_sources_describe(
    evidence: list[Evidence], on: str, status: Status | None
) -> None:
    """What a source of June 2012 lists was there in June 2012; one that tells of something else does not show it."""
    at_hand = (source("a", "2012-06"), source("b", "2020"))
    listed = step(O.LISTED, None, *evidence, kind=PartnershipKind.SISTER_CITY)
    assert status is tie(listed, sources=at_hand).at(on).status


def test_a_history_is_asked_date_by_date() -> None:
    """The state at each date is that of the steps that count by then."""
    history = tie(
        step(O.PROPOSED, "1990"),
        step(O.ESTABLISHED, "1994", kind=PartnershipKind.FRIENDSHIP_CITY),
        step(O.UPGRADED, "2000", kind=PartnershipKind.SISTER_CITY),
        step(O.SUSPENDED, "2010"),
        step(O.RESUMED, "2012"),
        step(O.ENDED, "2020-05"),
    )
    asked = ["1989", "1990", "1994", "2000", "2010", "2012", "2020-04", "2020-05", "9999"]
    assert [
        (None, "unspecified", None),
        ("proposed", "unspecified", "1990"),
        ("active", "friendship_city", "1994"),
        ("active", "sister_city", "2000"),
        ("suspended", "sister_city", "2010"),
        ("active", "sister_city", "2012"),
        ("active", "sister_city", "2012"),
        ("ended", "sister_city", "2020-05"),
        ("ended", "sister_city", "2020-05"),
    ] == [(state.status, state.kind, text(state.since)) for state in map(history.at, asked)]
    assert history.state == history.at("9999")
    assert ("1994", "2020-05") == (text(history.established), text(history.ended))


@pytest.mark.parametrize(
    ("steps", "established", "ended"),
    [
        ([step(O.PROPOSED, "1990")], None, None),
        ([step(O.LISTED, "1990")], None, None),
        ([step(O.PROPOSED, "1990"), step(O.ESTABLISHED, "1994")], "1994", None),
        ([step(O.LISTED, "1990"), step(O.RENEWED, "1994")], "1994", None),
        ([step(O.ESTABLISHED), step(O.RENEWED, "1994")], None, None),
        ([step(O.ESTABLISHED, "1990"), step(O.ENDED, "1994")], "1990", "1994"),
        ([step(O.ESTABLISHED, "1990"), step(O.ENDED)], "1990", None),
        (
            [step(O.ESTABLISHED, "1990"), step(O.ENDED, "2000"), step(O.ENDED, "2005", kind=PartnershipKind.CONTACT)],
            "1990",
            "2000",
        ),
        (
            [step(O.ENDED, "2000"), step(O.RESUMED, "2002"), step(O.ENDED, "2005"), step(O.ENDED, "2006")],
            "2002",
            "2005",
        ),
        ([step(O.ESTABLISHED, "1990"), step(O.ENDED, "1994"), step(O.ESTABLISHED, "2000")], "1990", None),
    ],
    ids=str,
)
def test_when_it_came_into_force_and_when_it_ended(
    steps: list[Step], established: str | None, ended: str | None
) -> None:
    """The first time it came into force, whatever the kind; the end only where it stands ended."""
    made = tie(*steps)
    assert (established, ended) == (text(made.established), text(made.ended))


GOVERNMENT, NATION = SourceKind.CITY_GOVERNMENT, SourceKind.NATIONAL_GOVERNMENT


@pytest.mark.parametrize(
    ("sources", "reliability"),
    [
        ([], Reliability.LISTED),
        ([source("a", "2000", SourceKind.ENCYCLOPAEDIA)], Reliability.LISTED),
        ([source("a", "2000", SourceKind.DATABASE)], Reliability.LISTED),
        ([source("a", "2000", SourceKind.SOCIAL_MEDIA)], Reliability.LISTED),
        ([source("a", "2000", SourceKind.OTHER)], Reliability.LISTED),
        ([source("a", "2000", SourceKind.PRESS)], Reliability.REPORTED),
        ([source("a", "2000", SourceKind.STATISTICAL_YEARBOOK)], Reliability.REPORTED),
        ([source("a", "2000", NATION)], Reliability.REPORTED),
        ([source("a", "2000", GOVERNMENT, "fr-lyon")], Reliability.REPORTED),
        ([source("a", "2000", GOVERNMENT, "fr-lyon", DUNEDIN)], Reliability.OFFICIAL),
        ([source("a", "2000", SourceKind.SOCIAL_MEDIA, SHANGHAI)], Reliability.OFFICIAL),
        ([source("a", "2000"), source("b", "2000", SourceKind.DATABASE)], Reliability.REPORTED),
        ([source("a", "2000", SourceKind.DATABASE), source("b", "2000", GOVERNMENT, DUNEDIN)], Reliability.OFFICIAL),
    ],
    ids=lambda value: ", ".join(f"{one.kind} {one.speaks_for}" for one in value) if isinstance(value, list) else value,
)
def test_it_stands_on_the_best_word(sources: list[Source], reliability: Reliability) -> None:
    """The government of a party is official, any other report is reported, and lists alone are lists."""
    evidence = [told(one.id) for one in sources]
    assert reliability is tie(step(O.ESTABLISHED, "1994", *evidence), sources=tuple(sources)).reliability


def test_who_contradicts_it_does_not_vouch_for_it() -> None:
    """Reliability and last attestation ignore a source that says otherwise; a coarser word counts."""
    city, press = source("city", "2020", GOVERNMENT, DUNEDIN), source("press", "2010-06")
    denied = tie(step(O.ESTABLISHED, "1994", told("press"), denial("city")), sources=(city, press))
    assert (Reliability.REPORTED, "2010-06", True) == (denied.reliability, text(denied.last_attested), denied.disputed)
    coarser_evidence = told("press"), told("city", "action", date=D("1994"))
    coarser = tie(step(O.ESTABLISHED, "1994-10", *coarser_evidence), sources=(city, press))
    assert (Reliability.OFFICIAL, "2020", False) == (coarser.reliability, text(coarser.last_attested), coarser.disputed)


def test_it_is_last_attested_by_the_latest_state_described() -> None:
    """Dates are compared by their last day, and without a source there is none."""
    sources = (source("a", "2012"), source("b", "2012-06-30"))
    made = tie(step(O.ESTABLISHED, "1994", told("b"), told("a")), sources=sources)
    assert "2012" == text(made.last_attested)
    assert tie(step(O.ESTABLISHED, "1994")).last_attested is None


@pytest.mark.parametrize("question", ["reliability", "last_attested", "states_by_day"])
def test_what_depends_on_sources_says_that_they_are_not_at_hand(question: str) -> None:
    """A partnership made by hand is told where its sources would come from."""
    made = tie(step(O.LISTED, None, told("gazette")))
    with pytest.raises(UnknownRecordError, match=r"does not have the source 'gazette'; .*with_sources\(\)") as caught:
        getattr(made, question)
    assert "gazette" == caught.value.query
    assert caught.value.__suppress_context__


def test_the_rest_needs_no_source() -> None:
    """State, dates, dispute and what is cited are known without them, and so is a dated history."""
    made = tie(step(O.ESTABLISHED, "1994", told("a"), denial("b")), step(O.RENEWED, "2000", told("a")))
    assert Status.ACTIVE is made.state.status is made.at("1994").status
    assert {"a", "b"} == made.cites
    assert made.disputed


def test_as_one_source_tells_it() -> None:
    """The history that the source alone would give, in the order of its own dates, with the sources still at hand."""
    sources = (source("a", "2012"), source("b", "2020"))
    made = tie(
        step(O.PROPOSED, "1990", told("b")),
        step(O.ESTABLISHED, "1994", told("a", "action", date=D("1996"))),
        step(O.RENEWED, None, told("a", "action")),
        step(O.RENEWED, "2000", told("a", "action", date=D("1995"))),
        sources=sources,
        note="Ours.",
    )
    own = made.according_to(sources[0].id)
    assert own is not None
    assert ["1995", "1996", None] == [text(each.date) for each in own.steps]
    assert {"a"} == own.cites
    assert (None, made.id) == (own.note, own.id)
    assert Reliability.REPORTED is own.reliability
    assert made.according_to(source("c", "2000").id) is None


def test_an_undated_step_that_stands_first_stays_first() -> None:
    """Where the source's dates run otherwise, what has none stays behind what it stood behind."""
    made = tie(
        step(O.LISTED, None, told("a")),
        step(O.ESTABLISHED, "1994", told("a", "action", date=D("1996"))),
        step(O.RENEWED, "2000", told("a", "action", date=D("1995"))),
    )
    own = made.according_to(source("a", "2000").id)
    assert own is not None
    assert [None, "1995", "1996"] == [text(each.date) for each in own.steps]


def test_steps_in_order_stay_as_they_are() -> None:
    """A source's own history is not sorted where it need not be: a finer date may stand before a coarser."""
    made = tie(
        step(O.ESTABLISHED, "1994-10", told("a", "action", "date")),
        step(O.RENEWED, "1994", told("a", "action", "date")),
    )
    own = made.according_to(source("a", "2000").id)
    assert own is not None
    assert ["1994-10", "1994"] == [text(each.date) for each in own.steps]


@pytest.mark.parametrize(
    ("made", "shown"),
    [
        (tie(step(O.ESTABLISHED, "1994")), "<Partnership cn-shanghai--nz-dunedin: active unspecified since 1994>"),
        (tie(step(O.LISTED)), "<Partnership cn-shanghai--nz-dunedin: active unspecified>"),
        (step(O.ESTABLISHED, "1994", kind=PartnershipKind.CONTACT), "<Step 1994: established contact>"),
        (step(O.LISTED), "<Step undated: listed unspecified>"),
    ],
    ids=["dated", "undated", "step", "undated step"],
)
def test_a_repr_says_how_it_stands(made: object, shown: str) -> None:
    """Status, kind, and since when where that is known."""
    assert shown == repr(made)


def test_a_coarser_word_shows_an_undated_step() -> None:
    """A source that merely lists what was established shows it from the date that it describes."""
    at_hand = (source("a", "2012-06"), source("b", "2020"))
    made = tie(step(O.ESTABLISHED, None, told("b"), told("a", action=O.LISTED)), sources=at_hand)
    assert (None, Status.ACTIVE) == (made.at("2012-05").status, made.at("2012-06").status)


def test_an_undated_source_shows_nothing_at_a_date() -> None:
    """An undated step counts from its dated sources; if all its sources are undated, it counts at no date."""
    undated = changed(source("a", "2012"), as_of=None)
    listed = step(O.LISTED, None, told("a"))
    alone = tie(listed, sources=(undated,))
    assert (None, None) == (alone.at("9999").status, alone.last_attested)
    both = tie(step(O.LISTED, None, told("a"), told("b")), sources=(undated, source("b", "2020")))
    assert (Status.ACTIVE, "2020") == (both.at("2020").status, text(both.last_attested))


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([step(O.ESTABLISHED, "1990", told("press"))], "reported"),
        ([step(O.ESTABLISHED, "1990", told("wiki"))], "listed"),
        ([step(O.ESTABLISHED, "1990", told("wiki"), told("city", action=O.LISTED))], "official"),
        ([step(O.ESTABLISHED, "1990", told("wiki"), told("city", "action", date=D("1991")))], "official"),
        ([step(O.ESTABLISHED, "1990", told("wiki"), told("city", date=D("1991")))], "listed"),
        ([step(O.ESTABLISHED, "1990", told("wiki"), denial("city"))], "listed"),
        ([step(O.ESTABLISHED, "1990", told("wiki"), told("city", action=O.PROPOSED))], "listed"),
        ([step(O.PROPOSED, "1989", told("city")), step(O.ESTABLISHED, "1990", told("wiki"))], "listed"),
        ([step(O.ESTABLISHED, "1990", told("wiki")), step(O.RENEWED, "2000", told("city"))], "official"),
        ([step(O.ESTABLISHED, "1990", told("city")), step(O.ENDED, "2000", told("press"))], "reported"),
        ([step(O.ESTABLISHED, "1990", told("wiki")), step(O.PROPOSED, "2000", told("city"))], "listed"),
    ],
    ids=[
        "press",
        "list",
        "coarser",
        "other date",
        "date alone",
        "denied",
        "contrary",
        "earlier step",
        "confirmed",
        "ended",
        "proposal",
    ],
)
def test_reliability_rests_on_the_step_that_makes_the_state(steps: list[Step], expected: str) -> None:
    """The best source for the action of the deciding step, or of a later step that confirms it."""
    sources = (
        source("press", "2000"),
        changed(source("wiki", "2000"), kind=SourceKind.ENCYCLOPAEDIA),
        source("city", "2000", GOVERNMENT, DUNEDIN),
    )
    assert expected == tie(*steps, sources=sources).reliability.value
