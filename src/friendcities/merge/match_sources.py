"""Matches the sources of two datasets that are the same publication."""

from collections import defaultdict
from collections.abc import Callable, Collection, Container, Hashable, Iterable, Mapping
from itertools import count
from typing import Final, TypeVar

from attrs import frozen

from friendcities.merge.merge_report import Agreement
from friendcities.model import City, Source
from friendcities.model.source import page_of

_COMPARED_FIELDS: Final = ("kind", "publisher", "title", "authors", "published", "as_of", "language", "address")
"""The fields that are compared. Sources with the same content have equal values."""
_MAX_LENGTH: Final = 92
"""The maximum length of an id without a number. The number brings the length to at most 100 characters."""


R = TypeVar("R", City, Source)


@frozen
class Match:
    """The match of a record of the other dataset to a record of ours."""

    id: str
    """The id of our record, or an unused id for a new record."""
    by: Agreement | None = None
    """Why the records match; ``None`` for a new record."""
    detail: str = ""
    """The value on which the records agree."""


def unused_id(id_: str, used: Container[str]) -> str:
    """Return the id, or the id with the first number that makes it unused.

    Example:
        >>> unused_id("gazette-1994", {"gazette-1994"})
        'gazette-1994-2'
    """
    base = id_[:_MAX_LENGTH].rstrip("-")
    numbered = (f"{base}-{number}" for number in count(2))
    return id_ if id_ not in used else next(each for each in numbered if each not in used)


def is_numbered_copy(id_: str, original: str) -> bool:
    """Whether an id is the original id, with or without a number from :func:`unused_id`.

    Example:
        >>> is_numbered_copy("gazette-1994-2", "gazette-1994"), is_numbered_copy("gazette-1994", "gazette")
        (True, True)
    """
    base, _, number = id_.rpartition("-")
    return id_ == original or (number.isdecimal() and base == original[:_MAX_LENGTH].rstrip("-"))


def match_sources(
    ours: Mapping[str, Source], theirs: Mapping[str, Source], moved: Mapping[str, str]
) -> dict[str, Match]:
    """Match each source of the other dataset with a source of our dataset. The keys are ids of the other dataset.

    Two sources match if they describe the same page on the same date, or have the same content.

    If two publications have the same id, the id of the other dataset gets a number. ``moved`` maps former ids of our
    sources to current ids.
    """
    matches: dict[str, Match] = {}
    by_page: defaultdict[str | None, list[Source]] = defaultdict(list)
    by_content: defaultdict[Hashable, list[Source]] = defaultdict(list)
    for source in ours.values():
        by_page[_page(source)].append(source)
        by_content[_content(source)].append(source)
    for id_, source in theirs.items():
        own = ours.get(moved.get(id_, id_))
        if own is not None and (_content(own) == _content(source) or _is_same_page(own, source)):
            matches[id_] = Match(own.id, Agreement.ID)
    matched = {match.id for match in matches.values()}
    for id_ in sorted(theirs.keys() - matches.keys()):
        source = theirs[id_]
        same_page = (each for each in by_page[_page(source)] if _is_same_page(each, source))
        if same := _preferred_candidate(source, same_page, matched):
            matches[id_] = Match(same.id, Agreement.ADDRESS, source.address or "")
        elif same := _preferred_candidate(source, by_content[_content(source)], matched):
            matches[id_] = Match(same.id, Agreement.CONTENT)
    add_new_matches(matches, theirs, {*ours, *moved}, lambda source: source.id)
    return matches


def add_new_matches(
    matches: dict[str, Match], theirs: Mapping[str, R], our_ids: Collection[str], new_id: Callable[[R], str]
) -> None:
    """Give each unmatched record an unused id, if necessary from ``new_id``."""
    used = {*our_ids, *theirs}
    for their_id in sorted(theirs.keys() - matches.keys()):
        id_ = unused_id(new_id(theirs[their_id]), used) if their_id in our_ids else their_id
        used.add(id_)
        matches[their_id] = Match(id_)


def _content(source: Source) -> Hashable:
    return tuple(getattr(source, name) for name in _COMPARED_FIELDS)


def _page(source: Source) -> str | None:
    return None if source.address is None else page_of(source.address)


def _is_same_page(one: Source, other: Source) -> bool:
    if _page(one) is None or _page(one) != _page(other):
        return False
    return one.as_of is None or other.as_of is None or one.as_of.overlaps(other.as_of)


def _preferred_candidate(source: Source, candidates: Iterable[Source], matched: Container[str]) -> Source | None:
    """A copy from an earlier merge comes first, then an unmatched candidate."""

    def rank(candidate: Source) -> tuple[bool, bool, bool, str]:
        is_other = not is_numbered_copy(candidate.id, source.id)
        return (is_other, candidate.id in matched, candidate.as_of != source.as_of, candidate.id)

    return min(candidates, key=rank, default=None)
