"""The bundle: a validated dataset in one file.

The first line contains the offsets of the sections. A section has sorted lines, each with a key and its value. A binary
search finds a key, so a query reads only a few lines.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

from friendcities.codec.record_builder import build_trusted
from friendcities.model import RECORD_TYPES, AnyRecord, Partnership, Source

V = TypeVar("V")

Indexes = Mapping[str, Mapping[str, Sequence[Any]]]
"""Lists of ids, by the name of the index and by key."""


def write_bundle(
    records: Mapping[type[AnyRecord], Mapping[str, AnyRecord]],
    redirects: Mapping[type[AnyRecord], Mapping[str, str]],
    indexes: Indexes,
) -> bytes:
    """Return the content of a bundle. Equal datasets have equal bundles."""
    from friendcities.codec.writer import to_plain  # noqa: PLC0415 - reading does not need it

    groups: dict[str, Indexes | dict[str, Any]] = {
        "records": {
            folder: {id_: to_plain(record) for id_, record in records[cls].items()}
            for folder, cls in RECORD_TYPES.items()
        },
        "redirects": {folder: redirects[cls] for folder, cls in RECORD_TYPES.items() if cls in redirects},
        "indexes": indexes,
    }
    encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
    places: dict[str, dict[str, tuple[int, int, int]]] = {}
    body = bytearray()
    for group, sections in groups.items():
        places[group] = {}
        for name, values in sections.items():
            begin = len(body)
            for key in sorted(values):
                body += f"{encode([key, values[key]])}\n".encode()
            places[group][name] = (begin, len(body), len(values))
    return f"{encode(places)}\n".encode() + body


def read_bundle(
    data: bytes,
) -> tuple[Mapping[type[AnyRecord], Mapping[str, Any]], Mapping[type[AnyRecord], Mapping[str, str]], Indexes]:
    """Return the records, the redirects and the indexes of a bundle."""
    body = data.index(b"\n") + 1
    places = json.loads(data[:body])

    def section(group: str, name: str, make: Callable[[str, Any], Any]) -> SortedLines[Any]:
        begin, end, count = places[group][name]
        return SortedLines(data, body + begin, body + end, count, make)

    def make_record(cls: type[AnyRecord]) -> Callable[[str, Any], Any]:
        if cls is Partnership:
            return lambda id_, plain: build_trusted(cls, id_, plain).with_sources(records[Source])
        return lambda id_, plain: build_trusted(cls, id_, plain)

    records = {cls: section("records", folder, make_record(cls)) for folder, cls in RECORD_TYPES.items()}
    redirects = {RECORD_TYPES[folder]: section("redirects", folder, _as_it_is) for folder in places["redirects"]}
    return records, redirects, {name: section("indexes", name, _as_it_is) for name in places["indexes"]}


def _as_it_is(_: str, plain: Any) -> Any:
    return plain


class SortedLines(Mapping[Any, V], Generic[V]):
    """A section of a bundle, as a mapping. Values are made on first use, and then cached."""

    def __init__(self, data: bytes, begin: int, end: int, count: int, make: Callable[[str, Any], V]) -> None:
        self._data = data
        self._begin = begin
        self._end = end
        self._count = count
        self._make = make
        self._made: dict[str, V] = {}

    def __getitem__(self, key: str) -> V:
        made = self._made.get(key)
        if made is None:  # all threads get the same object
            place = self._find(key)
            if place is None:
                raise KeyError(key)
            made = self._made.setdefault(key, self._make(key, json.loads(self._data[place[0] : place[1]])))
        return made

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self._find(key) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return self._count

    @cached_property
    def _places(self) -> dict[str, tuple[int, int]]:
        places = {}
        line = self._begin
        while line < self._end:
            key, begin, end = self._split(line)
            places[key.decode()] = (begin, end)
            line = end + 2
        return places

    def _find(self, key: str) -> tuple[int, int] | None:
        if "_places" in self.__dict__:
            return self._places.get(key)
        wanted = key.encode(errors="surrogatepass")
        low, high = self._begin, self._end  # offsets of lines, or of the end of the section
        while low < high:
            middle = max(low, self._data.rfind(b"\n", low, (low + high) // 2) + 1)
            found, begin, end = self._split(middle)
            if found == wanted:
                return begin, end
            low, high = (end + 2, high) if found < wanted else (low, middle)
        return None

    def _split(self, line: int) -> tuple[bytes, int, int]:
        key_end = self._data.index(b'",', line)  # no key contains a quotation mark
        line_end = self._data.index(b"\n", key_end)
        return self._data[line + 2 : key_end], key_end + 2, line_end - 1
