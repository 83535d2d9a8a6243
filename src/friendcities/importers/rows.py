"""From rows to records: reads the cells, the two cities and the claim of each row, and reports its outcome."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from itertools import takewhile
from typing import Final

from attrs import define

from friendcities.datasets.dataset import Dataset
from friendcities.garbage_collector import pause_garbage_collector
from friendcities.importers.claims import Claim, ClaimReader, pick_texts
from friendcities.importers.formats.tables import InputRow, Table
from friendcities.importers.import_report import ImportResult, Outcome, Reason, Remark, Report, Row
from friendcities.importers.match_places import CityMention, Place, Places, Point, remarks_on_places
from friendcities.importers.names_gate import check_name, past_words
from friendcities.importers.profile import CityColumns, Profile
from friendcities.importers.steps import INTERPRETED, ClaimedStep, build_steps
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
from friendcities.model.grammar import is_wikidata
from friendcities.model.record import short
from friendcities.names.bounding_boxes import boxes, is_inside
from friendcities.names.countries import CountrySpellings, read_country

_INTERPRETATION: Final = "The file has several rows for this pair; that this one is a step of its own is our reading."
_LEVEL_NOTE: Final = "The level is what the profile declares of the file."
_MOST_LOCATED: Final = 3
_NO_LANGUAGE: Final = "und"
_MAX_LATITUDE: Final = 90
_MAX_LONGITUDE: Final = 180


def import_table(table: Table, profile: Profile, source: Source) -> ImportResult:
    """Make records of rows, with the file as their source, and report the outcome of each row."""
    with pause_garbage_collector():
        read = list(_read_rows(table.rows, profile, source))
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
        records: list[AnyRecord] = [source]
        records += [_make_city(place, numbers, profile, source) for place, numbers in rows_of_place.items()]
        for id_, history in histories.items():
            steps = tuple([_make_step(step, history.rows_of, source) for step in history.steps])
            records.append(Partnership(id=id_, steps=steps))
        columns = tuple(dict.fromkeys(profile.columns))
        reported = _report_rows(read, columns, histories, remarks_on_places(rows_of_place))
        return ImportResult(Dataset(records), Report(tuple(reported), table.unused_columns, table.unread_sheets))


@define
class _ReadRow:
    """A row as far as it is read: its two cities and its claim, unless it is rejected."""

    row: InputRow
    cities: tuple[CityMention, ...] = ()
    claim: Claim | None = None
    remarks: Sequence[Remark] = ()
    claim_remarks: Sequence[Remark] = ()
    partnership: PartnershipId | None = None


def _read_rows(rows: Iterable[InputRow], profile: Profile, source: Source) -> Iterator[_ReadRow]:
    ends = [_CityReader(profile, end) for end in (profile.first, profile.second)]
    claims = ClaimReader(profile, source)
    for row, cells, filled in _read_cells(rows, profile):
        if row.error is not None:
            yield _ReadRow(row, remarks=[Remark(row.reason, f"this row could not be read: {row.error}")])
            continue
        (first, of_first), (second, of_second) = [end.read_city(*pick_texts(cells, end.columns)) for end in ends]
        remarks = list(dict.fromkeys([*filled, *of_first, *of_second])) if filled or of_first or of_second else []
        if first is None or second is None:
            yield _ReadRow(row, remarks=remarks)
        else:
            claim, claim_remarks = claims.read_claim(*pick_texts(cells, claims.columns))
            yield _ReadRow(row, (first, second), claim, remarks, claim_remarks)


def _read_cells(
    rows: Iterable[InputRow], profile: Profile
) -> Iterator[tuple[InputRow, Mapping[str, str], Sequence[Remark]]]:
    """The rows, and the cells and remarks of each: missing-value markers are blank, blank cells are filled down.

    A row with nothing but filled columns, such as a heading among the rows, a blank row and an unreadable row end the
    filling, since what follows may belong to them.
    """
    markers = {marker.strip().casefold() for marker in profile.blank}
    others = [column for column in profile.columns if column not in profile.fill_down]
    above: dict[str, str] = {}
    for row in rows:
        cells, filled = row.cells, dict[str, str]()
        if markers:
            cells = {column: "" if text.strip().casefold() in markers else text for column, text in cells.items()}
        if profile.fill_down and row.error is None and any(cells[column].strip() for column in others):
            filled = {name: above[name] for name in profile.fill_down if above.get(name) and not cells[name].strip()}
            cells = {**cells, **filled}
            above = {column: cells[column] for column in profile.fill_down}
        else:
            above = {}
        remarks = [Remark(Reason.FILLED_DOWN, f"{column}: {short(text)}, as above") for column, text in filled.items()]
        yield row, cells, remarks


class _CityReader:
    """Reads the city at one end of each row; equal cells are read once."""

    def __init__(self, profile: Profile, end: CityColumns) -> None:
        self.columns = (end.name, end.country, end.latitude, end.longitude, end.wikidata)
        self._country_is = end.country_is
        self._spellings = CountrySpellings(profile.language, profile.countries)
        self._past = past_words(profile.language, profile.statuses)
        self.read_city = cache(self._read_city)
        """The city, or ``None`` where the row is to be rejected, and the remarks on its cells."""

    def _read_city(
        self, name: str, country: str, latitude: str, longitude: str, wikidata: str
    ) -> tuple[CityMention | None, Sequence[Remark]]:
        remarks: list[Remark] = []
        point = _read_point(latitude, longitude, remarks)
        checked = check_name(name, self._past)
        remarks += checked.remarks
        code = self._country_is or self._read_country(country, point, remarks)
        if code is None or checked.name is None:
            return None, remarks
        name = checked.name
        if point is not None and code in boxes() and not is_inside(boxes()[code], *point):
            remarks.append(_remark_on_misplaced(name, code, point))
            point = None
        return CityMention(name, code, point, _read_wikidata(wikidata, remarks)), remarks

    def _read_country(self, text: str, point: Point | None, remarks: list[Remark]) -> str | None:
        if not text:
            remarks.append(Remark(Reason.BLANK_COUNTRY, "no country is named"))
            return None
        reading = read_country(text, point, self._spellings)
        if reading.code is None and reading.candidates:
            detail = f"{short(text)} can be {' or '.join(reading.candidates)}"
            remarks.append(Remark(Reason.AMBIGUOUS_COUNTRY, detail))
        elif reading.code is None:
            detail = f"{short(text)} is no country; if it is one, say its code in [countries] of the profile"
            remarks.append(Remark(Reason.UNKNOWN_COUNTRY, detail))
        elif not reading.standard:
            remarks.append(Remark(Reason.COUNTRY_RESPELT, f"{short(text)} read as {reading.code}"))
        return reading.code


def _read_point(north: str, east: str, remarks: list[Remark]) -> Point | None:
    if not north and not east:
        return None
    with suppress(ValueError):
        latitude, longitude = float(north), float(east)
        if abs(latitude) <= _MAX_LATITUDE and abs(longitude) <= _MAX_LONGITUDE:
            return latitude, longitude
    remarks.append(Remark(Reason.COORDINATES_UNREADABLE, f"{short(north)}, {short(east)} is no point on the earth"))
    return None


def _read_wikidata(text: str, remarks: list[Remark]) -> str | None:
    id_ = text.rpartition("/")[2]
    if is_wikidata(id_):
        return id_
    if text:
        remarks.append(Remark(Reason.LEFT_OUT, f"{short(text)} is no id of Wikidata, such as 'Q3955'"))
    return None


def _remark_on_misplaced(name: str, country: str, point: Point) -> Remark:
    latitude, longitude = point
    if abs(longitude) <= _MAX_LATITUDE and is_inside(boxes()[country], longitude, latitude):
        detail = f"{short(name)}: {latitude}, {longitude} lies in {country} the other way"
        return Remark(Reason.COORDINATES_SWAPPED, detail)
    return Remark(Reason.COORDINATES_OUTSIDE, f"{short(name)}: {latitude}, {longitude} lies outside {country}")


def _make_city(place: Place, numbers: list[int], profile: Profile, source: Source) -> City:
    language = source.language or _NO_LANGUAGE
    # the name in a file that is not in English is a name in its language, too
    is_english = language.partition("-")[0] in {"en", _NO_LANGUAGE}
    texts = place.spellings if is_english else (place.name, *place.spellings)
    supports = ["name", *(["names"] if texts else []), "country", "level"]
    point = None
    if place.point is not None:
        point = Coordinates(latitude=place.point[0], longitude=place.point[1], point="as the file has it")
        supports.append("coordinates")
    if place.wikidata is not None:
        supports.append("identifiers")
    locator = _format_rows(numbers)
    return City(
        id=place.id,
        name=place.name,
        names=tuple([Name(text=text, language=language, kind=NameKind.ALIAS) for text in texts]),
        country=place.country,
        level=profile.level,
        coordinates=point,
        identifiers=FrozenMap({} if place.wikidata is None else {"wikidata": place.wikidata}),
        evidence=(Evidence(source=source.id, locator=locator, supports=tuple(supports), note=_LEVEL_NOTE),),
    )


def _make_step(step: ClaimedStep, rows_of: Mapping[Claim, list[int]], source: Source) -> Step:
    evidence = []
    for claim in step.claims:
        supports, claimed = step.evidence_of(claim)
        locator = _format_rows(rows_of[claim])
        evidence.append(Evidence(source=source.id, locator=locator, supports=supports, claims=claimed))
    note = _INTERPRETATION if step.action in INTERPRETED else None
    return Step(date=step.date, action=step.action, kind=step.kind, note=note, evidence=tuple(evidence))


def _find_pair(read: _ReadRow, places: Places) -> tuple[Place, ...]:
    """The two places of a row; none, with a remark, where one is ambiguous or both are the same."""
    pair = []
    for city in read.cities:
        place = places.find_place(city)
        if place is None:
            detail = f"several places of the file are called {short(city.name)}, and the row does not say where it is"
            read.remarks = [*read.remarks, Remark(Reason.AMBIGUOUS_CITY, detail)]
        elif place in pair:
            detail = f"both ends are {place.name}, {place.country}"
            read.remarks = [*read.remarks, Remark(Reason.SELF_LINK, detail)]
        else:
            pair.append(place)
    return tuple(pair) if len(pair) == len(read.cities) else ()


class _History:
    """The claims for one pair, with the numbers of the rows that make each, and the steps that they state."""

    def __init__(self, rows_of: Mapping[Claim, list[int]]) -> None:
        self.rows_of = rows_of
        self.steps = build_steps(rows_of)
        self.first_rows = {self.find_first_row(step) for step in self.steps}
        self.start_of = {claim: step for step in self.steps if not step.is_end for claim in step.claims}
        # a single claim, as of most pairs, contradicts none
        self.contradictions = {} if len(rows_of) == 1 else dict(self._find_contradictions())

    def find_first_row(self, step: ClaimedStep) -> int:
        """The first row with the most precise claim of a step."""
        return self.rows_of[step.claims[0]][0]

    def _find_contradictions(self) -> Iterator[tuple[Claim, str]]:
        """The claims whose status other rows contradict, each with the contradiction in words."""
        for number, step in enumerate(self.steps):
            ends = list(takewhile(lambda each: each.is_end, self.steps[number + 1 :]))
            for claim in step.claims:
                if claim.end_action is None and ends:
                    yield claim, f"row {self.find_first_row(ends[0])} says that it was {ends[0].action}"
                elif claim.status is None and step.action is StepAction.UNCONFIRMED:
                    unsure = next(each for each in self.start_of if each.status is Status.UNCONFIRMED)
                    detail = "leaves open whether it is in force, so it stands as unconfirmed"
                    yield claim, f"row {self.rows_of[unsure][0]} {detail}"


def _report_rows(
    read: Iterable[_ReadRow],
    columns: Sequence[str],
    histories: Mapping[PartnershipId, _History],
    place_remarks: Mapping[int, Sequence[Remark]],
) -> Iterator[Row]:
    """The outcome of every row."""
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
            remarks.append(Remark(Reason.LATER_STEP, f"read as a later step of this pair, {step.action}"))
        if number not in history.first_rows:
            remarks.append(Remark(Reason.REPEATED, _format_repeated(claim, step, history.find_first_row(step))))
            outcome = Outcome.MERGED
        yield Row(number, outcome, cells, tuple(remarks), each.partnership)


def _format_repeated(claim: Claim, step: ClaimedStep, first: int) -> str:
    """The remark on a row whose step is that of another row, the first."""
    if claim == step.claims[0]:
        return f"row {first} says the same"
    more = [f"dates it {step.date}"] if claim.date != step.date else []
    more += ["says what kind it is"] if claim.kind is not step.kind else []
    return f"row {first} describes the same step{', and ' if more else ''}{' and '.join(more)}"


def _format_rows(numbers: Sequence[int]) -> str:
    """The locator of some rows."""
    if len(numbers) == 1:
        return f"row {numbers[0]}"
    shown = ", ".join(map(str, numbers[:_MOST_LOCATED]))
    more = len(numbers) - _MOST_LOCATED
    return f"rows {shown} and {more} more" if more > 0 else f"rows {shown}"
