"""What a row states about a partnership: since when, of what kind, and whether it is in force."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final, TypeVar

from attrs import evolve, frozen

from friendcities.importers.dates import parse_dates
from friendcities.importers.import_report import Reason, Remark
from friendcities.importers.profile import Profile
from friendcities.model import PartialDate, PartnershipKind, Source, Status, StepAction
from friendcities.model.record import short
from friendcities.names.normalize import fold

CLOSENESS: Final = (
    PartnershipKind.UNSPECIFIED,
    PartnershipKind.CONTACT,
    PartnershipKind.PROJECT_PARTNERSHIP,
    PartnershipKind.FRIENDLY_EXCHANGE,
    PartnershipKind.FRIENDSHIP_CITY,
    PartnershipKind.SISTER_CITY,
)
"""The kinds, from the loosest to the closest."""
_STATUSES: Final = (None, *Status)
_START_ACTIONS: Final = {Status.UNCONFIRMED: StepAction.UNCONFIRMED, Status.PROPOSED: StepAction.PROPOSED}
_END_ACTIONS: Final = {Status.SUSPENDED: StepAction.SUSPENDED, Status.ENDED: StepAction.ENDED}
_UNSURE: Final = "so whether it is in force is not known, and it stands as unconfirmed"

W = TypeVar("W")


@frozen
class Claim:
    """What a row states about a partnership."""

    date: PartialDate | None
    kind: PartnershipKind
    status: Status | None = None
    """Its status; ``None``: the row states none, and a list lists what is in force."""
    end: PartialDate | None = None
    """When it was suspended or ended."""

    @property
    def start_action(self) -> StepAction:
        """The action of the step at its date."""
        in_force = StepAction.LISTED if self.date is None else StepAction.ESTABLISHED
        return in_force if self.status is None else _START_ACTIONS.get(self.status, in_force)

    @property
    def end_action(self) -> StepAction | None:
        """The action of the step at its end; ``None``: it has no end."""
        return None if self.status is None else _END_ACTIONS.get(self.status)

    @property
    def order(self) -> tuple[tuple[int, int, int], int, int, tuple[int, int, int]]:
        """Its place among the claims for one pair."""
        date, end = ((0, 0, 0) if each is None else each.order for each in (self.date, self.end))
        return date, CLOSENESS.index(self.kind), _STATUSES.index(self.status), end


def pick_texts(cells: Mapping[str, str], columns: Sequence[str | None]) -> list[str]:
    """The cells of some columns, without blanks around them; a column that a profile does not name is blank."""
    return ["" if column is None else cells[column].strip() for column in columns]


class ClaimReader:
    """Reads the claims of rows, by a profile; the source cannot know of dates after its own."""

    def __init__(self, profile: Profile, source: Source) -> None:
        self._profile = profile
        self._source = source
        self._kinds, self._statuses = _fold_words(profile.kinds), _fold_words(profile.statuses)
        self.columns = (profile.date, profile.kind, profile.status, profile.end)
        self.read_claim = cache(self._read_claim)
        """The claim of a row, and the remarks on it, from the texts of these columns."""

    def _read_claim(self, *texts: str) -> tuple[Claim, list[Remark]]:
        date_text, kind_text, status_text, end_text = texts
        remarks, unsure = list[Remark](), list[Remark]()
        date = self._read_date(date_text, unsure)
        if date is not None and self._is_after_source(date):
            detail = f"{date} lies after {self._source.as_of}, the date whose state the file describes"
            remarks.append(Remark(Reason.DATE_AFTER_SOURCE, detail))
        kind = _read_word(kind_text, self._kinds)
        if kind is None and kind_text:
            remarks.append(Remark(Reason.KIND_UNKNOWN, f"{short(kind_text)} is no kind that the profile has"))
        status = _read_word(status_text, self._statuses)
        if status is None and status_text:
            unsure.append(Remark(Reason.STATUS_UNKNOWN, f"{short(status_text)} is no status that the profile has"))
        end = self._read_date(end_text, unsure)
        if end is not None:
            status, end = self._check_end(end, status, date, remarks, unsure)
        if unsure and status not in _END_ACTIONS:
            status = Status.UNCONFIRMED
            unsure[-1] = evolve(unsure[-1], detail=f"{unsure[-1].detail}, {_UNSURE}")
        return Claim(date, kind or PartnershipKind.UNSPECIFIED, status, end), remarks + unsure

    def _check_end(
        self,
        end: PartialDate,
        status: Status | None,
        date: PartialDate | None,
        remarks: list[Remark],
        unsure: list[Remark],
    ) -> tuple[Status | None, PartialDate | None]:
        """The status of a partnership with an end, and the end where it is valid."""
        if self._is_after_source(end):
            detail = f"its end, {end}, lies after {self._source.as_of}, the state of the file, and was left out"
            remarks.append(Remark(Reason.DATE_AFTER_SOURCE, detail))
        elif status is Status.ACTIVE:
            unsure.append(Remark(Reason.CONTRADICTORY, f"it is said to be in force, and to have ended in {end}"))
        elif status in _START_ACTIONS:
            remarks.append(Remark(Reason.LEFT_OUT, f"its end, {end}: of what is {status} none is kept"))
        elif date is not None and end.latest < date.earliest:
            detail = f"it is said to end in {end}, before {date}; the end has no date"
            remarks.append(Remark(Reason.CONTRADICTORY, detail))
            return status or Status.ENDED, None
        else:
            return status or Status.ENDED, end
        return status, None

    def _is_after_source(self, date: PartialDate) -> bool:
        """Whether the source cannot know of a date yet."""
        return self._source.as_of is not None and date.earliest > self._source.as_of.latest

    def _read_date(self, text: str, unsure: list[Remark]) -> PartialDate | None:
        formats = self._profile.date_formats
        dates = parse_dates(text, formats, self._profile.months) if text else ()
        if len(dates) == 1:
            return dates[0]
        if dates:
            unsure.append(Remark(Reason.DATE_UNREADABLE, f"{short(text)} can be {' or '.join(map(str, dates))}"))
        elif text:
            declared = ", nor as date_formats of the profile has it" if formats else ""
            detail = f"{short(text)} is no date like '1994' or '1994-10-21'{declared}"
            unsure.append(Remark(Reason.DATE_UNREADABLE, detail))
        return None


def _fold_words(words: Mapping[str, W]) -> dict[str, W]:
    """Words as they are, and folded; a word as it is goes before one that only folds alike."""
    return {**{fold(word): value for word, value in words.items()}, **words}


def _read_word(word: str, words: Mapping[str, W]) -> W | None:
    return words.get(word, words.get(fold(word)) if fold(word) else None)
