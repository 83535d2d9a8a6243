"""What the article says, its traps, and that the records fall into none of them.

The article is SHINE's "Shanghai and friendship cities seek high-quality development". What is expected here was read
from it line by line, not from the records. ``as_read`` says which records are asked.
"""

from decimal import Decimal

import pytest

import friendcities as fc
from friendcities import (
    City,
    CooperationStage,
    DocumentKind,
    InvalidQueryError,
    Level,
    PartialDate,
    PartnershipKind,
    PeriodUnit,
    StatisticBasis,
    Status,
    StepAction,
    UnknownCityError,
    UnknownPartnershipError,
    ValueQualifier,
)
from tests.data.as_read import AS_READ

ARTICLE = "shine-2023-12-02"
FORUM = AS_READ.event("2023-shanghai-friendship-cities-forum")
CONNECT = AS_READ.event("2023-shanghai-city-business-connect")


def ids(cities: tuple[City, ...]) -> list[str]:
    """The ids of cities."""
    return [city.id for city in cities]


def day(text: str) -> PartialDate:
    """A date."""
    return PartialDate.parse(text)


# The source ----------------------------------------------------------------------------------------------------------


def test_the_article_is_a_source() -> None:
    """Its title, author, publisher, address and the date that only its address bears."""
    source = fc.source(ARTICLE)

    assert "Shanghai and friendship cities seek high-quality development" == source.title
    assert ("Yang Meiping",) == source.authors
    assert "SHINE (Shanghai Daily)" == source.publisher
    assert "https://www.shine.cn/news/metro/2312023535/" == source.address
    assert (day("2023-12-02"), day("2023-12-02")) == (source.published, source.as_of)
    assert fc.SourceKind.PRESS is source.kind
    assert () == source.speaks_for


# Cities --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("id_", "country", "subdivision", "level", "part_of"),
    [
        ("cn-shanghai", "CN", "CN-SH", Level.MUNICIPALITY, None),
        ("cn-shanghai-pudong", "CN", "CN-SH", Level.DISTRICT, "cn-shanghai"),
        ("nz-dunedin", "NZ", "NZ-OTA", Level.MUNICIPALITY, None),
        ("ve-carabobo", "VE", "VE-G", Level.PROVINCE_OR_STATE, None),
        ("za-johannesburg", "ZA", "ZA-GP", Level.MUNICIPALITY, None),
        ("us-los-angeles", "US", "US-CA", Level.MUNICIPALITY, None),
        ("bf-bobo-dioulasso", "BF", "BF-09", Level.MUNICIPALITY, None),
        ("bf-bobo-dioulasso-5", "BF", None, Level.DISTRICT, "bf-bobo-dioulasso"),
    ],
)
def test_the_places_of_the_article(
    id_: str, country: str, subdivision: str | None, level: Level, part_of: str | None
) -> None:
    """Each place that the article names, in its country, at its level, a part of what it is a part of."""
    city = fc.city(id_)

    assert (country, subdivision, level, part_of) == (city.country, city.subdivision, city.level, city.part_of)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Bobo Dioulasso", "bf-bobo-dioulasso"),
        ("No. 5 District of Bobo Dioulasso", "bf-bobo-dioulasso-5"),
        ("Carabobo State", "ve-carabobo"),
        ("Pudong New Area", "cn-shanghai-pudong"),
        ("Los Angeles", "us-los-angeles"),
    ],
)
def test_places_are_found_as_printed(printed: str, expected: str) -> None:
    """The article's own spellings are names."""
    assert expected == fc.city(printed).id


def test_trap_carabobo_is_not_in_johannesburg() -> None:
    """Two participants run together: what line 9 says is kept as said and contradicted, and line 21 sets it right."""
    carabobo = fc.city("Carabobo")
    garbled, mended = (item for item in carabobo.evidence if item.source == ARTICLE)

    assert ("line 9", {"country": "ZA", "part_of": "za-johannesburg"}) == (garbled.locator, dict(garbled.claims))
    assert ("line 21", True) == (mended.locator, "country" in mended.supports)
    assert carabobo.disputed
    assert ("VE", None) == (carabobo.country, carabobo.part_of)
    assert () == fc.parts_of("Johannesburg")
    with pytest.raises(UnknownCityError):
        fc.city("Carabobo, South Africa")


def test_trap_no_other_city_is_disputed() -> None:
    """Nowhere else is the article set right about a place."""
    assert ["ve-carabobo"] == [city.id for city in fc.cities() if city.disputed]


# Partnerships --------------------------------------------------------------------------------------------------------


def test_dunedin_alone_is_a_partner_according_to_the_article() -> None:
    """Shanghai's partner by the article's word is Dunedin alone, a sister city, established 1994: it gives the year."""
    [tie] = fc.partnerships_of("Shanghai", source=ARTICLE)

    assert ["nz-dunedin"] == ids(fc.partners_of("Shanghai", source=ARTICLE))
    assert "1994" == str(tie.established)
    assert (Status.ACTIVE, PartnershipKind.SISTER_CITY) == (tie.state.status, tie.state.kind)


def test_dunedins_partner_is_shanghai() -> None:
    """And the other way round."""
    assert ["cn-shanghai"] == ids(fc.partners_of("Dunedin"))
    assert ["cn-shanghai"] == ids(fc.partners_of("Dunedin", source=ARTICLE))


@pytest.mark.parametrize(
    ("on", "expected"),
    [("1993", []), ("1994-06-01", []), ("1994", ["nz-dunedin"]), ("1995-01-01", ["nz-dunedin"])],
)
def test_the_article_dates_the_partnership_to_a_year(on: str, expected: list[str]) -> None:
    """What is of 1994 is not shown in June 1994, but at the year's end."""
    assert expected == ids(fc.partners_of("Shanghai", on=on, source=ARTICLE))


def test_better_sources_know_the_day() -> None:
    """Two registers say 21 October 1994, which the article's year does not contradict."""
    tie = fc.partnership_between("Shanghai", "Dunedin")

    assert day("1994-10-21") == tie.established
    assert not tie.disputed
    assert fc.Reliability.OFFICIAL is tie.reliability
    assert [] == ids(fc.partners_of("Shanghai", on="1994-10-20", country="NZ"))
    assert ["nz-dunedin"] == ids(fc.partners_of("Shanghai", on="1994-10-21", country="NZ"))


def test_wishes_are_proposals_only() -> None:
    """Carabobo and the district of Bobo-Dioulasso wish for it: proposed, by one side, never active."""
    for filters in ({"source": ARTICLE}, {"on": "2023-12-31", "country": ["VE", "BF"]}):
        proposed = fc.partners_of("Shanghai", status="proposed", **filters)
        assert {"ve-carabobo", "bf-bobo-dioulasso-5"} == set(ids(proposed))
    for city, by in (("Carabobo", "ve-carabobo"), ("bf-bobo-dioulasso-5", "bf-bobo-dioulasso-5")):
        first, *_ = fc.partnership_between("Shanghai", city).steps
        assert (StepAction.PROPOSED, PartnershipKind.SISTER_CITY, by) == (first.action, first.kind, first.initiator)
        assert () == fc.partners_of(city, on="2023-12-31")


def test_trap_the_district_is_not_the_city() -> None:
    """The wish stands under the arrondissement; the city of Bobo-Dioulasso has none, but it is found with its parts."""
    assert () == fc.partners_of("Bobo-Dioulasso", status="any")
    assert ["cn-shanghai"] == ids(fc.partners_of("Bobo-Dioulasso", status="any", include_parts=True))
    with pytest.raises(UnknownPartnershipError) as caught:
        fc.partnership_between("Shanghai", "Bobo-Dioulasso")
    assert (fc.partnership_between("Shanghai", "bf-bobo-dioulasso-5"),) == caught.value.candidates


@pytest.mark.parametrize("city", ["Johannesburg", "Los Angeles"])
def test_trap_attending_is_not_a_partnership(city: str) -> None:
    """Who only came to the forum has no partnership by the article's word, and none in force, but has the event."""
    assert () == fc.partnerships_of(city, status="any", source=ARTICLE)
    assert () == fc.partnerships_of(city)
    assert [FORUM] == list(fc.events_of(city))


def test_trap_a_memorandum_is_not_a_partnership() -> None:
    """Carabobo's memorandum makes it proposed, and the proposal rests on it; what came of it later is another."""
    [tie] = fc.partnerships_of("Carabobo", status="any", source=ARTICLE)
    [step] = tie.steps

    assert "cn-shanghai-ve-carabobo-2023" == step.memorandum
    assert Status.PROPOSED is tie.state.status
    assert tie.established is None
    assert Status.PROPOSED is fc.partnership_between("Shanghai", "Carabobo").at("2023-12-31").status


def test_there_are_three_partnerships() -> None:
    """The article tells of no other pair."""
    assert {
        "bf-bobo-dioulasso-5--cn-shanghai",
        "cn-shanghai--nz-dunedin",
        "cn-shanghai--ve-carabobo",
    } == {tie.id for tie in fc.partnerships() if ARTICLE in tie.cites}


# Memoranda -----------------------------------------------------------------------------------------------------------


def test_carabobos_memorandum() -> None:
    """Signed by Carabobo and Shanghai; the article calls it an MOU and gives no day."""
    [signed] = fc.memoranda_of("Carabobo")
    [said] = (item for item in signed.evidence if item.source == ARTICLE)

    assert DocumentKind.MEMORANDUM_OF_UNDERSTANDING is signed.kind
    assert {"ve-carabobo", "cn-shanghai"} == {party.city for party in signed.signatories}
    assert ("line 21", False) == (said.locator, "signed" in said.supports)


def test_trap_carabobos_document_has_other_names() -> None:
    """A letter of intent in another paper, an agreement in the governor's message: both stand beside the article's."""
    [signed] = fc.memoranda_of("Carabobo")

    assert {
        "eastday-2023-12-02": DocumentKind.LETTER_OF_INTENT,
        "informate-2023-12": DocumentKind.PARTNERSHIP_AGREEMENT,
    } == {item.source: item.claims["kind"] for item in signed.evidence if "kind" in item.claims}
    assert signed.disputed


def test_trap_the_delegation_signed_and_not_the_city() -> None:
    """Several documents, counterparts as printed, two unnamed universities, no day, and no more than that."""
    [signed] = fc.memoranda_of("Dunedin")
    delegation, universities, chamber, federation = signed.signatories

    assert DocumentKind.MEMORANDUM_OF_UNDERSTANDING is signed.kind
    assert signed.documents is not None
    assert (None, "several") == (signed.documents.number, signed.documents.wording)
    assert ("Dunedin delegation", "nz-dunedin") == (delegation.organisation, delegation.based_in)
    assert (False, 2) == (universities.named, universities.count and universities.count.number)
    assert universities.based_in is None
    assert "Shanghai Chamber of Commerce" == chamber.organisation
    assert "Shanghai art film federation" == federation.organisation
    assert not any(party.city or party.on_behalf_of for party in signed.signatories)
    assert signed.signed is None
    assert {ARTICLE} == {item.source for item in signed.evidence}


# Officials -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "title", "city"),
    [
        ("Jules Radich", "mayor", "nz-dunedin"),
        ("Rafael Lacava", "governor", "ve-carabobo"),
        ("Yoma Etienne Bako", "president", "bf-bobo-dioulasso-5"),
        ("Hua Yuan", "vice mayor", "cn-shanghai"),
    ],
)
def test_officials_as_printed(name: str, title: str, city: str) -> None:
    """Names in the article's order and spelling, with the office it gives them."""
    [official] = fc.officials_of(city)
    [office] = official.offices

    assert (name, title) == (official.name, office.title)


def test_the_article_names_four_officials() -> None:
    """The author is none of them."""
    assert {"Jules Radich", "Rafael Lacava", "Yoma Etienne Bako", "Hua Yuan"} == {
        official.name for official in fc.officials() if any(item.source == ARTICLE for item in official.evidence)
    }


def test_trap_the_president_of_a_special_delegation_is_no_mayor() -> None:
    """He heads the body that stands in for a district's council."""
    [office] = fc.official("bf-yoma-etienne-bako").offices

    assert office.body is not None
    assert "special delegation" in office.body
    assert "mayor" not in office.title
    assert () == fc.officials_of("Bobo-Dioulasso")


# Statistics ----------------------------------------------------------------------------------------------------------


def test_new_foreign_ventures() -> None:
    """4,321 in the first three quarters of 2023, up 35 percent in number on the same period of 2022."""
    [ventures] = fc.statistics_of("Shanghai", measure="new_foreign_ventures")

    assert (Decimal(4321), ValueQualifier.EXACTLY, "foreign_ventures") == (
        ventures.value,
        ventures.qualifier,
        ventures.unit,
    )
    assert (day("2023-01"), day("2023-09")) == (ventures.period.start, ventures.period.end)
    assert ventures.change is not None
    assert Decimal(35) == ventures.change.percent
    assert (day("2022-01"), day("2022-09")) == (ventures.change.compared_with.start, ventures.change.compared_with.end)
    assert (StatisticBasis.REPORTED, "cn-hua-yuan") == (ventures.basis, ventures.stated_by)


def test_trap_twenty_billion_in_each_of_three_unnamed_years() -> None:
    """More than US$20 billion a year for three years running, which are not named: no total, no change."""
    [investment] = (each for each in fc.statistics() if each.value == 20_000_000_000)
    each = investment.period.each

    assert (ValueQualifier.MORE_THAN, "USD", StatisticBasis.REPORTED) == (
        investment.qualifier,
        investment.unit,
        investment.basis,
    )
    assert each is not None
    assert (3, PeriodUnit.YEAR) == (each.number, each.unit)
    assert (None, None) == (investment.period.start, investment.period.end)
    assert (None, "cn-hua-yuan") == (investment.change, investment.stated_by)


def test_trap_twenty_four_billion_is_a_forecast() -> None:
    """More than US$24 billion is what was expected of 2023."""
    [investment] = (each for each in fc.statistics() if each.value == 24_000_000_000)

    assert (ValueQualifier.MORE_THAN, "USD", StatisticBasis.FORECAST) == (
        investment.qualifier,
        investment.unit,
        investment.basis,
    )
    assert (day("2023"), day("2023"), None) == (
        investment.period.start,
        investment.period.end,
        investment.period.each,
    )
    assert "cn-hua-yuan" == investment.stated_by


def test_the_article_has_three_statistics_of_a_city() -> None:
    """All are of Shanghai; the counts of the forum are the event's."""
    assert 3 == len([each for each in fc.statistics() if any(item.source == ARTICLE for item in each.evidence)])
    assert {"cn-shanghai"} == {each.city for each in fc.statistics()}


# Events --------------------------------------------------------------------------------------------------------------


def test_the_forum() -> None:
    """On Friday 1 December 2023 in Shanghai, 13 cities from 12 countries as stated."""
    assert "2023 Shanghai International Friendship Cities Cooperation Forum" == FORUM.name
    assert (day("2023-12-01"), day("2023-12-01")) == (FORUM.period.start, FORUM.period.end)
    assert 4 == day("2023-12-01").earliest.weekday()
    assert "cn-shanghai" == FORUM.place
    assert {("cities", 13), ("countries", 12)} == {(count.counted, count.number) for count in FORUM.counts}


def test_the_connect_event() -> None:
    """On Thursday 30 November 2023."""
    assert "City-business connect event" == CONNECT.name
    assert (day("2023-11-30"), day("2023-11-30")) == (CONNECT.period.start, CONNECT.period.end)
    assert 3 == day("2023-11-30").earliest.weekday()


@pytest.mark.parametrize(("event", "word"), [(FORUM, "Friday"), (CONNECT, "Thursday")], ids=["forum", "connect"])
def test_trap_relative_dates_carry_what_fixes_them(event: fc.Event, word: str) -> None:
    """The article says but the weekday, which does not contradict the date; other sources give it."""
    [said] = (item for item in event.evidence if item.source == ARTICLE)
    period = said.claims["period"]

    assert isinstance(period, fc.Period)
    assert (None, None, word) == (period.start, period.end, period.wording)
    assert [] != [item.source for item in event.evidence if "period" in item.supports]
    assert not event.disputed


@pytest.mark.parametrize(
    ("city", "delegate"),
    [
        ("nz-dunedin", "nz-jules-radich"),
        ("ve-carabobo", "ve-rafael-lacava"),
        ("za-johannesburg", None),
        ("us-los-angeles", None),
        ("bf-bobo-dioulasso", "bf-yoma-etienne-bako"),
    ],
)
def test_the_participants_that_the_article_names(city: str, delegate: str | None) -> None:
    """Five of the thirteen, with their delegates where it names one."""
    [participant] = (each for each in FORUM.participants if each.city == city)

    assert delegate == participant.delegate


def test_trap_the_article_names_five_of_thirteen() -> None:
    """Its list is open: the count stands beside it, and is not the number of the named."""
    told = [each for each in FORUM.participants if any(item.source == ARTICLE for item in each.evidence)]

    assert 5 == len(told)


# Cooperations --------------------------------------------------------------------------------------------------------


def test_the_investment_in_silver_fern_farms() -> None:
    """Shanghai Maling Aquarius in Silver Fern Farms, as printed: no amount, no year, no superlative."""
    investment = fc.cooperation("shanghai-maling-silver-fern-farms")

    assert ["Shanghai Maling Aquarius Co", "Silver Fern farms"] == [party.organisation for party in investment.parties]
    assert (CooperationStage.REPORTED, None, "nz-jules-radich") == (
        investment.stage,
        investment.period,
        investment.stated_by,
    )
    assert "largest" not in investment.summary


def test_trap_the_buses_are_not_byds() -> None:
    """One paragraph, two facts: planned buses from Pudong whose maker is not named, and BYD's spread in Dunedin."""
    buses, byd = fc.cooperation("pudong-dunedin-electric-buses"), fc.cooperation("byd-dunedin")

    assert ("cn-shanghai-pudong", "nz-dunedin") == buses.cities
    assert (CooperationStage.PLANNED, "public_transport") == (buses.stage, buses.area)
    assert not any("BYD" in (party.organisation or "") for party in buses.parties)
    assert [("BYD", None)] == [(party.organisation, party.based_in) for party in byd.parties]
    assert (CooperationStage.REPORTED, ("nz-dunedin",)) == (byd.stage, byd.cities)
    [said] = (item for item in buses.evidence if item.source == ARTICLE)
    assert "period" not in said.supports


def test_education() -> None:
    """Between the two cities, from primary school to postgraduates."""
    education = fc.cooperation("dunedin-shanghai-education")

    assert {"cn-shanghai", "nz-dunedin"} == set(education.cities)
    assert (CooperationStage.REPORTED, "education", "nz-jules-radich") == (
        education.stage,
        education.area,
        education.stated_by,
    )


def test_shanghais_intentions_are_planned() -> None:
    """What Hua Yuan promised is told as an intention, not as a fact."""
    promised = [each for each in fc.cooperations() if each.stated_by == "cn-hua-yuan"]

    assert {"cn-shanghai-import-expo", "cn-shanghai-outbound-investment"} == {each.id for each in promised}
    assert {CooperationStage.PLANNED} == {each.stage for each in promised}


# The whole -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    ["8", "9", "11", "12", "14", "15", "16", "20", "21", "23", "24", "25", "27", "28"],
    ids=lambda line: f"line {line}",
)
def test_each_line_with_a_fact_is_cited(line: str) -> None:
    """Every line of the article that states a fact is the locator of some evidence."""
    items = [
        item
        for record in fc.dataset()
        for owner in (record, *(getattr(record, "steps", ())), *(getattr(record, "participants", ())))
        for item in getattr(owner, "evidence", ())
    ]
    words = [item.locator.replace(",", " ").split() for item in items if item.source == ARTICLE]

    assert any(line in each for each in words)


def test_no_locator_goes_beyond_the_article() -> None:
    """The article has 30 lines as printed."""
    numbers = [
        int(word)
        for record in fc.dataset()
        for item in getattr(record, "evidence", ())
        if item.source == ARTICLE
        for word in item.locator.replace(",", " ").split()
        if word.isdigit()
    ]

    assert 1 <= min(numbers) <= max(numbers) <= 30


@pytest.mark.parametrize("query", ["Faina Faso", "the Burkina Faso"])
def test_what_the_article_does_not_have_is_no_name(query: str) -> None:
    """No place goes by a misreading, nor by a country's name."""
    with pytest.raises((UnknownCityError, InvalidQueryError)):
        fc.city(query)
