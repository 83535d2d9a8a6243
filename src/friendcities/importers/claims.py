"""What a row says of a partnership: since when, of what kind, and whether it is in force."""

from collections.abc import Mapping
from typing import Final

from attrs import evolve, frozen

from friendcities.importers.dates import read_date
from friendcities.importers.profile import Profile
from friendcities.importers.report import Reason, Remark
from friendcities.model import Occurrence, PartialDate, PartnershipKind, Source, Status
from friendcities.model.record import short

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
_STATUSES: Final = tuple(Status)
_NO_DATE: Final = (0, 0, 0)
_OVER: Final = {Status.SUSPENDED: Occurrence.SUSPENDED, Status.ENDED: Occurrence.ENDED}
_UNSURE: Final = "so whether it is in force is not known, and it stands as unconfirmed"
_LIKE: Final = "is no date like '1994' or '1994-10-21', nor one of the profile's date_formats"


@frozen
class Claim:
    """What a row says of a partnership."""

    date: PartialDate | None
    kind: PartnershipKind
    status: Status = Status.ACTIVE
    """How it stands; a list that says nothing of it lists what is in force."""
    end: PartialDate | None = None
    """When it was suspended or ended."""

    @property
    def begins(self) -> Occurrence:
        """What it says happened at its date."""
        match self.status:
            case Status.UNCONFIRMED:
                return Occurrence.CLAIMED
            case Status.PROPOSED:
                return Occurrence.PROPOSED
            case _:
                return Occurrence.LISTED if self.date is None else Occurrence.ESTABLISHED

    @property
    def stops(self) -> Occurrence | None:
        """What it says happened at its end."""
        return _OVER.get(self.status)

    @property
    def order(self) -> tuple[tuple[int, int, int], int, int, tuple[int, int, int]]:
        """Its place in a history."""
        date, end = (_NO_DATE if each is None else each.order for each in (self.date, self.end))
        return date, CLOSER.index(self.kind), _STATUSES.index(self.status), end


class ClaimReader:
    """Reads what rows say, by a profile.

    Args:
        profile: What the columns mean.
        source: What the file is as a source; what it tells of later days than its own is remarked.
    """

    def __init__(self, profile: Profile, source: Source) -> None:
        self._profile = profile
        self._source = source
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

    def _claim(self, date: str, kind: str, status: str, end: str, remarks: list[Remark]) -> Claim:
        claim = Claim(
            self._date(date, remarks),
            self._kind(kind, remarks),
            self._status(status, remarks),
            self._date(end, remarks),
        )
        unread = (date and claim.date is None) or (end and claim.end is None)
        if unread or claim.status is Status.UNCONFIRMED:
            return evolve(claim, status=Status.UNCONFIRMED, end=None)
        if claim.end is None:
            return claim
        if claim.status is Status.PROPOSED:
            remarks.append(Remark(Reason.LEFT_OUT, f"its end, {claim.end}: what is proposed has none"))
            return evolve(claim, end=None)
        if claim.date is not None and claim.end.latest < claim.date.earliest:
            what = f"it is said to end in {claim.end}, before {claim.date}, {_UNSURE}"
            remarks.append(Remark(Reason.DATE_UNREADABLE, what))
            return evolve(claim, status=Status.UNCONFIRMED, end=None)
        return evolve(claim, status=Status.ENDED) if claim.status is Status.ACTIVE else claim

    def _kind(self, kind: str, remarks: list[Remark]) -> PartnershipKind:
        if kind and kind not in self._profile.kinds:
            remarks.append(Remark(Reason.KIND_UNKNOWN, f"{short(kind)} is no kind that the profile has"))
        return self._profile.kinds.get(kind, PartnershipKind.UNSPECIFIED)

    def _status(self, status: str, remarks: list[Remark]) -> Status:
        if not status:
            return Status.ACTIVE
        if status not in self._profile.statuses:
            remarks.append(
                Remark(Reason.STATUS_UNKNOWN, f"{short(status)} is no status that the profile has, {_UNSURE}")
            )
        return self._profile.statuses.get(status, Status.UNCONFIRMED)

    def _date(self, text: str, remarks: list[Remark]) -> PartialDate | None:
        if not text:
            return None
        read = read_date(text, self._profile.date_formats, self._profile.months)
        if read is None:
            remarks.append(Remark(Reason.DATE_UNREADABLE, f"{short(text)} {_LIKE}, {_UNSURE}"))
        elif read.earliest > self._source.as_of.latest:
            what = f"{read} lies after {self._source.as_of}, the date whose state the file describes"
            remarks.append(Remark(Reason.DATE_AFTER_SOURCE, what))
        return read
