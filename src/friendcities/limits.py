"""Limits of inputs: sizes, numbers, lengths and times. Internal.

The page ``docs/limits.md`` lists every limit, with the test that shows it; a test compares the page with this module.
"""

from typing import Final

MIB: Final = 1 << 20

# ---- names, queries and texts ----
QUERY_CHARACTERS: Final = 500
"""A query for a city."""
IMPORTED_NAME_CHARACTERS: Final = 2000
"""A name in an imported cell, before it is read."""
CITY_NAME_CHARACTERS: Final = 200
"""A name of a city that an importer accepts."""
COUNTRY_CHARACTERS: Final = 200
"""A name of a country."""
TEXT_CHARACTERS: Final = 5000
"""A text of a record, such as a name or a note."""
COMBINING_MARKS: Final = 30
"""The combining marks in a row in a text of a record."""
ID_CHARACTERS: Final = 100
"""An id: the name of a file."""
NUMBER_DIGITS: Final = 40
"""The digits of a number before the decimal point, and after it."""

# ---- files of records ----
LIST_PROBLEMS: Final = 100
"""The problems in a list or an object of a record, such as its evidence."""
FILE_PROBLEMS: Final = 1000
"""The problems in a file of records."""

# ---- tables ----
ROW_CHARACTERS: Final = 1 << 17
"""A row of delimited text."""
ROW_LINES: Final = 100
"""The lines of a row of delimited text."""
TABLE_CHARACTERS: Final = 1 << 27
"""The cells of a table that the profile names."""
PROFILE_BYTES: Final = MIB
"""A profile."""

# ---- workbooks, Parquet, graphs and maps ----
UNPACKED_BYTES: Final = 128 * MIB
"""All parts of a workbook, or the data of a Parquet file, once unpacked."""
WORKBOOK_PARTS: Final = 10_000
"""The files in a workbook."""
WORKBOOK_SHEETS: Final = 1000
"""The sheets of a workbook."""
WORKBOOK_CELLS: Final = 10_000_000
"""The cells of the sheets that are read, with empty cells before the last of a row."""
WORKBOOK_ROWS: Final = 1_048_576
"""The rows of the sheets that are read, as in Excel."""
ROW_ELEMENTS: Final = 16_384 * 8
"""The XML elements of a row of a sheet, or of a shared text; Excel has 16,384 columns."""
OTHER_ELEMENTS: Final = 100_000
"""The XML elements of a part of a workbook outside rows and shared texts, such as styles and names."""
PART_ELEMENTS: Final = 5_000_000
"""The XML elements of a part of a workbook; eight attributes count as one."""
SHEET_ELEMENTS: Final = 100_000_000
"""The XML elements of the largest sheet, times the number of sheets."""
ELEMENT_BYTES: Final = MIB
"""The bytes of a workbook between two XML elements: the longest text."""
NESTED_ELEMENTS: Final = 100
"""The depth of XML elements in a workbook."""
PARQUET_ROWS: Final = 10_000_000
"""The rows of a Parquet file; an empty row takes no space in a file."""
PARQUET_COLUMNS: Final = 10_000
"""The columns of a Parquet file."""
GRAPH_BYTES: Final = 64 * MIB
"""A graph or a map, which is read whole."""
WIKIDATA_BYTES: Final = 512 * MIB
"""A Wikidata file; all statements of P190 together are smaller."""

# ---- downloads ----
ANSWER_BYTES: Final = 64 * MIB
"""An answer of an endpoint, once unpacked."""
ANSWER_SECONDS: Final = 180.0
"""The time until an answer is complete, from the request on."""
REQUEST_ATTEMPTS: Final = 6
"""The attempts of a request after temporary errors."""
RETRY_AFTER_SECONDS: Final = 600.0
"""The wait that an endpoint may require."""
BACK_OFF_SECONDS: Final = 60.0
"""The wait between two attempts if the endpoint requires none."""
REDIRECTS: Final = 3
"""The redirects of a request, within one host."""
PAGE_STATEMENTS: Final = 10_000
"""The statements of a page."""
DOWNLOAD_BYTES: Final = 1024 * MIB
"""The answers in one run of a download, together, once unpacked."""
DOWNLOAD_SECONDS: Final = 6 * 3600.0
"""The time of one run of a download."""
