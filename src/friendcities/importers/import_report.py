"""The import report: the outcome of every row, with reasons."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from enum import StrEnum, unique
from functools import cached_property
from typing import Any, Final

from attrs import frozen

from friendcities.datasets.dataset import Dataset
from friendcities.exporters.csv_files import mark_formulas
from friendcities.model import PartnershipId, SourceKind
from friendcities.model.record import short

_MOST_COLUMNS: Final = 30


@unique
class Outcome(StrEnum):
    """The outcome of a row."""

    IMPORTED = "imported"
    """The row became a partnership or a step of a partnership."""
    MERGED = "merged"
    """The row repeats another row; the two cities may be swapped. The row was added to the evidence."""
    REJECTED = "rejected"
    """Nothing was imported from the row. A remark states the reason."""


@unique
class Reason(StrEnum):
    """The reason for a remark on a row."""

    SELF_LINK = "self_link"
    """Both cities of the row are the same place."""
    BLANK_CITY = "blank_city"
    BLANK_COUNTRY = "blank_country"
    UNKNOWN_COUNTRY = "unknown_country"
    """No country has this name."""
    AMBIGUOUS_COUNTRY = "ambiguous_country"
    """Several countries have this name, and no coordinates show which is meant. Or the name of the city contains
    a country that contradicts the country column."""
    AMBIGUOUS_CITY = "ambiguous_city"
    """Several places in the file have this name, and no coordinates in the row show which is meant."""
    YEAR_FOR_CITY = "year_for_city"
    """The cell contains a year instead of a city."""
    FILE_FOR_CITY = "file_for_city"
    """The cell contains a file name or a URL instead of a city."""
    ID_FOR_CITY = "id_for_city"
    """The cell contains an identifier instead of a city."""
    TEXT_FOR_CITY = "text_for_city"
    """The cell contains a sentence or structured text instead of a city."""
    MARKUP = "markup"
    """The name contains markup of a web page."""
    FOOTNOTE = "footnote"
    """A footnote mark was removed from the name, the country or the date."""
    SEVERAL_CITIES = "several_cities"
    """The cell names several cities; each city needs its own row."""
    NOTE_IN_NAME = "note_in_name"
    """The cell contains a name or a country, and a date or a status of the partnership."""
    INVALID_NAME = "invalid_name"
    """The text is too long, cannot be displayed, or is a missing-value marker, an error value or a boolean."""
    DEPRECATED = "deprecated"
    """Wikidata ranks the statement as deprecated."""
    UNKNOWN_ITEM = "unknown_item"
    """The base has no city for the Wikidata item, and the files do not state a name and a country."""
    UNREADABLE_ROW = "unreadable_row"
    """The row could not be read at all."""
    BLANK_ROW = "blank_row"
    """All cells of the row are blank, and a later row is not blank."""
    REPEATED = "repeated"
    """The row repeats another row."""
    COUNTRY_RESPELT = "country_respelt"
    """The file uses a non-standard spelling of the country, or a code that is also the code of a state or a province
    ("Denver, CO"). The remark contains the text and the country code."""
    TERRITORY = "territory"
    """The city is or may be in a territory with its own country code, such as Hong Kong. The remark contains the code
    of the territory and the code of the country in the file."""
    COORDINATES_UNREADABLE = "coordinates_unreadable"
    """The coordinates are invalid and were left out."""
    COORDINATES_OUTSIDE = "coordinates_outside"
    """The point is outside the country and was left out. A row with a point deep in another country was rejected."""
    COORDINATES_SWAPPED = "coordinates_swapped"
    """The point was left out. With latitude and longitude swapped, the point is in the country."""
    COORDINATES_SHARED = "coordinates_shared"
    """A place with another name has the same coordinates."""
    DATE_UNREADABLE = "date_unreadable"
    """The date is invalid or ambiguous and was left out. An active partnership from a table becomes unconfirmed."""
    DATE_AFTER_SOURCE = "date_after_source"
    """The date is later than the date of the source and was left out. If it is a start, the partnership is proposed."""
    FILLED_DOWN = "filled_down"
    """A blank cell was filled with the text of the row above, as the profile requires for this column."""
    KIND_UNKNOWN = "kind_unknown"
    """The profile does not define this kind."""
    STATUS_UNKNOWN = "status_unknown"
    """The profile does not define this status; the partnership is unconfirmed."""
    DOUBTFUL = "doubtful"
    """The status, kind or date expresses doubt, or the kind has a word such as "former". The partnership becomes
    unconfirmed."""
    CONTRADICTORY = "contradictory"
    """The status contradicts another value in the row, or another row about the same two cities."""
    LATER_STEP = "later_step"
    """The row differs in date or kind from other rows about the same cities. The row became a later step."""
    LEFT_OUT = "left_out"
    """Some values were left out, because they are invalid or because records have no field for them."""
    PLACE_IN_NAME = "place_in_name"
    """The cell of the city also contains its country or subdivision. The name was recorded without this place."""
    SUBDIVISION_ADDED = "subdivision_added"
    """The row states no subdivision of the city. Another row states the subdivision for the same name."""
    UNKNOWN_SUBDIVISION = "unknown_subdivision"
    """The cell of the subdivision has no known name or code. The city was recorded without a subdivision."""
    COMPOUND_NAME = "compound_name"
    """The name has a number, or a part in brackets or after a dash, a slash, a comma or "and". The name was kept
    unchanged."""
    LANGUAGE_UNKNOWN = "language_unknown"
    """The script of the name shows that the name is neither English nor in the language of the file."""
    NAMES_ALIKE = "names_alike"
    """Another place in the same country has a similar name. The two may be one place, but were imported as two. Or two
    spellings differ in accents. The two may be different places, but were imported as one."""


@frozen
class Remark:
    """A remark on a row."""

    reason: Reason
    detail: str
    """The remark as text. The text contains the content of the cell."""


@frozen
class Row:
    """The outcome of one row."""

    number: int
    """The row number in a spreadsheet, where the heading is row 1. In a graph or a map, the position, starting at 1."""
    outcome: Outcome
    cells: tuple[tuple[str, str], ...]
    """For each column that the profile names, the text in the file."""
    remarks: tuple[Remark, ...] = ()
    partnership: PartnershipId | None = None
    """The partnership that the row describes; ``None`` if the row was rejected."""


@frozen(slots=False)
class Report:
    """The outcome of every row, in the order of the file.

    Example:
        >>> why = Remark(Reason.YEAR_FOR_CITY, "'1999' is a year")
        >>> report = Report((Row(2, Outcome.REJECTED, (("city1", "1999"),), (why,)),))
        >>> report.total, report.imported, report.merged, report.rejected
        (1, 0, 0, 1)
    """

    rows: tuple[Row, ...]
    unused_columns: tuple[str, ...] = ()
    """The columns that were not read, because the profile does not name them."""
    unread_sheets: tuple[str, ...] = ()
    """The sheets of a workbook that were not read."""
    assumed_kind: SourceKind | None = None
    """The kind of source that was assumed, because the profile states none."""
    unread_notes: Mapping[str, str] = {}
    """For each unused column with years or words such as "ended", the first such cell."""

    @property
    def total(self) -> int:
        """The number of all rows."""
        return len(self.rows)

    @property
    def imported(self) -> int:
        """The number of imported rows."""
        return self._outcomes[Outcome.IMPORTED]

    @property
    def merged(self) -> int:
        """The number of rows that were merged with another row."""
        return self._outcomes[Outcome.MERGED]

    @property
    def rejected(self) -> int:
        """The number of rejected rows."""
        return self._outcomes[Outcome.REJECTED]

    @cached_property
    def _outcomes(self) -> Mapping[Outcome, int]:
        return Counter(row.outcome for row in self.rows)

    @cached_property
    def reasons(self) -> Mapping[Reason, int]:
        """The number of rows with each reason. The most frequent reason comes first."""
        counts = Counter(reason for row in self.rows for reason in {remark.reason for remark in row.remarks})
        return dict(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])))

    def rows_with(self, reason: Reason) -> tuple[Row, ...]:
        """The rows that have a remark with this reason, in the order of the file."""
        return tuple(row for row in self.rows if any(remark.reason is reason for remark in row.remarks))

    def as_text(self, limit: int | None = 10) -> str:
        """Return the totals and the rows for each reason as text.

        Args:
            limit: The maximum number of rows for each reason; ``None`` for all.
        """
        return "\n".join(self._format_lines(limit)) + "\n"

    def _format_totals(self) -> str:
        return f"{_count_rows(self.total)}: " + ", ".join(f"{self._outcomes[each]:,} {each}" for each in Outcome)

    def _format_lines(self, limit: int | None) -> Iterator[str]:
        yield self._format_totals()
        if self.assumed_kind is not None:
            yield f"assumed kind of source: {self.assumed_kind}; if this is wrong, set kind in [source] of the profile"
        yield from _format_names("columns that the profile does not name", self.unused_columns, limit)
        notes = (f"{short(column)} ({short(text)})" for column, text in self.unread_notes.items())
        if self.unread_notes:
            yield f"of these, columns with years or words such as 'ended': {', '.join(notes)}"
        yield from _format_names("sheets that were not read", self.unread_sheets, limit)
        for reason, count in self.reasons.items():
            yield f"{reason.replace('_', ' ')}: {_count_rows(count)}"
            for row in self.rows_with(reason)[:limit]:
                words = "; ".join(remark.detail for remark in row.remarks if remark.reason is reason)
                yield f"  row {row.number} ({row.outcome}): {words}"
            if limit is not None and count > limit:
                yield f"  and {count - limit:,} more"

    def to_dict(self) -> dict[str, Any]:
        """Return the complete report as plain JSON values."""
        rows = [
            {
                "row": row.number,
                "outcome": row.outcome.value,
                "cells": dict(row.cells),
                "remarks": [{"reason": each.reason.value, "detail": each.detail} for each in row.remarks],
                "partnership": row.partnership,
            }
            for row in self.rows
        ]
        return {
            "total": self.total,
            **{outcome.value: self._outcomes[outcome] for outcome in Outcome},
            "reasons": {reason.value: number for reason, number in self.reasons.items()},
            "unused_columns": list(self.unused_columns),
            "unread_notes": dict(self.unread_notes),
            "unread_sheets": list(self.unread_sheets),
            "assumed_kind": self.assumed_kind,
            "rows": rows,
        }

    def as_json(self) -> str:
        """Return the complete report as JSON text."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=1) + "\n"

    def __repr__(self) -> str:
        return f"<Report: {self._format_totals()}>"

    def _repr_html_(self) -> str:
        from friendcities.notebook.tables import cell_table  # noqa: PLC0415 - only a notebook needs it

        rows = [(reason.replace("_", " "), number) for reason, number in self.reasons.items()]
        return cell_table(self._format_totals(), ("Reason", "Rows"), rows)

    def as_csv(self) -> str:
        """Return the report as CSV, one line for each row.

        If a text looks like a formula, an apostrophe is added at the start.
        """
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(["row", "outcome", "reasons", "remarks", "cells", "partnership"])
        for row in self.rows:
            cells = (
                " ".join(remark.reason for remark in row.remarks),
                "; ".join(remark.detail for remark in row.remarks),
                " | ".join(f"{column}: {cell}" for column, cell in row.cells),
                row.partnership or "",
            )
            writer.writerow([row.number, row.outcome, *map(mark_formulas, cells)])
        return text.getvalue()


def _format_names(title: str, names: tuple[str, ...], limit: int | None) -> Iterator[str]:
    shown = names if limit is None else names[:_MOST_COLUMNS]
    more = len(names) - len(shown)
    if names:
        yield f"{title}: {', '.join(map(short, shown))}{f' and {more:,} more' if more else ''}"


def _count_rows(number: int) -> str:
    return f"{number:,} {'row' if number == 1 else 'rows'}"


@frozen
class ImportResult:
    """The result of an import: the records, and the report on each row."""

    dataset: Dataset
    report: Report

    def __repr__(self) -> str:
        return f"<ImportResult: {self.report!r}, {self.dataset!r}>"

    def _repr_html_(self) -> str:
        return self.report._repr_html_() + self.dataset._repr_html_()
