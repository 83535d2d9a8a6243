"""The form for a city, and questions for cities in other forms."""

from typing import Any, Final

from friendcities.authoring import questions as q
from friendcities.authoring.ids import make_city_id
from friendcities.authoring.parse_answers import (
    find_subdivisions,
    parse_country,
    parse_degrees,
    parse_language,
    parse_subdivision,
    parse_wikidata_id,
)
from friendcities.authoring.session import Session
from friendcities.errors import InvalidQueryError
from friendcities.model import City, Coordinates, FrozenMap, Level, Name, NameKind
from friendcities.model.grammar import is_city_id
from friendcities.names.countries import countries_called
from friendcities.names.normalize import fold


def _parse_subdivision(text: str, _: Session, answers: q.Answers) -> str | None:
    """The subdivision; ``None`` if the text names the country itself, as after a city."""
    country = answers["country"]
    return None if country in countries_called(text) else parse_subdivision(text, country)


def _propose_id(session: Session, answers: q.Answers) -> str | None:
    return make_city_id(answers["name"], answers["country"], answers["subdivision"], session.taken_ids(City))


def _doubt_new_city(session: Session, answers: q.Answers) -> str:
    """Name the existing city of the country that has the same or a similar name."""
    name, country = answers["name"], answers["country"]
    if name is None or country is None:
        return ""
    same, similar = session.find_similar_city(name, country)
    hint = "another place needs an id of its own"
    if similar:
        return f"did you mean {similar.name}, {country} ({similar.id!r})? it is on record; {hint}"
    if same and (_propose_id(session, answers) is None or answers["subdivision"] in {None, same.subdivision}):
        return f"{same.name}, {country} is on record already ({same.id!r}); {hint}"
    return ""


def _validate_name(name: str, *_args: object) -> None:
    """Reject a name with the country behind it."""
    alone, _, place = (part.strip() for part in name.rpartition(","))
    if alone and place and countries_called(place):
        message = f"{name!r} is more than its name; write {alone!r}, and the rest where it is asked for"
        raise InvalidQueryError(message, name)


def _validate_id(id_: str, _: Session, answers: q.Answers) -> None:
    country = answers["country"]
    if country is not None and not (is_city_id(id_) and id_.startswith(f"{country.lower()}-")):
        message = f"{id_!r} is no id of a city in {country}; write one like '{country.lower()}-name'"
        raise InvalidQueryError(message, id_)


def build_city(answers: q.Answers, _: Session) -> City:
    """Build a city from the answers."""
    name, language, kind = (answers[f"other-name{suffix}"] for suffix in ("", "-language", "-kind"))
    return City(
        **q.field_values(answers, "id", "name", "country", "subdivision", "level", "note"),
        names=() if name is None else (Name(text=name, language=language, kind=kind),),
        part_of=q.id_of(answers["part-of"]),
        coordinates=None
        if answers["latitude"] is None
        else Coordinates(**q.field_values(answers, "latitude", "longitude", "point")),
        identifiers=FrozenMap({} if answers["wikidata"] is None else {"wikidata": answers["wikidata"]}),
    )


def _split_place(text: str) -> tuple[str, str]:
    """The name of a city, and the text after the last comma."""
    name, _, place = (part.strip() for part in text.rpartition(","))
    return (name, place) if name else (place, "")


def _prefill_city(text: str) -> dict[str, str]:
    """The answers in "Porto, Portugal": the name, and the country or subdivision as far as it is certain."""
    name, place = _split_place(text)
    known = {"name" if fold(name).isascii() else "other-name": name}
    if not place:
        return known
    countries = countries_called(place)
    if len(countries) == 1 and not _find_subdivisions_elsewhere(place):
        return known | {"country": next(iter(countries))}
    return known | {"subdivision": place}


def _explain_place(text: str) -> dict[str, str]:
    """The countries, and subdivisions of other countries, that the text after a city may mean, if it is ambiguous."""
    _, place = _split_place(text)
    meanings = {**countries_called(place), **_find_subdivisions_elsewhere(place)} if countries_called(place) else {}
    if len(meanings) < 2:  # noqa: PLR2004 - one is no choice
        return {}
    listed = " or ".join(f"{name} ({code})" for code, name in meanings.items())
    countries = ", ".join(sorted({code[:2] for code in meanings}))
    return {"country": f"{place!r} may be {listed}; write the country, one of {countries}"}


def _find_subdivisions_elsewhere(place: str) -> dict[str, str]:
    """The subdivisions called so of countries that are not: "Georgia" is one of the US, and "IL" is Illinois."""
    countries = countries_called(place)
    return {code: name for code, name in find_subdivisions(place).items() if code[:2] not in countries}


def _has_other_name(answers: q.Answers) -> bool:
    return answers["other-name"] is not None


def _has_latitude(answers: q.Answers) -> bool:
    return answers["latitude"] is not None


_TEXTS: Final = """
name: What is its name in English? | Its name in English, without the country.
country: In which country is {name}? | The country, by its English name or its code, like Portugal or PT.
subdivision: In which state, province or region of it? | The part of the country that it is or lies in, by name or ISO
  3166-2 code, like Otago or NZ-OTA.
level: What is {name}? | Its level of government.
other-name: What other name does the source give {name}? | One more name of it, in the source's own
  letters, like 波尔图 or
  Oporto.
other-name-language: In which language is that name? | The language of the other name, by its English name or its tag,
  like Chinese or zh-Hans.
other-name-kind: What kind of name is that? | The kind of the other name.
part-of: Which city is it a part of? | The city on record that it is a part of, by id or name.
wikidata: What is its Wikidata id? | The id or the address of its Wikidata item, where the source gives it, like
  Q133073.
latitude: How far north is it? | Degrees north, like -45.874.
longitude: How far east is it? | Degrees east, like 170.504.
point: What is the point of? | What the coordinates are the point of, like city or town hall.
"""
CITY_QUESTIONS: Final = q.add_texts(
    _TEXTS,
    q.text_question("name", required=True, positional=True, validate=_validate_name),
    q.text_question("country", parse_country, required=True),
    q.Question(name="subdivision", parse=_parse_subdivision, applies=lambda answers: answers["country"] is not None),
    q.choice_question("level", Level, required=True),
    q.text_question("other-name"),
    q.text_question("other-name-language", parse_language, required=True, applies=_has_other_name),
    q.choice_question("other-name-kind", NameKind, required=True, applies=_has_other_name),
    q.Question(name="part-of", parse=lambda text, session, _: session.city(text), asked=False),
    q.text_question("wikidata", parse_wikidata_id, asked=False),
    q.text_question("latitude", parse_degrees, asked=False),
    q.text_question("longitude", parse_degrees, asked=False, required=True, applies=_has_latitude),
    q.text_question("point", asked=False, required=True, applies=_has_latitude),
    q.note_question("it"),
    q.id_question(City, _propose_id, "nz-dunedin", "name", "country", validate=_validate_id, doubt=_doubt_new_city),
)
_NEW_CITY: Final = q.Form(
    name="city", summary="a place that can be a party", questions=CITY_QUESTIONS, build=build_city
)


def city_question(name: str, **more: Any) -> q.Question:
    """A question for an existing or new city."""
    return q.Question(
        name=name,
        help=" By any of its names, by id, or as 'Dunedin, New Zealand'.",
        parse=lambda text, session, _: session.city(text),
        form=_NEW_CITY,
        prefill=_prefill_city,
        explain_ambiguity=_explain_place,
        **more,
    )


def cities_question(name: str, **more: Any) -> q.Question:
    """A question for existing cities."""
    help_ = " Cities on record ('friendcities add city' adds one), with ; between them."
    return q.Question(name=name, help=help_, parse=lambda text, session, _: session.city(text), many=True, **more)
