"""Reads the two cities and the claim of each row. Changed and ignored cells get remarks."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache, partial
from typing import Any, Final

import pycountry
from attrs import define

from friendcities.importers.claims import ClaimReader
from friendcities.importers.formats.tables import InputRow
from friendcities.importers.identify_places import CityMention, Point
from friendcities.importers.import_report import Reason, Remark
from friendcities.importers.names_gate import (
    BETWEEN_CITIES,
    CheckedName,
    check_country,
    check_name,
    check_name_in_country,
    is_total,
    names_several_cities,
    past_words,
)
from friendcities.importers.profile import CityColumns, Profile
from friendcities.limits import CITY_NAME_CHARACTERS, COUNTRY_CHARACTERS
from friendcities.model import PartnershipId, Source
from friendcities.model.claimed_history import Claim
from friendcities.model.grammar import is_wikidata
from friendcities.model.record import short
from friendcities.names.bounding_boxes import boxes, countries_instead, is_inside, subdivision_boxes
from friendcities.names.countries import (
    TERRITORIES,
    CountrySpellings,
    comparison_key,
    countries_called,
    country_of_part,
    find_part,
    find_subdivision,
    find_territory,
    is_part_of,
    read_country,
)
from friendcities.names.lookup import geonames_ids_by_name
from friendcities.names.normalize import fold

_MAX_LATITUDE: Final = 90
_MAX_LONGITUDE: Final = 180
_MOST_NAMED: Final = 3
_STATE_TYPES: Final = frozenset({"Canton", "Department", "Land", "Prefecture", "Province", "Region", "State"})
_OWNERS: Final = frozenset(TERRITORIES.values())
_COUNTRY_IN_BRACKETS: Final = re.compile(r"([^()（）].*?)\s*[(（]([^()（）]+)[)）]")
_SEPARATED: Final = re.compile(r"(.+?)(?:\s+[–—-]\s+|\s*/\s*|\s*\[\s*)([^/\[\]]{2,}?)\s*\]?")
"""A city and a country, with a dash, a slash or an angular bracket between them."""
_COMMA: Final = re.compile(r"\s*[,，、]\s*")
_PARTS: Final = re.compile(r"\s*[,，、(（]\s*")
"""The separators between a city, its part of the country, and the country."""
_ADDITION: Final = re.compile(r"([^,(（]+)(?:\s*[,(（]| [–—-] )\s*([^,(（]+?)\s*[)）]?")
"""A country and an addition: in brackets, or after a comma or a dash."""


@define
class ReadRow:
    """The two cities and the claim of a row. A rejected row has no cities and no claim."""

    row: InputRow
    cities: tuple[CityMention, ...] = ()
    claim: Claim | None = None
    remarks: Sequence[Remark] = ()
    claim_remarks: Sequence[Remark] = ()
    partnership: PartnershipId | None = None
    """The partnership of the two cities; set after the places are known."""


def read_rows(rows: Iterable[InputRow], profile: Profile, source: Source) -> Iterator[ReadRow]:
    """Read the cities and the claim of each row."""
    rows = list(rows)
    ends = [_CityReader(profile, end, rows) for end in (profile.first, profile.second)]
    claims = ClaimReader(profile, source)
    cells_of = _CellReader(profile)
    for row in rows:
        cells, filled = cells_of.read_cells(row)
        if row.error is not None:
            yield ReadRow(row, remarks=[Remark(row.reason, f"the row cannot be read: {row.error}")])
            continue
        total = cells_of.find_total(row.cells)
        if total is not None:
            yield ReadRow(row, remarks=[Remark(Reason.INVALID_NAME, f"{short(total)} marks a row of totals")])
            continue
        (first, of_first), (second, of_second) = [end.read_city(*_pick_texts(cells, end.columns)) for end in ends]
        remarks = list(dict.fromkeys([*filled, *of_first, *of_second])) if filled or of_first or of_second else []
        if first is None or second is None:
            yield ReadRow(row, remarks=remarks)
        else:
            claim, claim_remarks = claims.read_claim(*_pick_texts(cells, claims.columns))
            yield ReadRow(row, (first, second), claim, remarks, claim_remarks)


def _pick_texts(cells: Mapping[str, str], columns: Sequence[str | None]) -> list[str]:
    return ["" if column is None else cells[column].strip() for column in columns]


class _CellReader:
    """Reads the cells of rows, and fills blank cells from the row above."""

    def __init__(self, profile: Profile) -> None:
        self._markers = {marker.strip().casefold() for marker in profile.blank}
        self._filled = profile.fill_down
        self._others = [column for column in profile.columns if column not in profile.fill_down]
        self._name_of = {
            column: end.name
            for end in (profile.first, profile.second)
            for column in end.columns
            if end.name in profile.fill_down and column != end.name
        }
        """For each column to fill, the name column of the same city."""
        self._identities = {
            end.name: [column for column in (end.country, end.wikidata) if column is not None and column != end.name]
            for end in (profile.first, profile.second)
            if end.name is not None and end.name in profile.fill_down
        }
        """For each name column to fill, the columns that must not change beside a filled name."""
        self._places = [each for end in (profile.first, profile.second) for each in (end.name, end.country) if each]
        self._is_total = cache(is_total)
        self._above: dict[str, str] = {}

    def find_total(self, cells: Mapping[str, str]) -> str | None:
        """Return the first city or country that is a word such as "total"; ``None`` if there is none."""
        return next((text for text in map(cells.__getitem__, self._places) if self._is_total(text)), None)

    def read_cells(self, row: InputRow) -> tuple[Mapping[str, str], Sequence[Remark]]:
        cells = row.cells
        if self._markers:
            cells = {name: "" if text.strip().casefold() in self._markers else text for name, text in cells.items()}
        if not self._filled:
            return cells, ()
        if row.error is not None or not any(cells[column].strip() for column in self._others):
            self._above = {}
            return cells, ()
        if self.find_total(row.cells) is not None:
            return cells, ()
        filled = {column: self._above.get(column, "") for column in self._filled if self._is_filled(column, cells)}
        changed = list(self._remarks_on_changes(cells, filled))
        cells = {**cells, **filled}
        remarks = [
            Remark(Reason.FILLED_DOWN, f"{name}: {short(text)}, as above") for name, text in filled.items() if text
        ]
        above = {column: cells[column] for column in self._filled}
        for name, columns in self._identities.items():
            above |= {each: cells[each] or (self._above.get(each, "") if name in filled else "") for each in columns}
        self._above = above
        return cells, remarks + changed

    def _remarks_on_changes(self, cells: Mapping[str, str], filled: dict[str, str]) -> Iterator[Remark]:
        """A city name is not filled if the country or the Wikidata id differs from the row above."""
        for name, columns in self._identities.items():
            changed = [each for each in columns if cells[each].strip() not in {"", self._above.get(each, "").strip()}]
            if changed and filled.get(name):
                [column, *_], city = changed, short(filled.pop(name))
                detail = f"{name} is blank; {city} is not copied, because {column} is {short(cells[column].strip())}"
                yield Remark(Reason.BLANK_CITY, detail)

    def _is_filled(self, column: str, cells: Mapping[str, str]) -> bool:
        return not cells[column].strip() and not cells.get(self._name_of.get(column, ""), "").strip()


class _CityReader:
    """Reads one of the two cities of each row."""

    def __init__(self, profile: Profile, end: CityColumns, rows: Iterable[InputRow]) -> None:
        self._end = end
        self._is_split = end.name is not None and end.name == end.country
        self._heading = fold(end.name or "")
        country = None if self._is_split else end.country
        self.columns = (end.name, country, end.latitude, end.longitude, end.wikidata, end.subdivision)
        self._spellings = CountrySpellings(profile.language, profile.countries)
        self._own_countries = profile.countries
        self._past = past_words(profile.language, profile.statuses)
        cells = {row.cells[end.name] for row in rows} if end.name is not None and self._is_split else ()
        self._cell_with_state = self._find_states(cells)
        """For the US and Canada, a cell with the code of a state or a province that is not the code of a country."""
        self._find_part = cache(_find_part)
        self._check_country = cache(self._remove_notes)
        self.read_city = cache(self._read_city)

    def _read_city(self, *cells: str) -> tuple[CityMention | None, Sequence[Remark]]:
        name, country, latitude, longitude, wikidata, subdivision = cells
        remarks: list[Remark] = []
        if self._is_split:
            name, country = split_country(name, self._spellings)
        point = _read_point(latitude, longitude, remarks)
        if name and fold(name) == self._heading:
            return None, [Remark(Reason.INVALID_NAME, f"{short(name)} repeats the name of the column")]
        checked = check_name(self._end.name_is or name, self._past)
        remarks += checked.remarks
        checked_country = self._check_country(country)
        remarks += checked_country.remarks
        if checked_country.name is None:
            return None, remarks
        country = checked_country.name
        code = self._end.country_is or self._read_country(country, point, remarks)
        defect = check_name_in_country(checked.name, code) if code is not None and checked.name is not None else None
        remarks += [] if defect is None else [defect]
        if code is None or checked.name is None or defect is not None:
            return None, remarks
        territory = read_country(subdivision).code if subdivision else None
        if territory is not None and TERRITORIES.get(territory) == code:  # "San Juan, Puerto Rico, USA"
            remarks.append(_territory_remark(subdivision, code, territory))
            code, subdivision = territory, ""
        part = find_subdivision(code, subdivision) or self._find_part(code, country)
        found = CityMention(checked.name, code, point, _read_wikidata(wikidata, remarks), subdivision=part)
        if subdivision and part is None:
            other = country_of_part(subdivision)
            detail = f"{short(subdivision)} is not a subdivision of {code}" + (f", but of {other}" if other else "")
            remarks.append(Remark(Reason.UNKNOWN_SUBDIVISION, detail))
            found = found._replace(unknown_subdivision=fold(subdivision))
        mention = self._split_name(found, remarks) if checked.remarks else found
        if mention is None:
            return None, remarks
        mention = _move_to_territory(mention, remarks)
        if point is not None and _is_in_country(mention.country, *point):
            mention = _check_places_near(mention, point, remarks)
        elif point is not None:
            mention = _place_outside(mention, point, remarks)
        return mention, remarks

    def _split_name(self, city: CityMention, remarks: list[Remark]) -> CityMention | None:
        """Separate a city from its country or state, as in "Lyon, France" and "Portland (Oregon)".

        A country in the name overrides the country of all rows, but contradicts a column with countries.
        """
        text = city.name
        name, place = split_country(text, self._spellings)
        reading = read_country(place, None, self._spellings)
        is_country = reading.code is not None and reading.part is None
        is_list = _names_city_and_country(name if is_country else text, self._spellings)
        found = _several_cities_remark(text) if is_list else self._read_place(city, name, place)
        if found is None:
            return city
        remarks[:] = [each for each in remarks if each.reason is not Reason.COMPOUND_NAME]
        if isinstance(found, Remark):
            remarks.append(found)
            return None
        checked = check_name(name, self._past)
        remarks += checked.remarks
        if checked.name is None:
            return None
        instead = f", not in {city.country}" if city.country != found.country else ""
        detail = f"{short(text)} read as {short(checked.name)} in {found.subdivision or found.country}{instead}"
        remarks.append(Remark(Reason.PLACE_IN_NAME, detail))
        return found._replace(name=checked.name)

    def _read_place(self, city: CityMention, name: str, place: str) -> CityMention | Remark | None:
        text, code = city.name, city.country
        is_place = _PARTS.match(text, len(name)) is not None
        part = find_subdivision(code, place) if is_place else None
        reading = read_country(place, None, self._spellings)
        named = reading.code if len(place) > len("US") or place.upper() == code else None  # "DE" may be Delaware
        if named is not None and named in {code, TERRITORIES.get(code)}:
            return city._replace(subdivision=city.subdivision or self._find_part(code, place))
        if named is not None and TERRITORIES.get(named) == code:
            return city._replace(country=named)
        if part is not None:
            return city._replace(subdivision=part)
        is_list = names_several_cities(text, _COMMA)
        state = _find_state(place) if is_place and named is None and not is_list else None
        is_country = named is not None and (reading.standard or reading.part is not None)
        is_ambiguous = is_place and len(reading.candidates) > 1 and code not in reading.candidates
        if state is None and not is_country and not is_ambiguous:
            return _several_cities_remark(text) if is_list else None
        of_state: set[str] = set() if state is None else {state[:2]}
        elsewhere = sorted(of_state.union(reading.codes))  # "CA" is Canada or California
        if self._end.country_is is not None and len(elsewhere) == 1:
            return city._replace(country=elsewhere[0], subdivision=state or reading.part)
        what = state if state is not None and len(elsewhere) == 1 else f"the country {' or '.join(elsewhere)}"
        return Remark(Reason.AMBIGUOUS_COUNTRY, f"{short(text)} names {what}, but the country of the row is {code}")

    def _remove_notes(self, country: str) -> CheckedName:
        if country in self._own_countries or len(country) > COUNTRY_CHARACTERS:
            return CheckedName(country)
        return check_country(country, self._past, partial(_is_country_with_addition, spellings=self._spellings))

    def _read_country(self, text: str, point: Point | None, remarks: list[Remark]) -> str | None:
        if not text:
            remarks.append(Remark(Reason.BLANK_COUNTRY, "no country is named"))
            return None
        reading = read_country(text, point, self._spellings)
        if reading.code is None and reading.candidates:
            detail = f"{short(text)} can be {' or '.join(reading.candidates)}"
            remarks.append(Remark(Reason.AMBIGUOUS_COUNTRY, detail))
        elif reading.code is None:
            detail = f"unknown country {short(text)}; add the country code to [countries] of the profile"
            remarks.append(Remark(Reason.UNKNOWN_COUNTRY, detail))
        elif not reading.standard:
            remarks.append(Remark(Reason.COUNTRY_RESPELT, f"{short(text)} read as {reading.code}"))
        elif self._is_split and text.upper() in _states() and comparison_key(text) not in self._spellings.own:
            return self._read_shared_code(text, reading.code, remarks)
        return reading.code

    def _find_states(self, cells: Iterable[str]) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for cell in sorted(cells):
            code = split_country(cell.strip(), self._spellings)[1].upper()
            if code in _states() and not read_country(code).codes:
                found.setdefault(_states()[code][:2], cell.strip())
        return found

    def _read_shared_code(self, text: str, code: str, remarks: list[Remark]) -> str | None:
        """Read a code such as "CA", which is Canada or California."""
        called, state = f"{code} ({countries_called(code)[code]})", _states()[text.upper()]
        cell = self._cell_with_state.get(state[:2])
        if cell is None:
            detail = f"{short(text)} read as {called}; it is also the code of {state}"
            remarks.append(Remark(Reason.COUNTRY_RESPELT, detail))
            return code
        detail = f"{short(text)} can be {called} or {state}, because the column also contains {short(cell)}"
        add = f'add {text} = "{code}" or {text} = "{state[:2]}" to [countries] of the profile'
        remarks.append(Remark(Reason.AMBIGUOUS_COUNTRY, f"{detail}; {add}"))
        return None


def _find_state(text: str) -> str | None:
    """Return the ISO 3166-2 code of a state of the US or Canada, or of the only state with this name elsewhere.

    A name of a well-known city means no state elsewhere.
    """
    american = _states().get(text) if len(text) == len("OH") else find_subdivision("US", text)
    if american is not None:
        return american
    country = country_of_part(text)
    if country is None or (country != "CA" and fold(text) in geonames_ids_by_name()):
        return None
    subdivisions: Any = pycountry.subdivisions
    part = subdivisions.get(code=find_subdivision(country, text))
    return part.code if part is not None and part.type in _STATE_TYPES else None


def _names_city_and_country(name: str, spellings: CountrySpellings) -> bool:
    """Whether a country comes before the last name, as in "Cork, Ireland & Lyon"."""
    places = [split_country(part, spellings)[1] for part in BETWEEN_CITIES.split(name)[:-1]]
    return any(read_country(place, None, spellings).codes for place in places)


def _several_cities_remark(text: str) -> Remark:
    return Remark(Reason.SEVERAL_CITIES, f"{short(text)} names several cities; give each city its own row")


@cache
def _states() -> Mapping[str, str]:
    """Return the ISO 3166-2 codes of states of the US and provinces of Canada, by short code."""
    subdivisions: Any = pycountry.subdivisions
    parts = [part.code for country in ("CA", "US") for part in subdivisions.get(country_code=country)]
    return {code[3:]: code for code in parts if TERRITORIES.get(code[3:]) != code[:2]}


def split_country(text: str, spellings: CountrySpellings) -> tuple[str, str]:
    """Split "City, Country", "City (Country)" or "City - Country". The country is empty for other texts.

    Long texts are not split, because the patterns take quadratic time. The country starts after the last comma, except
    in "Seoul, Korea, South" and "Edinburgh, Scotland, UK".
    """
    if len(text) > CITY_NAME_CHARACTERS + COUNTRY_CHARACTERS:
        return text, ""
    bracket = _COUNTRY_IN_BRACKETS.fullmatch(text)
    found = [(bracket[1], bracket[2])] if bracket is not None else []
    parts = _COMMA.split(text)
    if parts[2:]:
        code = read_country(parts[-1], None, spellings).code
        if code is None or is_part_of(code, parts[-2]):
            found.append((", ".join(parts[:-2]), ", ".join(parts[-2:])))
    if parts[1:]:
        found.append((", ".join(parts[:-1]), parts[-1]))
    separated = _SEPARATED.fullmatch(text)
    for name, country in [*found, *([separated.groups()] if separated is not None else [])]:
        reading = read_country(country, None, spellings)
        if reading.code is not None or reading.candidates:
            return name, country
    return found[0] if found else (text, "")


def _is_country_with_addition(text: str, spellings: CountrySpellings) -> bool:
    """Whether the addition belongs to the name, as in "Congo (Kinshasa)" and "Myanmar (formerly Burma)"."""
    found = _ADDITION.fullmatch(text)
    if found is None or not comparison_key(found[2]):  # "former" is not part of a name
        return False
    country, addition = found.groups()
    names = (addition, addition.partition(" ")[2], f"{addition} {country}")
    return any(read_country(name, None, spellings).codes for name in names)


def _find_part(code: str, country: str) -> str | None:
    """Return the subdivision in a text such as "Oregon, USA", "USA (Oregon)" or "Scotland", or ``None``."""
    read = {part: read_country(part) for part in _PARTS.split(country.rstrip(")）"))}
    # "Scotland" is read as GB, and is also a subdivision of GB; "Luxemburg" is the country
    others = [part for part, reading in read.items() if reading.code != code or reading.part is not None]
    found = {find_subdivision(code, part) for part in others} - {None}
    return found.pop() if len(found) == 1 else find_part(code, country)


def _read_point(north: str, east: str, remarks: list[Remark]) -> Point | None:
    if not north and not east:
        return None
    with suppress(ValueError):
        latitude, longitude = float(north), float(east)
        if abs(latitude) <= _MAX_LATITUDE and abs(longitude) <= _MAX_LONGITUDE:
            return latitude, longitude
    detail = f"invalid coordinates {short(north)}, {short(east)}; expected latitude and longitude in degrees"
    remarks.append(Remark(Reason.COORDINATES_UNREADABLE, detail))
    return None


def _read_wikidata(text: str, remarks: list[Remark]) -> str | None:
    id_ = text.rpartition("/")[2]
    if is_wikidata(id_):
        return id_
    if text:
        remarks.append(Remark(Reason.LEFT_OUT, f"{short(text)} is not a Wikidata id such as 'Q3955'"))
    return None


def _move_to_territory(mention: CityMention, remarks: list[Remark]) -> CityMention:
    """Give a city of a territory, such as Hong Kong, the country code of the territory.

    Some names belong to a city of the country, too. A point decides, or the report has a remark.
    """
    code, point = mention.country, mention.point
    if code not in _OWNERS:
        return mention
    named, is_only = find_territory(code, mention.name) or (None, False)
    found = [] if named is None else [named]
    if point is not None:
        inside = [each for each in _territories_of(code) if each in boxes() and is_inside(boxes()[each], *point)]
        if named in inside:
            is_only = True
        elif _is_on_mainland(code, point):
            found, is_only = (found if is_only else []), False
        elif inside:
            found, is_only = inside, len(inside) == 1
    if is_only:
        remarks.append(_territory_remark(mention.name, code, found[0]))
        return mention._replace(country=found[0], subdivision=None, unknown_subdivision="")
    if found:
        use = "if the city is there, use this code" if len(found) == 1 else "use the code of the territory"
        detail = f"{short(mention.name)} in {code} may be in the territory {' or '.join(found)}; {use} as the country"
        remarks.append(Remark(Reason.TERRITORY, detail))
    return mention


def _is_on_mainland(code: str, point: Point) -> bool:
    if not is_inside(boxes()[code], *point):
        return False
    # the box of the US contains the Caribbean; the boxes of other countries do not contain their territories
    return code != "US" or any(is_inside(box, *point) for part, box in subdivision_boxes().items() if part[:2] == code)


def _territory_remark(text: str, code: str, territory: str) -> Remark:
    return Remark(Reason.TERRITORY, f"{short(text)} in {code} read as {territory}, which has its own country code")


@cache
def _territories_of(country: str) -> Sequence[str]:
    return [code for code, owner in TERRITORIES.items() if owner == country]


@cache
def _country_boxes(code: str) -> Sequence[tuple[float, float, float, float]]:
    return [boxes()[each] for each in (code, *_territories_of(code)) if each in boxes()]


def _is_in_country(code: str, latitude: float, longitude: float) -> bool:
    found = _country_boxes(code)
    return not found or any(is_inside(box, latitude, longitude) for box in found)


def _check_places_near(mention: CityMention, point: Point, remarks: list[Remark]) -> CityMention | None:
    """Reject a city if its point is near places of another country, and far from all places of its country."""
    instead = countries_instead([mention.country, *_territories_of(mention.country)], *point)
    if not instead:
        return mention
    where = f"{short(mention.name)}: {point[0]}, {point[1]} is in {' or '.join(instead)}"
    detail = f"{where}, and {mention.country} has no places near; correct the country or the point"
    remarks.append(Remark(Reason.COORDINATES_OUTSIDE, detail))
    return None


def _place_outside(mention: CityMention, point: Point, remarks: list[Remark]) -> CityMention | None:
    (latitude, longitude), country = point, mention.country
    where = f"{short(mention.name)}: {latitude}, {longitude} is"
    if abs(longitude) <= _MAX_LATITUDE and _is_in_country(country, longitude, latitude):
        detail = f"{where} in {country} if latitude and longitude are swapped; the point is left out"
        remarks.append(Remark(Reason.COORDINATES_SWAPPED, detail))
        return mention._replace(point=None, refused=(longitude, latitude))
    others = [code for code, box in boxes().items() if is_inside(box, latitude, longitude)]
    if others:  # the boxes extend about 100 km beyond each country, so the point is far away
        shown = ", ".join(others[:_MOST_NAMED]) + (", …" if len(others) > _MOST_NAMED else "")
        detail = f"{where} outside {country}, in the area of {shown}; correct the country or the point"
        remarks.append(Remark(Reason.COORDINATES_OUTSIDE, detail))
        return None
    remarks.append(Remark(Reason.COORDINATES_OUTSIDE, f"{where} outside {country}; the point is left out"))
    return mention._replace(point=None, refused=point)
