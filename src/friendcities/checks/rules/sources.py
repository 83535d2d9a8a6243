"""Rules on evidence, sources and web addresses."""

import os
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from ipaddress import ip_address
from itertools import chain
from pathlib import Path
from typing import Final, NoReturn
from urllib.parse import SplitResult, urlsplit

from attrs import evolve

from friendcities.checks.find_values import find_sourced
from friendcities.checks.record_tree import RecordTree
from friendcities.checks.rule import Scope, rule
from friendcities.datasets.folder import READABLE, read_file
from friendcities.errors import Problem
from friendcities.model import AnyRecord, Source
from friendcities.model.field_spec import claim_specs
from friendcities.model.record import short
from friendcities.model.source import page_of

_EMPTY: Final[tuple[object, ...]] = (None, (), {})
_LONGEST: Final = 80
_FEWEST_QUOTED_WORDS: Final = 4
_FEWEST_SENTENCES: Final = 2
_MARKS: Final = '“”„‟«»「」『』｢｣〝〞〟＂"'
_QUOTATION: Final = re.compile(rf"[{_MARKS}]([^{_MARKS}]+)[{_MARKS}]|[‘‚‛‹›]([^‘’‚‛‹›]+)[‘’‹›]")
_UNSPACED: Final = "\u3041-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Kana and Chinese characters. Two successive characters of this kind are treated as one word."""
_WORD: Final = re.compile(rf"[{_UNSPACED}]{{1,2}}|[^\W{_UNSPACED}]+(?:['’-]\w+)*")
_SENTENCE_END: Final = re.compile(r"(?<=\w{3})[.!?]['\"”’»)]*(?=\s+[^\W\d_a-z]|$)|[。！？।؟۔]")
"""Matches the end of a sentence, but not the point of an abbreviation such as "p. 3"."""
_QUOTED_ID: Final = re.compile(rb'"([a-z0-9-]+)(?=")')
"""Matches a possible id in quotation marks."""


@rule(Scope.RECORD)
def missing_evidence(record: AnyRecord, _: RecordTree) -> Iterator[Problem]:
    """Every fact must have a source.

    Each field of a record, step, office or participant must be in 'supports' of its evidence. Notes and fields with
    their default value need no source.
    """
    for path, owner in find_sourced(record):
        supported = {name for item in owner.evidence for name in item.supports}
        for spec in claim_specs(type(owner)).values():
            name, default, value = spec.name, spec.default, getattr(owner, spec.name)
            if name not in supported and value != default and value not in _EMPTY:
                message, expected = f"the field {name!r} has no source", "evidence that supports the field"
                hint = "add the source, or remove the field"
                yield Problem(field=name, message=message, expected=expected, hint=hint).within(path)


@rule(Scope.RECORD, excusable=True)
def locator_prose(record: AnyRecord, _: RecordTree) -> Iterator[Problem]:
    """A locator must give a position in the source and must quote nothing.

    Facts are free, but the sentences of a source are protected by copyright. A locator names a line, a page or a table
    row. The rule reports locators with more than 80
    characters or with four quoted words. If only a quoted heading identifies
    the position, add an exception.
    """
    for path, owner in find_sourced(record):
        for index, item in enumerate(owner.evidence):
            reason = _explain_prose(item.locator)
            if reason:
                field, message = f"evidence[{index}].locator", f"the locator {short(item.locator)} {reason}"
                expected = "a position such as 'page 4' or 'row of Porto'"
                hint = "write only the position"
                yield Problem(field=field, message=message, expected=expected, hint=hint).within(path)


def _explain_prose(locator: str) -> str:
    if len(locator) > _LONGEST:
        return f"has {len(locator)} characters, more than {_LONGEST}"
    for match in _QUOTATION.finditer(locator):
        words = len(_WORD.findall(match[1] or match[2]))
        if words >= _FEWEST_QUOTED_WORDS:
            return f"quotes {words} words"
    return "contains sentences" if len(_SENTENCE_END.findall(locator)) >= _FEWEST_SENTENCES else ""


_SUBJECT: Final = re.compile(r"(?:passage|part|text|mention|words)s? (?:on|about|of) [^\d]+", re.IGNORECASE)
"""Matches a locator that names only a subject."""


@rule(Scope.DATASET, excusable=True)
def vague_locator(tree: RecordTree) -> Iterator[Problem]:
    """Locators of a source without a web address must name a position.

    Readers cannot search a source that has neither 'address' nor 'archived'. The locator must name a page, a paragraph,
    a row or a heading. Add the position, or the address of the source.
    """
    sources = tree.all_records(Source)
    for record in chain(*(records.values() for records in tree.records.values())):
        for path, owner in find_sourced(record):
            for index, item in enumerate(owner.evidence):
                source = sources.get(item.source)
                is_online = source is None or source.address is not None or source.archived is not None
                if not is_online and _SUBJECT.fullmatch(item.locator):
                    message = f"the locator {short(item.locator)} is too vague for a source without an address"
                    expected, hint = "a page, a paragraph, a row or a heading", "add the position in the source"
                    problem = Problem(
                        field=f"evidence[{index}].locator", message=message, expected=expected, hint=hint
                    ).within(path)
                    yield evolve(problem, path=tree.path_of(record))


@rule(Scope.DATASET)
def unused_source(tree: RecordTree) -> Iterator[Problem]:
    """Every source must be cited.

    If no record cites a source, the source supports no fact. Delete the source, or add the missing evidence. The rule
    also finds citations in invalid files.
    """
    by_type = chain(tree.records.values(), tree.base_records.values())
    owners = (owner for records in by_type for record in records.values() for _, owner in find_sourced(record))
    cited: set[str] = {item.source for owner in owners for item in owner.evidence}
    cited |= {tree.moved_ids[Source][id_] for id_ in cited if id_ in tree.moved_ids[Source]}
    unused = {id_: source for id_, source in tree.records[Source].items() if id_ not in cited}
    if not unused or any(problem.rule == READABLE for problem in tree.reading_problems):
        return  # an unreadable file may cite any source
    try:
        for data in _read_invalid_files(tree):
            for match in _QUOTED_ID.finditer(data.replace(b"\0", b"")):  # files in UTF-16 contain zero bytes
                unused.pop(match[1].decode(), None)
    except OSError:
        return
    for source in unused.values():
        message, expected = f"no evidence cites the source {source.id!r}", "a source that supports a fact"
        hint = "cite the source in the evidence of a fact, or delete its file"
        yield Problem(path=tree.path_of(source), message=message, expected=expected, hint=hint)


def _read_invalid_files(tree: RecordTree) -> Iterator[bytes]:
    """Yield the contents of invalid and misplaced record files. Links are not followed.

    Raises:
        OSError: If a file cannot be read.
    """
    yield from (file.data for file in tree.files if file.record is None)
    for path in {Path(problem.path) for problem in tree.folder_problems}:
        if not path.is_symlink():
            yield from map(read_file, _find_json_files(path) if path.is_dir() else (path,))


def _find_json_files(folder: Path) -> Iterator[Path]:
    def fail(error: OSError) -> NoReturn:
        raise error

    for place, _, names in os.walk(folder, onerror=fail):
        paths = (Path(place, name) for name in names if name.lower().endswith(".json"))
        yield from (path for path in paths if not path.is_symlink())


_FORBIDDEN: Final = frozenset('<>"{}|\\^`')
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Zl", "Zp", "Zs"})
"""Unicode categories of characters that are not visible."""
_INCOMPLETE_ESCAPE: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_HOST_LABEL: Final = re.compile(r"\w(?:[\w-]{0,61}\w)?")
_BRACKETS: Final = {")": "(", "]": "["}


@rule(Scope.RECORD)
def address(record: AnyRecord, _: RecordTree) -> Iterator[Problem]:
    """Web addresses must be valid and public.

    An address begins with 'https://' or 'http://' and has a public host. An address must not contain a user name,
    spaces, invalid characters or unpaired brackets. The check is offline and does not open addresses.
    """
    if isinstance(record, Source):
        for field, address in (("address", record.address), ("archived", record.archived)):
            fault = None if address is None else _find_fault(address)
            if fault is not None:
                message, expected = f"the address {short(address)} {fault[0]}", fault[1]
                yield Problem(
                    field=field, message=message, expected=expected, hint="copy the address from the browser again"
                )


def _find_fault(address: str) -> tuple[str, str] | None:
    for character in address:
        if character in _FORBIDDEN or unicodedata.category(character) in _INVISIBLE:
            name = unicodedata.name(character, "a character without a name")
            escaped = "".join(f"%{byte:02X}" for byte in character.encode())
            return f"contains U+{ord(character):04X} {name}", f"{escaped} instead of the character"
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return "has an invalid host, port or bracket", "'https://', a host, and a path"
    return _find_host_fault(parts, port) or _find_escape_or_bracket_fault(address)


def _find_host_fault(parts: SplitResult, port: int | None) -> tuple[str, str] | None:
    host, expected = parts.hostname or "", "a public host name such as 'www.example.org'"
    if "@" in parts.netloc:
        return "contains a user name", "an address that everybody can open"
    if port == 0:
        return "has the invalid port 0", "a port from 1 to 65535, or no port"
    try:
        number = ip_address(host)
    except ValueError:
        labels = host.removesuffix(".").split(".")
        is_name = len(labels) > 1 and all(map(_HOST_LABEL.fullmatch, labels)) and not labels[-1].isdigit()
        if not is_name or labels[-1] == "localhost":
            return (f"has the invalid host {host!r}" if host else "has no host"), expected
    else:
        if not number.is_global:
            return f"has the private address {host} as its host", expected
    return None


def _find_escape_or_bracket_fault(address: str) -> tuple[str, str] | None:
    escape = _INCOMPLETE_ESCAPE.search(address)
    if escape is not None:
        return f"has a '%' without two hexadecimal digits at position {escape.start() + 1}", "'%25' for a percent sign"
    expected = "brackets in pairs; '%28', '%29', '%5B' or '%5D' for a single bracket"
    opened: list[str] = []
    for character in address:
        if character in _BRACKETS.values():
            opened.append(character)
        elif character in _BRACKETS and (not opened or opened.pop() != _BRACKETS[character]):
            return f"has an unmatched {character!r}", expected
    return (f"has an unmatched {opened[-1]!r}", expected) if opened else None


@rule(Scope.DATASET, excusable=True)
def shared_address(tree: RecordTree) -> Iterator[Problem]:
    """Each publication must be recorded only once.

    Two sources with the same address and overlapping dates are the same publication. If you read a page again later,
    record another source with another 'as_of'.
    """
    pages: dict[str, list[Source]] = defaultdict(list)
    for source in tree.all_records(Source).values():
        if source.address is not None:
            pages[page_of(source.address)].append(source)
    for page in pages.values():
        for source, other in _pair_overlapping(page):
            if tree.owns(source):
                message = f"the source {other.id!r} has the same address and an overlapping date"
                hint = "delete one of the two sources and cite the other, or correct 'address' or 'as_of'"
                path, expected = tree.path_of(source), "one source for each publication"
                yield Problem(path=path, field="address", message=message, expected=expected, hint=hint)


def _pair_overlapping(sources: list[Source]) -> Iterator[tuple[Source, Source]]:
    """Yield pairs of sources whose dates overlap. An undated source overlaps every other source."""
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
