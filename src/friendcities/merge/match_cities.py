"""Matches the cities of two datasets by id, by external identifier, or by name, country and location."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from difflib import SequenceMatcher
from typing import Any, Final

from attrs import frozen

from friendcities.merge.match_sources import Match, add_new_matches, is_numbered_copy
from friendcities.merge.merge_report import Agreement
from friendcities.model import AnyRecord, City, Level, NameKind, Partnership
from friendcities.model.city import SAME_PLACE
from friendcities.model.evidence import evidenced_fields
from friendcities.names import fold
from friendcities.names.lookup import names_by_geonames_id
from friendcities.names.similarity import SimilarNames

_OTHER_PLACE: Final = 150.0
"""Kilometres beyond which two points are in two places, unless they stand for a province or a region."""
_AREA_LEVELS: Final = {Level.COUNTY, Level.PROVINCE_OR_STATE, Level.REGION}
"""Levels of places that any point in them may stand for, and that share names with cities."""
_AREA_IN_NAME: Final = re.compile("(?:^| )(?:governorate|oblast|prefecture|province|region|state|voivodeship)(?: |$)")
_MAX_NAMESAKES: Final = 100
"""The number of cities of the same name up to which a city is compared with each of them."""
_SIMILAR: Final = 0.85
"""The similarity (difflib's ratio) from which two names may be spellings of one name."""
_MIN_LENGTH: Final = 6
"""The number of letters of a name from which similar names are asked about."""
_PLACE_FIELDS: Final = ("country", "subdivision", "coordinates")
"""The fields of a city that state its place."""
_WIKIDATA: Final = "wikidata"
_RANKS: Final = ("decision", "evidence", "id", "content", "identifier", "name", "partner")
"""How cities can agree, the most reliable first."""

Partners = Mapping[str, Collection[str]]
"""The ids of cities, each with the ids of its partners, past and present."""


@frozen
class UnclearMatch:
    """Several of our cities that may match a city of theirs."""

    candidates: tuple[str, ...]
    why: str
    by_name: bool = False
    """Whether the name and the country agree, and only the location is unclear."""


_Result = Match | UnclearMatch | None


def list_partners(records: Iterable[AnyRecord]) -> Partners:
    """The partners of each city in some records."""
    partners: defaultdict[str, set[str]] = defaultdict(set)
    for record in records:
        if isinstance(record, Partnership):
            one, other = record.cities
            partners[one].add(other)
            partners[other].add(one)
    return partners


def match_cities(
    ours: Mapping[str, City],
    theirs: Mapping[str, City],
    moved: Mapping[str, str],
    *,
    partners: tuple[Partners, Partners],
    same: Mapping[str, str],
    distinct: Collection[str],
) -> tuple[dict[str, Match], dict[str, UnclearMatch]]:
    """Match each of their cities to one of ours, or give it an unused id. The keys of the two results are their ids.

    Two of their cities never match the same city of ours. A city with an unclear match gets an unused id.

    Args:
        ours: Our cities, by id.
        theirs: Their cities, by id, with our ids of their sources.
        moved: The current id for each former id of our cities.
        partners: The partners of our cities, and the partners of their cities.
        same: Matches that a person decided: our id for each of their ids.
        distinct: Their ids that match no city of ours, as decided by a person.
    """
    index = _CityIndex(ours, moved, theirs)
    results: dict[str, _Result] = dict.fromkeys(sorted(theirs))
    for id_ in results:
        if id_ in same:
            results[id_] = Match(same[id_], Agreement.DECISION)
        elif id_ not in distinct:
            results[id_] = index.match_evidence(theirs[id_]) or index.match_id(theirs[id_])
    for match in (index.match_content, index.match_identifiers, index.match_names):
        matched = {result.id for result in results.values() if isinstance(result, Match)}
        for id_, result in results.items():
            if result is None and id_ not in distinct:
                results[id_] = match(theirs[id_], matched)
    results |= index.match_partners(results, partners)
    matched = {result.id for result in results.values() if isinstance(result, Match)}
    results |= {
        id_: index.find_similar(theirs[id_], matched)
        for id_, result in results.items()
        if result is None and id_ not in distinct
    }
    matches = {id_: result for id_, result in results.items() if isinstance(result, Match)}
    unclear = {id_: result for id_, result in results.items() if isinstance(result, UnclearMatch)}
    for id_, rival in _find_rivals(matches).items():
        unclear[id_] = UnclearMatch((matches.pop(id_).id,), f"{rival} of the other dataset may be it as well")
    add_new_matches(matches, theirs, {*ours, *moved}, _subdivision_id)
    return matches, unclear


class _CityIndex:
    """Indexes of our cities, to find matches."""

    def __init__(self, ours: Mapping[str, City], moved: Mapping[str, str], theirs: Mapping[str, City]) -> None:
        self._ours = ours
        self._moved = moved
        self._theirs = theirs
        self._their_identifiers = Counter(key for city in theirs.values() for key in city.identifiers.items())
        self._by_identifier: defaultdict[tuple[str, str], list[City]] = defaultdict(list)
        self._by_content: defaultdict[Hashable, list[City]] = defaultdict(list)
        self._by_name: defaultdict[tuple[str, str], list[City]] = defaultdict(list)
        self._similar: dict[str, SimilarNames] = {}
        for _, city in sorted(ours.items()):
            self._by_content[_city_content(city)].append(city)
            for key in city.identifiers.items():
                self._by_identifier[key].append(city)
            for name in _folded_names(city):
                self._by_name[city.country, name].append(city)

    def match_evidence(self, city: City) -> Match | None:
        """Our city that has evidence of their city from an earlier merge, for the same name and the same place."""
        places = _stated_places(city)
        namesakes = self._by_name.get((city.country, fold(city.name)), ())
        found = [(each.id, common) for each in namesakes if (common := places & _stated_places(each))]
        if len(found) != 1:
            return None
        [(id_, common)] = found
        source, locator, *_ = min(common, key=str)
        has_same_id = id_ == self._moved.get(city.id, city.id)
        return Match(id_, Agreement.ID) if has_same_id else Match(id_, Agreement.EVIDENCE, f"{source}, {locator}")

    def match_id(self, city: City) -> Match | None:
        """Our city with the same id, or the copy of their city that an earlier merge added under a numbered id."""
        own, shared = self._find_same_id(city), self._find_identifiers(city)
        equal = self._by_content.get(_city_content(city), ())
        copies = [each for each in equal if is_numbered_copy(each.id, _subdivision_id(city))]
        if len(copies) == 1 and (own is None or copies[0].id != own.id):
            return Match(copies[0].id, Agreement.CONTENT)
        return Match(own.id, Agreement.ID) if own is not None and (not shared or own.id in shared) else None

    def match_content(self, city: City, matched: Collection[str]) -> Match | None:
        """Our city with equal fields, if more than the name is known; cities in ``matched`` are ignored."""
        equal = [each for each in self._by_content.get(_city_content(city), ()) if each.id not in matched]
        located = city.coordinates is not None or city.identifiers
        return Match(equal[0].id, Agreement.CONTENT) if len(equal) == 1 and located else None

    def match_identifiers(self, city: City, matched: Collection[str]) -> _Result:
        """Our city with the same external identifier; of several such cities, those with a better match are ignored."""
        own, sharing = self._find_same_id(city), self._find_identifiers(city)
        shared = {id_: each for id_, each in sharing.items() if id_ not in matched} or sharing
        if own is not None:
            return UnclearMatch((own.id, *sorted(sharing)), "it has the id of one, and is another by its ids elsewhere")
        if len(shared) > 1:
            return UnclearMatch(tuple(sorted(shared)), "by its ids elsewhere it is more than one")
        for each, detail in shared.values():
            if not detail.startswith(f"{_WIKIDATA} ") and _identifiers_conflict(each, city):
                return UnclearMatch((each.id,), f"they share {detail}, and differ in another register")
            return Match(each.id, Agreement.IDENTIFIER, detail)
        ids = {each.id for key in city.identifiers.items() for each in self._by_identifier.get(key, ())}
        return UnclearMatch(tuple(sorted(ids)), "another of its dataset has the same id elsewhere") if ids else None

    def match_names(self, city: City, matched: Collection[str]) -> _Result:
        """Our city with the same name, country and location; of several, cities with a better match are ignored."""
        keys = [(city.country, name) for name in _folded_names(city)]
        namesakes = {each.id: each for key in keys for each in self._by_name.get(key, ())}
        if len(namesakes) > _MAX_NAMESAKES:
            ids = tuple(sorted(namesakes))[:_MAX_NAMESAKES]
            return UnclearMatch(ids, f"{len(namesakes)} cities have a name of it")
        results = [_compare_namesakes(each, city) for _, each in sorted(namesakes.items())]
        same = [each for each in results if isinstance(each, Match)]
        same = [each for each in same if each.id not in matched] or same
        if same:
            several = UnclearMatch(tuple(each.id for each in same), "more than one has its name and its place")
            return same[0] if len(same) == 1 else several
        unclear = [each for each in results if isinstance(each, UnclearMatch)]
        candidates = tuple(id_ for each in unclear for id_ in each.candidates)
        reasons = "; ".join(dict.fromkeys(each.why for each in unclear))
        return UnclearMatch(candidates, reasons, by_name=True) if unclear else None

    def find_similar(self, city: City, matched: Collection[str]) -> UnclearMatch | None:
        """Our unmatched cities with a similar name in the same country, as an unclear match."""
        if city.country not in self._similar:
            names = sorted(name for country, name in self._by_name if country == city.country)
            self._similar[city.country] = SimilarNames(names)
        found: dict[str, City] = {}
        for name in sorted(_folded_names(city)):
            for other in self._similar[city.country].find(name) if len(name) >= _MIN_LENGTH else ():
                if SequenceMatcher(a=other, b=name).ratio() >= _SIMILAR:
                    found |= {each.id: each for each in self._by_name[city.country, other]}
        near = [
            id_
            for id_, each in sorted(found.items())
            if id_ not in matched
            and (_distance(each, city) or 0.0) <= SAME_PLACE
            and _is_area(each) is _is_area(city)
            and not _identifiers_conflict(each, city)
        ]
        return UnclearMatch(tuple(near), "the names are nearly the same") if near else None

    def match_partners(self, results: Mapping[str, _Result], partners: tuple[Partners, Partners]) -> dict[str, Match]:
        """Matches for cities with one unclear candidate by name, if the city and the candidate share a partner."""
        matched = {result.id for result in results.values() if isinstance(result, Match)}
        our_partners, their_partners = partners
        unclear = [each for each in results.values() if isinstance(each, UnclearMatch) and each.by_name]
        claimed = Counter(candidate for each in unclear for candidate in each.candidates)
        matches = {}
        for id_, result in results.items():
            if not isinstance(result, UnclearMatch) or not result.by_name or len(result.candidates) != 1:
                continue
            [candidate] = result.candidates
            # a partner that is no city of theirs has its id in ours
            known = (results.get(each, Match(each)) for each in their_partners.get(id_, ()))
            ids = {each.id for each in known if isinstance(each, Match)}
            common = sorted(ids.intersection(our_partners.get(candidate, ())))
            ours, theirs = self._ours[candidate], self._theirs[id_]
            is_only = candidate not in matched and claimed[candidate] == 1  # else the order of merging would decide
            if common and is_only and _may_be_one_size(ours, theirs) and not _identifiers_conflict(ours, theirs):
                matches[id_] = Match(candidate, Agreement.PARTNER, f"{common[0]} is a partner of both")
        return matches

    def _find_same_id(self, city: City) -> City | None:
        """Our city with the same id, unless identifiers, locations or sizes contradict the match."""
        own = self._ours.get(self._moved.get(city.id, city.id))
        if own is None or _identifiers_conflict(own, city):
            return None
        distance, areas = _distance(own, city), _is_area(own) + _is_area(city)
        if areas == 1:
            return own if distance is not None and distance <= SAME_PLACE else None
        return own if distance is None or distance <= _OTHER_PLACE or areas else None

    def _find_identifiers(self, city: City) -> dict[str, tuple[City, str]]:
        """Our cities with a common identifier, each with the identifier; ambiguous identifiers are ignored."""
        found: dict[str, tuple[City, str]] = {}
        for scheme, id_ in city.identifiers.items():
            if self._their_identifiers[scheme, id_] == 1:
                for each in self._by_identifier.get((scheme, id_), ()):
                    if scheme == _WIKIDATA or each.id not in found:
                        found[each.id] = (each, f"{scheme} {id_}")
        return found


def _compare_namesakes(ours: City, theirs: City) -> _Result:
    """Compare two cities with the same name and country; ``None`` if they are different cities."""
    areas = _is_area(ours) + _is_area(theirs)
    both_areas = areas == len((ours, theirs))
    distance = _distance(ours, theirs)
    same_subdivision = ours.subdivision is not None and ours.subdivision == theirs.subdivision
    two_subdivisions = None not in {ours.subdivision, theirs.subdivision} and not same_subdivision
    if distance is None:
        is_same, problem = same_subdivision, "it is not on record where both of them lie"
    elif distance <= (_OTHER_PLACE if both_areas else SAME_PLACE):
        is_same, problem = True, ""
    elif not areas and (distance > _OTHER_PLACE or two_subdivisions):
        return None
    else:
        is_same, problem = same_subdivision and both_areas, f"it lies {distance:.0f} km away"
    if is_same and areas == 1:
        problem = "one of the two is a province or a region of that name"
    elif is_same and _identifiers_conflict(ours, theirs):
        problem = "they have other ids in another register"
    elif is_same:
        place = ours.subdivision if distance is None else f"{distance:.1f} km away"
        return Match(ours.id, Agreement.NAME, f"{ours.name}, {ours.country}, {place}")
    return UnclearMatch((ours.id,), problem, by_name=True)


def _city_content(city: City) -> Hashable:
    """The fields of a city except id, evidence and ``part_of``."""
    return tuple(getattr(city, name) for name in evidenced_fields(City) if name != "part_of")


def _stated_places(city: City) -> set[tuple[Any, ...]]:
    """What each piece of evidence states of the place: the source, the locator, and the values of the fields."""
    stated = [(item, {name: getattr(city, name) for name in item.supports} | {**item.claims}) for item in city.evidence]
    places = [(item.source, item.locator, *map(values.get, _PLACE_FIELDS)) for item, values in stated]
    return {place for place in places if any(place[2:])}


def _folded_names(city: City) -> set[str]:
    """The folded names of a city in all languages, without the names of its predecessors."""
    names = (name.text for name in city.names if name.kind is not NameKind.PREDECESSOR)
    others = names_by_geonames_id().get(city.identifiers.get("geonames", ""), frozenset())
    return {*others, *(folded for text in (city.name, *names) if (folded := fold(text)))}


def _is_area(city: City) -> bool:
    """Whether a city is a province or a region according to its level or its name."""
    return city.level in _AREA_LEVELS or _AREA_IN_NAME.search(fold(city.name)) is not None


def _may_be_one_size(one: City, other: City) -> bool:
    """Whether two places may have the same size: two cities, two areas, or a place with an unreliable level.

    For example, "Constanta" may be the city or the county, but "Queensland" is the state.
    """
    return _is_area(one) is _is_area(other) or (
        fold(one.name) == fold(other.name) and Level.COUNTY not in {one.level, other.level}
    )


def _identifiers_conflict(one: City, other: City) -> bool:
    """Whether two cities have different identifiers in the same register."""
    return any(other.identifiers.get(scheme, id_) != id_ for scheme, id_ in one.identifiers.items())


def _distance(one: City, other: City) -> float | None:
    if one.coordinates is None or other.coordinates is None:
        return None
    return one.coordinates.kilometres_to(other.coordinates)


def _find_rivals(matches: Mapping[str, Match]) -> dict[str, str]:
    """Pair each of their cities with a rival: another city of theirs with an equal or better match to the same city."""
    ids_by_target: defaultdict[str, list[str]] = defaultdict(list)
    for id_, match in sorted(matches.items(), key=lambda item: (_RANKS.index(str(item[1].by)), item[0])):
        ids_by_target[match.id].append(id_)
    rivals: dict[str, str] = {}
    for first, *others in ids_by_target.values():
        rivals |= dict.fromkeys(others, first)
        if others and matches[others[0]].by is matches[first].by:
            rivals[first] = others[0]
    return rivals


def _subdivision_id(city: City) -> str:
    """The id of a city, with its subdivision inserted if known."""
    country, _, name = city.id.partition("-")
    part = "" if city.subdivision is None else city.subdivision.partition("-")[2].lower()
    return f"{country}-{part}-{name}" if part and not name.startswith(f"{part}-") else city.id
