"""Ids that moved: from the one that a record once had to the one it has now, so that the old one still works."""

from collections.abc import Callable, Container, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from friendcities.errors import InvalidRecordError, Problem
from friendcities.model import RECORD_TYPES, AnyRecord, City, Partnership
from friendcities.model.grammar import is_city_id, is_id
from friendcities.model.record import short

FILE: Final = "redirects.json"
"""The file of them, beside the folders of records: ``{"cities": {"old-id": "new-id"}}``."""
RULE: Final = "redirect"

Redirects = Mapping[type[AnyRecord], Mapping[str, str]]
NO_REDIRECTS: Final[Redirects] = MappingProxyType({})


def parse_redirects(plain: Any) -> Redirects:
    """Redirects from plain values.

    Raises:
        InvalidRecordError: If they are not objects of ids, by folders of records.

    Example:
        >>> parse_redirects({"cities": {"nz-otepoti": "nz-dunedin"}})
        {<class 'friendcities.model.city.City'>: {'nz-otepoti': 'nz-dunedin'}}
        >>> parse_redirects({"city": {}})
        Traceback (most recent call last):
        friendcities.errors.InvalidRecordError: city: there is no such type of record; expected one of 'cities', \
'partnerships', 'memoranda', 'officials', 'statistics', 'events', 'cooperations', 'coverage', 'sources'
    """
    problems = list(_malformed(plain))
    if problems:
        raise InvalidRecordError(problems)
    return {RECORD_TYPES[folder]: dict(moved) for folder, moved in plain.items() if moved}


def redirects_to_plain(redirects: Redirects) -> dict[str, dict[str, str]]:
    """Redirects as plain values, in the one order that stands for them.

    Example:
        >>> redirects_to_plain(parse_redirects({"cities": {"nz-otepoti": "nz-dunedin", "nz-old": "nz-new"}}))
        {'cities': {'nz-old': 'nz-new', 'nz-otepoti': 'nz-dunedin'}}
    """
    sorted_ids = {folder: dict(sorted(redirects.get(cls, {}).items())) for folder, cls in RECORD_TYPES.items()}
    return {folder: moved for folder, moved in sorted_ids.items() if moved}


def broken_redirects(redirects: Redirects, known: Mapping[type[AnyRecord], Container[str]]) -> Iterator[Problem]:
    """Every redirect that does not lead straight from an id no record has to one that a record has.

    Args:
        redirects: The redirects.
        known: The ids of the records, by type.
    """
    folders = {cls: folder for folder, cls in RECORD_TYPES.items()}
    for cls, moved in redirects.items():
        for old, new in moved.items():
            field = f"{folders[cls]}.{old}"
            name = cls.__name__.lower()
            if old in known[cls]:
                what, hint = (
                    f"the id {old!r} moved, but there is still {with_article(cls)} of it",
                    "remove one of the two",
                )
                yield Problem(rule=RULE, field=field, message=what, expected="an id that no record has", hint=hint)
            elif new in moved:
                last = _end(moved, new, known[cls])
                what = f"{old!r} moved to {new!r}, which moved itself" + ("" if last else ", round and round")
                hint = f"write {last!r}" if last else ""
                yield Problem(rule=RULE, field=field, message=what, expected="the id of today", hint=hint)
            elif new not in known[cls]:
                what = f"{old!r} moved to {new!r}, and there is no such {name}"
                yield Problem(rule=RULE, field=field, message=what, expected=f"the id of {with_article(cls)} on record")


def overlay_redirects(
    beneath: Redirects, redirects: Redirects, known: Mapping[type[AnyRecord], Container[str]]
) -> Redirects:
    """The redirects of two datasets laid over each other: an id that is in use again leads nowhere else."""
    both = {}
    for cls in RECORD_TYPES.values():
        below, own = beneath.get(cls, {}), redirects.get(cls, {})
        moved = {**{old: new for old, new in below.items() if old not in known[cls]}, **own}
        if moved:
            both[cls] = moved
    return both


def with_article(cls: type[AnyRecord]) -> str:
    """A type of record in words, with its article.

    Example:
        >>> import friendcities as fc
        >>> with_article(fc.City), with_article(fc.Event)
        ('a city', 'an event')
    """
    name = cls.__name__.lower()
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def _end(moved: Mapping[str, str], id_: str, known: Container[str]) -> str | None:
    """Where an id that moved has come to, at a record or in the end; ``None`` where it goes round and round."""
    seen: set[str] = set()
    while id_ in moved and not (seen and id_ in known):
        if id_ in seen:
            return None
        seen.add(id_)
        id_ = moved[id_]
    return id_


def _is_partnership_id(text: str) -> bool:
    first, _, second = text.partition("--")
    return is_city_id(first) and is_city_id(second) and first < second


_FITS: Final[Mapping[type[AnyRecord], Callable[[str], bool]]] = {City: is_city_id, Partnership: _is_partnership_id}
"""Whether a text could be the id of a record, for the types whose ids are not like any other."""


def _malformed(plain: Any) -> Iterator[Problem]:
    if not isinstance(plain, dict):
        yield Problem(rule=RULE, message=f"invalid value {short(plain)}", expected='{"cities": {"old": "new"}}')
        return
    for folder, moved in plain.items():
        if folder not in RECORD_TYPES:
            expected = "one of " + ", ".join(map(repr, RECORD_TYPES))
            yield Problem(rule=RULE, field=folder, message="there is no such type of record", expected=expected)
        elif not isinstance(moved, dict):
            expected = 'an object of ids: {"old": "new"}'
            yield Problem(rule=RULE, field=folder, message=f"invalid value {short(moved)}", expected=expected)
        else:
            for old, new in moved.items():
                fits = _FITS.get(RECORD_TYPES[folder], is_id)
                if not (fits(old) and isinstance(new, str) and fits(new)):
                    what = f"{short(old)}: {short(new)} is no pair of ids"
                    yield Problem(
                        rule=RULE, field=f"{folder}.{old}", message=what, expected="an old id and its new one"
                    )
