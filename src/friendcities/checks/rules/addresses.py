"""Rules on web addresses: ``address``, ``shared-address``."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from ipaddress import ip_address
from typing import Final
from urllib.parse import SplitResult, urlsplit

from friendcities.checks.record_tree import RecordTree
from friendcities.checks.rule import Scope, rule
from friendcities.errors import Problem
from friendcities.model import AnyRecord, Source
from friendcities.model.record import short
from friendcities.model.source import page_of

_FORBIDDEN: Final = frozenset('<>"{}|\\^`')
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Zl", "Zp", "Zs"})
"""Unicode categories of characters that are not seen."""
_INCOMPLETE_ESCAPE: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_HOST_LABEL: Final = re.compile(r"\w(?:[\w-]{0,61}\w)?")
_BRACKETS: Final = {")": "(", "]": "["}


@rule(Scope.RECORD)
def address(record: AnyRecord, _: RecordTree) -> Iterator[Problem]:
    """An address leads to the web.

    An address is how a reader gets to what a fact rests on: 'https://' or 'http://', a public host, no user, no blanks,
    no characters that an address cannot hold, brackets in pairs (one that is missing is often cut off in copying).
    Whether anybody answers is not asked: the check never goes online.
    """
    if isinstance(record, Source):
        for field, address in (("address", record.address), ("archived", record.archived)):
            fault = None if address is None else _find_fault(address)
            if fault is not None:
                message, expected = f"{short(address)} {fault[0]}", fault[1]
                yield Problem(field=field, message=message, expected=expected, hint="copy it again from the browser")


def _find_fault(address: str) -> tuple[str, str] | None:
    """The first fault of an address and what was expected; ``None`` if the address is valid."""
    for character in address:
        if character in _FORBIDDEN or unicodedata.category(character) in _INVISIBLE:
            name = unicodedata.name(character, "a character without a name")
            escaped = "".join(f"%{byte:02X}" for byte in character.encode())
            return f"holds U+{ord(character):04X} {name}", f"an address without it, or with {escaped} in its place"
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return "cannot be taken apart: its host, its port or a bracket is wrong", "'https://', a host, and a path"
    return _find_host_fault(parts, port) or _find_path_fault(address)


def _find_host_fault(parts: SplitResult, port: int | None) -> tuple[str, str] | None:
    host, expected = parts.hostname or "", "the name of a host on the web, like 'www.example.org'"
    if "@" in parts.netloc:
        return "names a user, perhaps with a password", "an address that everybody can open"
    if port == 0:
        return "has the port 0", "a port from 1 to 65535, or none"
    try:
        number = ip_address(host)
    except ValueError:
        labels = host.removesuffix(".").split(".")
        is_name = len(labels) > 1 and all(map(_HOST_LABEL.fullmatch, labels)) and not labels[-1].isdigit()
        if not is_name or labels[-1] == "localhost":
            return (f"has the host {host!r}" if host else "has no host"), expected
    else:
        if not number.is_global:
            return f"leads to {host}, which is not on the web", expected
    return None


def _find_path_fault(address: str) -> tuple[str, str] | None:
    escape = _INCOMPLETE_ESCAPE.search(address)
    if escape is not None:
        return f"has a '%' without two digits behind it, as character {escape.start() + 1}", "'%25' for the sign itself"
    expected = "brackets in pairs; for one that stands alone, '%28', '%29', '%5B' or '%5D'"
    opened: list[str] = []
    for character in address:
        if character in _BRACKETS.values():
            opened.append(character)
        elif character in _BRACKETS and (not opened or opened.pop() != _BRACKETS[character]):
            return f"has a {character!r} that closes nothing", expected
    return (f"has a {opened[-1]!r} that is never closed", expected) if opened else None


@rule(Scope.DATASET, excusable=True)
def shared_address(tree: RecordTree) -> Iterator[Problem]:
    """A publication is one source.

    Two sources with one address that describe the same state are one publication, entered twice: it would count as two
    witnesses. A page that was read again later is another source, with an 'as_of' of its own.
    """
    pages: dict[str, list[Source]] = defaultdict(list)
    for source in tree.all_records(Source).values():
        if source.address is not None:
            pages[page_of(source.address)].append(source)
    for page in pages.values():
        for source, other in _pair_overlapping(page):
            if tree.owns(source):
                message = f"the source {other.id!r} has this address, too, and describes the same state"
                hint = "keep one of the two and name it where the other is named, or correct 'address' or 'as_of'"
                path, expected = tree.path_of(source), "one source for one publication"
                yield Problem(path=path, field="address", message=message, expected=expected, hint=hint)


def _pair_overlapping(sources: list[Source]) -> Iterator[tuple[Source, Source]]:
    """Pair each source with one whose date overlaps its own; a page read in two years is two sources.

    An undated source overlaps every other.
    """
    spans = sorted(
        (
            (date.min, date.max) if source.as_of is None else (source.as_of.earliest, source.as_of.latest),
            source.id,
            source,
        )
        for source in sources
    )
    pairs: dict[str, tuple[Source, Source]] = {}
    (_, latest), _, longest = spans[0]
    for (first, last), _, source in spans[1:]:
        if first <= latest:
            pairs.setdefault(longest.id, (longest, source))
            pairs[source.id] = source, longest
        if last > latest:
            latest, longest = last, source
    return iter(pairs.values())
