"""Worlds to measure in, the same ones at every run.

* ``world(cities, partnerships)``: as many cities and partnerships as the whole world may have, from one source.
* ``many_times(n)``: the bundled data ``n`` times over, with new ids and names for every copy but the first.

Run as a script, it writes ``world.json``, as ``Dataset.save`` does, and the compiled datasets ``world.jsonl``,
``bundled-10.jsonl`` and ``bundled-100.jsonl`` into the folder it is given; numbers of cities and of partnerships behind
it make another world than the usual one.
"""

import random
import sys
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

import friendcities as fc
from friendcities.codec.reader import read_record
from friendcities.codec.writer import to_plain
from friendcities.datasets.dataset import compile_dataset
from friendcities.importers.names_gate import check_name
from friendcities.model import RECORD_TYPES, AnyRecord
from friendcities.names.bounding_boxes import boxes

SOURCE = fc.parse_source_id("register-2020")
COUNTRIES = ("AR", "AU", "BR", "CA", "CN", "DE", "ES", "FR", "GB", "IN", "IT", "JP", "KR", "MX", "NZ", "PL", "US", "ZA")
BEGINS = ("", "b", "br", "d", "f", "g", "h", "k", "kr", "l", "m", "n", "p", "r", "s", "sch", "st", "t", "v", "w")
MIDDLES = ("a", "ai", "au", "e", "ei", "i", "ie", "o", "ou", "u")
ENDS = ("", "", "ck", "l", "m", "n", "ng", "r", "s", "tz")
TAILS = ("", "", "", "", " Bay", "berg", "burg", " City", "dorf", "field", " Heights", "stad", "ton", "ville")
"""Of what the names are made."""
LENGTHS = (1, 2, 2, 2, 3)
SHAPE = 1.6
"""How the weights by which partners are drawn fall off (the shape of a Pareto distribution)."""
FIRST_YEAR, LAST_YEAR = 1950, 2019
DAYS = 28
HALF_TURN = 180


def world(cities: int = 18_000, partnerships: int = 26_000) -> fc.Dataset:
    """A world of made-up cities and Shanghai, with random partnerships.

    Most cities have one partner to three, few have more than fifty, as it is in registers: each city draws a partner,
    and the rest is drawn among all, by weights that fall off as a power. Shanghai has as many partners as in the
    bundled data, if the world is large enough: what is measured is the size of the world, not that of the answer.

    Args:
        cities: How many cities: at least four.
        partnerships: How many partnerships: not much fewer than the cities, or somewhat more.
    """
    lot = random.Random(1994)  # noqa: S311 - it is to be foreseen
    places = [_shanghai(), *_places(cities - 1, lot)]
    others = places[1:]
    drawn = list(accumulate(lot.paretovariate(SHAPE) for _ in others))
    here = min(len(fc.partners_of("Shanghai")), len(others) // 3)
    pairs = {_pair(places[0], other): None for other in others[:here]}
    for other in others[here:]:
        _draw(pairs, other, others, drawn, lot)
    while len(pairs) < partnerships:
        _draw(pairs, lot.choices(others, cum_weights=drawn)[0], others, drawn, lot)
    return fc.Dataset([*places, *(_partnership(*pair, lot) for pair in pairs), _source()])


def _draw(
    pairs: dict[tuple[fc.CityId, fc.CityId], None],
    one: fc.City,
    others: list[fc.City],
    drawn: list[float],
    lot: random.Random,
) -> None:
    """Draw a partner of a city by weight."""
    other = one
    while other is one:
        other = lot.choices(others, cum_weights=drawn)[0]
    pairs[_pair(one, other)] = None


def many_times(n: int) -> fc.Dataset:
    """The bundled data ``n`` times over."""
    originals = [(cls, record) for cls in RECORD_TYPES.values() for record in fc.dataset() if type(record) is cls]
    ids = {str(record.id) for _, record in originals}
    records: list[AnyRecord] = [record for _, record in originals]
    for number in range(1, n):
        records.extend(
            read_record(cls, _renamed(record.id, ids, number), _copied(to_plain(record), ids, number))
            for cls, record in originals
        )
    return fc.Dataset(records)


def _shanghai() -> fc.City:
    return fc.City(
        id=fc.parse_city_id("cn-shanghai"),
        name="Shanghai",
        names=(fc.Name(text="上海市", language="zh-Hans", kind=fc.NameKind.OFFICIAL),),
        country="CN",
        level=fc.Level.MUNICIPALITY,
        coordinates=fc.Coordinates(latitude=31.22222, longitude=121.45806, point="city"),
        identifiers=fc.FrozenMap({"wikidata": "Q8686"}),
        evidence=(_evidence("row 0", "name", "country", "coordinates", "identifiers"),),
    )


def _places(number: int, lot: random.Random) -> Iterator[fc.City]:
    """So many cities, each with coordinates and a name of its own in its country; every third has a Japanese one."""
    taken = {"cn-shanghai"}
    points = random.Random(1569)  # noqa: S311 - it is to be foreseen
    while len(taken) <= number:
        country = lot.choice(COUNTRIES)
        syllables = [lot.choice(BEGINS) + lot.choice(MIDDLES) + lot.choice(ENDS) for _ in range(lot.choice(LENGTHS))]
        name = "".join(syllables).capitalize() + lot.choice(TAILS)
        id_ = f"{country.lower()}-{name.lower().replace(' ', '-')}"
        if id_ in taken or check_name(name).name != name:  # an import would reject "Kein" and "Dos City"
            continue
        taken.add(id_)
        other = "".join(chr(0x30A2 + sum(map(ord, each)) % 80) for each in syllables)
        names = (fc.Name(text=other, language="ja", kind=fc.NameKind.EXONYM),) if len(taken) % 3 == 0 else ()
        yield fc.City(
            id=fc.parse_city_id(id_),
            name=name,
            names=names,
            country=country,
            level=fc.Level.MUNICIPALITY,
            coordinates=_point(country, points),
            evidence=(_evidence(f"row {len(taken) - 1}", "name", "country", "coordinates"),),
        )


def _point(country: str, lot: random.Random) -> fc.Coordinates:
    """A point in the box around a country."""
    south, west, north, east = boxes()[country]
    longitude = lot.uniform(west, east if west <= east else east + 360)
    return fc.Coordinates(
        latitude=round(lot.uniform(south, north), 5),
        longitude=round(longitude if longitude <= HALF_TURN else longitude - 2 * HALF_TURN, 5),
        point="city",
    )


def _pair(one: fc.City, other: fc.City) -> tuple[fc.CityId, fc.CityId]:
    return (one.id, other.id) if one.id < other.id else (other.id, one.id)


def _partnership(one: fc.CityId, other: fc.CityId, lot: random.Random) -> fc.Partnership:
    day = fc.PartialDate(lot.randint(FIRST_YEAR, LAST_YEAR), lot.randint(1, 12), lot.randint(1, DAYS))
    step = fc.Step(
        date=day,
        action=fc.StepAction.ESTABLISHED,
        kind=fc.PartnershipKind.SISTER_CITY,
        evidence=(_evidence(f"{one}, {other}", "date", "action", "kind"),),
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


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    large = world(*map(int, sys.argv[2:]))
    large.save(folder / "world.json")
    for name, made in (("world", large), ("bundled-10", many_times(10)), ("bundled-100", many_times(100))):
        (folder / f"{name}.jsonl").write_bytes(compile_dataset(made))
