"""The rule ``address``."""

import re
import unicodedata
from collections.abc import Iterator
from ipaddress import ip_address
from itertools import chain
from typing import Final
from urllib.parse import SplitResult, urlsplit

from friendcities.checks.record_tree import Register
from friendcities.checks.rule import Rule, Scope, in_records, when_read
from friendcities.errors import Problem
from friendcities.model import AnyRecord, Source
from friendcities.model.record import short

__all__ = ["RULE"]

_UNFIT: Final = frozenset('<>"{}|\\^`')
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Zl", "Zp", "Zs"})
_ESCAPE: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_LABEL: Final = re.compile(r"\w(?:[\w-]{0,61}\w)?")
_PAIRS: Final = {")": "(", "]": "["}


def _find(record: AnyRecord, register: Register) -> Iterator[Problem]:
    del register
    if isinstance(record, Source):
        for field, address in (("address", record.address), ("archived", record.archived)):
            wrong = None if address is None else _wrong(address)
            if wrong is not None:
                what, expected = wrong
                mend = "copy it again from the browser"
                yield Problem(field=field, message=f"{short(address)} {what}", expected=expected, hint=mend)


def _wrong(address: str) -> tuple[str, str] | None:
    """What is wrong with an address first, and what was expected; ``None`` where nothing is."""
    for character in address:
        if character in _UNFIT or unicodedata.category(character) in _UNSEEN:
            name = unicodedata.name(character, "a character without a name")
            escaped = "".join(f"%{byte:02X}" for byte in character.encode())
            return f"holds U+{ord(character):04X} {name}", f"an address without it, or with {escaped} in its place"
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return "cannot be taken apart: its host, its port or a bracket is wrong", "'https://', a host, and a path"
    return _wrong_host(parts, port) or _wrong_path(address)


def _wrong_host(parts: SplitResult, port: int | None) -> tuple[str, str] | None:
    host, public = parts.hostname or "", "the name of a host on the web, like 'www.example.org'"
    if "@" in parts.netloc:
        return "names a user, perhaps with a password", "an address that everybody can open"
    if port == 0:
        return "has the port 0", "a port from 1 to 65535, or none"
    try:
        number = ip_address(host)
    except ValueError:
        labels = host.removesuffix(".").split(".")
        named = len(labels) > 1 and all(map(_LABEL.fullmatch, labels)) and not labels[-1].isdigit()
        if not named or labels[-1] == "localhost":
            return (f"has the host {host!r}" if host else "has no host"), public
    else:
        if not number.is_global:
            return f"leads to {host}, which is not on the web", public
    return None


def _wrong_path(address: str) -> tuple[str, str] | None:
    broken = _ESCAPE.search(address)
    if broken is not None:
        return f"has a '%' without two digits behind it, as character {broken.start() + 1}", "'%25' for the sign itself"
    expected = "brackets in pairs; for one that stands alone, '%28', '%29', '%5B' or '%5D'"
    opened: list[str] = []
    for character in address:
        if character in _PAIRS.values():
            opened.append(character)
        elif character in _PAIRS and (not opened or opened.pop() != _PAIRS[character]):
            return f"has a {character!r} that closes nothing", expected
    return (f"has a {opened[-1]!r} that is never closed", expected) if opened else None


RULE = Rule(
    name="address",
    scope=Scope.RECORD,
    summary="an address leads to the web",
    description=(
        "An address is how a reader gets to what a fact rests on: 'https://' or 'http://', a public host, no user, no "
        "blanks, no characters that an address cannot hold, brackets in pairs (one that is missing is often cut off in "
        "copying). Whether anybody answers is not asked: the check never goes online."
    ),
    find=lambda register: chain(when_read("address")(register), in_records(_find)(register)),
)
