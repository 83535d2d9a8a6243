"""One end of a row: the city that it names, as far as it can be read."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from attrs import frozen

from friendcities.importers.countries import Wording, read_country
from friendcities.importers.nearness import Point
from friendcities.importers.profile import End
from friendcities.importers.report import Reason, Remark
from friendcities.model.grammar import is_wikidata
from friendcities.model.record import is_text, short
from friendcities.names.country_boxes import boxes, is_inside
from friendcities.names.folding import composed

__all__ = ["BARRIERS", "Named", "read_end"]

BARRIERS: Final = frozenset(
    {
        Reason.BLANK_CITY,
        Reason.BLANK_COUNTRY,
        Reason.UNKNOWN_COUNTRY,
        Reason.AMBIGUOUS_COUNTRY,
        Reason.YEAR_FOR_CITY,
        Reason.FILE_FOR_CITY,
        Reason.MARKUP,
        Reason.SEVERAL_CITIES,
        Reason.UNFIT_NAME,
    }
)
"""What keeps a row from being taken; everything else is only remarked."""

_LONGEST: Final = 200
_YEAR: Final = re.compile(r"(?:1[0-9]|20)[0-9]{2}(?:\s*[-–]\s*(?:1[0-9]|20)[0-9]{2})?")
_FILE: Final = re.compile(
    r"https?://|www\.|^(?:file|image|datei|fichier):|^(?:\.{0,2}[/\\]|[a-z]:\\)|\.(?:jpe?g|png|gif|svg|webp|pdf|html?)$",
    re.IGNORECASE,
)
_MARKUP: Final = re.compile(r"\[\[|\]\]|\{\{|\}\}|<[/a-z!]|''|\||&[a-z]+;|&#\d+;|\[\d+\]|^=+ | =+$", re.IGNORECASE)
_SEVERAL: Final = re.compile(r"[;\n\r•]|,[^,]*,[^,]*,")
"""What stands between names only where there are several cities: nothing else is written so."""
_COMPOUND: Final = re.compile(r" [–—-] |\(.+\)|, |/")


@frozen
class Named:
    """A city as a row names it."""

    name: str
    country: str
    """ISO 3166-1 alpha-2."""
    point: Point | None
    wikidata: str | None


def read_end(row: Mapping[str, str], end: End, wording: Wording) -> tuple[Named | None, list[Remark]]:
    """The city at one end of a row, or ``None``, and what there is to say.

    Args:
        row: The cells by column, as found.
        end: The columns that tell of this end.
        wording: How the file calls countries.
    """
    remarks: list[Remark] = []
    name = composed(row[end.name].strip())
    point = _point(row, end, remarks)
    remarks.extend(_of_name(name))
    country = end.country_is if end.country is None else _country(row[end.country].strip(), point, wording, remarks)
    if country is None or any(remark.reason in BARRIERS for remark in remarks):
        return None, remarks
    if point is not None and country in boxes() and not is_inside(boxes()[country], *point):
        remarks.append(_misplaced(name, country, point))
        point = None
    return Named(name, country, point, _wikidata(row, end, remarks)), remarks


def _of_name(name: str) -> Iterator[Remark]:
    if not name:
        yield Remark(Reason.BLANK_CITY, "no city is named")
    elif _YEAR.fullmatch(name):
        yield Remark(Reason.YEAR_FOR_CITY, f"{short(name)} is a year")
    elif _FILE.search(name):
        yield Remark(Reason.FILE_FOR_CITY, f"{short(name)} is the name of a file or an address")
    elif _MARKUP.search(name):
        yield Remark(Reason.MARKUP, f"{short(name)} has markup in it")
    elif _SEVERAL.search(name):
        yield Remark(Reason.SEVERAL_CITIES, f"{short(name)} names several cities; give each a row")
    elif len(name) > _LONGEST or not is_text(name) or name[0] in "=+@" or not any(map(str.isalpha, name)):
        yield Remark(Reason.UNFIT_NAME, f"{short(name)} is no name")
    elif _COMPOUND.search(name):
        yield Remark(Reason.COMPOUND_NAME, f"{short(name)} is taken for one city")


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
