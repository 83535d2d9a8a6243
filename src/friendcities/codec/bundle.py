"""Writes a dataset as one JSON file, and reads such a file without validation.

The file has one line for each record. A record is built when it is first used.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Final, Generic, TypeVar

from friendcities.codec.record_builder import build_trusted
from friendcities.model import RECORD_TYPES, AnyRecord, City, CityId, Partnership, Source
from friendcities.names.lookup import CityNames

FORMAT: Final = 1
FORMAT_KEY: Final = "friendcities"
REDIRECTS: Final = "redirects"

R = TypeVar("R")

_QUOTATION_MARK, _COMMA = b'",'


def bundle_text(
    records: Mapping[type[AnyRecord], Mapping[str, AnyRecord]], redirects: Mapping[str, Mapping[str, str]]
) -> str:
    """Return the text of the file. The order of the records has no influence."""
    write = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
    version, *parts = bundle_to_plain(records, redirects).items()
    pieces = [f"{{{write(version[0])}:{write(version[1])}"]
    for name, entries in parts:
        lines = ",\n".join(f"{write(key)}:{write(plain)}" for key, plain in entries.items())
        pieces.append(f",{write(name)}:{{\n{lines}\n}}")
    return "".join([*pieces, "}\n"])


def bundle_to_plain(
    records: Mapping[type[AnyRecord], Mapping[str, AnyRecord]], redirects: Mapping[str, Mapping[str, str]]
) -> dict[str, Any]:
    """Return the plain JSON values of the file: the format version, and the records by type and id."""
    from friendcities.codec.writer import to_plain  # noqa: PLC0415 - reading does not need it

    parts: dict[str, Any] = {
        folder: {id_: to_plain(record) for id_, record in sorted(records[cls].items())}
        for folder, cls in RECORD_TYPES.items()
    }
    parts[REDIRECTS] = {folder: dict(moved) for folder, moved in redirects.items()}
    return {FORMAT_KEY: FORMAT, **{name: entries for name, entries in parts.items() if entries}}


class Shelf(Mapping[Any, R], Generic[R]):
    """The records of one type in a file. A record is built when it is first used, and then cached.

    Args:
        data: The file.
        begin: The offset of the line with the first record.
        make: Builds a record from its id and its plain values.
    """

    def __init__(self, data: bytes, begin: int, make: Callable[[str, dict[str, Any]], R]) -> None:
        self._data = data
        self._begin = begin
        self._make = make
        self._made: dict[str, R] = {}

    @cached_property
    def _places(self) -> dict[str, tuple[int, int]]:
        """The start and end offsets of the text of each record, by id."""
        data, begin = self._data, self._begin
        places = {}
        while data[begin] == _QUOTATION_MARK:
            key_end = data.index(b'"', begin + 1)
            line_end = data.index(b"\n", key_end)
            places[data[begin + 1 : key_end].decode()] = (key_end + 2, line_end - (data[line_end - 1] == _COMMA))
            begin = line_end + 1
        return places

    def __getitem__(self, key: str) -> R:
        made = self._made.get(key)
        if made is None:  # all threads get the same object
            begin, end = self._places[key]
            made = self._made.setdefault(key, self._make(key, json.loads(self._data[begin:end])))
        return made

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def before(self, field: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Return the id of each record, and the fields that come before ``field`` in the record."""
        mark = f',"{field}":'.encode()  # cannot occur inside a text, because quotation marks in texts are escaped
        data = self._data
        objects = [data[begin : data.index(mark, begin, end)] + b"}" for begin, end in self._places.values()]
        return zip(self._places, json.loads(b"[" + b",".join(objects) + b"]"), strict=True)


def read_bundle(data: bytes) -> tuple[Mapping[type[AnyRecord], Shelf[Any]], Mapping[type[AnyRecord], dict[str, str]]]:
    """Return the records and the redirects of a file, without validation."""
    shelves: dict[type[AnyRecord], Shelf[Any]] = {}

    def make(cls: type[AnyRecord]) -> Callable[[str, dict[str, Any]], Any]:
        if cls is Partnership:
            return lambda id_, plain: build_trusted(cls, id_, plain).with_sources(shelves[Source])
        return lambda id_, plain: build_trusted(cls, id_, plain)

    begins = _begins(data, (*RECORD_TYPES, REDIRECTS))
    for folder, cls in RECORD_TYPES.items():
        shelves[cls] = Shelf(data, begins[folder], make(cls))
    moved = Shelf(data, begins[REDIRECTS], lambda _, plain: plain)
    return shelves, {RECORD_TYPES[folder]: moved[folder] for folder in moved}


def _begins(data: bytes, parts: Iterable[str]) -> dict[str, int]:
    """Return the start offset of each part of the file; a missing part has the offset of the end of the file."""
    begins = {}
    reached = 0
    for part in parts:
        head = f'"{part}":{{\n'.encode()
        at = data.find(head, reached)
        begins[part] = len(data) - 1 if at < 0 else (reached := at + len(head))
    return begins


def read_city_names(shelf: Shelf[City]) -> Iterator[CityNames]:
    """Return the names of all cities without building the cities."""
    for id_, plain in shelf.before("country"):
        yield CityNames(CityId(id_), plain["name"], [(name["text"], name["kind"]) for name in plain.get("names", ())])
