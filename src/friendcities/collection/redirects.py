"""Ids that moved: from the one that a record once had to the one it has now, so that the old one still works."""

from collections.abc import Container, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from friendcities.errors import InvalidRecordError, Problem
from friendcities.model import RECORD_TYPES, AnyRecord
from friendcities.model.grammar import is_id
from friendcities.model.record import short

__all__ = ["FILE", "NO_REDIRECTS", "Redirects", "broken_redirects", "laid_over", "redirects_of", "redirects_to_plain"]

FILE: Final = "redirects.json"
"""The file of them, beside the folders of records: ``{"cities": {"old-id": "new-id"}}``."""
RULE: Final = "redirect"

Redirects = Mapping[type[AnyRecord], Mapping[str, str]]
NO_REDIRECTS: Final[Redirects] = MappingProxyType({})


def redirects_of(plain: Any) -> Redirects:
    """Redirects from plain values.

    Raises:
        InvalidRecordError: If they are not objects of ids, by folders of records.

    Example:
        >>> redirects_of({"cities": {"nz-otepoti": "nz-dunedin"}})
        {<class 'friendcities.model.city.City'>: {'nz-otepoti': 'nz-dunedin'}}
        >>> redirects_of({"city": {}})
        Traceback (most recent call last):
        friendcities.errors.InvalidRecordError: city: there is no such type of record; expected one of 'cities', \
'partnerships', 'memoranda', 'officials', 'statistics', 'events', 'cooperations', 'sources'
    """
    problems = list(_malformed(plain))
    if problems:
        raise InvalidRecordError(problems)
    return {RECORD_TYPES[folder]: dict(moved) for folder, moved in plain.items()}


def redirects_to_plain(redirects: Redirects) -> dict[str, dict[str, str]]:
    """Redirects as plain values, in the one order that stands for them.

    Example:
        >>> redirects_to_plain(redirects_of({"cities": {"nz-otepoti": "nz-dunedin", "nz-old": "nz-new"}}))
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
                what, mend = f"the id {old!r} moved, but there is still a {name} of it", "remove one of the two"
                yield Problem(rule=RULE, field=field, what=what, expected="an id that no record has", mend=mend)
            elif new in moved:
                what, mend = f"{old!r} moved to {new!r}, which moved itself", f"write {moved[new]!r}"
                yield Problem(rule=RULE, field=field, what=what, expected="the id of today", mend=mend)
            elif new not in known[cls]:
                what = f"{old!r} moved to {new!r}, and there is no such {name}"
                yield Problem(rule=RULE, field=field, what=what, expected=f"the id of a {name} on record")


def laid_over(
    beneath: Redirects, redirects: Redirects, known: Mapping[type[AnyRecord], Mapping[str, Any]]
) -> Redirects:
    """The redirects of two datasets laid over each other: an id that is in use again leads nowhere else."""
    return {
        cls: {
            old: new
            for old, new in {**beneath.get(cls, {}), **redirects.get(cls, {})}.items()
            if old in redirects.get(cls, {}) or old not in known[cls]
        }
        for cls in (*beneath, *(cls for cls in redirects if cls not in beneath))
    }


def _malformed(plain: Any) -> Iterator[Problem]:
    if not isinstance(plain, dict):
        yield Problem(rule=RULE, what=f"{short(plain)} cannot stand here", expected='{"cities": {"old": "new"}}')
        return
    for folder, moved in plain.items():
        if folder not in RECORD_TYPES:
            expected = "one of " + ", ".join(map(repr, RECORD_TYPES))
            yield Problem(rule=RULE, field=folder, what="there is no such type of record", expected=expected)
        elif not isinstance(moved, dict):
            expected = 'an object of ids: {"old": "new"}'
            yield Problem(rule=RULE, field=folder, what=f"{short(moved)} cannot stand here", expected=expected)
        else:
            for old, new in moved.items():
                ids = old.replace("--", "-"), new.replace("--", "-") if isinstance(new, str) else ""
                if not all(map(is_id, ids)):
                    what = f"{short(old)}: {short(new)} is no pair of ids"
                    yield Problem(rule=RULE, field=f"{folder}.{old}", what=what, expected="an old id and its new one")
