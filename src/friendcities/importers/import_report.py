"""What became of every row of somebody else's data: taken, merged with another row, or not taken, and why."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from enum import StrEnum, unique
from functools import cached_property
from typing import Any, Final

from attrs import frozen

from friendcities.model import PartnershipId
from friendcities.model.record import short

__all__ = ["Outcome", "Reason", "Remark", "Report", "Row"]

_MOST_COLUMNS: Final = 30
_SHOWN: Final = 10
"""How many rows of one reason the text shows."""


@unique
class Outcome(StrEnum):
    """What became of a row."""

    TAKEN = "taken"
    """It made a partnership, or a step in the history of one."""
    MERGED = "merged"
    """It says what another row says, in the same or the other direction, and stands in the evidence beside that."""
    NOT_TAKEN = "not_taken"
    """It made nothing; a remark says why."""


@unique
class Reason(StrEnum):
    """What there is to say of a row."""

    SELF_LINK = "self_link"
    """Both ends are one place."""
    BLANK_CITY = "blank_city"
    BLANK_COUNTRY = "blank_country"
    UNKNOWN_COUNTRY = "unknown_country"
    """No country is called so."""
    AMBIGUOUS_COUNTRY = "ambiguous_country"
    """Several countries are called so, and the coordinates do not tell which is meant."""
    AMBIGUOUS_CITY = "ambiguous_city"
    """Several places of the file have the name, and the row has no coordinates that tell which is meant."""
    YEAR_FOR_CITY = "year_for_city"
    """A year stands where a city should."""
    FILE_FOR_CITY = "file_for_city"
    """The name of a file or an address stands where a city should."""
    MARKUP = "markup"
    """What is left of a page's markup stands in the name."""
    SEVERAL_CITIES = "several_cities"
    """The cell names several cities, where each needs a row."""
    NOTE_IN_NAME = "note_in_name"
    """Beside the name stands when the partnership was, or that it is over."""
    UNFIT_NAME = "unfit_name"
    """The name cannot be shown, is too long to be one, or is a word for none."""
    DEPRECATED = "deprecated"
    """Wikidata keeps the statement as one that is not to be used."""
    UNKNOWN_ITEM = "unknown_item"
    """An item of Wikidata of which neither the files nor the base say what city it is."""
    UNREADABLE_ROW = "unreadable_row"
    """The row could not be read at all."""
    BLANK_ROW = "blank_row"
    """No cell of the row has a text, and rows follow that have."""
    REPEATED = "repeated"
    """Another row says the same."""
    COUNTRY_RESPELT = "country_respelt"
    """The country is spelt in a way of the file's own; the remark has the text as found and the code it is read as."""
    COORDINATES_UNREADABLE = "coordinates_unreadable"
    """The coordinates are none, and were left out."""
    COORDINATES_OUTSIDE = "coordinates_outside"
    """The point lies outside the country, and was left out."""
    COORDINATES_SWAPPED = "coordinates_swapped"
    """The point lies in the country once latitude and longitude change places; it was left out."""
    COORDINATES_SHARED = "coordinates_shared"
    """A place of another name is said to lie at the same point."""
    DATE_UNREADABLE = "date_unreadable"
    """The date is none or can be several, and was left out. In a table the partnership is then unconfirmed, unless the
    row says that it is over, for it may be."""
    DATE_AFTER_SOURCE = "date_after_source"
    """The date lies after the state that the file describes; it was taken as it stands, or left out if it is an end."""
    FILLED_DOWN = "filled_down"
    """A blank cell was read as the one above, as the profile says."""
    KIND_UNKNOWN = "kind_unknown"
    """The profile has no kind for this word."""
    STATUS_UNKNOWN = "status_unknown"
    """The profile has no status for this word; the partnership is unconfirmed."""
    CONTRADICTORY = "contradictory"
    """What the row says of how the partnership stands contradicts itself, or another row for the pair."""
    LATER_STEP = "later_step"
    """Rows for this pair differ in date or kind, and this one is read as a later step of one history."""
    LEFT_OUT = "left_out"
    """The row, or what it names, says something more that records here have no place for, or that cannot be read."""
    COMPOUND_NAME = "compound_name"
    """The name holds another, in brackets or behind a dash, a stroke or a comma; it was taken as it stands."""
    NAMES_ALIKE = "names_alike"
    """A place of the same country has nearly this name, and the two may be one; they were kept apart."""


@frozen
class Remark:
    """Something to say of a row."""

    reason: Reason
    what: str
    """It in words, with the text as found."""


@frozen
class Row:
    """What became of one row."""

    number: int
    """Its number as a spreadsheet shows it: a heading is row 1. Of a graph or a map: its place in it."""
    outcome: Outcome
    found: tuple[tuple[str, str], ...]
    """The columns that were looked at, with the text as found."""
    remarks: tuple[Remark, ...] = ()
    partnership: PartnershipId | None = None
    """The partnership that it tells of, where it was taken or merged."""


@frozen(slots=False)
class Report:
    """What became of every row, in the order of the file.

    Example:
        >>> why = Remark(Reason.YEAR_FOR_CITY, "'1999' is a year")
        >>> report = Report((Row(2, Outcome.NOT_TAKEN, (("city1", "1999"),), (why,)),))
        >>> report.read, report.taken, report.merged, report.not_taken
        (1, 0, 0, 1)
    """

    rows: tuple[Row, ...]
    unread: tuple[str, ...] = ()
    """The columns of the file that the profile does not name, so that nothing of them was looked at."""

    @property
    def read(self) -> int:
        """How many rows were read: those taken, those merged and those not taken."""
        return len(self.rows)

    @property
    def taken(self) -> int:
        """How many rows were taken."""
        return self._outcomes[Outcome.TAKEN]

    @property
    def merged(self) -> int:
        """How many rows say what another row says."""
        return self._outcomes[Outcome.MERGED]

    @property
    def not_taken(self) -> int:
        """How many rows were not taken."""
        return self._outcomes[Outcome.NOT_TAKEN]

    @cached_property
    def _outcomes(self) -> Mapping[Outcome, int]:
        return Counter(row.outcome for row in self.rows)

    @cached_property
    def reasons(self) -> Mapping[Reason, int]:
        """How many rows there is each thing to say of, the most first."""
        counted = Counter(reason for row in self.rows for reason in dict.fromkeys(each.reason for each in row.remarks))
        return dict(sorted(counted.items(), key=lambda entry: (-entry[1], entry[0])))

    def about(self, reason: Reason) -> tuple[Row, ...]:
        """The rows of which there is this to say, in order."""
        return tuple(row for row in self.rows if any(remark.reason is reason for remark in row.remarks))

    def as_text(self, limit: int | None = _SHOWN) -> str:
        """The totals, and for each reason its rows.

        Args:
            limit: How many rows of a reason at most; ``None`` for all.
        """
        return "\n".join(self._lines(limit)) + "\n"

    def _lines(self, limit: int | None) -> Iterator[str]:
        rows = "row" if self.read == 1 else "rows"
        yield f"{self.read:,} {rows}: {self.taken:,} taken, {self.merged:,} merged, {self.not_taken:,} not taken"
        if self.unread:
            shown = self.unread if limit is None else self.unread[:_MOST_COLUMNS]
            more = len(self.unread) - len(shown)
            listed = ", ".join(map(short, shown)) + (f" and {more:,} more" if more else "")
            yield f"columns that the profile does not name: {listed}"
        for reason, count in self.reasons.items():
            yield f"{reason.value.replace('_', ' ')}: {count:,} {'row' if count == 1 else 'rows'}"
            about = self.about(reason)
            for row in about[:limit]:
                words = "; ".join(remark.what for remark in row.remarks if remark.reason is reason)
                yield f"  row {row.number} ({row.outcome.value.replace('_', ' ')}): {words}"
            more = len(about) - len(about[:limit])
            if more:
                yield f"  and {more:,} more"

    def as_json(self) -> str:
        """Everything, for programs."""
        told: dict[str, Any] = {
            "read": self.read,
            **{outcome.value: self._outcomes[outcome] for outcome in Outcome},
            "reasons": {reason.value: count for reason, count in self.reasons.items()},
            "unread": list(self.unread),
            "rows": [
                {
                    "row": row.number,
                    "outcome": row.outcome.value,
                    "found": dict(row.found),
                    "remarks": [{"reason": each.reason.value, "what": each.what} for each in row.remarks],
                    "partnership": row.partnership,
                }
                for row in self.rows
            ],
        }
        return json.dumps(told, ensure_ascii=False, indent=1) + "\n"

    def as_csv(self) -> str:
        """A line for each row; no cell of it is a formula to a spreadsheet."""
        made = io.StringIO()
        writer = csv.writer(made, lineterminator="\n")
        writer.writerow(["row", "outcome", "reasons", "remarks", "found", "partnership"])
        for row in self.rows:
            cells = (
                " ".join(remark.reason.value for remark in row.remarks),
                "; ".join(remark.what for remark in row.remarks),
                " | ".join(f"{name}: {text}" for name, text in row.found),
                row.partnership or "",
            )
            writer.writerow([row.number, row.outcome.value, *map(_harmless, cells)])
        return made.getvalue()


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet takes for text."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
