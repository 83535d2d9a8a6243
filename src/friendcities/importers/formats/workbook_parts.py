"""Checks the unpacked size of a workbook. A small file can unpack to gigabytes."""

from typing import IO, Any, Final
from xml.parsers import expat
from zipfile import ZipFile

from attrs import define

from friendcities.limits import (
    ELEMENT_BYTES,
    NESTED_ELEMENTS,
    OTHER_ELEMENTS,
    PART_ELEMENTS,
    ROW_ELEMENTS,
    SHEET_ELEMENTS,
    UNPACKED_BYTES,
    WORKBOOK_PARTS,
    WORKBOOK_SHEETS,
)

_CHUNK: Final = 1 << 16
_READ_ONE_BY_ONE: Final = {"worksheet": ("row", 2), "sst": ("si", 1)}
"""The elements that openpyxl reads one by one, with their depth, by the root of the part: rows and shared texts."""
_ATTRIBUTES: Final = 8
"""The number of attributes that count as one element."""


def check_parts(packed: ZipFile) -> None:
    """Raise ValueError if a workbook exceeds a limit."""
    parts = packed.infolist()
    _limit(len(parts), WORKBOOK_PARTS, "parts")
    _limit(sum(part.file_size for part in parts), UNPACKED_BYTES, "bytes once unpacked")
    sheets = largest = 0
    for part in parts:
        with packed.open(part) as file:
            counter = _ElementCounter()
            counter.count(file)
        sheets += counter.sheets
        largest = max(largest, counter.elements)
        _limit(sheets, WORKBOOK_SHEETS, "sheets")
        _limit(sheets * largest, SHEET_ELEMENTS, "elements in all sheets")


@define
class _ElementCounter:
    """Counts the XML elements of a part."""

    elements: int = 0
    sheets: int = 0
    _depth: int = 0
    _item: tuple[str, int] = ("", 0)
    """The name and the depth of rows or shared texts."""
    _in_item: int = 0
    """The number of elements in the current row or shared text."""
    _others: int = 0
    """The number of elements outside rows and shared texts."""

    def count(self, file: IO[bytes]) -> None:
        parser: Any = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._reject_document_type
        before = silent = 0
        try:
            while chunk := file.read(_CHUNK):
                parser.Parse(chunk)
                silent = silent + len(chunk) if self.elements == before else 0
                before = self.elements
                _limit(silent, ELEMENT_BYTES, "bytes in one text")
                _limit(self._in_item, ROW_ELEMENTS, "elements in one row")
                _limit(self._others, OTHER_ELEMENTS, "elements outside rows")
                _limit(self.elements, PART_ELEMENTS, "elements in one part")
                _limit(self._depth, NESTED_ELEMENTS, "nested elements")
        except expat.ExpatError:  # an image; or openpyxl finds the same error
            return

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1 + len(attributes) // _ATTRIBUTES
        name = name.rpartition(":")[2]
        if self._depth == 0:
            self._item = _READ_ONE_BY_ONE.get(name, ("", 0))
        if (name, self._depth) == self._item:
            self._in_item = 1
        elif self._in_item:
            self._in_item += 1
        else:
            self._others += 1
            self.sheets += name == "sheet"
        self._depth += 1

    def _end(self, _: str) -> None:
        self._depth -= 1
        if self._depth == self._item[1]:
            self._in_item = 0

    def _reject_document_type(self, *_: object) -> None:
        message = "an XML document type is declared, and workbooks never declare one"
        raise ValueError(message)


def _limit(number: int, most: int, what: str) -> None:
    if number > most:
        message = f"the workbook has more than {most:,} {what}"
        raise ValueError(message)
