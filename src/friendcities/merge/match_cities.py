"""Which cities of two datasets are one: by id, by ids in other registers, by name, country and place or partner."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Container, Hashable, Iterable, Iterator, Mapping
from enum import IntEnum
from typing import Final

from attrs import frozen

from friendcities.merge.ids import free_id, is_made_of
from friendcities.merge.match_sources import Match
from friendcities.merge.merge_report import Agreement
from friendcities.model import AnyRecord, City, Level, NameKind, Partnership
from friendcities.model.city import SAME_PLACE
from friendcities.model.evidence import evidenced_fields
from friendcities.names import fold

__all__ = ["Partners", "Question", "partners_in", "recognise"]

_ELSEWHERE: Final = 150.0
"""Kilometres beyond which two points are of two places, unless they stand for a province or a region."""
_AREAS: Final = {Level.COUNTY, Level.PROVINCE_OR_STATE, Level.REGION}
"""Levels at which a place is so large that any point in it may stand for it, and that share names with cities."""
_AREA_IN_NAME: Final = re.compile("(?:^| )(?:governorate|oblast|prefecture|province|region|state|voivodeship)(?: |$)")
_MOST: Final = 100
"""With how many of its name a city is compared: a bound for all."""
_WIKIDATA: Final = "wikidata"
_STRENGTH: Final = (
    Agreement.DECISION,
    Agreement.ID,
    Agreement.CONTENT,
    Agreement.IDENTIFIER,
    Agreement.NAME,
    Agreement.PARTNER,
)
"""What two cities are taken for one by, the surest first."""


Partners = Mapping[str, Collection[str]]
"""The ids of cities, each with those of its partners, whatever became of the partnership."""


def partners_in(records: Iterable[AnyRecord]) -> Partners:
    """The partners of each city, by the partnerships among some records."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for record in records:
        if isinstance(record, Partnership):
            one, other = record.cities
            found[one].add(other)
            found[other].add(one)
    return found


@frozen
class Question:
    """Which of ours a city of theirs may be, where only a person can tell."""

    candidates: tuple[str, ...]
    why: str
    by_name: bool = False
    """Whether they have a name and the country in common, and only the place is in doubt."""


class _Verdict(IntEnum):
    OTHER = 0
    DOUBTFUL = 1
    SAME = 2


def recognise(
    ours: Mapping[str, City],
    theirs: Mapping[str, City],
    moved: Mapping[str, str],
    *,
    partners: tuple[Partners, Partners],
    same: Mapping[str, str],
    apart: Collection[str],
) -> tuple[dict[str, Match], dict[str, Question]]:
    """What each city of theirs is in ours, and which of them need a person; both by their ids in theirs.

    No two of theirs are one of ours. Which of ours a city is, is not guessed: what is in doubt stands apart.

    Args:
        ours: Our cities, by id.
        theirs: Theirs, by id.
        moved: The ids that cities of ours once had, with those they have now.
        partners: The partners of our cities, and those of theirs.
        same: What somebody said: the ids of theirs, each with that of ours.
        apart: The ids of theirs that are none of ours, as somebody said.
    """
    known = _Known(ours, moved, theirs)
    answers: dict[str, Match | Question | None] = dict.fromkeys(sorted(theirs))
    for id_, city in theirs.items():
        if id_ in same:
            answers[id_] = Match(same[id_], Agreement.DECISION)
        elif id_ not in apart:
            answers[id_] = known.by_id(city)
    for way in (known.by_content, known.by_identifier, known.by_name):
        taken = {match.id for match in answers.values() if isinstance(match, Match)}
        for id_, answer in answers.items():
            if answer is None and id_ not in apart:
                answers[id_] = way(theirs[id_], taken)
    answers |= known.by_partner(answers, partners)
    matches = {id_: answer for id_, answer in answers.items() if isinstance(answer, Match)}
    questions = {id_: answer for id_, answer in answers.items() if isinstance(answer, Question)}
    for id_, rival in tuple(_rivals(matches)):
        questions[id_] = Question((matches.pop(id_).id,), f"{rival} of the other dataset may be it as well")
    used = {*ours, *moved, *theirs}
    for id_ in answers:
        if id_ not in matches:
            new = _new_id(theirs[id_], known, used)
            used.add(new)
            matches[id_] = Match(new)
    return matches, questions


class _Known:
    """Our cities, to be found by what another dataset knows of them."""

    def __init__(self, ours: Mapping[str, City], moved: Mapping[str, str], theirs: Mapping[str, City]) -> None:
        self.ours = ours
        self.moved = moved
        self._theirs = theirs
        self._often = Counter(key for city in theirs.values() for key in city.identifiers.items())
        self._elsewhere: defaultdict[tuple[str, str], list[City]] = defaultdict(list)
        self._alike: defaultdict[Hashable, list[City]] = defaultdict(list)
        self._called: defaultdict[tuple[str, str], list[City]] = defaultdict(list)
        for _, city in sorted(ours.items()):
            self._alike[_content(city)].append(city)
            for key in city.identifiers.items():
                self._elsewhere[key].append(city)
            for name in _names(city):
                self._called[city.country, name].append(city)

    def by_id(self, city: City) -> Match | None:
        """The one of ours that has the id of a city of theirs and may well be it, or that was given one made of it."""
        own, shared = self._namesake(city), self._shared(city)
        made = [each for each in self._alike.get(_content(city), ()) if is_made_of(each.id, _within_its_part(city))]
        if len(made) == 1 and (own is None or made[0].id != own.id):
            return Match(made[0].id, Agreement.CONTENT)
        return Match(own.id, Agreement.ID) if own is not None and (not shared or own.id in shared) else None

    def _namesake(self, city: City) -> City | None:
        """The one of ours that has the id of a city of theirs, unless other ids or its place speak against it."""
        own = self.ours.get(self.moved.get(city.id, city.id))
        return None if own is None or _conflict(own, city) or _elsewhere(own, city) else own

    def _shared(self, city: City) -> dict[str, tuple[City, str]]:
        """Those of ours that have an id of it elsewhere, each with that id; what two of theirs have tells nothing."""
        shared: dict[str, tuple[City, str]] = {}
        for scheme, id_ in city.identifiers.items():
            if self._often[scheme, id_] > 1:
                continue
            for each in self._elsewhere.get((scheme, id_), ()):
                if scheme == _WIKIDATA or each.id not in shared:
                    shared[each.id] = (each, f"{scheme} {id_}")
        return shared

    def by_content(self, city: City, taken: Collection[str]) -> Match | None:
        """The one of ours that is the same in all on record, with more than a name among it.

        Args:
            city: The city of theirs.
            taken: The ids of those of ours that others of theirs are, by surer signs.
        """
        alike = [each for each in self._alike.get(_content(city), ()) if each.id not in taken]
        placed = city.coordinates is not None or city.identifiers
        return Match(alike[0].id, Agreement.CONTENT) if len(alike) == 1 and placed else None

    def by_identifier(self, city: City, taken: Collection[str]) -> Match | Question | None:
        """The one of ours that has an id of it elsewhere; what is taken does not count if there is more."""
        own, every = self._namesake(city), self._shared(city)
        shared = {id_: each for id_, each in every.items() if id_ not in taken} or every
        if own is not None:
            return Question((own.id, *sorted(every)), "it has the id of one, and is another by its ids elsewhere")
        if len(shared) > 1:
            return Question(tuple(sorted(shared)), "by its ids elsewhere it is more than one")
        for each, detail in shared.values():
            if not detail.startswith(f"{_WIKIDATA} ") and _conflict(each, city):
                return Question((each.id,), f"they share {detail}, and differ in another register")
            return Match(each.id, Agreement.IDENTIFIER, detail)
        perhaps = {each.id for key in city.identifiers.items() for each in self._elsewhere.get(key, ())}
        return Question(tuple(sorted(perhaps)), "another of its dataset has the same id elsewhere") if perhaps else None

    def by_name(self, city: City, taken: Collection[str]) -> Match | Question | None:
        """The one of ours that has its name, country and place; what is taken does not count if there is more."""
        called = {each.id: each for name in _names(city) for each in self._called.get((city.country, name), ())}
        if len(called) > _MOST:
            return Question(tuple(sorted(called))[:_MOST], f"{len(called)} cities have a name of it")
        judged = [(each, *_judged(each, city)) for _, each in sorted(called.items())]
        alike = [(each, why) for each, verdict, why in judged if verdict is _Verdict.SAME]
        doubtful = [(each, why) for each, verdict, why in judged if verdict is _Verdict.DOUBTFUL]
        alike = [(each, why) for each, why in alike if each.id not in taken] or alike
        if len(alike) == 1:
            return Match(alike[0][0].id, Agreement.NAME, alike[0][1])
        if alike:
            return Question(tuple(each.id for each, _ in alike), "more than one has its name and its place")
        if doubtful:
            why = "; ".join(dict.fromkeys(why for _, why in doubtful))
            return Question(tuple(each.id for each, _ in doubtful), why, by_name=True)
        return None

    def by_partner(
        self, answers: Mapping[str, Match | Question | None], partners: tuple[Partners, Partners]
    ) -> dict[str, Match]:
        """Which cities in question are the only one that they could be, for that has a partner in common with them."""
        taken = {match.id for match in answers.values() if isinstance(match, Match)}
        ours, theirs = partners
        found = {}
        for id_, answer in answers.items():
            if not isinstance(answer, Question) or not answer.by_name or len(answer.candidates) != 1:
                continue
            [candidate] = answer.candidates
            known = (_answered(answers, each) for each in theirs.get(id_, ()))
            common = sorted({*ours.get(candidate, ())}.intersection(known))
            if common and candidate not in taken and not _conflict(self.ours[candidate], self._theirs[id_]):
                found[id_] = Match(candidate, Agreement.PARTNER, f"{common[0]} is a partner of both")
        return found


def _answered(answers: Mapping[str, Match | Question | None], id_: str) -> str | None:
    """The id that a city of theirs has in ours: its own if it is not asked about, for then it is known by that."""
    answer = answers.get(id_, Match(id_))
    return answer.id if isinstance(answer, Match) else None


def _judged(ours: City, theirs: City) -> tuple[_Verdict, str]:
    """Whether two cities that share a name and the country are one, and why."""
    large = [_is_large(each) for each in (ours, theirs)]
    near = _kilometres(ours, theirs)
    one_part = ours.subdivision is not None and ours.subdivision == theirs.subdivision
    two_parts = None not in {ours.subdivision, theirs.subdivision} and not one_part
    if near is None:
        verdict, why = _Verdict.SAME if one_part else _Verdict.DOUBTFUL, "it is not on record where both of them lie"
    elif near <= (_ELSEWHERE if all(large) else SAME_PLACE):
        verdict, why = _Verdict.SAME, ""
    elif not any(large) and (near > _ELSEWHERE or two_parts):
        return _Verdict.OTHER, ""
    else:
        verdict, why = _Verdict.SAME if one_part and all(large) else _Verdict.DOUBTFUL, f"it lies {near:.0f} km away"
    if verdict is _Verdict.SAME and large[0] is not large[1]:
        verdict, why = _Verdict.DOUBTFUL, "one of the two is a province or a region of that name"
    elif verdict is _Verdict.SAME and _conflict(ours, theirs):
        verdict, why = _Verdict.DOUBTFUL, "they have other ids in another register"
    if verdict is _Verdict.DOUBTFUL:
        return verdict, why
    return verdict, f"{ours.name}, {ours.country}, {ours.subdivision if near is None else f'{near:.1f} km away'}"


def _content(city: City) -> Hashable:
    """What a city is, apart from its ids here and who says so."""
    return tuple(getattr(city, name) for name in evidenced_fields(City) if name != "part_of")


def _names(city: City) -> set[str]:
    """The names of a city under which it is looked up; those of places that it absorbed are theirs."""
    names = (name.text for name in city.names if name.kind is not NameKind.PREDECESSOR)
    return {folded for text in (city.name, *names) if (folded := fold(text))}


def _is_large(city: City) -> bool:
    """Whether a city is a province or a region, by its level or by its name: lists often give all one level."""
    return city.level in _AREAS or _AREA_IN_NAME.search(fold(city.name)) is not None


def _conflict(one: City, other: City) -> bool:
    """Whether some other register has two ids for the two."""
    return any(other.identifiers.get(scheme, id_) != id_ for scheme, id_ in one.identifiers.items())


def _elsewhere(one: City, other: City) -> bool:
    """Whether two cities of one id are two by where they lie, or by their size: ids are made of names."""
    near = _kilometres(one, other)
    if _is_large(one) is not _is_large(other):
        return near is None or near > SAME_PLACE
    return near is not None and near > _ELSEWHERE and not _is_large(one)


def _kilometres(one: City, other: City) -> float | None:
    if one.coordinates is None or other.coordinates is None:
        return None
    return one.coordinates.kilometres_to(other.coordinates)


def _rivals(matches: Mapping[str, Match]) -> Iterator[tuple[str, str]]:
    """Each city of theirs that is taken for one of ours as another is, on better or equal grounds, with that other."""
    by_target: defaultdict[str, list[str]] = defaultdict(list)
    for id_, match in matches.items():
        by_target[match.id].append(id_)
    for ids in by_target.values():
        ids.sort(key=lambda id_: (_strength(matches[id_]), id_))
        best = [id_ for id_ in ids if _strength(matches[id_]) == _strength(matches[ids[0]])]
        losers = ids[1:] if len(best) == 1 else ids
        for id_ in losers:
            yield id_, ids[0] if id_ != ids[0] else ids[1]


def _strength(match: Match) -> int:
    return _STRENGTH.index(match.by) if match.by is not None else len(_STRENGTH)


def _new_id(city: City, known: _Known, taken: Container[str]) -> str:
    """An id for a city that is none of ours: its own if that is free, else one with the part of the country in it."""
    if city.id not in known.ours and city.id not in known.moved:
        return city.id
    return free_id(_within_its_part(city), taken)


def _within_its_part(city: City) -> str:
    """The id of a city with the part of the country in it, where that is on record."""
    country, _, name = city.id.partition("-")
    part = "" if city.subdivision is None else city.subdivision.partition("-")[2].lower()
    return f"{country}-{part}-{name}" if part and not name.startswith(f"{part}-") else city.id
