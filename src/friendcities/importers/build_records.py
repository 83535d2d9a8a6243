"""Builds records from the rows of a file, and reports the outcome of each row."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import takewhile
from typing import Final

from friendcities.datasets.dataset import Dataset
from friendcities.errors import InvalidQueryError
from friendcities.garbage_collector import pause_garbage_collector
from friendcities.importers.formats.tables import Table
from friendcities.importers.identify_places import Place, Places, remarks_on_places
from friendcities.importers.import_report import ImportResult, Outcome, Reason, Remark, Report, Row
from friendcities.importers.profile import Profile
from friendcities.importers.read_rows import ReadRow, read_rows
from friendcities.model import (
    AnyRecord,
    City,
    CityId,
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
from friendcities.model.claimed_history import INTERPRETED, Claim, ClaimedStep, build_steps
from friendcities.model.record import short
from friendcities.names.normalize import fold

_INTERPRETATION: Final = (
    "The file has several rows for this pair; reading this row as a separate step is our interpretation."
)
_LEVEL_NOTE: Final = "The level is the one that the profile declares for the file."
_MOST_LOCATED: Final = 3
_NO_LANGUAGE: Final = "und"
_NOT_LATIN: Final = frozenset(
    "am ar be bg bn bo dv dz el fa gu he hi hy ja ka km kn ko ky lo mk ml mn mr my ne or pa ps ru sd si ta te tg th ti "  # noqa: SIM905
    "ug uk ur yi yue zh".split()
)
"""The languages that are not written in Latin letters."""
_TWO_SCRIPTS: Final = frozenset({"az", "bs", "kk", "ku", "sh", "sr", "tk", "tt", "und", "uz"})
"""The languages that are written in Latin letters and in another script. The language ``und`` is unknown."""


def import_table(table: Table, profile: Profile, source: Source) -> ImportResult:
    """Build records from the rows of a table, and report the outcome of each row."""
    with pause_garbage_collector():
        read = list(read_rows(table.rows, profile, source))
        places = Places(Counter(city for each in read for city in each.cities))
        rows_of_place: dict[Place, list[int]] = defaultdict(list)
        claims: dict[PartnershipId, dict[Claim, list[int]]] = defaultdict(lambda: defaultdict(list))
        for each in read:
            pair = _find_pair(each, places) if each.cities else ()
            if pair and each.claim is not None:
                for place in pair:
                    rows_of_place[place].append(each.row.number)
                each.partnership = PartnershipId("--".join(sorted([place.id for place in pair])))
                each.remarks = [*each.remarks, *each.claim_remarks]
                claims[each.partnership][each.claim].append(each.row.number)
        histories = {id_: _History(rows_of) for id_, rows_of in claims.items()}
        _check_speaks_for(source, [place.id for place in rows_of_place])
        records: list[AnyRecord] = [source] if rows_of_place or not source.speaks_for else []
        records += [_make_city(place, numbers, profile, source) for place, numbers in rows_of_place.items()]
        for id_, history in histories.items():
            steps = tuple([_make_step(step, history.rows_of, source) for step in history.steps])
            records.append(Partnership(id=id_, steps=steps))
        columns = tuple(dict.fromkeys(profile.columns))
        place_remarks = remarks_on_places(rows_of_place)
        for number, remark in _remarks_on_languages(rows_of_place, source):
            place_remarks[number].append(remark)
        reported = _report_rows(read, columns, histories, place_remarks)
        kind = source.kind if profile.source_kind is None else None
        report = Report(tuple(reported), table.unused_columns, table.unread_sheets, kind, table.notes.found())
        return ImportResult(Dataset(records), report)


def _check_speaks_for(source: Source, ids: Sequence[CityId]) -> None:
    missing = [id_ for id_ in source.speaks_for if id_ not in ids]
    if missing and ids:
        near = get_close_matches(missing[0], ids, 1) or ids[:1]
        expected = f"expected an id such as {near[0]!r}"
        message = f"invalid speaks_for of [source]: the file has no city {missing[0]!r}; {expected}"
        raise InvalidQueryError(message, missing[0], near)


def _make_city(place: Place, numbers: list[int], profile: Profile, source: Source) -> City:
    # a name in a language other than English is also recorded with its language
    is_english = fold(place.name).isascii() and (source.language or "en").partition("-")[0] == "en"
    texts = place.spellings if is_english else (place.name, *place.spellings)
    supports = ["name", *(["names"] if texts else []), "country", "level"]
    point = None
    if place.point is not None:
        point = Coordinates(latitude=place.point[0], longitude=place.point[1], point="as stated in the file")
        supports.append("coordinates")
    if place.subdivision is not None:
        supports.append("subdivision")
    if place.wikidata is not None:
        supports.append("identifiers")
    locator = _format_rows(numbers)
    return City(
        id=place.id,
        name=place.name,
        names=tuple([Name(text=each, language=_find_language(each, source), kind=NameKind.ALIAS) for each in texts]),
        country=place.country,
        subdivision=place.subdivision,
        level=profile.level,
        coordinates=point,
        identifiers=FrozenMap({} if place.wikidata is None else {"wikidata": place.wikidata}),
        evidence=(Evidence(source=source.id, locator=locator, supports=tuple(supports), note=_LEVEL_NOTE),),
    )


def _find_language(name: str, source: Source) -> str:
    """Return the language of the file, or ``und`` if a name is not in the script of this language."""
    language = (source.language or _NO_LANGUAGE).partition("-")[0]
    is_possible = language in _TWO_SCRIPTS or fold(name).isascii() is not (language in _NOT_LATIN)
    return source.language or _NO_LANGUAGE if is_possible else _NO_LANGUAGE


def _remarks_on_languages(rows_of: Mapping[Place, Sequence[int]], source: Source) -> Iterator[tuple[int, Remark]]:
    """Yield the first row of each place whose name is not in the script of the file's language, and a remark."""
    for place, numbers in rows_of.items():
        if not fold(place.name).isascii() and _find_language(place.name, source) == _NO_LANGUAGE:
            name = short(place.name)
            detail = f"{name} is not an English name; if all names have one language, set language in [source]"
            yield numbers[0], Remark(Reason.LANGUAGE_UNKNOWN, detail)


def _make_step(step: ClaimedStep, rows_of: Mapping[Claim, list[int]], source: Source) -> Step:
    evidence = []
    for claim in step.claims:
        supports, claimed = step.evidence_of(claim)
        locator = _format_rows(rows_of[claim])
        evidence.append(Evidence(source=source.id, locator=locator, supports=supports, claims=claimed))
    note = _INTERPRETATION if step.action in INTERPRETED else None
    return Step(date=step.date, action=step.action, kind=step.kind, note=note, evidence=tuple(evidence))


def _find_pair(read: ReadRow, places: Places) -> tuple[Place, ...]:
    pair = []
    for city in read.cities:
        place = places.find_place(city)
        if place is None:
            detail = f"the file has several places called {short(city.name)}, and the row does not show which is meant"
            read.remarks = [*read.remarks, Remark(Reason.AMBIGUOUS_CITY, detail)]
        elif place in pair:
            detail = f"both cities are {place.name}, {place.country}"
            read.remarks = [*read.remarks, Remark(Reason.SELF_LINK, detail)]
        else:
            pair.append(place)
            if place.subdivision is not None and city.subdivision is None and city.wikidata is None:
                detail = f"{short(city.name)} is in {place.subdivision} by another row; this row states no subdivision"
                read.remarks = [*read.remarks, Remark(Reason.SUBDIVISION_ADDED, detail)]
    return tuple(pair) if len(pair) == len(read.cities) else ()


class _History:
    """The claims and the steps of one pair of cities."""

    def __init__(self, rows_of: Mapping[Claim, list[int]]) -> None:
        self.rows_of = rows_of
        self.steps = build_steps(rows_of)
        self.first_rows = {self.find_first_row(step) for step in self.steps}
        self.start_of = {claim: step for step in self.steps if not step.is_end for claim in step.claims}
        # most pairs have a single claim, so there is nothing to compare
        self.contradictions = {} if len(rows_of) == 1 else dict(self._find_contradictions())

    def find_first_row(self, step: ClaimedStep) -> int:
        return self.rows_of[step.claims[0]][0]

    def _find_contradictions(self) -> Iterator[tuple[Claim, str]]:
        for number, step in enumerate(self.steps):
            ends = list(takewhile(lambda each: each.is_end, self.steps[number + 1 :]))
            for claim in step.claims:
                if claim.end_action is None and ends:
                    yield claim, f"row {self.find_first_row(ends[0])} states that the partnership was {ends[0].action}"
                elif claim.status is None and step.action is StepAction.UNCONFIRMED:
                    unsure = next(each for each in self.start_of if each.status is Status.UNCONFIRMED)
                    detail = "does not confirm the partnership, so the partnership is unconfirmed"
                    yield claim, f"row {self.rows_of[unsure][0]} {detail}"
                elif not step.is_end and step.is_doubted_by(claim):
                    detail = "confirms the partnership; the doubt of this row is recorded as a contrary claim"
                    yield claim, f"row {self.find_first_row(step)} {detail}"


def _report_rows(
    read: Iterable[ReadRow],
    columns: Sequence[str],
    histories: Mapping[PartnershipId, _History],
    place_remarks: Mapping[int, Sequence[Remark]],
) -> Iterator[Row]:
    for each in read:
        number, claim = each.row.number, each.claim
        cells = tuple([(column, each.row.cells.get(column, "")) for column in columns])
        if each.partnership is None or claim is None:
            yield Row(number, Outcome.REJECTED, cells, tuple(each.remarks))
            continue
        outcome, remarks = Outcome.IMPORTED, [*each.remarks, *place_remarks.get(number, ())]
        history = histories[each.partnership]
        step = history.start_of[claim]
        if claim in history.contradictions:
            remarks.append(Remark(Reason.CONTRADICTORY, history.contradictions[claim]))
        if step.action in INTERPRETED:
            remarks.append(Remark(Reason.LATER_STEP, f"imported as a later step of this pair: {step.action}"))
        if number not in history.first_rows:
            remarks.append(Remark(Reason.REPEATED, _format_repeated(claim, step, history.find_first_row(step))))
            outcome = Outcome.MERGED
        yield Row(number, outcome, cells, tuple(remarks), each.partnership)


def _format_repeated(claim: Claim, step: ClaimedStep, first: int) -> str:
    if claim == step.claims[0]:
        return f"row {first} states the same partnership"
    more = [f"the date is {step.date}"] if claim.date != step.date else []
    more += [f"the kind is {step.kind}"] if claim.kind is not step.kind else []
    return f"row {first} describes the same step{'; for the step, ' if more else ''}{' and '.join(more)}"


def _format_rows(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"row {numbers[0]}"
    shown = ", ".join(map(str, numbers[:_MOST_LOCATED]))
    more = len(numbers) - _MOST_LOCATED
    return f"rows {shown} and {more} more" if more > 0 else f"rows {shown}"
