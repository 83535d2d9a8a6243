"""The maximum sizes, numbers, lengths and times of inputs. Internal.

The page ``docs/reference/limits.md`` lists all limits and their tests. A test compares the page with this module.
"""

from typing import Final

_MIB: Final = 1 << 20

# ---- names, queries and texts ----
QUERY_CHARACTERS: Final = 500
"""The maximum length of a query for a city."""
IMPORTED_NAME_CHARACTERS: Final = 2000
"""The maximum length of a name in an imported cell."""
CITY_NAME_CHARACTERS: Final = 200
"""The maximum length of the name of an imported city."""
COUNTRY_CHARACTERS: Final = 200
"""The maximum length of the name of a country."""
TEXT_CHARACTERS: Final = 5000
"""The maximum length of a text in a record, such as a name or a note."""
COMBINING_MARKS: Final = 30
"""The maximum number of successive combining marks in a text of a record."""
ID_CHARACTERS: Final = 100
"""The maximum length of an id."""
DATASET_NAME_CHARACTERS: Final = 100
"""The maximum length of the name of an installed dataset."""
NUMBER_DIGITS: Final = 40
"""The maximum number of digits on each side of the decimal point."""

# ---- files of records ----
LIST_PROBLEMS: Final = 100
"""The maximum number of reported problems in one list or object of a record."""
FILE_PROBLEMS: Final = 1000
"""The maximum number of reported problems in a file of records."""

# ---- tables ----
ROW_CHARACTERS: Final = 1 << 17
"""The maximum length of a row of delimited text."""
ROW_LINES: Final = 100
"""The maximum number of lines of a row of delimited text."""
CELL_CHARACTERS: Final = 5000
"""The maximum length of a cell in a column that a profile names."""
TABLE_ROWS: Final = 300_000
"""The maximum number of rows of a table, a graph or a map."""
TABLE_CHARACTERS: Final = 1 << 27
"""The maximum total length of the cells in the columns that a profile names."""
PROFILE_BYTES: Final = _MIB
"""The maximum size of a profile."""

# ---- workbooks, Parquet, graphs and maps ----
UNPACKED_BYTES: Final = 128 * _MIB
"""The maximum unpacked size of a workbook or a Parquet file."""
WORKBOOK_PARTS: Final = 10_000
"""The maximum number of files in a workbook."""
WORKBOOK_SHEETS: Final = 1000
"""The maximum number of sheets of a workbook."""
WORKBOOK_CELLS: Final = 3_000_000
"""The maximum number of cells of all read sheets, including empty cells before a filled cell."""
WORKBOOK_ROWS: Final = 300_000
"""The maximum number of rows of all read sheets."""
ROW_ELEMENTS: Final = 16_384 * 8
"""The maximum number of XML elements of one row of a sheet, or of one shared text."""
OTHER_ELEMENTS: Final = 100_000
"""The maximum number of XML elements outside rows and shared texts in one part of a workbook."""
PART_ELEMENTS: Final = 5_000_000
"""The maximum number of XML elements of a part of a workbook. Eight attributes are counted as one element."""
SHEET_ELEMENTS: Final = 100_000_000
"""The maximum number of XML elements of the largest sheet, multiplied by the number of sheets."""
ELEMENT_BYTES: Final = _MIB
"""The maximum length of a text between two XML elements of a workbook."""
NESTED_ELEMENTS: Final = 100
"""The maximum number of levels of nested XML elements in a workbook."""
PARQUET_ROWS: Final = 300_000
"""The maximum number of rows of a Parquet file."""
PARQUET_COLUMNS: Final = 10_000
"""The maximum number of columns of a Parquet file."""
PARQUET_CELLS: Final = 3_000_000
"""The maximum number of cells of a Parquet file, including unused columns."""
GRAPH_MARKS: Final = 3_000_000
"""The maximum number of markup characters of a graph or a map, or of cells and lines of an edge list."""
GRAPH_BYTES: Final = 64 * _MIB
"""The maximum size of a file with a graph or a map."""
WIKIDATA_BYTES: Final = 512 * _MIB
"""The maximum size of a file from Wikidata."""

# ---- downloads ----
ANSWER_BYTES: Final = 64 * _MIB
"""The maximum unpacked size of one response of an endpoint."""
ANSWER_SECONDS: Final = 180.0
"""The maximum time from a request to the end of the response."""
REQUEST_ATTEMPTS: Final = 6
"""The maximum number of attempts of a request after temporary errors."""
CONNECTION_ATTEMPTS: Final = 3
"""The maximum number of attempts of a request without a connection."""
RETRY_AFTER_SECONDS: Final = 600.0
"""The maximum waiting time that an endpoint may require."""
BACK_OFF_SECONDS: Final = 60.0
"""The maximum waiting time between two attempts if the endpoint requires no waiting time."""
REDIRECTS: Final = 3
"""The maximum number of redirects of a request, which must stay on one host."""
PAGE_STATEMENTS: Final = 10_000
"""The maximum number of statements in one response of an endpoint."""
DOWNLOAD_BYTES: Final = 1024 * _MIB
"""The maximum unpacked size of all responses in one run of a download."""
DOWNLOAD_SECONDS: Final = 6 * 3600.0
"""The maximum duration of one run of a download."""
