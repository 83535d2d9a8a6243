"""Match the sources of two datasets: which of them are the same publication."""

from collections import defaultdict
from collections.abc import Container, Hashable, Iterable, Iterator, Mapping
from itertools import count
from typing import Final

from attrs import frozen

from friendcities.merge.merge_report import Agreement
from friendcities.model import Source
from friendcities.model.source import page_of

__all__ = ["Match", "is_numbered_copy", "match_sources", "unused_id"]

_COMPARED_FIELDS: Final = ("kind", "publisher", "title", "authors", "published", "as_of", "language", "address")
"""The fields that are equal in two sources of the same content."""
_MAX_LENGTH: Final = 92
"""The length of an id before a number is added: an id has at most 100 characters."""


@frozen
class Match:
    """The record of ours that a record of theirs is merged into."""

    id: str
    """The id of that record of ours, or an unused id for a new record."""
    by: Agreement | None = None
    """Why the two are the same; ``None`` for a new record."""
    detail: str = ""
    """The value on which they agree."""


def unused_id(id_: str, used: Container[str]) -> str:
    """The id itself if it is not used, else the id with the first number that makes it unique.

    Example:
        >>> unused_id("gazette-1994", {"gazette-1994"})
        'gazette-1994-2'
    """
    base = id_[:_MAX_LENGTH].rstrip("-")
    numbered = (f"{base}-{number}" for number in count(2))
    return id_ if id_ not in used else next(each for each in numbered if each not in used)


def is_numbered_copy(id_: str, original: str) -> bool:
    """Whether :func:`unused_id` may have made an id from the original, with a number or without.

    Example:
        >>> is_numbered_copy("gazette-1994-2", "gazette-1994"), is_numbered_copy("gazette-1994", "gazette")
        (True, True)
    """
    base, _, number = id_.rpartition("-")
    return id_ == original or (number.isdecimal() and base == original[:_MAX_LENGTH].rstrip("-"))


def match_sources(
    ours: Mapping[str, Source], theirs: Mapping[str, Source], moved: Mapping[str, str]
) -> dict[str, Match]:
    """Find for each source of theirs the same source of ours, by its id in theirs.

    Two sources are the same if they describe one state of one page, or have the same content. An id that names two
    publications gets a number in the merged dataset. ``moved`` has the former ids of our sources with those of today.
    """
    matches: dict[str, Match] = {}
    for id_, source in theirs.items():
        same_id = ours.get(moved.get(id_, id_))
        if same_id is not None and (
            _source_content(same_id) == _source_content(source) or _is_same_page(same_id, source)
        ):
            matches[id_] = Match(same_id.id, Agreement.ID)
    unmatched = [source for id_, source in theirs.items() if id_ not in matches]
    matches |= _match_content(ours.values(), unmatched, {match.id for match in matches.values()})
    used = {*ours, *moved, *theirs}
    for id_ in sorted(theirs.keys() - matches.keys()):
        new_id = unused_id(id_, used) if id_ in ours or id_ in moved else id_
        used.add(new_id)
        matches[id_] = Match(new_id)
    return matches


def _match_content(
    ours: Iterable[Source], theirs: Iterable[Source], matched: Container[str]
) -> Iterator[tuple[str, Match]]:
    """Match sources by address, then by content; ``matched`` are the ids of ours that are matched by id."""
    by_page: defaultdict[str, list[Source]] = defaultdict(list)
    by_content: defaultdict[Hashable, list[Source]] = defaultdict(list)
    for source in ours:
        by_content[_source_content(source)].append(source)
        if source.address is not None:
            by_page[page_of(source.address)].append(source)
    for source in theirs:
        page = () if source.address is None else by_page.get(page_of(source.address), ())
        if same := _best_match(source, (each for each in page if _is_same_page(each, source)), matched):
            yield source.id, Match(same.id, Agreement.ADDRESS, source.address or "")
        elif same := _best_match(source, by_content.get(_source_content(source), ()), matched):
            yield source.id, Match(same.id, Agreement.CONTENT)


def _source_content(source: Source) -> Hashable:
    return tuple(getattr(source, name) for name in _COMPARED_FIELDS)


def _is_same_page(one: Source, other: Source) -> bool:
    """Whether two sources describe the same state of the same page."""
    if one.address is None or other.address is None or page_of(one.address) != page_of(other.address):
        return False
    return one.as_of is None or other.as_of is None or one.as_of.overlaps(other.as_of)


def _best_match(source: Source, candidates: Iterable[Source], matched: Container[str]) -> Source | None:
    """The best of several candidates: one that an earlier merge named after the source, then one not yet matched."""

    def rank(candidate: Source) -> tuple[bool, bool, bool, str]:
        is_other = not is_numbered_copy(candidate.id, source.id)
        return (is_other, candidate.id in matched, candidate.as_of != source.as_of, candidate.id)

    return min(candidates, key=rank, default=None)
