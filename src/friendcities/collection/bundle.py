"""The one file that a dataset writes, and its reading by those who know that nobody has touched it since.

It is JSON, and each record has a line of its own; so they can be told apart without being read, and each is read when
it is first asked for.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, Final, Generic, TypeVar

from friendcities.codec.trusted import build
from friendcities.collection.redirects import Redirects, redirects_to_plain
from friendcities.model import RECORD_TYPES, AnyRecord, City, CityId, Partnership, Source
from friendcities.names.index import Named

__all__ = ["FORMAT", "FORMAT_KEY", "REDIRECTS", "Shelf", "bundle_text", "named_on", "read_trusted"]

FORMAT: Final = 1
FORMAT_KEY: Final = "friendcities"
REDIRECTS: Final = "redirects"

R = TypeVar("R")


def bundle_text(collection: Mapping[type[AnyRecord], Mapping[str, AnyRecord]], redirects: Redirects) -> str:
    """The text of some records and moved ids: always the same for the same ones, whatever order they come in."""
    from friendcities.codec.canonical import to_plain  # noqa: PLC0415 - only writing needs it

    parts = {
        folder: {id_: to_plain(collection[cls][id_]) for id_ in sorted(collection[cls])}
        for folder, cls in RECORD_TYPES.items()
    }
    parts[REDIRECTS] = redirects_to_plain(redirects)
    write = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
    pieces = [f"{{{write(FORMAT_KEY)}:{FORMAT}"]
    for name, entries in parts.items():
        if entries:
            lines = ",\n".join(f"{write(key)}:{write(plain)}" for key, plain in entries.items())
            pieces.append(f",{write(name)}:{{\n{lines}\n}}")
    return "".join([*pieces, "}\n"])


class Shelf(Mapping[Any, R], Generic[R]):
    """The records of one type in such a file, each made when it is first asked for, and then always the same object.

    Args:
        text: The lines of the file that hold them.
        make: Makes a record of its id and its plain values.
    """

    def __init__(self, text: bytes, make: Callable[[str, dict[str, Any]], R]) -> None:
        self._text = text
        self._make = make
        self._made: dict[str, R] = {}

    @cached_property
    def _lines(self) -> dict[str, bytes]:
        """The text of each record, by id."""
        parts = (line.partition(_BEHIND_KEY) for line in self._text.split(b"\n"))
        return {key[1:].decode(): value.removesuffix(b",") for key, _, value in parts if key}

    def __getitem__(self, key: str) -> R:
        made = self._made.get(key)
        if made is None:  # of two threads that make it at once, all get what the first one kept
            made = self._made.setdefault(key, self._make(key, json.loads(self._lines[key])))
        return made

    def __contains__(self, key: object) -> bool:
        return key in self._lines

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    def without_evidence(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """The plain values of each record, its id beside them, without the evidence that stands last in it."""
        cut = (line.partition(_EVIDENCE) for line in self._lines.values())
        lines = [before + b"}" if evidence else before for before, evidence, _ in cut]
        return zip(self._lines, json.loads(b"[" + b",".join(lines) + b"]"), strict=True)


_BEHIND_KEY: Final = b'":'
_EVIDENCE: Final = b',"evidence":['
"""How evidence begins; in no text of a record could this stand, for there a quotation mark is escaped."""


def read_trusted(data: bytes) -> tuple[Mapping[type[AnyRecord], Shelf[Any]], Redirects]:
    """The records and moved ids of a file that a dataset wrote and nobody has touched since, without checking them."""
    parts = {}
    for part in data.split(b"\n}"):
        begin, _, lines = part.partition(b"\n")
        parts[begin.removesuffix(b'":{').rpartition(b'"')[2].decode()] = lines
    shelves: dict[type[AnyRecord], Shelf[Any]] = {}

    def make(cls: type[AnyRecord]) -> Callable[[str, dict[str, Any]], Any]:
        if cls is Partnership:
            return lambda id_, plain: build(cls, id_, plain).with_sources(shelves[Source])
        return lambda id_, plain: build(cls, id_, plain)

    for folder, cls in RECORD_TYPES.items():
        shelves[cls] = Shelf(parts.get(folder, b""), make(cls))
    moved = Shelf(parts.get(REDIRECTS, b""), lambda _, plain: plain)
    return shelves, {RECORD_TYPES[folder]: moved[folder] for folder in moved}


def named_on(shelf: Shelf[City]) -> Iterator[Named]:
    """What the cities on a shelf are called; none of them is made for it."""
    for id_, plain in shelf.without_evidence():
        names = [(name["text"], name["kind"]) for name in plain.get("names", ())]
        yield Named(CityId(id_), plain["name"], names, plain.get("identifiers", {}).get("wikidata"))
