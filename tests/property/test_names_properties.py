"""What holds of every name."""

import string
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import friendcities as fc
from friendcities import City, Dataset, FriendcitiesError, NameKind
from friendcities.names import fold
from friendcities.names.normalize import fold_each
from tests.cases import for_each_case
from tests.worlds import a_city, a_name

LATIN = st.text(string.ascii_letters + string.digits + " ", min_size=1, max_size=12)
NAME = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=6)
SHARED = st.sampled_from(["Springfield", "springfield", "Xi'an", "Xian", "上海", "—", "Q1", "aa-0", "a,b"]) | NAME


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    """What is folded stays as it is."""
    assert fold(text) == fold(fold(text))


@given(st.lists(st.text(), max_size=5))
@example([])
@example(["two\nlines", "´", " \u0301x", "\u0301"])
def test_many_are_folded_as_each_is(texts: list[str]) -> None:
    """However many are folded together, each comes out as it does alone."""
    assert [fold(text) for text in texts] == fold_each(texts)


@given(st.text())
def test_what_is_folded_has_words_and_single_blanks_only(text: str) -> None:
    """No case, no punctuation, no blanks but single ones between words."""
    folded = fold(text)

    assert folded == " ".join(folded.split())
    assert all(c == " " or unicodedata.category(c)[0] in "LMN" for c in folded)


@given(st.text())
def test_composition_and_width_do_not_matter(text: str) -> None:
    """Every Unicode normal form folds alike."""
    assert {fold(text)} == {fold(unicodedata.normalize(form, text)) for form in ("NFC", "NFD", "NFKC", "NFKD")}


@given(LATIN)
def test_case_width_and_accents_do_not_matter(text: str) -> None:
    """Capitals, full-width letters and letters with an accent each fold to the plain one."""
    wide = "".join(chr(ord(c) + 0xFEE0) if c != " " else "\u3000" for c in text)
    accented = "".join(f"{c}\u0301" if c.isalpha() else c for c in text)

    assert {fold(text)} == {fold(text.upper()), fold(text.lower()), fold(wide), fold(accented)}


@given(st.lists(st.lists(st.tuples(SHARED, st.sampled_from(NameKind)), min_size=1, max_size=3), max_size=4), SHARED)
def test_a_name_is_one_city_or_an_error(named: list[list[tuple[str, NameKind]]], query: str) -> None:
    """Whatever the names, a query is exactly one city that has it, or an error of ours; never a guess or a crash."""
    cities = [
        a_city(f"aa-{i}", each[0][0].strip() or "X", *(a_name(text, kind) for text, kind in each))
        for i, each in enumerate(named)
    ]
    world = Dataset(cities)
    have = [city for city in cities if fold(query) in {fold(city.name), *(fold(name.text) for name in city.names)}]

    try:
        found = [world.city(query)]
    except FriendcitiesError as error:
        found = []
        candidates = getattr(error, "candidates", ())
        assert all(isinstance(each, City) and each in cities for each in candidates)
        assert len(candidates) == len(set(candidates))
        assert len(have) != 1 or not fold(query)

    assert all(each in have or each.id == query.lower() for each in found)


@given(st.text(max_size=20), st.integers(1, 4))
def test_finding_never_crashes_and_never_exceeds_the_limit(query: str, limit: int) -> None:
    """Any text is searched for or refused as no name; the answer has no repeats."""
    if fold(query):
        found = fc.find_cities(query, limit=limit)
        assert len(found) == len(set(found)) <= limit
    else:
        with pytest.raises(fc.InvalidQueryError):
            fc.find_cities(query, limit=limit)


@for_each_case(fc.cities())
def test_each_city_is_found_by_each_of_its_own_names(city: City) -> None:
    """In the bundled data every name of a city finds it, and finds it first."""
    for text in (city.id, city.name, *(name.text for name in city.names), *city.identifiers.values()):
        if text.isdigit():
            continue
        assert city is fc.city(text)
        assert city is fc.city(text.upper())
        assert city is fc.find_cities(text)[0]
        assert city is fc.city(f"{city.name}, {city.country_name}")
