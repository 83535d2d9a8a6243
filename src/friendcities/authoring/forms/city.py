"""The questions for a city, new or on record."""

from typing import Any, Final

from friendcities.authoring import ids, reading
from friendcities.authoring.forms.parts import always, choice_question, id_question, note_question, plain, text_question
from friendcities.authoring.question import Answers, Form, Question
from friendcities.authoring.session import Desk
from friendcities.errors import InvalidQueryError
from friendcities.model import City, CityId, Coordinates, FrozenMap, Level, Name, NameKind
from friendcities.model.grammar import is_city_id
from friendcities.names.countries import countries_called
from friendcities.names.normalize import fold

__all__ = ["CITY_QUESTIONS", "cities_question", "city_question", "make_city"]


def _read_subdivision(text: str, desk: Desk, answers: Answers) -> str | None:
    """The part of the country; ``None`` where it is the country itself that was named behind a city."""
    del desk
    country = answers["country"]
    return None if country in countries_called(text) else reading.read_subdivision(text, country)


def _propose_city_id(desk: Desk, answers: Answers) -> str | None:
    return ids.city_id(answers["name"], answers["country"], answers["subdivision"], desk.taken(City))


def _doubt_city(desk: Desk, answers: Answers) -> str:
    """The city on record that may be meant by a new one: of the same name or one that comes near, in its country."""
    name, country = answers["name"], answers["country"]
    if name is None or country is None:
        return ""
    same, near = desk.like_city(name, country)
    insist = "another place needs an id of its own"
    if near:
        return f"did you mean {near.name}, {country} ({near.id!r})? it is on record; {insist}"
    if same and (_propose_city_id(desk, answers) is None or answers["subdivision"] in {None, same.subdivision}):
        return f"{same.name}, {country} is on record already ({same.id!r}); {insist}"
    return ""


def _hold_city_name(name: str, desk: Desk, answers: Answers) -> None:
    """Whether it is the name alone, without the country or the state behind it."""
    del desk, answers
    alone, _, place = (part.strip() for part in name.rpartition(","))
    if alone and place and countries_called(place):
        message = f"{name!r} is more than its name; write {alone!r}, and the rest where it is asked for"
        raise InvalidQueryError(message, name)


def _hold_city_id(id_: str, desk: Desk, answers: Answers) -> None:
    del desk
    country = answers["country"]
    if country is not None and not (is_city_id(id_) and id_.startswith(f"{country.lower()}-")):
        message = f"{id_!r} is no id of a city in {country}; write one like '{country.lower()}-name'"
        raise InvalidQueryError(message, id_)


def make_city(answers: Answers, desk: Desk) -> City:
    """The city that the answers make."""
    del desk
    names: tuple[Name, ...] = ()
    if answers["other-name"] is not None:
        names = (
            Name(
                text=answers["other-name"],
                language=answers["other-name-language"],
                kind=answers["other-name-kind"],
            ),
        )
    coordinates = None
    if answers["latitude"] is not None:
        coordinates = Coordinates(latitude=answers["latitude"], longitude=answers["longitude"], point=answers["point"])
    wikidata = answers["wikidata"]
    return City(
        id=CityId(answers["id"]),
        name=answers["name"],
        names=names,
        country=answers["country"],
        subdivision=answers["subdivision"],
        level=answers["level"],
        part_of=None if answers["part-of"] is None else answers["part-of"].id,
        coordinates=coordinates,
        identifiers=FrozenMap({} if wikidata is None else {"wikidata": wikidata}),
        note=answers["note"],
    )


def _name_and_place(text: str) -> tuple[str, str]:
    """A city's name, and what stands behind the last comma."""
    name, _, place = (part.strip() for part in text.rpartition(","))
    return (name, place) if name else (place, "")


def _first_of_city(text: str) -> dict[str, str]:
    """What "Porto, Portugal" tells of a city: its name, and where it lies as far as that is certain."""
    name, place = _name_and_place(text)
    known = {"name" if fold(name).isascii() else "other-name": name}
    if not place:
        return known
    countries = countries_called(place)
    if len(countries) == 1 and not _parts_elsewhere(place):
        return known | {"country": next(iter(countries))}
    return known | {"subdivision": place}


def _unsure_of_city(text: str) -> dict[str, str]:
    """Which countries, and parts of others, are called what stands behind a city, where that is more than one."""
    _, place = _name_and_place(text)
    called = {**countries_called(place), **_parts_elsewhere(place)} if countries_called(place) else {}
    if len(called) < 2:  # noqa: PLR2004 - one is no choice
        return {}
    listed = " or ".join(f"{name} ({code})" for code, name in called.items())
    countries = ", ".join(sorted({code[:2] for code in called}))
    return {"country": f"{place!r} may be {listed}; write the country, one of {countries}"}


def _parts_elsewhere(place: str) -> dict[str, str]:
    """The parts of other countries than those called so: "Georgia" is one of the US, and "IL" is Illinois."""
    countries = countries_called(place)
    return {code: name for code, name in reading.parts_called(place).items() if code[:2] not in countries}


CITY_QUESTIONS: Final = (
    text_question(
        "name",
        "What is its name in English?",
        "Its name in English, without the country.",
        needed=always,
        positional=True,
        holds=_hold_city_name,
    ),
    Question(
        name="country",
        asks="In which country is {name}?",
        help="The country, by its English name or its code, like Portugal or PT.",
        reads=plain(reading.read_country),
        needed=always,
    ),
    Question(
        name="subdivision",
        asks="In which state, province or region of it?",
        help="The part of the country that it is or lies in, by name or ISO 3166-2 code, like Otago or NZ-OTA.",
        reads=_read_subdivision,
        fits=lambda answers: answers["country"] is not None,
    ),
    choice_question("level", "What is {name}?", "Its level of government.", Level, needed=always),
    text_question(
        "other-name",
        "What other name does the source give {name}?",
        "One more name of it, in the source's own letters, like 波尔图 or Oporto.",
    ),
    Question(
        name="other-name-language",
        asks="In which language is that name?",
        help="The language of the other name, by its English name or its tag, like Chinese or zh-Hans.",
        reads=plain(reading.read_language),
        needed=always,
        fits=lambda answers: answers["other-name"] is not None,
    ),
    choice_question(
        "other-name-kind",
        "What kind of name is that?",
        "The kind of the other name.",
        NameKind,
        needed=always,
        fits=lambda answers: answers["other-name"] is not None,
    ),
    Question(
        name="part-of",
        asks="Which city is it a part of?",
        help="The city on record that it is a part of, by id or name.",
        reads=lambda text, desk, _: desk.city(text),
        asked=False,
    ),
    Question(
        name="wikidata",
        asks="What is its Wikidata id?",
        help="The id or the address of its Wikidata item, where the source gives it, like Q133073.",
        reads=plain(reading.read_wikidata),
        asked=False,
    ),
    Question(
        name="latitude",
        asks="How far north is it?",
        help="Degrees north, like -45.874.",
        reads=plain(reading.read_degrees),
        asked=False,
    ),
    Question(
        name="longitude",
        asks="How far east is it?",
        help="Degrees east, like 170.504.",
        reads=plain(reading.read_degrees),
        asked=False,
        needed=always,
        fits=lambda answers: answers["latitude"] is not None,
    ),
    text_question(
        "point",
        "What is the point of?",
        "What the coordinates are the point of, like city or town hall.",
        asked=False,
        needed=always,
        fits=lambda answers: answers["latitude"] is not None,
    ),
    note_question("it"),
    id_question(City, _propose_city_id, "nz-dunedin", "name", "country", holds=_hold_city_id, doubt=_doubt_city),
)
_NEW_CITY: Final = Form(name="city", summary="a place that can be a party", questions=CITY_QUESTIONS, make=make_city)


def city_question(name: str, asks: str, help_: str, **more: Any) -> Question:
    """A question for a city: on record, or new."""
    return Question(
        name=name,
        asks=asks,
        help=f"{help_} By any of its names, by id, or as 'Dunedin, New Zealand'.",
        reads=lambda text, desk, _: desk.city(text),
        form=_NEW_CITY,
        first=_first_of_city,
        unsure=_unsure_of_city,
        **more,
    )


def cities_question(name: str, asks: str, help_: str, **more: Any) -> Question:
    """A question for cities on record."""
    return Question(
        name=name,
        asks=asks,
        help=f"{help_} Cities on record ('friendcities add city' adds one), with ; between them.",
        reads=lambda text, desk, _: desk.city(text),
        many=True,
        **more,
    )
