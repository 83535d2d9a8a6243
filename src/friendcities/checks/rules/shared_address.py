"""The rule ``shared-address``."""

import re
from collections import defaultdict
from collections.abc import Iterator

from friendcities.checks.register import Register
from friendcities.checks.rule import Rule, Scope
from friendcities.errors import Problem
from friendcities.model import Source

__all__ = ["RULE"]

_START = re.compile("https?://", re.IGNORECASE)
_PLACE = re.compile("#(?![!/]).*")
"""A place on the page; what follows ``#/`` or ``#!`` is a page of its own."""


def _find(register: Register) -> Iterator[Problem]:
    groups: dict[str, list[Source]] = defaultdict(list)
    for source in (*register.beneath[Source].values(), *register.records[Source].values()):
        if source.address is not None:
            groups[_page(source.address)].append(source)
    for group in groups.values():
        for source, other in _of_one_state(group):
            if register.owns(source):
                yield Problem(
                    path=register.path_of(source),
                    field="address",
                    what=f"the source {other.id!r} has this address, too, and describes the same state",
                    expected="one source for one publication",
                    mend="keep one of the two and name it where the other is named, or mend 'address' or 'as_of'",
                )


def _page(address: str) -> str:
    """What two addresses of one page have in common: not the protocol, the case of the host, or a place on the page."""
    host, slash, rest = _PLACE.sub("", _START.sub("", address)).partition("/")
    return f"{host.lower()}{slash}{rest}".rstrip("/")


def _of_one_state(group: list[Source]) -> Iterator[tuple[Source, Source]]:
    """Each source whose date overlaps that of another, with one such; a page read in two years is two sources."""
    longest, *later = sorted(group, key=lambda source: (source.as_of.earliest, source.id))
    found: dict[str, tuple[Source, Source]] = {}
    for source in later:
        if longest.as_of.overlaps(source.as_of):
            found.setdefault(longest.id, (longest, source))
            found[source.id] = source, longest
        longest = max(longest, source, key=lambda each: each.as_of.latest)
    return iter(found.values())


RULE = Rule(
    name="shared-address",
    scope=Scope.DATASET,
    summary="a publication is one source",
    description=(
        "Two sources with one address that describe the same state are one publication, entered twice: it would count "
        "as two witnesses. A page that was read again later is another source, with an 'as_of' of its own."
    ),
    find=_find,
    excusable=True,
)
