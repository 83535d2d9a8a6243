"""Rows to records: the places they name, the partnerships they tell of, and what became of each row."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Final

from attrs import frozen

from friendcities.collection import Dataset
from friendcities.collector import collector_paused
from friendcities.errors import InvalidRecordError
from friendcities.importers.ends import Named, read_end
from friendcities.importers.places import Place, Places
from friendcities.importers.profile import Profile
from friendcities.importers.report import Outcome, Reason, Remark, Report, Row
from friendcities.model import (
    AnyRecord,
    City,
    Coordinates,
    Evidence,
    FrozenMap,
    Name,
    NameKind,
    Occurrence,
    PartialDate,
    Partnership,
    PartnershipId,
    PartnershipKind,
    Source,
    Step,
)
from friendcities.model.record import short

__all__ = ["Found", "Imported", "build"]

_NOT_READ: Final = "this row could not be read: "
_CLOSER: Final = (
    PartnershipKind.UNSPECIFIED,
    PartnershipKind.CONTACT,
    PartnershipKind.PROJECT_PARTNERSHIP,
    PartnershipKind.FRIENDLY_EXCHANGE,
    PartnershipKind.FRIENDSHIP_CITY,
    PartnershipKind.SISTER_CITY,
)
"""The kinds, the closer the later."""
_SEVERAL: Final = "The file has several rows for this pair; that this one tells of a step of its own is our reading."
_MOST_LOCATED: Final = 3
_NO_LANGUAGE: Final = "und"


@frozen
class Found:
    """A row as it was found: its number, and its cells by column; or why it could not be read."""

    number: int
    cells: Mapping[str, str]
    broken: str | None = None


@frozen
class Imported:
    """What came of a file: the records, and what became of each row."""

    dataset: Dataset
    report: Report


@frozen
class _Claim:
    """What a row says of a partnership."""

    date: PartialDate | None
    kind: PartnershipKind

    @property
    def order(self) -> tuple[tuple[int, int, int], int]:
        """Its place in a history."""
        return ((0, 0, 0) if self.date is None else self.date.order, _CLOSER.index(self.kind))


def build(rows: Iterable[Found], profile: Profile, source: Source) -> Imported:
    """Make records of rows.

    Args:
        rows: The rows, in the order of the file.
        profile: What their columns mean.
        source: What the file is as a source.
    """
    with collector_paused():
        return _Builder(profile, source).build(rows)


class _Builder:
    def __init__(self, profile: Profile, source: Source) -> None:
        self._profile = profile
        self._source = source
        self._claims: dict[tuple[str, str], tuple[_Claim, list[Remark]]] = {}

    def build(self, rows: Iterable[Found]) -> Imported:
        read = [(row, *self._ends(row)) for row in rows]
        places = Places(named for _, ends, _ in read if ends is not None for named in ends)
        told: dict[PartnershipId, dict[_Claim, list[int]]] = defaultdict(lambda: defaultdict(list))
        mentioned: dict[Place, list[int]] = defaultdict(list)
        reported: list[tuple[Found, list[Remark], PartnershipId | None, _Claim | None]] = []
        for row, ends, remarks in read:
            pair = None if ends is None else self._pair(ends, places, remarks)
            if pair is None:
                reported.append((row, remarks, None, None))
                continue
            claim = self._claim(row, remarks)
            for place in pair:
                mentioned[place].append(row.number)
            id_ = PartnershipId("--".join(sorted(place.id for place in pair)))
            told[id_][claim].append(row.number)
            reported.append((row, remarks, id_, claim))
        shared = _at_one_point(mentioned)
        cities = {place.id: self._city(place, numbers) for place, numbers in mentioned.items()}
        partnerships = [self._partnership(id_, claims) for id_, claims in told.items()]
        records: list[AnyRecord] = [self._source, *cities.values(), *partnerships]
        return Imported(Dataset(records), Report(tuple(self._rows(reported, told, shared))))

    def _ends(self, row: Found) -> tuple[tuple[Named, Named] | None, list[Remark]]:
        if row.broken is not None:
            return None, [Remark(Reason.UNREADABLE_ROW, f"{_NOT_READ}{row.broken}")]
        first, of_first = read_end(row.cells, self._profile.first)
        second, of_second = read_end(row.cells, self._profile.second)
        remarks = list(dict.fromkeys([*of_first, *of_second]))
        return (None if first is None or second is None else (first, second)), remarks

    def _pair(self, ends: tuple[Named, Named], places: Places, remarks: list[Remark]) -> tuple[Place, Place] | None:
        found = []
        for named in ends:
            place = places.of(named)
            if place is None:
                what = (
                    f"several places of the file are called {short(named.name)}, and the row does not say where it is"
                )
                remarks.append(Remark(Reason.AMBIGUOUS_CITY, what))
            else:
                found.append(place)
        if len(found) < len(ends):
            return None
        first, second = found
        if first.id == second.id:
            remarks.append(Remark(Reason.SELF_LINK, f"both ends are {first.name}, {first.country}"))
            return None
        return first, second

    def _claim(self, row: Found, remarks: list[Remark]) -> _Claim:
        profile = self._profile
        date = "" if profile.date is None else row.cells[profile.date].strip()
        kind = "" if profile.kind is None else row.cells[profile.kind].strip()
        said = date, kind
        if said not in self._claims:
            self._claims[said] = self._read_claim(*said)
        claim, more = self._claims[said]
        remarks.extend(more)
        return claim

    def _read_claim(self, date: str, kind: str) -> tuple[_Claim, list[Remark]]:
        remarks = []
        read = None
        if date:
            try:
                read = PartialDate.parse(date)
            except InvalidRecordError:
                remarks.append(Remark(Reason.DATE_UNREADABLE, f"{short(date)} is no date like '1994' or '1994-10-21'"))
        if kind and kind not in self._profile.kinds:
            remarks.append(Remark(Reason.KIND_UNKNOWN, f"{short(kind)} is no kind that the profile has"))
        return _Claim(read, self._profile.kinds.get(kind, PartnershipKind.UNSPECIFIED)), remarks

    def _city(self, place: Place, numbers: list[int]) -> City:
        supports = ["name", *(["names"] if place.spellings else []), "country", "level"]
        point = None
        if place.point is not None:
            point = Coordinates(latitude=place.point[0], longitude=place.point[1], point="as the file has it")
            supports.append("coordinates")
        if place.wikidata is not None:
            supports.append("identifiers")
        told = Evidence(
            source=self._source.id,
            locator=_located(numbers),
            supports=tuple(supports),
            note="The level is what the profile declares of the file.",
        )
        language = self._source.language or _NO_LANGUAGE
        return City(
            id=place.id,
            name=place.name,
            names=tuple(Name(text=text, language=language, kind=NameKind.ALIAS) for text in place.spellings),
            country=place.country,
            level=self._profile.level,
            coordinates=point,
            identifiers=FrozenMap({} if place.wikidata is None else {"wikidata": place.wikidata}),
            evidence=(told,),
        )

    def _partnership(self, id_: PartnershipId, claims: Mapping[_Claim, list[int]]) -> Partnership:
        dated = sorted((claim for claim in claims if claim.date is not None), key=lambda claim: claim.order)
        undated = sorted((claim for claim in claims if claim.date is None), key=lambda claim: claim.order)
        # A date says more than none: rows without one stand as listings beside the first step of those with one.
        whole = dated or undated
        steps = [self._step(whole[0], Occurrence.ESTABLISHED if dated else Occurrence.LISTED, claims, None)]
        for before, claim in pairwise(whole):
            closer = _CLOSER.index(claim.kind) > _CLOSER.index(before.kind)
            later = (Occurrence.UPGRADED if closer else Occurrence.RENEWED) if dated else Occurrence.LISTED
            steps.append(self._step(claim, later, claims, _SEVERAL))
        if dated and undated:
            steps[0] = self._with_listings(steps[0], [(claim, claims[claim]) for claim in undated])
        return Partnership(id=id_, steps=tuple(steps))

    def _step(self, claim: _Claim, what: Occurrence, claims: Mapping[_Claim, list[int]], note: str | None) -> Step:
        supports = ["what"] if claim.date is None else ["date", "what"]
        supports += [] if claim.kind is PartnershipKind.UNSPECIFIED else ["kind"]
        told = Evidence(source=self._source.id, locator=_located(claims[claim]), supports=tuple(supports))
        return Step(date=claim.date, what=what, kind=claim.kind, note=note, evidence=(told,))

    def _with_listings(self, step: Step, listings: list[tuple[_Claim, list[int]]]) -> Step:
        more = []
        for claim, numbers in listings:
            says: dict[str, object] = {"date": None, "what": Occurrence.LISTED}
            supports: tuple[str, ...] = ()
            if claim.kind is step.kind and claim.kind is not PartnershipKind.UNSPECIFIED:
                supports = ("kind",)
            elif claim.kind is not step.kind:
                says["kind"] = claim.kind
            more.append(
                Evidence(source=self._source.id, locator=_located(numbers), supports=supports, says=FrozenMap(says))
            )
        return Step(date=step.date, what=step.what, kind=step.kind, note=step.note, evidence=(*step.evidence, *more))

    def _rows(
        self,
        reported: list[tuple[Found, list[Remark], PartnershipId | None, _Claim | None]],
        told: Mapping[PartnershipId, Mapping[_Claim, list[int]]],
        shared: Mapping[int, Remark],
    ) -> Iterator[Row]:
        columns = tuple(dict.fromkeys(self._profile.columns))
        for row, remarks, id_, claim in reported:
            found = tuple((column, row.cells.get(column, "")) for column in columns)
            if id_ is None or claim is None:
                yield Row(row.number, Outcome.NOT_TAKEN, found, tuple(remarks))
                continue
            said = [*remarks, *([shared[row.number]] if row.number in shared else [])]
            first = told[id_][claim][0]
            if first == row.number:
                yield Row(row.number, Outcome.TAKEN, found, tuple(said), id_)
            else:
                said.append(Remark(Reason.REPEATED, f"row {first} says the same"))
                yield Row(row.number, Outcome.MERGED, found, tuple(said), id_)


def _at_one_point(mentioned: Mapping[Place, list[int]]) -> dict[int, Remark]:
    """For the first row of each place that has its point in common with another, which that is."""
    at: dict[tuple[float, float], list[Place]] = defaultdict(list)
    for place in mentioned:
        if place.point is not None:
            at[place.point].append(place)
    found = {}
    for places in at.values():
        for place in places if len(places) > 1 else ():
            others = sorted(other.name for other in places if other is not place)
            more = f" and {len(others) - _MOST_LOCATED} more" if len(others) > _MOST_LOCATED else ""
            what = (
                f"{short(place.name)} is said to lie where {', '.join(map(short, others[:_MOST_LOCATED]))}{more} lies"
            )
            found[mentioned[place][0]] = Remark(Reason.COORDINATES_SHARED, what)
    return found


def _located(numbers: list[int]) -> str:
    """The place of some rows in the file."""
    if len(numbers) == 1:
        return f"row {numbers[0]}"
    shown = ", ".join(map(str, numbers[:_MOST_LOCATED]))
    more = len(numbers) - _MOST_LOCATED
    return f"rows {shown} and {more} more" if more > 0 else f"rows {shown}"
