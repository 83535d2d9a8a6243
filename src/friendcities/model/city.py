"""City: a place that can have partnerships."""

import math
from typing import Annotated, Final

import attrs

from friendcities.model.dates import PartialDate
from friendcities.model.evidence import Sourced
from friendcities.model.format_values import format_value, shorten
from friendcities.model.grammar import CITY_ID, COUNTRY, LANGUAGE, SCHEMES, SLUG, SUBDIVISION, WIKIDATA, CityId
from friendcities.model.record import EMPTY_MAP, Bounds, FrozenMap, Problems, Record, frozen_map, record, short
from friendcities.model.vocabulary import Level, NameKind

_AGREEMENT = "country-agreement"
SAME_PLACE: Final = 30.0
"""Two points of the same place may differ by this distance, in kilometres."""
_EARTH_RADIUS: Final = 6371.0
"""The mean radius of the earth, in kilometres."""


@record
class Name(Record):
    """One name of a place.

    Example:
        >>> import friendcities as fc
        >>> [name.text for name in fc.city("Shanghai").names if name.language == "zh-Hans"]
        ['上海市', '上海']
    """

    text: str
    """The name."""
    language: Annotated[str, LANGUAGE]
    """The language of the name, as a BCP 47 tag."""
    kind: NameKind
    """The kind of name."""
    until: PartialDate | None = None
    """The date until which the name was in use; ``None`` if the name is still in use."""

    def _describe(self) -> str:
        until = "" if self.until is None else f", until {self.until}"
        return f"{shorten(self.text)} ({self.language}, {format_value(self.kind)}{until})"


@record
class Coordinates(Record):
    """A point on the earth (WGS 84).

    Example:
        >>> Coordinates(latitude=-45.87416, longitude=170.50361, point="city").latitude
        -45.87416
    """

    latitude: Annotated[float, Bounds(-90, 90)]
    """Latitude in degrees north, from -90 to 90."""
    longitude: Annotated[float, Bounds(-180, 180)]
    """Longitude in degrees east, from -180 to 180."""
    point: str
    """The thing that the point marks, such as the city, the city centre or the label of a region."""

    def _describe(self) -> str:
        return f"{self.latitude}, {self.longitude} ({shorten(self.point)})"

    def kilometres_to(self, other: "Coordinates") -> float:
        """Return the great-circle distance to another point, in kilometres.

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
    """A place that can have partnerships, such as a municipality, a district or a state.

    Example:
        >>> import friendcities as fc
        >>> fc.city("Dunedin")
        <City nz-dunedin: Dunedin, NZ>
        >>> fc.city("Pudong New Area").part_of
        'cn-shanghai'
    """

    DENIABLE = False

    id: CityId
    """The permanent identifier, such as ``nz-dunedin``."""
    name: str
    """The name in English."""
    names: tuple[Name, ...] = ()
    """Other names."""
    country: Annotated[str, COUNTRY]
    """The country, as an ISO 3166-1 alpha-2 code."""
    subdivision: Annotated[str, SUBDIVISION] | None = None
    """The ISO 3166-2 code of the city's subdivision, such as ``NZ-OTA``. A state has its own code."""
    level: Level
    """The level of government."""
    part_of: CityId | None = None
    """The city that this city is part of."""
    coordinates: Coordinates | None = None
    """The position of the city."""
    identifiers: Annotated[FrozenMap[Annotated[str, SLUG], str], SCHEMES] = attrs.field(
        default=EMPTY_MAP, converter=frozen_map
    )
    """Identifiers in other databases, by scheme, such as ``{"wikidata": "Q133073", "geonames": "2191562"}``."""

    def summary(self) -> dict[str, str]:
        """Return id, name, country and level as a dict.

        Example:
            >>> import friendcities as fc
            >>> fc.city("Dunedin").summary()
            {'id': 'nz-dunedin', 'name': 'Dunedin', 'country': 'NZ', 'level': 'municipality'}
        """
        return {"id": str(self.id), "name": self.name, "country": self.country, "level": self.level.value}

    @property
    def country_name(self) -> str:
        """The English name of the country, from pycountry.

        If pycountry lacks the country, this is the country code.

        Example:
            >>> import friendcities as fc
            >>> fc.city("Carabobo").country_name
            'Venezuela'
        """
        import pycountry  # noqa: PLC0415 - importing pycountry is slow

        known = pycountry.countries.get(alpha_2=self.country)
        return self.country if known is None else getattr(known, "common_name", known.name)

    def contradicts(self, name: str, claim: object) -> bool:
        """Whether a source's value contradicts the recorded value of a field.

        Two points contradict each other if they are more than 30 kilometres apart.

        Example:
            >>> import friendcities as fc
            >>> dunedin = fc.city("Dunedin")
            >>> dunedin.contradicts("coordinates", Coordinates(latitude=-45.9, longitude=170.5, point="city"))
            False
        """
        if name == "coordinates" and self.coordinates is not None and isinstance(claim, Coordinates):
            return self.coordinates.kilometres_to(claim) > SAME_PLACE
        return super().contradicts(name, claim)

    def _check(self, problems: Problems) -> None:
        if COUNTRY.matches(self.country):
            if CITY_ID.matches(self.id) and not self.id.startswith(f"{self.country.lower()}-"):
                what = f"the country {self.country!r} contradicts the id {self.id!r}"
                problems.add("country", what, "the same country in the field and in the id", rule=_AGREEMENT)
            part = self.subdivision
            if part is not None and SUBDIVISION.matches(part) and not part.startswith(f"{self.country}-"):
                what = f"the subdivision {part!r} is not in the country {self.country!r}"
                problems.add("subdivision", what, f"a code that begins with '{self.country}-'", rule=_AGREEMENT)
        if self.part_of == self.id:
            problems.add("part_of", "the city is a part of itself", "the id of another city", rule="part-of")
        for scheme, value in self.identifiers.items():
            if not SLUG.matches(scheme):
                what = f"invalid scheme {short(scheme)} of the identifier {short(value)}"
                problems.add("identifiers", what, "a scheme like 'wikidata'")
        wikidata = self.identifiers.get("wikidata", "Q1")
        if not WIKIDATA.matches(wikidata):
            problems.add("identifiers", f"invalid Wikidata id {short(wikidata)}", WIKIDATA.words)

    def __repr__(self) -> str:
        return f"<City {self.id}: {self.name}, {self.country}>"
