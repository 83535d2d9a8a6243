"""Worlds to measure in, the same ones at every run; each is written as one file, as ``Dataset.save`` does.

* ``world(cities, partnerships)``: as many cities and partnerships as the whole world may have, from one source.
* ``many_times(n)``: the bundled data ``n`` times over, with new ids and names for every copy but the first.

Run as a script, it writes ``world.json``, ``bundled-10.json`` and ``bundled-100.json`` into the folder it is given.
"""

import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import friendcities as fc
from friendcities.codec.canonical import to_plain
from friendcities.codec.strict import structure
from friendcities.model import RECORD_TYPES, AnyRecord

SOURCE = fc.parse_source_id("register-2020")
COUNTRIES = ("AR", "AU", "BR", "CA", "CN", "DE", "ES", "FR", "GB", "IN", "IT", "JP", "KR", "MX", "NZ", "PL", "US", "ZA")
FIRST_YEAR, LAST_YEAR = 1950, 2019
DAYS = 28


def world(cities: int = 18_000, partnerships: int = 26_000) -> fc.Dataset:
    """A world of cities in a ring, each tied to the next, with chords drawn by lot; its first city is Shanghai.

    Shanghai has three partners, as it has in the bundled data: what is measured is the size of the world, not that of
    the answer.
    """
    lot = random.Random(1994)  # noqa: S311 - it is to be foreseen
    places = [_city(number) for number in range(cities)]
    pairs = {_pair(places[number], places[(number + 1) % cities]) for number in range(cities)}
    pairs.add(_pair(places[0], places[cities // 2]))
    while len(pairs) < partnerships:
        one, other = lot.sample(places[1:], 2)
        pairs.add(_pair(one, other))
    ties = [_partnership(*pair, lot) for pair in sorted(pairs)]
    return fc.Dataset([*places, *ties, _source()])


def many_times(n: int) -> fc.Dataset:
    """The bundled data ``n`` times over."""
    originals = [(cls, record) for cls in RECORD_TYPES.values() for record in fc.dataset() if type(record) is cls]
    ids = {str(record.id) for _, record in originals}
    records: list[AnyRecord] = [record for _, record in originals]
    for number in range(1, n):
        records.extend(
            structure(cls, _renamed(record.id, ids, number), _copied(to_plain(record), ids, number))
            for cls, record in originals
        )
    return fc.Dataset(records)


def _city(number: int) -> fc.City:
    if number == 0:
        return fc.City(
            id=fc.parse_city_id("cn-shanghai"),
            name="Shanghai",
            names=(fc.Name(text="上海市", language="zh-Hans", kind=fc.NameKind.OFFICIAL),),
            country="CN",
            level=fc.Level.MUNICIPALITY,
            evidence=(_evidence("row 0", "name", "country"),),
        )
    country = COUNTRIES[number % len(COUNTRIES)]
    return fc.City(
        id=fc.parse_city_id(f"{country.lower()}-city-{number}"),
        name=f"City {number}",
        names=(fc.Name(text=f"Stadt {number}", language="de", kind=fc.NameKind.EXONYM),),
        country=country,
        level=fc.Level.MUNICIPALITY,
        evidence=(_evidence(f"row {number}", "name", "country"),),
    )


def _pair(one: fc.City, other: fc.City) -> tuple[fc.CityId, fc.CityId]:
    return (one.id, other.id) if one.id < other.id else (other.id, one.id)


def _partnership(one: fc.CityId, other: fc.CityId, lot: random.Random) -> fc.Partnership:
    day = fc.PartialDate(lot.randint(FIRST_YEAR, LAST_YEAR), lot.randint(1, 12), lot.randint(1, DAYS))
    step = fc.Step(
        date=day,
        what=fc.Occurrence.ESTABLISHED,
        kind=fc.PartnershipKind.SISTER_CITY,
        evidence=(_evidence(f"{one}, {other}", "date", "what", "kind"),),
    )
    return fc.Partnership(id=fc.PartnershipId(f"{one}--{other}"), steps=(step,))


def _evidence(locator: str, *supports: str) -> fc.Evidence:
    return fc.Evidence(source=SOURCE, locator=locator, supports=supports)


def _source() -> fc.Source:
    return fc.Source(
        id=SOURCE,
        kind=fc.SourceKind.ASSOCIATION,
        publisher="An association",
        title="A register",
        as_of=fc.PartialDate(2020),
    )


def _renamed(id_: str, ids: set[str], number: int) -> str:
    """An id of one copy: each city in the id of a partnership is renamed, and their order is kept."""
    if id_ not in ids:
        return id_
    return "--".join(sorted(f"{part}-copy-{number}" for part in id_.split("--")))


def _copied(plain: Any, ids: set[str], number: int) -> Any:
    """Plain values for one copy: the ids in them renamed, and the names by which a city is found."""
    if isinstance(plain, list):
        return [_copied(each, ids, number) for each in plain]
    if isinstance(plain, dict):
        return {key: _copied_field(key, each, ids, number) for key, each in plain.items()}
    return _renamed(plain, ids, number) if isinstance(plain, str) else plain


def _copied_field(key: str, plain: Any, ids: set[str], number: int) -> Any:
    if key in {"name", "text", "wikidata"} and isinstance(plain, str):
        return f"{plain}{number}" if key == "wikidata" else f"{plain} {number}"
    return _copied(plain, ids, number)


def _worlds() -> Iterator[tuple[str, fc.Dataset]]:
    yield "world.json", world()
    yield "bundled-10.json", many_times(10)
    yield "bundled-100.json", many_times(100)


if __name__ == "__main__":
    for name, made in _worlds():
        made.save(Path(sys.argv[1], name))
