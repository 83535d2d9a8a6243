"""Matches the cities of two datasets by id, identifier, name and location."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from difflib import SequenceMatcher
from itertools import product
from typing import Any, Final

from attrs import frozen

from friendcities.merge.match_sources import Match, add_new_matches, is_numbered_copy
from friendcities.merge.merge_records import evolve
from friendcities.merge.merge_report import Agreement
from friendcities.model import AnyRecord, City, FrozenMap, Level, NameKind, Partnership
from friendcities.model.city import SAME_PLACE
from friendcities.model.evidence import evidenced_fields
from friendcities.names import fold
from friendcities.names.countries import TERRITORIES, subdivisions_conflict
from friendcities.names.lookup import geonames_ids_by_name, names_by_geonames_id, other_forms
from friendcities.names.normalize import composed
from friendcities.names.similarity import SimilarNames

_OTHER_PLACE: Final = 150.0
"""A distance in kilometres. Points farther apart are different places, except for provinces and regions."""
_AREA_LEVELS: Final = {Level.COUNTY, Level.PROVINCE_OR_STATE, Level.REGION}
"""Levels of large areas. An area often has the same name as a city, and its point may be anywhere inside."""
_AREA_WORDS: Final = "county|governorate|oblast|prefecture|province|region|state|voivodeship"
_AREA_IN_NAME: Final = re.compile(f"(?:^| )(?<!city and )(?:{_AREA_WORDS})(?: |$)")
_AREA_NAME: Final = re.compile(f"(?:the )?(?:{_AREA_WORDS}) of (.+)|(.+) (?:{_AREA_WORDS})")
_NAME_AND_BRACKETS: Final = re.compile(r"([^()]+)\([^()]+\)")
_MAX_NAMESAKES: Final = 100
"""The maximum number of cities with one name that are compared with a city."""
_SIMILAR: Final = 0.85
"""The minimum similarity (difflib's ratio) of two spellings of one name."""
_MIN_LENGTH: Final = 6
"""The minimum length of the longer of two names that are compared for similarity."""
_ONE_AREA: Final = "one of the two is a province or a region, and the other is not"
_PLACE_FIELDS: Final = ("country", "subdivision", "coordinates")
"""The fields of a city that state its place."""
_WIKIDATA: Final = "wikidata"
_VARIABLE: Final = ("level", "coordinates", "subdivision")
"""The fields in which two records of one city can differ."""

Partners = Mapping[str, Collection[str]]
"""For each city, the ids of all past and present partners."""


_Pair = tuple[str, str]
"""The id of our city, and the id of their city."""


@frozen
class UnclearMatch:
    """The cities of our dataset that may match one city of the other dataset."""

    candidates: tuple[str, ...]
    why: str


def list_partners(records: Iterable[AnyRecord]) -> Partners:
    """Return the ids of each city's partners in some records."""
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
    """Match each city of the other dataset with a city of our dataset, or with an unused id.

    Return the matches and the unclear matches, by id of the other dataset. A city with an unclear match gets an unused
    id. ``same`` and ``distinct`` are decisions of a person.
    """
    matcher = _CityMatcher(ours, {id_: city for id_, city in theirs.items() if id_ not in distinct}, moved)
    matcher.match({(id_, their_id): "" for their_id, id_ in same.items()}, Agreement.DECISION)
    matcher.match_evidence()
    matcher.match_ids()
    matcher.match_content()
    matcher.match_identifiers()
    matcher.match_names(partners)
    matcher.find_similar()
    matcher.check_ids(partners)
    matcher.check_groups()
    add_new_matches(matcher.matches, theirs, {*ours, *moved}, _subdivision_id)
    return matcher.matches, matcher.list_doubts()


class _CityMatcher:
    """Matches cities by several rules, one after the other.

    A rule matches two cities only if neither has another possible match.
    """

    def __init__(self, ours: Mapping[str, City], theirs: Mapping[str, City], moved: Mapping[str, str]) -> None:
        self.matches: dict[str, Match] = {}
        self._matched: dict[str, str] = {}
        """For each matched city of ours, the city of theirs."""
        self._doubts: dict[_Pair, str] = {}
        """The pairs that a person must decide, with the reasons."""
        self._asked: set[tuple[bool, str]] = set()
        """The cities in doubts, which no later rule matches. For each: whether the city is ours, and the id."""
        self._ours = dict(sorted(ours.items()))
        self._theirs = dict(sorted(theirs.items()))
        self._moved = moved

    def match(
        self, pairs: Mapping[_Pair, str], by: Agreement, *, contradicted: Collection[_Pair] = (), ask: bool = False
    ) -> None:
        """Match each pair whose cities are in no other pair.

        If ``ask`` is set, a match of a city and an area is also reported as a doubt.
        """
        for our_id, their_id in self._find_unique(pairs):
            if (our_id, their_id) not in contradicted:
                self.matches[their_id] = Match(our_id, by, pairs[our_id, their_id])
                self._matched[our_id] = their_id
                if ask and _is_area(self._ours[our_id]) is not _is_area(self._theirs[their_id]):
                    self._doubts[our_id, their_id] = _ONE_AREA

    def list_doubts(self) -> dict[str, UnclearMatch]:
        candidates: defaultdict[str, list[str]] = defaultdict(list)
        for our_id, their_id in sorted(self._doubts, key=lambda pair: (pair[0] != pair[1], pair)):
            candidates[their_id].append(our_id)
        return {
            their_id: UnclearMatch(tuple(ids), "; ".join(dict.fromkeys(self._doubts[id_, their_id] for id_ in ids)))
            for their_id, ids in candidates.items()
        }

    def match_evidence(self) -> None:
        """Match cities with the same name, place and evidence, from an earlier merge."""
        pairs = self._find_pairs(
            lambda city: {(*place, name) for place in _stated_places(city) for name in _folded_names(city)}
        )
        self.match({pair: "" for pair in self._find_unique(pairs) if self._has_same_id(*pair)}, Agreement.ID)
        self.match({pair: "{}, {}".format(*min(keys, key=str)) for pair, keys in pairs.items()}, Agreement.EVIDENCE)

    def match_ids(self) -> None:
        """Match cities with the same id. An id may end with a number from an earlier merge."""
        equal = self._find_pairs(lambda city: [_city_content(city)])
        self.match({pair: "" for pair in equal if self._has_same_id(*pair)}, Agreement.ID)
        self.match({pair: "" for pair in equal if self._is_copy(*pair)}, Agreement.CONTENT)
        ids = [(self._moved.get(their_id, their_id), their_id) for their_id in self._theirs]
        same_id = {pair: "" for pair in ids if pair[0] in self._ours and self._may_share_id(*pair)}
        identified = self._find_pairs(lambda city: city.identifiers.items(), limit=1)
        self.match({pair: "" for pair in same_id if pair in identified}, Agreement.ID)
        crossed = [pair for pair in identified if self._is_open(*pair)]
        contradicted = _touching(same_id, crossed)
        self.match(same_id, Agreement.ID, contradicted=contradicted, ask=True)
        why = "the id matches one city, but an external identifier matches another city"
        self._ask(dict.fromkeys([*same_id, *_touching(crossed, contradicted)], why), why)

    def match_content(self) -> None:
        """Match cities with equal fields, including coordinates or an identifier."""
        equal = self._find_pairs(
            lambda city: [_city_content(city)] if city.coordinates is not None or city.identifiers else ()
        )
        self.match(dict.fromkeys(equal, ""), Agreement.CONTENT)

    def match_identifiers(self) -> None:
        pairs = self._find_pairs(lambda city: city.identifiers.items())
        chosen: dict[_Pair, tuple[str, str]] = {
            pair: min(keys, key=lambda key: key[0] != _WIKIDATA) for pair, keys in pairs.items()
        }
        details = {pair: f"{scheme} {id_}" for pair, (scheme, id_) in chosen.items()}
        contradicted = {
            (our_id, their_id): f"the cities share {details[our_id, their_id]}, but differ in another identifier"
            for (our_id, their_id), (scheme, _) in chosen.items()
            if scheme != _WIKIDATA and _identifiers_conflict(self._ours[our_id], self._theirs[their_id])
        }
        self.match(details, Agreement.IDENTIFIER, contradicted=contradicted)
        self._ask(details | contradicted, "the external identifiers match more than one city")

    def match_names(self, partners: tuple[Partners, Partners]) -> None:
        """Match cities with the same name and country, and the same location or a common partner."""
        self._ask_about_common_names()
        pairs = self._find_pairs(_list_names)
        results = {pair: _compare_namesakes(self._ours[pair[0]], self._theirs[pair[1]]) for pair in pairs}
        same = {pair: result.detail for pair, result in results.items() if isinstance(result, Match)}
        self.match(same, Agreement.NAME)
        self._ask(same, "more than one city has the same name and location")
        possible = {pair: result.why for pair, result in results.items() if isinstance(result, UnclearMatch)}
        self.match(self._find_partner_matches(possible, partners), Agreement.PARTNER, ask=True)
        self._ask(possible)
        self._match_name_forms(set(pairs), partners)

    def _match_name_forms(self, compared: set[_Pair], partners: tuple[Partners, Partners]) -> None:
        """Without a common partner, other forms of a name are only a doubt."""
        possible = {}
        for our_id, their_id in self._find_form_pairs() - compared:
            ours, theirs = self._ours[our_id], self._theirs[their_id]
            result = _compare_namesakes(ours, theirs)
            if isinstance(result, Match):
                possible[our_id, their_id] = "the names differ in brackets or in words such as 'city of'"
            elif result is not None and (_is_area(ours) is _is_area(theirs) or self._is_open(our_id, their_id)):
                possible[our_id, their_id] = result.why
        self.match(self._find_partner_matches(possible, partners), Agreement.PARTNER)
        self._ask(possible)

    def find_similar(self) -> None:
        """Report doubts about cities of one country with similar names."""
        by_name = _index(self._ours, _list_names)
        similar: dict[str, SimilarNames] = {}
        found: dict[_Pair, str] = {}
        for their_id, city in self._theirs.items():
            if their_id in self.matches:
                continue
            country = _country_with_territories(city)
            if country not in similar:
                similar[country] = SimilarNames(sorted(name for each, name in by_name if each == country))
            ids = {
                our_id
                for name in _folded_names(city)
                for other in similar[country].find(name)
                if _are_similar(name, other)
                for our_id in by_name[country, other]
            }
            for our_id in ids - self._matched.keys():
                if _may_be_similar(self._ours[our_id], city):
                    found[our_id, their_id] = "the names are nearly the same"
        self._ask(found)

    def check_ids(self, partners: tuple[Partners, Partners]) -> None:
        """Report matches by id that nothing else confirms. Contrary signs are doubts."""
        for their_id, match in self.matches.items():
            ours, theirs = self._ours[match.id], self._theirs[their_id]
            if (
                match.by is Agreement.ID
                and not _confirm_each_other(ours, theirs)
                and not self._find_common_partners(match.id, their_id, partners)
            ):
                self.matches[their_id] = evolve(match, by=Agreement.ID_ONLY)
                if (why := _find_contrary_sign(ours, theirs)) is not None:
                    self._doubts.setdefault((match.id, their_id), f"{why}; only the id confirms the match")

    def check_groups(self) -> None:
        """Report doubts about groups of cities if another order of merges could give other matches."""
        pairs = {pair for key in (_stated_identifiers, _list_names, self._list_ids) for pair in self._find_pairs(key)}
        pairs |= {
            (our_id, their_id)
            for our_id, their_id in self._find_form_pairs()
            if _is_area(self._ours[our_id]) is _is_area(self._theirs[their_id])
        }
        verdicts = {pair: verdict for pair in sorted(pairs) if (verdict := self._may_match(*pair)) is not None}
        asked = {city for pair in self._doubts for city in self._merged_cities(*pair)}
        for group in _connect(verdicts):
            if all(self._is_certain(*pair, agree=verdicts[pair]) for pair in group):
                continue
            for pair in group:
                if not asked.issuperset(self._merged_cities(*pair)):
                    asked.update(self._merged_cities(*pair))
                    self._doubts[pair] = (
                        "not all sources confirm that the cities are the same, and another order of merges may match "
                        "other cities"
                    )

    def _find_form_pairs(self) -> set[_Pair]:
        """Return the cities with a common form of a name, unless both names have brackets."""
        return {
            (our_id, their_id)
            for our_id, their_id in self._find_pairs(_list_name_forms)
            if not ("(" in self._ours[our_id].name and "(" in self._theirs[their_id].name)
        }

    def _may_match(self, our_id: str, their_id: str) -> bool | None:
        ours, theirs = self._ours[our_id], self._theirs[their_id]
        if not _stated_identifiers(ours).isdisjoint(_stated_identifiers(theirs)):
            return not _identifiers_conflict(ours, theirs)
        if self._has_same_id(our_id, their_id) and self._may_share_id(our_id, their_id):
            return True
        results = [_compare_namesakes(*pair) for pair in product(_stated_variants(ours), _stated_variants(theirs))]
        is_same = [isinstance(each, Match) for each in results]
        if results[0] is not None or any(is_same):
            return all(is_same)
        views = product(_places_by_source(ours), _places_by_source(theirs))
        return False if any(_compare_namesakes(*pair) is not None for pair in views) else None

    def _is_certain(self, our_id: str, their_id: str, *, agree: bool) -> bool:
        ids = self._matched.get(our_id), their_id
        if ids[0] == their_id and agree:
            return True
        known = [id_ in self.matches and self._is_known(id_) for id_ in ids if id_ is not None]
        return len(known) == len(ids) and their_id in self.matches and any(known)

    def _is_known(self, their_id: str) -> bool:
        match = self.matches[their_id]
        is_equal = self._ours[match.id].evidence == self._theirs[their_id].evidence
        return is_equal or match.by in {Agreement.DECISION, Agreement.EVIDENCE}

    def _merged_cities(self, our_id: str, their_id: str) -> list[tuple[bool, str]]:
        match = self.matches.get(their_id)
        return [(True, our_id), (False, their_id) if match is None else (True, match.id)]

    def _list_ids(self, city: City) -> list[str]:
        return [self._moved.get(city.id, city.id)]

    def _is_free(self, our_id: str, their_id: str) -> tuple[bool, bool]:
        return (
            our_id not in self._matched and (True, our_id) not in self._asked,
            their_id not in self.matches and (False, their_id) not in self._asked,
        )

    def _is_open(self, our_id: str, their_id: str) -> bool:
        return all(self._is_free(our_id, their_id))

    def _find_pairs(self, keys: Callable[[City], Iterable[Any]], *, limit: int = 0) -> dict[_Pair, list[Any]]:
        """Very frequent keys are ignored."""
        limit = limit or _MAX_NAMESAKES
        theirs = _index(self._theirs, keys)
        pairs: defaultdict[_Pair, list[Any]] = defaultdict(list)
        for key, our_ids in _index(self._ours, keys).items():
            their_ids = theirs.get(key, ())
            if max(len(our_ids), len(their_ids)) <= limit:
                for pair in product(our_ids, their_ids):
                    pairs[pair].append(key)
        return dict(pairs)

    def _find_unique(self, pairs: Iterable[_Pair]) -> list[_Pair]:
        open_ = [pair for pair in pairs if self._is_open(*pair)]
        ours, theirs = Counter(our_id for our_id, _ in open_), Counter(their_id for _, their_id in open_)
        return [(our_id, their_id) for our_id, their_id in open_ if ours[our_id] == theirs[their_id] == 1]

    def _ask(self, pairs: Mapping[_Pair, str], several: str = "") -> None:
        """Report doubts about the pairs with an unmatched city."""
        open_ = [pair for pair in pairs if self._is_open(*pair)]
        rest = [pair for pair in pairs if any(self._is_free(*pair))]
        asked = open_ + [pair for pair in rest if pair not in _touching(rest, open_)]
        numbers = Counter((side, id_) for pair in asked for side, id_ in enumerate(pair))
        for our_id, their_id in asked:
            why = pairs[our_id, their_id]
            if several and max(numbers[0, our_id], numbers[1, their_id]) > 1:
                why = several
            elif several and their_id in self.matches:
                why = f"the city also matches {self.matches[their_id].id}"
            elif several and our_id in self._matched:
                why = f"{self._matched[our_id]} of the other dataset may also be this city"
            self._doubts.setdefault((our_id, their_id), why)
        self._asked.update((side == 0, id_) for pair in pairs for side, id_ in enumerate(pair))

    def _ask_about_common_names(self) -> None:
        theirs = _index(self._theirs, _list_names)
        for name, our_ids in _index(self._ours, _list_names).items():
            their_ids = theirs.get(name, ())
            number = max(len(our_ids), len(their_ids))
            if their_ids and number > _MAX_NAMESAKES:
                theirs_free = [id_ for id_ in their_ids if self._is_free(our_ids[0], id_)[1]]
                ours_free = [id_ for id_ in our_ids if self._is_free(id_, their_ids[0])[0]]
                pairs = [*product(our_ids[:_MAX_NAMESAKES], theirs_free)] or [
                    *product(ours_free, their_ids[:_MAX_NAMESAKES])
                ]
                self._doubts |= dict.fromkeys(pairs, f"{number} cities have the same name")
                self._asked |= {*product([True], our_ids), *product([False], their_ids)}

    def _find_common_partners(self, our_id: str, their_id: str, partners: tuple[Partners, Partners]) -> list[str]:
        our_partners, their_partners = partners
        # a partner outside the other dataset has our id
        ids = {
            self.matches[id_].id if id_ in self.matches else id_
            for id_ in their_partners.get(their_id, ())
            if id_ in self.matches or id_ not in self._theirs
        }
        return sorted(ids.intersection(our_partners.get(our_id, ())))

    def _find_partner_matches(
        self, possible: Mapping[_Pair, str], partners: tuple[Partners, Partners]
    ) -> dict[_Pair, str]:
        found = {}
        for our_id, their_id in self._find_unique(possible):
            common = self._find_common_partners(our_id, their_id, partners)
            ours, theirs = self._ours[our_id], self._theirs[their_id]
            if common and _may_be_one_size(ours, theirs) and not _identifiers_conflict(ours, theirs):
                found[our_id, their_id] = f"common partner {common[0]}"
        return found

    def _has_same_id(self, our_id: str, their_id: str) -> bool:
        return our_id == self._moved.get(their_id, their_id)

    def _is_copy(self, our_id: str, their_id: str) -> bool:
        """Whether the ids are equal, except for a number that a merge added."""
        our_copy = is_numbered_copy(our_id, _subdivision_id(self._theirs[their_id]))
        return our_copy or is_numbered_copy(their_id, _subdivision_id(self._ours[our_id]))

    def _may_share_id(self, our_id: str, their_id: str) -> bool:
        ours, theirs = self._ours[our_id], self._theirs[their_id]
        distance, areas = _distance(ours, theirs), _is_area(ours) + _is_area(theirs)
        if _identifiers_conflict(ours, theirs):
            return False
        if areas == 1 or (areas == 0 and _subdivisions_conflict(ours, theirs)):
            return distance is not None and distance <= SAME_PLACE
        return distance is None or distance <= _OTHER_PLACE or areas > 0


def _stated_identifiers(city: City) -> set[tuple[str, str]]:
    claims: list[Any] = [item.claims.get("identifiers", {}) for item in city.evidence]
    return {pair for identifiers in (city.identifiers, *claims) for pair in identifiers.items()}


def _stated_variants(city: City) -> list[City]:
    stated = [{name: item.claims[name] for name in _VARIABLE if name in item.claims} for item in city.evidence]
    return [city, *(_at_place(city, fields) for fields in stated if fields)]


def _at_place(city: City, fields: Mapping[str, Any]) -> City:
    """A claimed subdivision of another country is left out."""
    subdivision = fields.get("subdivision", city.subdivision)
    if subdivision is not None and not subdivision.startswith(city.country):
        subdivision = None
    return evolve(city, evidence=(), **{**fields, "subdivision": subdivision})


def _places_by_source(city: City) -> list[City]:
    """Return the city, and for each source of its name a copy with only the place that the source states."""
    stated: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for item in city.evidence:
        stated[item.source] |= {name: getattr(city, name) for name in item.supports} | {**item.claims}
    empty: dict[str, Any] = {"coordinates": None, "subdivision": None, "identifiers": FrozenMap()}
    return [
        city,
        *(
            _at_place(city, {name: fields.get(name, value) for name, value in empty.items()})
            for fields in stated.values()
            if not fields.keys().isdisjoint({"name", "names"})
        ),
    ]


def _connect(pairs: Iterable[_Pair]) -> list[list[_Pair]]:
    groups: dict[tuple[bool, str], list[_Pair]] = {}
    for our_id, their_id in pairs:
        group = groups.setdefault((True, our_id), [])
        other = groups.setdefault((False, their_id), group)
        group.append((our_id, their_id))
        if other is not group:
            group += other
            groups |= {city: group for pair in other for city in zip((True, False), pair, strict=True)}
    return list({id(group): group for group in groups.values()}.values())


def _touching(pairs: Iterable[_Pair], others: Collection[_Pair]) -> list[_Pair]:
    ours, theirs = {our_id for our_id, _ in others}, {their_id for _, their_id in others}
    return [(our_id, their_id) for our_id, their_id in pairs if our_id in ours or their_id in theirs]


def _index(cities: Mapping[str, City], keys: Callable[[City], Iterable[Any]]) -> dict[Any, list[str]]:
    index: defaultdict[Any, list[str]] = defaultdict(list)
    for id_, city in cities.items():
        for key in keys(city):
            index[key].append(id_)
    return index


def _compare_namesakes(ours: City, theirs: City) -> Match | UnclearMatch | None:
    areas = _is_area(ours) + _is_area(theirs)
    both_areas = areas == len((ours, theirs))
    distance = _distance(ours, theirs)
    same_subdivision = ours.subdivision is not None and ours.subdivision == theirs.subdivision
    two_subdivisions = _subdivisions_conflict(ours, theirs)
    if distance is None and not areas and two_subdivisions:
        return None
    if distance is None:
        is_same, problem = same_subdivision, "the location of one or both cities is unknown"
    elif distance <= (_OTHER_PLACE if both_areas else SAME_PLACE):
        is_same, problem = True, ""
    elif not areas and (distance > _OTHER_PLACE or two_subdivisions):
        return None
    else:
        is_same, problem = same_subdivision and both_areas, f"the cities are {distance:.0f} km apart"
    if is_same and areas == 1:
        problem = _ONE_AREA
    elif is_same and _identifiers_conflict(ours, theirs):
        problem = "the external identifiers of the cities differ"
    elif is_same:
        place = ours.subdivision if distance is None else f"{distance:.1f} km away"
        return Match(ours.id, Agreement.NAME, f"{ours.name}, {ours.country}, {place}")
    return UnclearMatch((ours.id,), problem)


def _confirm_each_other(ours: City, theirs: City) -> bool:
    """Whether two cities with the same id have the same place, a common identifier or common evidence."""
    evidence = [{(item.source, item.locator) for item in city.evidence} for city in (ours, theirs)]
    return (
        not evidence[0].isdisjoint(evidence[1])
        or not ours.identifiers.items().isdisjoint(theirs.identifiers.items())
        or isinstance(_compare_namesakes(ours, theirs), Match)
    )


def _find_contrary_sign(ours: City, theirs: City) -> str | None:
    """Return a difference of two cities with the same id that may be distinct."""
    result = _compare_namesakes(ours, theirs)
    if isinstance(result, UnclearMatch) and _distance(ours, theirs) is not None:
        return result.why
    if (ours.subdivision is None) is not (theirs.subdivision is None):
        return f"only one of the two has a subdivision, {ours.subdivision or theirs.subdivision}"
    if _spelled_names(ours).isdisjoint(_spelled_names(theirs)):
        return f"the names {ours.name} and {theirs.name} differ"
    return None


def _spelled_names(city: City) -> set[str]:
    """Names with accents, but without punctuation."""
    texts = (city.name, *(name.text for name in city.names))
    return {"".join(filter(str.isalnum, composed(text).lower())) for text in texts}


def _city_content(city: City) -> Hashable:
    return tuple(getattr(city, name) for name in evidenced_fields(City) if name != "part_of")


def _stated_places(city: City) -> set[tuple[Any, ...]]:
    stated = [(item, {name: getattr(city, name) for name in item.supports} | {**item.claims}) for item in city.evidence]
    places = [(item.source, item.locator, *map(values.get, _PLACE_FIELDS)) for item, values in stated]
    return {place for place in places if any(place[2:])}


def _list_texts(city: City) -> list[str]:
    """Names of predecessors are left out."""
    return [city.name, *(name.text for name in city.names if name.kind is not NameKind.PREDECESSOR)]


def _fold_all(texts: Iterable[str]) -> set[str]:
    return {folded for text in texts if (folded := fold(text))}


def _folded_names(city: City) -> set[str]:
    names = _fold_all(_list_texts(city))
    ids = {city.identifiers["geonames"]} if "geonames" in city.identifiers else _geonames_ids_called(names)
    return names.union(*(names_by_geonames_id().get(id_, ()) for id_ in ids if len(ids) == 1))


def _geonames_ids_called(names: Iterable[str]) -> set[str]:
    return {id_ for name in names for id_ in geonames_ids_by_name().get(name, ())}


def _country_with_territories(city: City) -> str:
    return TERRITORIES.get(city.country, city.country)


def _list_names(city: City) -> list[tuple[str, str]]:
    return [(_country_with_territories(city), name) for name in _folded_names(city)]


def _list_name_forms(city: City) -> set[tuple[str, str]]:
    """Other forms are names such as "vik" for "city of vik" or "Vik (Myrdal)"."""
    matches = map(_NAME_AND_BRACKETS.fullmatch, _list_texts(city))
    names = _folded_names(city) | _fold_all(match[1] for match in matches if match)
    bare = {match[1] or match[2] for name in names if (match := _AREA_NAME.fullmatch(name))}
    country = _country_with_territories(city)
    return {(country, form) for name in names | bare for form in (name, *other_forms(name))}


def _are_similar(one: str, other: str) -> bool:
    first, second = sorted((one, other))
    return max(len(one), len(other)) >= _MIN_LENGTH and SequenceMatcher(a=first, b=second).ratio() >= _SIMILAR


def _may_be_similar(one: City, other: City) -> bool:
    return (
        (_distance(one, other) or 0.0) <= SAME_PLACE
        and not _subdivisions_conflict(one, other)
        and _is_area(one) is _is_area(other)
        and not _identifiers_conflict(one, other)
    )


def _is_area(city: City) -> bool:
    return city.level in _AREA_LEVELS or _AREA_IN_NAME.search(fold(city.name)) is not None


def _may_be_one_size(one: City, other: City) -> bool:
    """Whether two places may be both cities or both areas.

    For example, "Constanta" may be the city or the county, but "Queensland" is the state.
    """
    return _is_area(one) is _is_area(other) or (
        fold(one.name) == fold(other.name) and Level.COUNTY not in {one.level, other.level}
    )


def _identifiers_conflict(one: City, other: City) -> bool:
    return any(other.identifiers.get(scheme, id_) != id_ for scheme, id_ in one.identifiers.items())


def _subdivisions_conflict(one: City, other: City) -> bool:
    codes = one.subdivision, other.subdivision
    return codes[0] is not None and codes[1] is not None and subdivisions_conflict(codes[0], codes[1])


def _distance(one: City, other: City) -> float | None:
    if one.coordinates is None or other.coordinates is None:
        return None
    return one.coordinates.kilometres_to(other.coordinates)


def _subdivision_id(city: City) -> str:
    """Return the id of a city with its subdivision, such as ``us-il-springfield``."""
    country, _, name = city.id.partition("-")
    part = "" if city.subdivision is None else city.subdivision.partition("-")[2].lower()
    return f"{country}-{part}-{name}" if part and not name.startswith(f"{part}-") else city.id
