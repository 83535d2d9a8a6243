"""Redirects: the current id for each former id of a record."""

from collections.abc import Callable, Container, Iterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any, Final

from friendcities.errors import InvalidRecordError, Problem
from friendcities.model import RECORD_TYPES, AnyRecord, City, Partnership
from friendcities.model.grammar import is_city_id, is_id
from friendcities.model.record import short

FILE: Final = "redirects.json"
"""The file of redirects, beside the folders of records: ``{"cities": {"old-id": "new-id"}}``."""
RULE: Final = "redirect"

Redirects = Mapping[type[AnyRecord], Mapping[str, str]]
NO_REDIRECTS: Final[Redirects] = MappingProxyType({})


def parse_redirects(plain: Any) -> Redirects:
    """Read redirects from plain values.

    Example:
        >>> parse_redirects({"cities": {"nz-otepoti": "nz-dunedin"}})
        {<class 'friendcities.model.city.City'>: {'nz-otepoti': 'nz-dunedin'}}
        >>> parse_redirects({"city": {}})
        Traceback (most recent call last):
        friendcities.errors.InvalidRecordError: city: unknown record type; expected one of 'cities', \
'partnerships', 'memoranda', 'officials', 'statistics', 'events', 'cooperations', 'coverage', 'sources'
    """
    problems = list(_malformed(plain))
    if problems:
        raise InvalidRecordError(problems)
    return {RECORD_TYPES[folder]: dict(moved) for folder, moved in plain.items() if moved}


def redirects_to_plain(redirects: Redirects) -> dict[str, dict[str, str]]:
    """Return redirects as plain values, in canonical order.

    Example:
        >>> redirects_to_plain(parse_redirects({"cities": {"nz-otepoti": "nz-dunedin", "nz-old": "nz-new"}}))
        {'cities': {'nz-old': 'nz-new', 'nz-otepoti': 'nz-dunedin'}}
    """
    sorted_ids = {folder: dict(sorted(redirects.get(cls, {}).items())) for folder, cls in RECORD_TYPES.items()}
    return {folder: moved for folder, moved in sorted_ids.items() if moved}


def broken_redirects(redirects: Redirects, known: Mapping[type[AnyRecord], Container[str]]) -> Iterator[Problem]:
    """Yield a problem for each redirect whose old id exists, or whose new id does not exist.

    ``known`` contains the ids of all records, by type.
    """
    folders = {cls: folder for folder, cls in RECORD_TYPES.items()}
    for cls, moved in redirects.items():
        for old, new in moved.items():
            problem = partial(Problem, rule=RULE, field=f"{folders[cls]}.{old}")
            if old in known[cls]:
                what, expected = (
                    f"the former id {old!r} is still used by {with_article(cls)}",
                    "an id that no record has",
                )
                yield problem(message=what, expected=expected, hint="delete the redirect or the record")
            elif new in moved:
                last = _end(moved, new, known[cls])
                end = f"{new!r}, but this is also a former id" if last else "a circle of redirects"
                what = f"the redirect from {old!r} leads to {end}"
                yield problem(message=what, expected="the current id", hint=f"write {last!r}" if last else "")
            elif new not in known[cls]:
                what = f"the redirect from {old!r} leads to {new!r}, but there is no such {cls.__name__.lower()}"
                yield problem(message=what, expected=f"the id of an existing {cls.__name__.lower()}")


def overlay_redirects(
    base: Redirects, redirects: Redirects, known: Mapping[type[AnyRecord], Container[str]]
) -> Redirects:
    """Combine the redirects of a dataset and its base. Redirects from existing records are omitted."""
    both: dict[type[AnyRecord], Mapping[str, str]] = {}
    for cls in RECORD_TYPES.values():
        unused = {old: new for old, new in base.get(cls, {}).items() if old not in known[cls]}
        both[cls] = unused | dict(redirects.get(cls, {}))
    return {cls: moved for cls, moved in both.items() if moved}


def with_article(cls: type[AnyRecord]) -> str:
    """Return the name of a type of record with an article.

    Example:
        >>> with_article(fc.City), with_article(fc.Event)
        ('a city', 'an event')
    """
    name = cls.__name__.lower()
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def _end(moved: Mapping[str, str], id_: str, known: Container[str]) -> str | None:
    """Follow a chain of redirects. Return ``None`` for a cycle."""
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
"""The function that parses ids, for each type of record with a special grammar."""


def _malformed(plain: Any) -> Iterator[Problem]:
    problem = partial(Problem, rule=RULE)
    if not isinstance(plain, dict):
        yield problem(message=f"invalid value {short(plain)}", expected='{"cities": {"old": "new"}}')
        return
    for folder, moved in plain.items():
        if folder not in RECORD_TYPES:
            expected = "one of " + ", ".join(map(repr, RECORD_TYPES))
            yield problem(field=folder, message="unknown record type", expected=expected)
        elif not isinstance(moved, dict):
            expected = 'an object of ids: {"old": "new"}'
            yield problem(field=folder, message=f"invalid value {short(moved)}", expected=expected)
        else:
            fits = _FITS.get(RECORD_TYPES[folder], is_id)
            for old, new in moved.items():
                if not (fits(old) and isinstance(new, str) and fits(new)):
                    what = f"invalid pair of ids {short(old)}: {short(new)}"
                    yield problem(
                        field=f"{folder}.{old}", message=what, expected="two ids: the former id and the current id"
                    )
