"""One end of a row: the city that it names, as far as it can be read."""

from collections.abc import Mapping
from typing import Final

from attrs import frozen

from friendcities.importers.countries import Wording, read_country
from friendcities.importers.import_report import Reason, Remark
from friendcities.importers.names_gate import doubts_about_name, over_words
from friendcities.importers.nearness import Point
from friendcities.importers.profile import End, Profile
from friendcities.model.grammar import is_wikidata
from friendcities.model.record import short
from friendcities.names.bounding_boxes import boxes, is_inside
from friendcities.names.normalize import composed

__all__ = ["BARRIERS", "EndReader", "Named"]

BARRIERS: Final = frozenset(
    {
        Reason.BLANK_CITY,
        Reason.BLANK_COUNTRY,
        Reason.UNKNOWN_COUNTRY,
        Reason.AMBIGUOUS_COUNTRY,
        Reason.YEAR_FOR_CITY,
        Reason.FILE_FOR_CITY,
        Reason.MARKUP,
        Reason.NOTE_IN_NAME,
        Reason.SEVERAL_CITIES,
        Reason.UNFIT_NAME,
    }
)
"""What keeps a row from being taken; everything else is only remarked."""


@frozen
class Named:
    """A city as a row names it."""

    name: str
    country: str
    """ISO 3166-1 alpha-2."""
    point: Point | None
    wikidata: str | None


class EndReader:
    """Reads the city at an end of a row, by a profile.

    Args:
        profile: What the columns mean.
    """

    def __init__(self, profile: Profile) -> None:
        self._wording = Wording(profile.language, profile.countries)
        self._over = over_words(profile.statuses)

    def of(self, cells: Mapping[str, str], end: End) -> tuple[Named | None, list[Remark]]:
        """The city at one end of a row, or ``None``, and what there is to say.

        Args:
            cells: The cells by column, as they are to be read.
            end: The columns that tell of this end.
        """
        remarks: list[Remark] = []
        name = composed(cells[end.name].strip())
        point = _point(cells, end, remarks)
        remarks.extend(doubts_about_name(name, self._over))
        country = end.country_is
        if end.country is not None:
            country = _country(cells[end.country].strip(), point, self._wording, remarks)
        if country is None or any(remark.reason in BARRIERS for remark in remarks):
            return None, remarks
        if point is not None and country in boxes() and not is_inside(boxes()[country], *point):
            remarks.append(_misplaced(name, country, point))
            point = None
        return Named(name, country, point, _wikidata(cells, end, remarks)), remarks


def _country(text: str, point: Point | None, wording: Wording, remarks: list[Remark]) -> str | None:
    if not text:
        remarks.append(Remark(Reason.BLANK_COUNTRY, "no country is named"))
        return None
    read = read_country(text, point, wording)
    if read.code is None and read.candidates:
        remarks.append(Remark(Reason.AMBIGUOUS_COUNTRY, f"{short(text)} can be {' or '.join(read.candidates)}"))
    elif read.code is None:
        remarks.append(
            Remark(
                Reason.UNKNOWN_COUNTRY,
                f"{short(text)} is no country; if it is one, say its code in [countries] of the profile",
            )
        )
    elif not read.standard:
        remarks.append(Remark(Reason.COUNTRY_RESPELT, f"{short(text)} read as {read.code}"))
    return read.code


def _point(row: Mapping[str, str], end: End, remarks: list[Remark]) -> Point | None:
    if end.latitude is None or end.longitude is None:
        return None
    found = row[end.latitude].strip(), row[end.longitude].strip()
    if not any(found):
        return None
    try:
        latitude, longitude = map(float, found)
    except ValueError:
        latitude = longitude = float("nan")
    if abs(latitude) <= _NORTH and abs(longitude) <= _EAST:
        return latitude, longitude
    remarks.append(
        Remark(Reason.COORDINATES_UNREADABLE, f"{short(found[0])}, {short(found[1])} is no point on the earth")
    )
    return None


def _wikidata(row: Mapping[str, str], end: End, remarks: list[Remark]) -> str | None:
    found = "" if end.wikidata is None else row[end.wikidata].strip()
    id_ = found.rpartition("/")[2]
    if is_wikidata(id_):
        return id_
    if found:
        remarks.append(Remark(Reason.LEFT_OUT, f"{short(found)} is no id of Wikidata, such as 'Q3955'"))
    return None


_NORTH: Final = 90
_EAST: Final = 180


def _misplaced(name: str, country: str, point: Point) -> Remark:
    latitude, longitude = point
    if abs(longitude) <= _NORTH and is_inside(boxes()[country], longitude, latitude):
        return Remark(
            Reason.COORDINATES_SWAPPED, f"{short(name)}: {latitude}, {longitude} lies in {country} the other way"
        )
    return Remark(Reason.COORDINATES_OUTSIDE, f"{short(name)}: {latitude}, {longitude} lies outside {country}")
