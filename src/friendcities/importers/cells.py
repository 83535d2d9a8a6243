"""The cells of rows: as they were found, and as they are read where the profile says that some stand for others."""

from collections.abc import Mapping

from attrs import frozen

from friendcities.importers.import_report import Reason, Remark
from friendcities.importers.profile import Profile
from friendcities.model.record import short

__all__ = ["AsRead", "CellReader", "Found"]


@frozen
class Found:
    """A row as it was found: its number, and its cells by column; or why it could not be read."""

    number: int
    cells: Mapping[str, str]
    broken: str | None = None
    reason: Reason = Reason.UNREADABLE_ROW
    """Of what sort that is."""


@frozen
class AsRead:
    """A row, and its cells as they are to be read."""

    found: Found
    cells: Mapping[str, str]
    remarks: tuple[Remark, ...] = ()
    """What there is to say where the two differ."""


class CellReader:
    """Reads rows one by one, in the order of the file.

    What the profile calls blank is no text, and a blank cell of a column that is filled down has the text of the row
    above. A row that tells nothing else, such as a heading among the rows, one that is blank and one that could not be
    read end the filling: what follows may belong to them.

    Args:
        profile: What the columns mean.
    """

    def __init__(self, profile: Profile) -> None:
        self._blank = {each.strip().casefold() for each in profile.blank}
        self._filled = profile.fill_down
        self._others = [column for column in profile.columns if column not in profile.fill_down]
        self._above: dict[str, str] = {}

    def of(self, row: Found) -> AsRead:
        """A row as it is to be read."""
        if row.broken is not None:
            self._above = {}
            return AsRead(row, row.cells)
        cells = row.cells
        if self._blank:
            cells = {name: "" if text.strip().casefold() in self._blank else text for name, text in cells.items()}
        if not self._filled:
            return AsRead(row, cells)
        if not any(cells[column].strip() for column in self._others):
            self._above = {}
            return AsRead(row, cells)
        missing = [column for column in self._filled if not cells[column].strip() and self._above.get(column)]
        remarks = [
            Remark(Reason.FILLED_DOWN, f"{column}: {short(self._above[column])}, as above") for column in missing
        ]
        cells = {**cells, **{column: self._above[column] for column in missing}}
        self._above = {column: cells[column] for column in self._filled}
        return AsRead(row, cells, tuple(remarks))
