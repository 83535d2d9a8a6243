"""Tables of other people, written for the tests that read them."""

from collections.abc import Mapping, Sequence

import friendcities as fc
from friendcities.importers import ImportResult, Profile
from friendcities.importers.build_records import import_table
from friendcities.importers.formats.tables import InputRow, Table

__all__ = ["COLUMNS", "PAIRS", "SOURCE", "built", "in_csv"]

COLUMNS = ("city1", "country1", "lat1", "lng1", "city2", "country2", "lat2", "lng2")
PAIRS = Profile.load("pairs")
SOURCE = fc.Source(
    id=fc.parse_source_id("list-2026"),
    kind=fc.SourceKind.ENCYCLOPAEDIA,
    publisher="A lexicon",
    title="A list",
    as_of=fc.PartialDate(2026),
)


def in_csv(*rows: Sequence[str], columns: Sequence[str] = COLUMNS) -> str:
    """Rows as the text of a file."""
    return "".join(",".join(row) + "\n" for row in (columns, *rows))


def built(*rows: Sequence[str], profile: Profile = PAIRS, columns: Sequence[str] = COLUMNS) -> ImportResult:
    """What is made of rows, the first of them number 2."""
    cells: list[Mapping[str, str]] = [dict(zip(columns, row, strict=True)) for row in rows]
    numbered = [InputRow(number, each) for number, each in enumerate(cells, start=2)]
    return import_table(Table(numbered, ()), profile, SOURCE)
