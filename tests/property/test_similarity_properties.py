"""What comes near: the names that difflib finds, though far fewer are compared."""

import string
from difflib import get_close_matches

from hypothesis import example, given
from hypothesis import strategies as st

from friendcities.names.similarity import CUTOFF, LIMIT, SimilarNames

LETTERS = st.text("abc", min_size=1, max_size=9) | st.text(string.ascii_lowercase + " 上海", min_size=1, max_size=30)
NAMES = st.lists(LETTERS, max_size=60, unique=True)


@given(NAMES, LETTERS)
@example([], "a")
@example(["a" * 300, "a" * 299 + "b"], "a" * 298)
@example(["ab", "ba", "aab", "aba", "baa", "abab"], "ab")
@example(["abaa"], "aaaa")
def test_it_finds_what_difflib_finds(names: list[str], text: str) -> None:
    """The same names in the same order, of any number and at any likeness."""
    assert get_close_matches(text, names, LIMIT, CUTOFF) == SimilarNames(names).find(text)


@given(NAMES, LETTERS, LETTERS)
def test_what_was_asked_before_does_not_matter(names: list[str], before: str, text: str) -> None:
    """What is kept of one text for the next changes no answer."""
    similar = SimilarNames(names)
    similar.find(before)

    assert SimilarNames(names).find(text) == similar.find(text)


def test_a_name_without_letters_is_like_nothing() -> None:
    """Names of signs alone fold to nothing, and nothing comes near them."""
    assert [] == SimilarNames(["", "a"]).find("")
    assert ["a"] == SimilarNames(["", "a"]).find("a")
