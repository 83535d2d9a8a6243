"""City: a place that can be a party to a partnership."""

import math
from typing import Annotated, Final

import attrs

from friendcities.model.dates import PartialDate
from friendcities.model.evidence import Sourced
from friendcities.model.grammar import CITY_ID, COUNTRY, LANGUAGE, SCHEMES, SLUG, SUBDIVISION, WIKIDATA, CityId
from friendcities.model.record import EMPTY_MAP, Bounds, FrozenMap, Problems, Record, frozen_map, record, short
from friendcities.model.value_text import format_value, shorten
from friendcities.model.vocabulary import Level, NameKind

_AGREEMENT = "country-agreement"
SAME_PLACE: Final = 30.0
"""Kilometres within which two points are of one place: what maps mark of a large city lies no further apart."""
_EARTH_RADIUS: Final = 6371.0
"""The mean radius, in kilometres."""


@record
class Name(Record):
    """One name of a place, in one language, of one kind.

    Example:
        >>> import friendcities as fc
        >>> [name.text for name in fc.city("Shanghai").names if name.language == "zh-Hans"]
        ['上海市', '上海']
    """

    text: str
    """The name itself."""
    language: Annotated[str, LANGUAGE]
    """Its language, a BCP 47 tag."""
    kind: NameKind
    """What kind of name it is."""
    until: PartialDate | None = None
    """Until when it was in use, where it no longer is."""

    def _describe(self) -> str:
        until = "" if self.until is None else f", until {self.until}"
        return f"{shorten(self.text)} ({self.language}, {format_value(self.kind)}{until})"


@record
class Coordinates(Record):
    """A point on the earth (WGS 84) and what it is the point of.

    Example:
        >>> Coordinates(latitude=-45.87416, longitude=170.50361, point="city").latitude
        -45.87416
    """

    latitude: Annotated[float, Bounds(-90, 90)]
    """Degrees north, from -90 to 90."""
    longitude: Annotated[float, Bounds(-180, 180)]
    """Degrees east, from -180 to 180."""
    point: str
    """What the point is: the city, its centre, the label point of a region."""

    def _describe(self) -> str:
        return f"{self.latitude}, {self.longitude} ({shorten(self.point)})"

    def kilometres_to(self, other: "Coordinates") -> float:
        """How far another point lies away, along the surface of the earth (a sphere of its mean radius).

        Example:
            >>> import friendcities as fc
            >>> round(fc.city("Shanghai").coordinates.kilometres_to(fc.city("Dunedin").coordinates))
            9892
        """
        south, north = math.radians(self.latitude), math.radians(other.latitude)
        east = math.radians(other.longitude - self.longitude)
        half = math.sin((north - south) / 2) ** 2 + math.cos(south) * math.cos(north) * math.sin(east / 2) ** 2
        return 2 * _EARTH_RADIUS * math.asin(math.sqrt(min(1.0, half)))


@record
class City(Sourced):
    """A place that can be a party: a municipality, a district, a state.

    Example:
        >>> import friendcities as fc
        >>> fc.city("Dunedin")
        <City nz-dunedin: Dunedin, NZ>
        >>> fc.city("Pudong New Area").part_of
        'cn-shanghai'
    """

    DENIABLE = False

    id: CityId
    """Its id for ever: ``nz-dunedin``."""
    name: str
    """Its name in English."""
    names: tuple[Name, ...] = ()
    """Its other names."""
    country: Annotated[str, COUNTRY]
    """Its country, as ISO 3166-1 alpha-2 code."""
    subdivision: Annotated[str, SUBDIVISION] | None = None
    """The part of the country that it is or lies in, as ISO 3166-2 code."""
    level: Level
    """Its level of government."""
    part_of: CityId | None = None
    """The city that it is a part of."""
    coordinates: Coordinates | None = None
    """Where it is."""
    identifiers: Annotated[FrozenMap[Annotated[str, SLUG], str], SCHEMES] = attrs.field(
        default=EMPTY_MAP, converter=frozen_map
    )
    """Its ids elsewhere, by scheme: ``{"wikidata": "Q133073", "geonames": "2191562"}``."""

    @property
    def country_name(self) -> str:
        """The English name of its country: pycountry's common name, else its short one; the code if it has neither.

        Example:
            >>> import friendcities as fc
            >>> fc.city("Carabobo").country_name
            'Venezuela'
        """
        import pycountry  # noqa: PLC0415 - it takes longer to import than most answers take

        known = pycountry.countries.get(alpha_2=self.country)
        return self.country if known is None else getattr(known, "common_name", known.name)

    def contradicts(self, name: str, said: object) -> bool:
        """Whether a value said for a field is contrary to the recorded one, not merely coarser or silent.

        Two points of one place are no contradiction: those within 30 kilometres of each other.

        Example:
            >>> import friendcities as fc
            >>> dunedin = fc.city("Dunedin")
            >>> dunedin.contradicts("coordinates", Coordinates(latitude=-45.9, longitude=170.5, point="city"))
            False
        """
        if name == "coordinates" and self.coordinates is not None and isinstance(said, Coordinates):
            return self.coordinates.kilometres_to(said) > SAME_PLACE
        return super().contradicts(name, said)

    def _check(self, problems: Problems) -> None:
        if COUNTRY.matches(self.country):
            if CITY_ID.matches(self.id) and not self.id.startswith(f"{self.country.lower()}-"):
                what = f"{self.country!r} is not the country of the id {self.id!r}"
                problems.add("country", what, "one country in both", rule=_AGREEMENT)
            part = self.subdivision
            if part is not None and SUBDIVISION.matches(part) and not part.startswith(f"{self.country}-"):
                what = f"{part!r} lies in another country than {self.country!r}"
                problems.add("subdivision", what, f"a code that begins with '{self.country}-'", rule=_AGREEMENT)
        if self.part_of == self.id:
            problems.add("part_of", "the city is a part of itself", "the id of another city", rule="part-of")
        for scheme, value in self.identifiers.items():
            if not SLUG.matches(scheme):
                what = f"{short(scheme)}: {short(value)} is no identifier"
                problems.add("identifiers", what, "a scheme like 'wikidata' and an id as text")
        wikidata = self.identifiers.get("wikidata", "Q1")
        if not WIKIDATA.matches(wikidata):
            problems.add("identifiers", f"{short(wikidata)} is no Wikidata id", WIKIDATA.words)

    def __repr__(self) -> str:
        return f"<City {self.id}: {self.name}, {self.country}>"
