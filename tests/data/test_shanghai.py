"""What the records say of Shanghai's partnerships: what the sources that list and date them were read to say.

What is expected here was read from the sources, not from the records. ``as_read`` says which records are asked.
"""

from typing import Final

import pytest

import friendcities as fc
from friendcities import (
    DocumentKind,
    PartialDate,
    Partnership,
    PartnershipKind,
    Reliability,
    Status,
    StepAction,
    UnknownPartnershipError,
)
from tests.data.as_read import AS_READ

REGISTER: Final = "shanghai-gov-2025"
IN_THE_REGISTER: Final = [
    "cn-shanghai--jp-yokohama",
    "cn-shanghai--jp-osaka",
    "cn-shanghai--it-milan",
    "cn-shanghai--nl-rotterdam",
    "cn-shanghai--us-san-francisco",
    "cn-shanghai--hr-zagreb",
    "cn-shanghai--jp-osaka-prefecture",
    "cn-shanghai--kp-hamhung",
    "cn-shanghai--ph-metro-manila",
    "cn-shanghai--pk-karachi",
    "be-antwerp--cn-shanghai",
    "ca-montreal--cn-shanghai",
    "cn-shanghai--gr-piraeus",
    "cn-shanghai--pl-pomerania",
    "cn-shanghai--us-chicago",
    "cn-shanghai--de-hamburg",
    "cn-shanghai--ma-casablanca",
    "cn-shanghai--fr-marseille",
    "br-sao-paulo--cn-shanghai",
    "cn-shanghai--ru-saint-petersburg",
    "au-queensland--cn-shanghai",
    "cn-shanghai--tr-istanbul",
    "cn-shanghai--eg-alexandria",
    "cn-shanghai--ru-vladivostok",
    "cn-shanghai--il-haifa",
    "cn-shanghai--kr-busan",
    "cn-shanghai--vn-ho-chi-minh-city",
    "cn-shanghai--vu-port-vila",
]
"""Rows 1 to 28 of the city's register of January 2025, in its order; the others could not be read."""

OF_1985: Final = IN_THE_REGISTER[:15]
"""The partnerships of the last day of 1985."""

DISPUTED: Final = {
    "cn-shanghai--cu-santiago-de-cuba",
    "cn-shanghai--de-hamburg",
    "cn-shanghai--eg-alexandria",
    "cn-shanghai--il-haifa",
    "cn-shanghai--it-milan",
    "cn-shanghai--kr-jeonbuk",
    "cn-shanghai--se-gothenburg",
    "cn-shanghai--us-houston",
    "cn-shanghai--us-san-francisco",
    "cn-shanghai--ve-carabobo",
    "cn-shanghai-minhang--jp-omura",
    "cn-shanghai-pudong--fi-kuopio",
    "cn-shanghai-yangpu--us-winston-salem",
}
"""The partnerships about which sources disagree."""

INTENDED: Final = {
    "cn-shanghai--ge-tbilisi",
    "cn-shanghai--gr-attica",
    "cn-shanghai--la-vientiane",
    "cn-shanghai--tt-port-of-spain",
    "cn-shanghai-huangpu--kr-seoul-yeongdeungpo",
    "cn-shanghai-minhang--nl-terneuzen",
}
"""The partnerships of which no more than a letter of intent or a memorandum is known."""

UNDATED: Final = {
    "at-leoben--cn-shanghai-minhang",
    "at-vienna-donaustadt--cn-shanghai-huangpu",
    "au-northern-beaches--cn-shanghai-jingan",
    "bg-sofia--cn-shanghai",
    "cn-shanghai--cy-nicosia",
    "cn-shanghai--fr-lille",
    "cn-shanghai--gb-london",
    "cn-shanghai--id-east-java",
    "cn-shanghai--id-jakarta",
    "cn-shanghai--id-yogyakarta",
    "cn-shanghai--ir-tabriz",
    "cn-shanghai--kh-phnom-penh",
    "cn-shanghai--kr-jeju",
    "cn-shanghai--pe-lima",
    "cn-shanghai-baoshan--jp-izumisano",
    "cn-shanghai-changning--pl-sopot",
    "cn-shanghai-hongkou--me-bar",
    "cn-shanghai-jiading--me-tivat",
    "cn-shanghai-jiading--tr-istanbul-sariyer",
    "cn-shanghai-maqiao--na-okahandja",
    "cn-shanghai-minhang--fr-aubervilliers",
    "cn-shanghai-minhang--kr-seoul-songpa",
    "cn-shanghai-putuo--mx-zapopan",
    "cn-shanghai-qingpu--jp-itoshima",
    "cn-shanghai-xuhui--jp-kusatsu",
    "cn-shanghai-yangpu--gb-derbyshire",
}
"""The partnerships in force of which no source says since when."""


RHONE_ALPES: Final = AS_READ.city("Rhône-Alpes").id


def ids(ties: tuple[Partnership, ...]) -> set[str]:
    """The ids of partnerships."""
    return {tie.id for tie in ties}


# Partners and dates --------------------------------------------------------------------------------------------------


def test_yokohama_was_the_first() -> None:
    """The first partner is that of 30 November 1973."""
    first, *_ = fc.partners_of("Shanghai")

    assert "jp-yokohama" == first.id
    assert PartialDate(1973, 11, 30) == fc.partnership_between("Shanghai", first).established


def test_partners_come_in_the_order_of_their_dates() -> None:
    """Athens, of January 2025, is the last that is dated; those without a date follow."""
    dates = [fc.partnership_between("Shanghai", city).established for city in fc.partners_of("Shanghai")]
    dated = [date for date in dates if date is not None]

    assert PartialDate(2025, 1, 23) == dated[-1]
    assert dates == dated + [None] * (len(dates) - len(dated))
    assert dated == sorted(dated)


def test_the_partners_of_1985() -> None:
    """On the last day of 1985, Shanghai had fifteen partners, in this order."""
    assert OF_1985 == [tie.id for tie in fc.partnerships_of("Shanghai", on="1985-12-31")]
    assert OF_1985 == [tie.id for tie in fc.partnerships_of("Shanghai", on="1985-12-31", status="any")]


@pytest.mark.parametrize(
    ("on", "kind"),
    [
        ("1986-11-19", None),
        ("1986-11-20", PartnershipKind.FRIENDLY_EXCHANGE),
        ("2008-05-20", PartnershipKind.FRIENDLY_EXCHANGE),
        ("2008-05-21", PartnershipKind.SISTER_CITY),
    ],
)
def test_rhone_alpes_came_in_two_steps(on: str, kind: PartnershipKind | None) -> None:
    """It was an exchange from 1986 on, and is a sister city since 2008; it is found by its former name."""
    assert [kind] * (kind is not None) == [
        tie.at(on).kind for tie in fc.partnerships_of("Shanghai", on=on) if RHONE_ALPES in tie.cities
    ]


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [
        ("Shanghai", "Carabobo", [("2023-12-01", "proposed"), ("2024-04-23", "established")]),
        ("Chongming", "Seogwipo", [("2018-06-20", "established"), ("2023", "upgraded")]),
        ("Changning", "Papeete", [("2014", "proposed"), ("2017-09", "established")]),
        ("Changning", "Gangseo-gu", [("2007-08", "proposed"), ("2013-08-27", "established")]),
        ("Minhang", "Omura", [("1987-09-21", "established"), ("1993-12-03", "proposed")]),
        ("Zhenru", "Hamada", [("1991-04-22", "established"), ("2006-10-12", "renewed")]),
        ("Shanghai", "Gothenburg", [("1986", "established"), ("2003-10-23", "upgraded"), ("2019", "suspended")]),
    ],
)
def test_a_partnership_is_its_history(one: str, other: str, steps: list[tuple[str, str]]) -> None:
    """What came in several steps has them all, in order."""
    assert steps == [(str(step.date), step.action.value) for step in fc.partnership_between(one, other).steps]


def test_what_no_source_dates_stays_undated() -> None:
    """A partnership in force without a date is one of those that no source dates, and each of them is without one."""
    assert UNDATED == {
        tie.id for tie in fc.partnerships() if tie.state.status is Status.ACTIVE and tie.established is None
    }


# Sources and disagreements -------------------------------------------------------------------------------------------


def test_the_register_is_evidence_for_its_rows_alone() -> None:
    """The register of 2025 is cited in the partnerships whose rows of it were read, each by its number."""
    cited = {
        tie.id: [item.locator for step in tie.steps for item in step.evidence if item.source == REGISTER]
        for tie in fc.partnerships()
        if REGISTER in tie.cites
    }

    assert {id_: [f"row {number}"] for number, id_ in enumerate(IN_THE_REGISTER, 1)} == cited


def test_three_dates_of_milan() -> None:
    """Milan's partnership is disputed: three dates are claimed, and who claims each is on record."""
    tie = fc.partnership_between("Shanghai", "Milan")
    [step] = tie.steps
    agreeing = {item.source for item in step.evidence if "date" in item.supports}
    others = {item.source: str(item.claims["date"]) for item in step.evidence if item.claims.get("date") is not None}

    assert tie.disputed
    assert PartialDate(1979, 6, 25) == tie.established
    assert {"shanghai-fao-2012-09-24", "shanghai-yearbook-2007", "shio-2024-06-25"} == agreeing
    assert {REGISTER: "1979", "citego-2009": "1979-07-03", "zhwiki-shanghai-2016-06": "1976-06-25"} == others


def test_the_disagreements() -> None:
    """These are disputed, and no others."""
    assert DISPUTED == {tie.id for tie in fc.partnerships() if tie.disputed}


@pytest.mark.parametrize(
    ("one", "other", "recorded", "claimed"),
    [
        ("Shanghai", "San Francisco", "1980-01-28", "1979"),
        ("Shanghai", "Hamburg", "1986-05-29", "1985-06-29"),
        ("Shanghai", "Alexandria", "1992-05-15", "1992-05-12"),
        ("Shanghai", "Haifa", "1993-06-21", "1993-06-22"),
        ("Shanghai", "Santiago de Cuba Province", "1996-08-28", "1996-07-30"),
        ("Shanghai", "Houston", "2015", "2005"),
        ("Shanghai", "Jeollabuk-do", "2003-04-17", "2005"),
        ("Minhang", "Omura", "1987-09-21", "1984"),
        ("Pudong", "Kuopio", "2012", "2002"),
    ],
)
def test_a_disagreement_stands_beside_the_fact(one: str, other: str, recorded: str, claimed: str) -> None:
    """The date that is not recorded is on record as what a source says instead."""
    tie = fc.partnership_between(one, other)

    assert recorded == str(tie.established)
    assert claimed in {str(item.claims.get("date")) for step in tie.steps for item in step.evidence}


def test_gothenburgs_end_is_disputed() -> None:
    """One source says that the agreement ended, and another that nothing of the kind happened."""
    *_, last = fc.partnership_between("Shanghai", "Gothenburg").steps

    assert StepAction.SUSPENDED is last.action
    assert {StepAction.ENDED} == {item.claims["action"] for item in last.evidence if "action" in item.claims}
    assert 1 == sum(item.denies for item in last.evidence)


def test_a_claim_against_the_registers_stays_a_claim() -> None:
    """That Los Angeles is a sister city, as one newspaper has it, makes it no partner."""
    tie = fc.partnership_between("Shanghai", "Los Angeles")

    assert [StepAction.UNCONFIRMED] == [step.action for step in tie.steps]
    assert Status.UNCONFIRMED is tie.state.status
    assert "us-los-angeles" not in {city.id for city in fc.partners_of("Shanghai")}


# Letters of intent ---------------------------------------------------------------------------------------------------


def test_letters_of_intent_put_nothing_in_force() -> None:
    """Where no more is known than a letter of intent or a memorandum, it is proposed."""
    proposed = {tie.id for tie in fc.partnerships() if tie.state.status is Status.PROPOSED}

    assert {*INTENDED, "bf-bobo-dioulasso-5--cn-shanghai"} == proposed
    for id_ in INTENDED:
        assert all(step.memorandum for step in fc.partnership_between(*id_.split("--")).steps)


def test_memoranda_are_proposals() -> None:
    """A step that rests on a memorandum proposes, whatever the document is called."""
    steps = [step for tie in fc.partnerships() for step in tie.steps if step.memorandum]

    assert {step.memorandum for step in steps} == {each.id for each in fc.memoranda()} - {"nz-dunedin-delegation-2023"}
    assert {StepAction.PROPOSED} == {step.action for step in steps}
    assert {DocumentKind.LETTER_OF_INTENT, DocumentKind.MEMORANDUM_OF_UNDERSTANDING} == {
        each.kind for each in fc.memoranda()
    }


# Places --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Osaka", "jp-osaka"),
        ("大阪市", "jp-osaka"),
        ("Osaka Prefecture", "jp-osaka-prefecture"),
        ("大阪府", "jp-osaka-prefecture"),
        ("London", "gb-london"),
        ("City of London", "gb-city-of-london"),
        ("Izumisano", "jp-izumisano"),
        ("Minsk", "by-minsk"),
        ("Hamburg", "de-hamburg"),
        ("Rhône-Alpes", "fr-auvergne-rhone-alpes"),
        ("Luwan District", "cn-shanghai-huangpu"),
        ("Shanghai County", "cn-shanghai-minhang"),
        ("Kanagi Town", "jp-hamada"),
        ("Manly", "au-northern-beaches"),
    ],
)
def test_a_name_is_one_place(name: str, expected: str) -> None:
    """A bare name is the place that bears it; that which was renamed or absorbed is found by its old name."""
    assert expected == fc.city(name).id


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        ("Minsk", {"by-minsk-maskouski", "by-minsk-savetski"}),
        ("Hamburg", {"de-hamburg-mitte"}),
        ("Vienna", {"at-vienna-donaustadt"}),
        ("Istanbul", {"tr-istanbul-sariyer"}),
        ("Busan", {"kr-busan-yeonje"}),
        (
            "Seoul",
            {"kr-seoul-gangnam", "kr-seoul-gangseo", "kr-seoul-seocho", "kr-seoul-songpa", "kr-seoul-yeongdeungpo"},
        ),
        ("London", set()),
    ],
)
def test_parts_are_no_wholes(whole: str, parts: set[str]) -> None:
    """A district is a part of its city, and a party of its own."""
    assert parts == {city.id for city in fc.parts_of(whole)}


def test_shanghai_has_no_tie_with_izumisano() -> None:
    """Two of its districts have; the error names both."""
    with pytest.raises(UnknownPartnershipError, match="Xuhui District and Izumisano") as caught:
        fc.partnership_between("Shanghai", "Izumisano")

    assert {"cn-shanghai-baoshan--jp-izumisano", "cn-shanghai-xuhui--jp-izumisano"} == {
        each.id for each in caught.value.candidates if isinstance(each, Partnership)
    }
    assert "Baoshan District and Izumisano" in str(caught.value)


# Questions -----------------------------------------------------------------------------------------------------------


def test_partners_are_each_others() -> None:
    """Each partner of a city has it for a partner, whatever the status."""
    for city in fc.cities():
        assert all(city in fc.partners_of(other) for other in fc.partners_of(city))
        assert all(city in fc.partners_of(other, status="any") for other in fc.partners_of(city, status="any"))


def test_districts_are_asked_for() -> None:
    """Shanghai's partners are the municipality's own; those of its districts and towns come with its parts."""
    own, all_of_them = (fc.partnerships_of("Shanghai", include_parts=parts) for parts in (False, True))

    assert ids(own) == {tie.id for tie in all_of_them if "cn-shanghai" in tie.cities}
    assert "jp-hirakata" not in {city.id for city in fc.partners_of("Shanghai")}
    assert "jp-hirakata" in {city.id for city in fc.partners_of("Shanghai", include_parts=True)}
    assert all("cn-shanghai-" in tie.id for tie in set(all_of_them) - set(own))


def test_filters_combine() -> None:
    """A date, a kind, a country, an reliability and a dispute are asked for together."""
    assert ["cn-shanghai--us-san-francisco"] == [
        tie.id
        for tie in fc.partnerships_of(
            "Shanghai", on="1990", kind="sister_city", country="US", reliability="official", disputed=True
        )
    ]
    assert {"cn-shanghai--jp-nagasaki-prefecture"} == ids(
        fc.partnerships_of("Shanghai", country="Japan", kind="friendly_exchange")
    )
    assert {"cn-shanghai-pudong--fi-kuopio", "cn-shanghai-minhang--jp-omura"} == ids(
        fc.partnerships_of(
            "Shanghai", include_parts=True, disputed=True, kind="friendly_exchange", country=["FI", "JP"]
        )
    )


def test_a_list_is_a_weaker_word() -> None:
    """What only an encyclopaedia or a database lists is no more than listed; a government's word is official."""
    assert Reliability.LISTED is fc.partnership_between("Shanghai", "Nicosia").reliability
    assert Reliability.REPORTED is fc.partnership_between("Shanghai", "Houston").reliability
    assert Reliability.OFFICIAL is fc.partnership_between("Shanghai", "Yokohama").reliability


def test_the_dated_steps_come_in_order() -> None:
    """The timeline of Shanghai begins with Yokohama, and what is later stands later."""
    steps = fc.timeline("Shanghai")
    dated = [entry.date for entry in steps if entry.date is not None]

    assert PartialDate(1973, 11, 30) == dated[0]
    assert dated == sorted(dated)


# The forum -----------------------------------------------------------------------------------------------------------


def test_the_forum_had_thirteen_participants_of_twelve_countries() -> None:
    """Each has evidence of its own; four of them are no partners in force, and one is proposed through its district."""
    forum = fc.event("2023-shanghai-friendship-cities-forum")
    came = {participant.city for participant in forum.participants}

    assert 13 == len(forum.participants) == len(came)
    assert 12 == len({fc.city(id_).country for id_ in came})
    assert all(participant.evidence for participant in forum.participants)
    assert {
        "bf-bobo-dioulasso",
        "cu-havana",
        "la-vientiane",
        "tt-port-of-spain",
        "us-los-angeles",
        "za-johannesburg",
    } == (came - {city.id for city in fc.partners_of("Shanghai")})


def test_the_green_shipping_corridor() -> None:
    """What other coverage adds of Los Angeles is a cooperation."""
    [corridor] = fc.cooperations_of("Los Angeles")

    assert {"cn-shanghai", "us-los-angeles"} == set(corridor.cities)
