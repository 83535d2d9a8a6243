"""The grammar of ids and codes."""

import re
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from friendcities import InvalidRecordError, parse_city_id, parse_partnership_id, parse_source_id
from friendcities.model import grammar
from tests.cases import for_each_case

GOOD: list[tuple[Callable[[str], bool], list[str]]] = [
    (grammar.is_id, ["a", "0", "shine-2023-12-02", "x" * 100]),
    (grammar.is_city_id, ["nz-dunedin", "us-il-springfield", "bf-bobo-dioulasso-5", "nz-" + "x" * 97]),
    (grammar.is_country, ["NZ", "XK"]),
    (grammar.SUBDIVISION.matches, ["NZ-OTA", "CN-SH", "FR-75", "AT-9"]),
    (
        grammar.is_language,
        [
            "en",
            "yue",
            "zh-Hans",
            "pt-BR",
            "es-419",
            "zh-Hans-CN",
            "sl-rozaj-biske",
            "de-CH-1901",
            "de-u-co-phonebk",
            "en-a-bbb-x-a",
            "en-x-us",
        ],
    ),
    (grammar.SLUG.matches, ["a", "b2b", "new_foreign_ventures", "x_1"]),
    (grammar.UNIT.matches, ["USD", "ventures", "foreign_ventures"]),
]
BAD: list[tuple[Callable[[str], bool], list[str]]] = [
    (grammar.is_id, ["", "A", "a_b", "-a", "a-", "a--b", "a b", "a\n", "é", "٣", "x" * 101]),
    (
        grammar.is_city_id,
        [
            "",
            "nz",
            "nz-",
            "n-dunedin",
            "nzl-dunedin",
            "NZ-dunedin",
            "nz--dunedin",
            "nz-dunedin\n",
            "nz-ōtepoti",
            "12-a",
            "nz-" + "x" * 98,
        ],
    ),
    (grammar.is_country, ["", "nz", "N", "NZL", "N1", "NZ\n", "ÅX"]),
    (grammar.SUBDIVISION.matches, ["", "NZ", "NZ-", "NZ-ota", "NZ-OTAG", "nz-OTA", "NZOTA", "NZ-OTA\n"]),
    (
        grammar.is_language,
        ["", "e", "EN", "english", "zh-hans", "zh-HANS", "pt-br", "en-", "en_US", "en-x", "en-a", "en\n"],
    ),
    (grammar.SLUG.matches, ["", "A", "1a", "_a", "a_", "a__b", "a-b", "a b", "a\n"]),
    (grammar.UNIT.matches, ["", "US", "USDX", "Usd", "US$", "%", "USD\n"]),
]


def cases(table: list[tuple[Callable[[str], bool], list[str]]]) -> list[tuple[Callable[[str], bool], str]]:
    """A row of the table for each text."""
    return [(holds, text) for holds, texts in table for text in texts]


@for_each_case(cases(GOOD))
def test_what_is_well_formed_is_taken(holds: Callable[[str], bool], text: str) -> None:
    """Ids, codes, tags and words of the right form pass; whether they exist is not asked here."""
    assert holds(text)


@for_each_case(cases(BAD))
def test_what_is_not_well_formed_is_refused(holds: Callable[[str], bool], text: str) -> None:
    """The form is kept to the letter: no other case, no blanks, no line break at the end, no digits but ours."""
    assert not holds(text)


def test_an_id_is_made_by_parsing() -> None:
    """Parsing gives the text back, as an id."""
    assert "nz-dunedin" == parse_city_id("nz-dunedin")
    assert "shine-2023-12-02" == parse_source_id("shine-2023-12-02")
    assert ("cn-shanghai", "nz-dunedin") == parse_partnership_id("cn-shanghai--nz-dunedin")


@for_each_case(
    product(
        [parse_city_id, parse_source_id, parse_partnership_id],
        ["", "No Id", None, True, 5, ["nz-dunedin"], b"nz-dunedin"],
    )
)
def test_what_is_no_id_is_refused(parse: Callable[[Any], object], text: object) -> None:
    """The error shows what was found and an id of the right form."""
    with pytest.raises(InvalidRecordError) as caught:
        parse(text)
    (problem,) = caught.value.problems
    assert re.fullmatch(f"invalid (city|source|partnership) id {re.escape(repr(text))}", problem.message)
    assert "like '" in problem.expected


@pytest.mark.parametrize(
    ("text", "what", "mend"),
    [
        ("cn-shanghai", "invalid partnership id 'cn-shanghai'", ""),
        ("cn-shanghai-nz-dunedin", "invalid partnership id 'cn-shanghai-nz-dunedin'", ""),
        ("cn-a--cn-b--cn-c", "invalid partnership id 'cn-a--cn-b--cn-c'", ""),
        ("a--nz-dunedin", "invalid partnership id 'a--nz-dunedin'", ""),
        ("nz-dunedin--cn-a", "the cities in 'nz-dunedin--cn-a' are in the wrong order", "write 'cn-a--nz-dunedin'"),
        ("nz-dunedin--nz-dunedin", "'nz-dunedin--nz-dunedin' names the same city twice", ""),
    ],
)
def test_a_partnership_names_two_cities_in_order(text: str, what: str, mend: str) -> None:
    """One pair has one id: both cities, different ones, in alphabetical order."""
    with pytest.raises(InvalidRecordError) as caught:
        parse_partnership_id(text)
    (problem,) = caught.value.problems
    assert ("id", what, mend) == (problem.field, problem.message, problem.hint)
