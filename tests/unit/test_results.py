"""What a question for several things gives: a tuple for every purpose."""

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest

import friendcities as fc
from friendcities.datasets.dataset import Results
from tests.shown import shown

PARTNERS = fc.partners_of("Shanghai")
PLAIN = tuple(PARTNERS)

SEVERAL: dict[str, Callable[[], tuple[Any, ...]]] = {
    "cities": fc.cities,
    "common_partners": lambda: fc.common_partners("Dunedin", "Yokohama"),
    "cooperations": fc.cooperations,
    "cooperations_of": lambda: fc.cooperations_of("Pudong New Area"),
    "events": fc.events,
    "events_of": lambda: fc.events_of("Dunedin"),
    "find_cities": lambda: fc.find_cities("dune"),
    "memoranda": fc.memoranda,
    "memoranda_of": lambda: fc.memoranda_of("Dunedin"),
    "officials": fc.officials,
    "officials_of": lambda: fc.officials_of("Dunedin"),
    "partners_of": lambda: fc.partners_of("Dunedin"),
    "partnerships": fc.partnerships,
    "partnerships_of": lambda: fc.partnerships_of("Dunedin"),
    "find_partnerships": lambda: fc.find_partnerships(country="NZ"),
    "parts_of": lambda: fc.parts_of("Minsk"),
    "shortest_path": lambda: fc.shortest_path("Dunedin", "Yokohama"),
    "sources": fc.sources,
    "sources_of": lambda: fc.sources_of("Dunedin"),
    "coverage": fc.coverage,
    "coverage_of": lambda: fc.coverage_of("Shanghai"),
    "statistics": fc.statistics,
    "statistics_of": lambda: fc.statistics_of("Shanghai", measure="new_foreign_ventures"),
    "timeline": lambda: fc.timeline("Dunedin"),
}
"""The questions for several things."""


def test_every_question_for_several_things_is_here() -> None:
    """All other public functions give one thing."""
    asking = {name for name in fc.__all__ if callable(getattr(fc, name)) and hasattr(fc.Dataset, name)}
    single = {"city", "cooperation", "count_partnerships", "event", "memorandum", "official", "partnership_between"}

    assert SEVERAL.keys() == asking - single - {"source", "statistic"}


@pytest.mark.parametrize("question", SEVERAL)
def test_every_question_gives_a_table_with_a_row_for_each(question: str) -> None:
    """Whatever is found, a notebook shows it as a table: a caption, headings, and as many rows as fit."""
    found = SEVERAL[question]()
    html = shown(found)
    heads, *rows = html.cells

    assert found
    assert html.caption.startswith(str(len(found)))
    assert heads
    assert {len(heads)} == {len(row) for row in rows[:50]}
    assert min(len(found), 50) == len(rows[:50])


def test_it_is_a_tuple() -> None:
    """It equals a tuple, has its hash and its repr, and is one wherever that is asked."""
    assert isinstance(PARTNERS, tuple)
    assert PLAIN == PARTNERS
    assert hash(PLAIN) == hash(PARTNERS)
    assert repr(PLAIN) == repr(PARTNERS)
    assert {PLAIN: 1}[PARTNERS]
    assert fc.partners_of("Shanghai") is PARTNERS


def test_what_is_taken_of_it() -> None:
    """An item is an item; a slice is again such a tuple, which names cities as well; two together are a plain one."""
    first, *_ = PARTNERS
    ties = fc.partnerships_of("Shanghai")

    assert PLAIN[0] is first is PARTNERS[0]
    assert PLAIN[-2:] == PARTNERS[-2:]
    assert type(PARTNERS[-2:]) is Results
    assert "Yokohama" == shown(ties[:1][:1]).cells[1][0].partition(" – ")[2]
    assert type(PARTNERS + PARTNERS) is tuple
    assert type(tuple(PARTNERS)) is tuple
    with pytest.raises(IndexError):
        PARTNERS[len(PARTNERS)]


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_pickles(protocol: int) -> None:
    """A pickle brings the same back, without the names of cities that are not in it."""
    ties = fc.partnerships_of("Dunedin")
    again = pickle.loads(pickle.dumps(ties, protocol))  # noqa: S301 - our own bytes

    assert ties == again
    assert "cn-shanghai – nz-dunedin" == shown(again).cells[1][0]


def test_copies() -> None:
    """A copy is equal, a deep one too."""
    assert PARTNERS == copy.copy(PARTNERS) == copy.deepcopy(PARTNERS)


def test_it_cannot_be_changed() -> None:
    """As with a tuple, nothing can be set on it."""
    with pytest.raises(AttributeError, match="results are immutable"):
        PARTNERS.note = "mine"


def test_nothing_shows_its_repr() -> None:
    """Where nothing was found there is no table, so a notebook shows the empty tuple."""
    nothing = fc.partners_of("Shanghai", on="1950")

    assert () == nothing
    assert nothing._repr_html_() is None  # type: ignore[attr-defined]
