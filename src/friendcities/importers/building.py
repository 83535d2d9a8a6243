"""Rows to records: the places they name, the partnerships they tell of, and what became of each row."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Final

from attrs import frozen

from friendcities.collector import collector_paused
from friendcities.datasets.dataset import Dataset
from friendcities.importers.cells import AsRead, CellReader, Found
from friendcities.importers.claims import Claim, ClaimReader
from friendcities.importers.doubts import doubts_about
from friendcities.importers.ends import EndReader, Named
from friendcities.importers.import_report import Outcome, Reason, Remark, Report, Row
from friendcities.importers.match_places import Place, Places
from friendcities.importers.profile import Profile
from friendcities.importers.steps import Told, steps_told
from friendcities.model import (
    AnyRecord,
    City,
    Coordinates,
    Evidence,
    FrozenMap,
    Name,
    NameKind,
    Partnership,
    PartnershipId,
    Source,
    Status,
    Step,
    StepAction,
)
from friendcities.model.record import short

__all__ = ["Imported", "build"]

_NOT_READ: Final = "this row could not be read: "
_SEVERAL: Final = "The file has several rows for this pair; that this one tells of a step of its own is our reading."
_Reported = tuple[Found, list[Remark], PartnershipId | None, Claim | None]
_LATER: Final = frozenset({StepAction.UPGRADED, StepAction.RENEWED, StepAction.RESUMED})
"""What only a reading of several rows makes happen."""
_MOST_LOCATED: Final = 3
_NO_LANGUAGE: Final = "und"
_PERHAPS_ENGLISH: Final = {"en", _NO_LANGUAGE}


@frozen
class Imported:
    """What came of a file: the records, and what became of each row."""

    dataset: Dataset
    report: Report


def build(rows: Iterable[Found], profile: Profile, source: Source, unread: Sequence[str] = ()) -> Imported:
    """Make records of rows.

    Args:
        rows: The rows, in the order of the file.
        profile: What their columns mean.
        source: What the file is as a source.
        unread: The columns of the file that the profile does not name.
    """
    with collector_paused():
        return _Builder(profile, source).build(rows, tuple(unread))


class _Builder:
    def __init__(self, profile: Profile, source: Source) -> None:
        self._profile = profile
        self._source = source
        self._read_end = EndReader(profile).of
        self._claims = ClaimReader(profile, source)

    def build(self, rows: Iterable[Found], unread: tuple[str, ...]) -> Imported:
        cells = CellReader(self._profile)
        read = [(each, *self._ends(each)) for each in map(cells.of, rows)]
        places = Places(named for _, ends, _ in read if ends is not None for named in ends)
        told: dict[PartnershipId, dict[Claim, list[int]]] = defaultdict(lambda: defaultdict(list))
        mentioned: dict[Place, list[int]] = defaultdict(list)
        reported: list[_Reported] = []
        for as_read, ends, remarks in read:
            row = as_read.found
            pair = None if ends is None else self._pair(ends, places, remarks)
            if pair is None:
                reported.append((row, remarks, None, None))
                continue
            claim, of_claim = self._claims.of(as_read.cells)
            remarks.extend(of_claim)
            for place in pair:
                mentioned[place].append(row.number)
            id_ = PartnershipId("--".join(sorted(place.id for place in pair)))
            told[id_][claim].append(row.number)
            reported.append((row, remarks, id_, claim))
        doubts = doubts_about(mentioned)
        cities = {place.id: self._city(place, numbers) for place, numbers in mentioned.items()}
        histories = {id_: tuple(steps_told(claims)) for id_, claims in told.items()}
        partnerships = [self._partnership(id_, steps, told[id_]) for id_, steps in histories.items()]
        records: list[AnyRecord] = [self._source, *cities.values(), *partnerships]
        return Imported(Dataset(records), Report(tuple(self._rows(reported, told, histories, doubts)), unread))

    def _ends(self, row: AsRead) -> tuple[tuple[Named, Named] | None, list[Remark]]:
        if row.found.broken is not None:
            return None, [Remark(row.found.reason, f"{_NOT_READ}{row.found.broken}")]
        first, of_first = self._read_end(row.cells, self._profile.first)
        second, of_second = self._read_end(row.cells, self._profile.second)
        remarks = list(dict.fromkeys([*row.remarks, *of_first, *of_second]))
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

    def _city(self, place: Place, numbers: list[int]) -> City:
        language = self._source.language or _NO_LANGUAGE
        # In a file that is not in English, the name is one in its language, and the best there is for the English one.
        texts = place.spellings if language.partition("-")[0] in _PERHAPS_ENGLISH else (place.name, *place.spellings)
        names = tuple(Name(text=text, language=language, kind=NameKind.ALIAS) for text in texts)
        supports = ["name", *(["names"] if names else []), "country", "level"]
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
        return City(
            id=place.id,
            name=place.name,
            names=names,
            country=place.country,
            level=self._profile.level,
            coordinates=point,
            identifiers=FrozenMap({} if place.wikidata is None else {"wikidata": place.wikidata}),
            evidence=(told,),
        )

    def _partnership(self, id_: PartnershipId, steps: Sequence[Told], told: Mapping[Claim, list[int]]) -> Partnership:
        made = [self._step(step, told, _SEVERAL if step.what in _LATER else None) for step in steps]
        return Partnership(id=id_, steps=tuple(made))

    def _step(self, step: Told, told: Mapping[Claim, list[int]], note: str | None) -> Step:
        evidence = []
        for claim in step.claims:
            supports, says = step.said_by(claim)
            located = _located(told[claim])
            evidence.append(Evidence(source=self._source.id, locator=located, supports=supports, claims=says))
        return Step(date=step.date, action=step.what, kind=step.kind, note=note, evidence=tuple(evidence))

    def _rows(
        self,
        reported: list[_Reported],
        told: Mapping[PartnershipId, Mapping[Claim, list[int]]],
        histories: Mapping[PartnershipId, Sequence[Told]],
        doubts: Mapping[int, Sequence[Remark]],
    ) -> Iterator[Row]:
        columns = tuple(dict.fromkeys(self._profile.columns))
        of = {(id_, claim): step for id_, step in _each(histories) if not step.is_end for claim in step.claims}
        made = {(id_, told[id_][step.claims[0]][0]) for id_, step in _each(histories)}
        contrary = {
            (id_, claim): what for id_, steps in histories.items() for claim, what in _contrary(steps, told[id_])
        }
        for row, remarks, id_, claim in reported:
            found = tuple((column, row.cells.get(column, "")) for column in columns)
            if id_ is None or claim is None:
                yield Row(row.number, Outcome.NOT_TAKEN, found, tuple(remarks))
                continue
            said = [*remarks, *doubts.get(row.number, ())]
            step = of[id_, claim]
            if (id_, claim) in contrary:
                said.append(Remark(Reason.CONTRADICTORY, contrary[id_, claim]))
            if step.what in _LATER:
                said.append(Remark(Reason.LATER_STEP, f"read as a later step of this pair, {step.what}"))
            if (id_, row.number) in made:
                yield Row(row.number, Outcome.TAKEN, found, tuple(said), id_)
            else:
                said.append(Remark(Reason.REPEATED, _repeated(claim, step, told[id_][step.claims[0]][0])))
                yield Row(row.number, Outcome.MERGED, found, tuple(said), id_)


def _each(histories: Mapping[PartnershipId, Sequence[Told]]) -> Iterator[tuple[PartnershipId, Told]]:
    return ((id_, step) for id_, steps in histories.items() for step in steps)


def _contrary(steps: Sequence[Told], told: Mapping[Claim, list[int]]) -> Iterator[tuple[Claim, str]]:
    """The claims of one pair that what other rows say of how it stands goes against, and what that is."""
    for number, step in enumerate(steps):
        behind = list(takewhile(lambda each: each.is_end, steps[number + 1 :]))
        for claim in step.claims:
            if claim.stops is None and behind:
                yield claim, f"row {told[behind[0].claims[0]][0]} says that it was {behind[0].what}"
            elif claim.status is None and step.what is StepAction.UNCONFIRMED:
                unsure = next(each for every in steps for each in every.claims if each.status is Status.UNCONFIRMED)
                yield claim, f"row {told[unsure][0]} leaves open whether it is in force, so it stands as unconfirmed"


def _repeated(claim: Claim, step: Told, first: int) -> str:
    """What a row says that tells of a step which another row has made."""
    if claim == step.claims[0]:
        return f"row {first} says the same"
    more = [f"dates it {step.date}"] if claim.date != step.date else []
    more += ["says what kind it is"] if claim.kind is not step.kind else []
    return " and ".join([f"row {first} tells of the same", *more]).replace(" and ", ", and ", 1)


def _located(numbers: list[int]) -> str:
    """The place of some rows in the file."""
    if len(numbers) == 1:
        return f"row {numbers[0]}"
    shown = ", ".join(map(str, numbers[:_MOST_LOCATED]))
    more = len(numbers) - _MOST_LOCATED
    return f"rows {shown} and {more} more" if more > 0 else f"rows {shown}"
