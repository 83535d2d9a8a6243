"""Every concrete statement of the article has a record that states exactly as much as its line does.

``FACTS`` was written line by line from SHINE's "Shanghai and friendship cities seek high-quality development", and not
from the records. The bundled records are searched for each fact: by the line that their evidence cites, and by what
they have on the word of that line.
"""

import re
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest

from friendcities import (
    Cooperation,
    Event,
    Evidence,
    Memorandum,
    Office,
    Official,
    Participant,
    Statistic,
    Step,
)
from friendcities.checks.find_values import find_sourced
from friendcities.model import Sourced
from friendcities.model.record import value_to_plain
from tests.data.as_read import BUNDLED

ARTICLE: Final = "shine-2023-12-02"
PAGE: Final = Path(__file__).parents[2] / "docs" / "data" / "coverage.md"
LINES: Final = range(3, 30)
"""The lines of the article between its headline and its last line, a heading of the website."""


class Fact(NamedTuple):
    """A statement of one line."""

    line: int
    statement: str
    kind: type[Sourced]
    states: dict[str, Any]
    """The values that the line states, as JSON."""
    silent: frozenset[str] = frozenset()
    """Fields that the line does not mention."""


def taking_part(line: int, city: str, **delegate: str) -> Fact:
    """A city that took part in the forum."""
    return Fact(line, f"{city} took part", Participant, {"city": city, **delegate})


def promise(line: int, statement: str, area: str, speaker: str, *cities: str) -> Fact:
    """A promise or a wish of an official."""
    states = {"area": area, "stage": "planned", "stated_by": speaker, "cities": sorted(cities)}
    return Fact(line, statement, Cooperation, states, frozenset({"period"}))


def reported(line: int, statement: str, area: str, speaker: str, *cities: str, **more: Any) -> Fact:
    """What an official reported as a fact."""
    states = {"area": area, "stage": "reported", "stated_by": speaker, "cities": sorted(cities), **more}
    return Fact(line, statement, Cooperation, states, frozenset({"period"}))


FORUM: Final = "2023 Shanghai International Friendship Cities Cooperation Forum"
COUNTS: Final = [{"counted": "cities", "number": 13}, {"counted": "countries", "number": 12}]
FACTS: Final = (
    Fact(8, "13 cities in 12 countries met in Shanghai", Event, {"counts": COUNTS, "place": "cn-shanghai"}),
    Fact(9, "the forum was on Friday", Event, {"name": FORUM, "period": {"wording": "Friday"}}),
    taking_part(9, "nz-dunedin"),
    taking_part(9, "ve-carabobo"),
    taking_part(9, "za-johannesburg"),
    taking_part(9, "us-los-angeles"),
    Fact(
        9,
        "delegates shared their experience with smart cities",
        Cooperation,
        {
            "area": "smart_city",
            "stage": "reported",
            "cities": ["nz-dunedin", "us-los-angeles", "ve-carabobo", "za-johannesburg"],
        },
        frozenset({"period", "stated_by"}),
    ),
    Fact(
        10,
        "trade and investment were topics, and many cities wish to deepen their relations",
        Cooperation,
        {
            "area": "trade_and_investment",
            "stage": "reported",
            "parties": [{"organisation": "many cities", "named": False}],
        },
        frozenset({"period", "stated_by"}),
    ),
    Fact(
        11,
        "Dunedin and Shanghai are sister cities since 1994",
        Step,
        {"action": "established", "kind": "sister_city", "date": "1994"},
    ),
    Fact(11, "Jules Radich is mayor of Dunedin", Office, {"title": "mayor", "city": "nz-dunedin"}),
    reported(11, "the relation is one of business", "business", "nz-jules-radich", "cn-shanghai", "nz-dunedin"),
    reported(11, "and of education", "education", "nz-jules-radich", "cn-shanghai", "nz-dunedin"),
    reported(11, "and of culture", "culture", "nz-jules-radich", "cn-shanghai", "nz-dunedin"),
    reported(
        12,
        "Shanghai Maling Aquarius invested in Silver Fern Farms",
        "investment",
        "nz-jules-radich",
        "cn-shanghai",
        "nz-dunedin",
        parties=[
            {"organisation": "Shanghai Maling Aquarius Co", "based_in": "cn-shanghai"},
            {"organisation": "Silver Fern farms"},
        ],
    ),
    reported(14, "BYD grows in Dunedin", "electric_vehicles", "nz-jules-radich", "nz-dunedin"),
    promise(
        14,
        "electric buses will come from Pudong",
        "public_transport",
        "nz-jules-radich",
        "cn-shanghai-pudong",
        "nz-dunedin",
    ),
    reported(15, "education ties", "education", "nz-jules-radich", "cn-shanghai", "nz-dunedin"),
    Fact(
        16,
        "the Dunedin delegation visited several companies in Shanghai this week",
        Event,
        {
            "counts": [{"counted": "companies", "wording": "several"}],
            "place": "cn-shanghai",
            "period": {"wording": "this week"},
        },
    ),
    taking_part(16, "nz-dunedin", delegate="nz-jules-radich"),
    Fact(
        16,
        "the delegation signed several memoranda",
        Memorandum,
        {
            "kind": "memorandum_of_understanding",
            "documents": {"counted": "memoranda", "wording": "several"},
            "signatories": [
                {"organisation": "Dunedin delegation", "based_in": "nz-dunedin"},
                {"organisation": "universities", "named": False, "count": {"counted": "universities", "number": 2}},
                {"organisation": "Shanghai Chamber of Commerce", "based_in": "cn-shanghai"},
                {"organisation": "Shanghai art film federation", "based_in": "cn-shanghai"},
            ],
        },
        frozenset({"signed"}),
    ),
    Fact(20, "a city-business connect event on Thursday", Event, {"period": {"wording": "Thursday"}}),
    Fact(21, "Rafael Lacava is governor of Carabobo", Office, {"title": "governor", "city": "ve-carabobo"}),
    Fact(
        21,
        "Carabobo signed a memorandum with Shanghai",
        Memorandum,
        {
            "kind": "memorandum_of_understanding",
            "signatories": [{"city": "ve-carabobo"}, {"city": "cn-shanghai"}],
        },
        frozenset({"signed", "subject"}),
    ),
    Fact(
        21,
        "Carabobo is eager to become a sister city",
        Step,
        {"action": "proposed", "kind": "sister_city", "initiator": "ve-carabobo"},
        frozenset({"date"}),
    ),
    promise(
        22,
        "Carabobo would like to learn from Shanghai and work with it",
        "common_progress",
        "ve-rafael-lacava",
        "cn-shanghai",
        "ve-carabobo",
    ),
    Fact(23, "Yoma Etienne Bako", Official, {"name": "Yoma Etienne Bako"}),
    Fact(
        23,
        "is president of the special delegation of No. 5 District",
        Office,
        {"title": "president", "body": "special delegation of No. 5 District", "city": "bf-bobo-dioulasso-5"},
    ),
    Fact(
        23,
        "he wishes for a sister-city relation",
        Step,
        {"action": "proposed", "kind": "sister_city", "initiator": "bf-bobo-dioulasso-5"},
        frozenset({"date", "memorandum"}),
    ),
    promise(
        23,
        "and for cooperation such as on a smart city",
        "smart_city",
        "bf-yoma-etienne-bako",
        "bf-bobo-dioulasso-5",
        "cn-shanghai",
    ),
    Fact(24, "Hua Yuan is vice mayor of Shanghai", Office, {"title": "vice mayor", "city": "cn-shanghai"}),
    promise(24, "consensus on smart cities", "smart_city", "cn-hua-yuan", "cn-shanghai"),
    promise(24, "on trade and investment", "trade_and_investment", "cn-hua-yuan", "cn-shanghai"),
    promise(24, "on cultural exchange", "cultural_exchange", "cn-hua-yuan", "cn-shanghai"),
    promise(25, "wider effects of the import expo", "import_expo", "cn-hua-yuan", "cn-shanghai"),
    promise(26, "a better business environment", "business_environment", "cn-hua-yuan", "cn-shanghai"),
    Fact(
        27,
        "4,321 new foreign ventures in three quarters, 35 percent more",
        Statistic,
        {
            "value": "4321",
            "change": {
                "percent": "35",
                "compared_with": {"start": "2022-01", "end": "2022-09", "wording": "same period last year"},
            },
        },
    ),
    Fact(
        27,
        "more than 20 billion dollars in each of three years",
        Statistic,
        {
            "value": "20000000000",
            "qualifier": "more_than",
            "unit": "USD",
            "period": {"each": {"number": 3, "unit": "year"}, "wording": "three consecutive years"},
        },
    ),
    Fact(
        27,
        "more than 24 billion dollars expected this year",
        Statistic,
        {"value": "24000000000", "qualifier": "more_than", "unit": "USD", "basis": "forecast"},
    ),
    promise(28, "support of Chinese firms abroad", "investment", "cn-hua-yuan", "cn-shanghai"),
    promise(29, "more cultural and people-to-people exchange", "cultural_exchange", "cn-hua-yuan", "cn-shanghai"),
)
"""The concrete statements of the article."""

NO_STATEMENT: Final = frozenset({3, 4, 5, 6, 7, 19})
"""Lines that repeat another line, or are bylines, headings and captions without a statement of their own."""


def cited_lines(locator: str) -> set[int]:
    """The lines that a locator names."""
    return {int(number) for number in re.findall(r"\d+", locator)}


def evidence_of(line: int, kind: type[Sourced]) -> list[tuple[Sourced, Evidence]]:
    """What rests on a line of the article, with the evidence."""
    return [
        (part, item)
        for record in BUNDLED
        for _, part in find_sourced(record)
        if isinstance(part, kind)
        for item in part.evidence
        if item.source == ARTICLE and line in cited_lines(item.locator)
    ]


def is_stated(fact: Fact, part: Sourced, item: Evidence) -> bool:
    """Whether a piece of evidence has the values of a fact, and nothing on what the line leaves open."""
    stated = {name: value_to_plain(getattr(part, name)) for name in item.supports}
    stated |= {name: value_to_plain(value) for name, value in item.claims.items()}
    agrees = all(in_order(stated.get(name)) == value for name, value in fact.states.items())
    return agrees and fact.silent.isdisjoint(stated)


def in_order(value: Any) -> Any:
    """A value, with ids in alphabetical order."""
    return sorted(value) if isinstance(value, list) and all(isinstance(each, str) for each in value) else value


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"line {fact.line}: {fact.statement}")
def test_a_fact_has_a_record(fact: Fact) -> None:
    """One record, or one part of a record, states what the line states."""
    assert any(is_stated(fact, *found) for found in evidence_of(fact.line, fact.kind))


def left_out() -> dict[int, str]:
    """The lines that the page on the data lists as not recorded, or not as a whole, each with the reason."""
    rows = re.findall(r"^\| (\d+) \| [^|]+ \| ([^|]+) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    return {int(line): reason for line, reason in rows}


def test_every_line_is_recorded_or_left_out_with_a_reason() -> None:
    """No line of the article is forgotten."""
    recorded = {fact.line for fact in FACTS}

    assert {*LINES} == recorded | left_out().keys() | NO_STATEMENT
    assert all(left_out().values())
    assert recorded.isdisjoint(NO_STATEMENT)
