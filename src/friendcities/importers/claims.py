"""What a row says of a partnership: since when, of what kind, and whether it is in force."""

from collections.abc import Mapping
from typing import Final, TypeVar

from attrs import frozen

from friendcities.importers.dates import readings
from friendcities.importers.import_report import Reason, Remark
from friendcities.importers.profile import Profile
from friendcities.model import PartialDate, PartnershipKind, Source, Status, StepAction
from friendcities.model.record import short
from friendcities.names.normalize import fold

__all__ = ["CLOSER", "Claim", "ClaimReader"]

CLOSER: Final = (
    PartnershipKind.UNSPECIFIED,
    PartnershipKind.CONTACT,
    PartnershipKind.PROJECT_PARTNERSHIP,
    PartnershipKind.FRIENDLY_EXCHANGE,
    PartnershipKind.FRIENDSHIP_CITY,
    PartnershipKind.SISTER_CITY,
)
"""The kinds, the closer the later."""
_STATUSES: Final = (None, *Status)
_NO_DATE: Final = (0, 0, 0)
_OVER: Final = {Status.SUSPENDED: StepAction.SUSPENDED, Status.ENDED: StepAction.ENDED}
_UNSURE: Final = "so whether it is in force is not known, and it stands as unconfirmed"

W = TypeVar("W")


@frozen
class Claim:
    """What a row says of a partnership."""

    date: PartialDate | None
    kind: PartnershipKind
    status: Status | None = None
    """How it stands; ``None``: nothing is said of that, and a list lists what is in force."""
    end: PartialDate | None = None
    """When it was suspended or ended."""

    @property
    def begins(self) -> StepAction:
        """What it says happened at its date."""
        match self.status:
            case Status.UNCONFIRMED:
                return StepAction.UNCONFIRMED
            case Status.PROPOSED:
                return StepAction.PROPOSED
            case _:
                return StepAction.LISTED if self.date is None else StepAction.ESTABLISHED

    @property
    def stops(self) -> StepAction | None:
        """What it says happened at its end."""
        return None if self.status is None else _OVER.get(self.status)

    @property
    def order(self) -> tuple[tuple[int, int, int], int, int, tuple[int, int, int]]:
        """Its place in a history."""
        date, end = (_NO_DATE if each is None else each.order for each in (self.date, self.end))
        return date, CLOSER.index(self.kind), _STATUSES.index(self.status), end


class ClaimReader:
    """Reads what rows say, by a profile.

    Args:
        profile: What the columns mean.
        source: What the file is as a source; it knows nothing of days later than its own.
    """

    def __init__(self, profile: Profile, source: Source) -> None:
        self._profile = profile
        self._source = source
        self._kinds, self._statuses = _by_any_case(profile.kinds), _by_any_case(profile.statuses)
        self._columns = (profile.date, profile.kind, profile.status, profile.end)
        self._read: dict[tuple[str, str, str, str], tuple[Claim, tuple[Remark, ...]]] = {}

    def of(self, cells: Mapping[str, str]) -> tuple[Claim, tuple[Remark, ...]]:
        """What a row says, and what there is to say of that."""
        date, kind, status, end = ("" if column is None else cells[column].strip() for column in self._columns)
        said = date, kind, status, end
        if said not in self._read:
            remarks: list[Remark] = []
            self._read[said] = self._claim(date, kind, status, end, remarks), tuple(remarks)
        return self._read[said]

    def _claim(self, date_text: str, kind_text: str, status_text: str, end_text: str, remarks: list[Remark]) -> Claim:
        unsure: list[tuple[Reason, str]] = []
        date = self._date(date_text, unsure)
        if date is not None and self._is_to_come(date):
            what = f"{date} lies after {self._source.as_of}, the date whose state the file describes"
            remarks.append(Remark(Reason.DATE_AFTER_SOURCE, what))
        kind = _meant(kind_text, self._kinds)
        if kind is None and kind_text:
            remarks.append(Remark(Reason.KIND_UNKNOWN, f"{short(kind_text)} is no kind that the profile has"))
        status = _meant(status_text, self._statuses)
        if status is None and status_text:
            unsure.append((Reason.STATUS_UNKNOWN, f"{short(status_text)} is no status that the profile has"))
        end = self._date(end_text, unsure)
        if end is not None:
            status, end = self._ended(status, end, date, remarks, unsure)
        if unsure and status not in _OVER:
            status = Status.UNCONFIRMED
            unsure[-1] = (unsure[-1][0], f"{unsure[-1][1]}, {_UNSURE}")
        remarks.extend(Remark(reason, what) for reason, what in unsure)
        return Claim(date, kind or PartnershipKind.UNSPECIFIED, status, end)

    def _ended(
        self,
        status: Status | None,
        end: PartialDate,
        date: PartialDate | None,
        remarks: list[Remark],
        unsure: list[tuple[Reason, str]],
    ) -> tuple[Status | None, PartialDate | None]:
        """The status of what is said to end at a date, and the end, where it can be one."""
        if self._is_to_come(end):
            what = f"its end, {end}, lies after {self._source.as_of}, the state of the file, and was left out"
            remarks.append(Remark(Reason.DATE_AFTER_SOURCE, what))
            return status, None
        if status is Status.ACTIVE:
            unsure.append((Reason.CONTRADICTORY, f"it is said to be in force, and to have ended in {end}"))
            return status, None
        if status in {Status.PROPOSED, Status.UNCONFIRMED}:
            remarks.append(Remark(Reason.LEFT_OUT, f"its end, {end}: of what is {status} none is kept"))
            return status, None
        if date is not None and end.latest < date.earliest:
            remarks.append(
                Remark(Reason.CONTRADICTORY, f"it is said to end in {end}, before {date}; the end has no date")
            )
            return status or Status.ENDED, None
        return status or Status.ENDED, end

    def _is_to_come(self, date: PartialDate) -> bool:
        """Whether the file cannot know of a date yet."""
        return date.earliest > self._source.as_of.latest

    def _date(self, text: str, unsure: list[tuple[Reason, str]]) -> PartialDate | None:
        if not text:
            return None
        formats = self._profile.date_formats
        read = readings(text, formats, self._profile.months)
        if len(read) == 1:
            return read[0]
        if read:
            what = f"{short(text)} can be {' or '.join(map(str, read))}"
        else:
            what = f"{short(text)} is no date like '1994' or '1994-10-21'"
            what += ", nor as date_formats of the profile has it" if formats else ""
        unsure.append((Reason.DATE_UNREADABLE, what))
        return None


def _by_any_case(words: Mapping[str, W]) -> dict[str, W]:
    """Words as they stand, and folded; a word as it stands goes before one that only folds alike."""
    return {**{fold(word): meant for word, meant in words.items()}, **words}


def _meant(word: str, words: Mapping[str, W]) -> W | None:
    return words.get(word, words.get(fold(word)) if fold(word) else None)
