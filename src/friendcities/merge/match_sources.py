"""Which sources of two datasets are one publication, and what the one says that the other lacks."""

from collections import defaultdict
from collections.abc import Container, Hashable, Iterable, Iterator, Mapping
from typing import Any, Final

import attrs
from attrs import frozen

from friendcities.merge.ids import free_id, is_made_of
from friendcities.merge.merge_records import evolved, with_note
from friendcities.merge.merge_report import Agreement, Relation
from friendcities.merge.notes import RecordNotes
from friendcities.model import PartialDate, Source
from friendcities.model.evidence import is_empty
from friendcities.model.source import page_of

__all__ = ["Match", "absorbed_source", "match_sources"]

_SAID_OF_ITSELF: Final = ("kind", "publisher", "title", "authors", "published", "as_of", "language", "address")
"""The fields by which two sources without a common address are known for one."""


@frozen
class Match:
    """What a record of theirs is in ours."""

    id: str
    """Its id there: that of ours that it is, or one that is free."""
    by: Agreement | None = None
    """By what it was taken for one of ours; ``None``: it is new."""
    detail: str = ""
    """That in particular."""


def match_sources(
    ours: Mapping[str, Source], theirs: Mapping[str, Source], moved: Mapping[str, str]
) -> dict[str, Match]:
    """What each source of theirs is in ours, by its id in theirs.

    Two are one if they describe one state of one page, or say the same of themselves; then each fact has one witness,
    and not two. An id that both have and that names two publications is theirs no longer: a number is added.

    Args:
        ours: Our sources, by id.
        theirs: Theirs, by id.
        moved: The ids that sources of ours once had, with those they have now.
    """
    found: dict[str, Match] = {}
    for id_, source in theirs.items():
        own = ours.get(moved.get(id_, id_))
        if own is not None and _is_one(own, source):
            found[id_] = Match(own.id, Agreement.ID)
    rest = {id_: source for id_, source in theirs.items() if id_ not in found}
    found |= _under_other_ids(ours, rest, found)
    taken = {*ours, *moved, *theirs}
    for id_ in sorted(theirs):
        if id_ not in found:
            new = id_ if id_ not in ours and id_ not in moved else free_id(id_, taken)
            taken.add(new)
            found[id_] = Match(new)
    return found


def _under_other_ids(
    ours: Mapping[str, Source], theirs: Mapping[str, Source], found: Mapping[str, Match]
) -> Iterator[tuple[str, Match]]:
    """Those of theirs that are one of ours by address or content; given those that are known by their ids."""
    pages: defaultdict[str, list[Source]] = defaultdict(list)
    contents: defaultdict[Hashable, list[Source]] = defaultdict(list)
    for source in ours.values():
        contents[_content(source)].append(source)
        if source.address is not None:
            pages[page_of(source.address)].append(source)
    known = {match.id for match in found.values()}
    for id_, source in theirs.items():
        page = () if source.address is None else pages.get(page_of(source.address), ())
        if same := _best(source, _of_one_state(source, page), known):
            yield id_, Match(same.id, Agreement.ADDRESS, source.address or "")
        elif same := _best(source, contents.get(_content(source), ()), known):
            yield id_, Match(same.id, Agreement.CONTENT)


def absorbed_source(ours: Source, theirs: Source, notes: RecordNotes) -> Source:
    """Our source with what theirs says of the same publication and ours leaves open.

    Args:
        ours: The source that stays.
        theirs: The other one, naming cities by the ids they have in ours.
        notes: Collects what is done.
    """
    changes: dict[str, Any] = {}
    for attribute in attrs.fields(Source):
        name = attribute.name
        mine, their = getattr(ours, name), getattr(theirs, name)
        if name in {"id", "note"} or mine == their or is_empty(their):
            continue
        if is_empty(mine):
            changes[name] = their
            notes.add(name, their)
        elif how := _relation(name, mine, their):
            notes.differ(name, mine, their, how)
    return with_note(evolved(ours, **changes), theirs, notes)


def _relation(name: str, mine: object, their: object) -> Relation | None:
    if isinstance(mine, PartialDate) and isinstance(their, PartialDate) and name != "accessed":
        return None if their.includes(mine) else Relation.FINER if mine.includes(their) else Relation.CONTRARY
    return Relation.OTHER


def _content(source: Source) -> Hashable:
    return tuple(getattr(source, name) for name in _SAID_OF_ITSELF)


def _is_one(own: Source, source: Source) -> bool:
    return _content(own) == _content(source) or any(_of_one_state(source, [own]))


def _of_one_state(source: Source, candidates: Iterable[Source]) -> Iterator[Source]:
    """Those that describe the same state of the same page."""
    page = None if source.address is None else page_of(source.address)
    for each in candidates:
        if each.address is not None and page_of(each.address) == page and each.as_of.overlaps(source.as_of):
            yield each


def _best(source: Source, candidates: Iterable[Source], known: Container[str]) -> Source | None:
    """Of several that a source may be, the one named after it when they were merged before, then one that is no other.

    Args:
        source: The source of theirs.
        candidates: Those of ours.
        known: The ids of those of ours that others of theirs are by their ids.
    """

    def rank(each: Source) -> tuple[bool, bool, bool, str]:
        return (not is_made_of(each.id, source.id), each.id in known, each.as_of != source.as_of, each.id)

    return min(candidates, key=rank, default=None)
