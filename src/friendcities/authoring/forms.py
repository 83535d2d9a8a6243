"""The forms of the types of records: what is asked, and the record that the answers make."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from attrs import evolve

from friendcities.authoring import ids, reading
from friendcities.authoring.desk import Desk
from friendcities.authoring.evidence import cited
from friendcities.authoring.question import Answers, Form, Question
from friendcities.errors import InvalidQueryError
from friendcities.model import (
    AnyRecord,
    Basis,
    Bound,
    Change,
    City,
    CityId,
    Cooperation,
    CooperationId,
    Coordinates,
    Count,
    Event,
    EventId,
    FrozenMap,
    Instrument,
    Level,
    Memorandum,
    MemorandumId,
    Name,
    NameKind,
    Occurrence,
    Office,
    Official,
    OfficialId,
    PartialDate,
    Participant,
    Partnership,
    PartnershipId,
    PartnershipKind,
    Party,
    Period,
    Source,
    SourceId,
    SourceKind,
    Stage,
    Statistic,
    StatisticId,
    Step,
    Term,
)
from friendcities.model.grammar import is_city_id, is_id
from friendcities.names.countries import countries_called
from friendcities.names.folding import fold

__all__ = ["FORMS"]


def _always(answers: Answers) -> bool:
    del answers
    return True


def _plain(read: Callable[[str], Any]) -> Callable[[str, Desk, Answers], Any]:
    """A reader that needs to know nothing but the text."""
    return lambda text, _desk, _answers: read(text)


def _text(name: str, asks: str, help_: str, **more: Any) -> Question:
    return Question(name=name, asks=asks, help=help_, reads=_plain(reading.read_text), **more)


def _choice(name: str, asks: str, help_: str, vocabulary: type[StrEnum], **more: Any) -> Question:
    def reads(text: str, desk: Desk, answers: Answers) -> StrEnum:
        del desk, answers
        return reading.read_choice(text, vocabulary)

    return Question(name=name, asks=asks, help=help_, reads=reads, vocabulary=vocabulary, **more)


def _date(name: str, asks: str, help_: str, *, after: str = "", past: bool = True, **more: Any) -> Question:
    def reads(text: str, desk: Desk, answers: Answers) -> PartialDate:
        date = reading.read_date(text)
        if past and date.earliest > desk.register.today:
            message = f"{date} is yet to come; write what was, not what will be"
            raise InvalidQueryError(message, text)
        start: PartialDate | None = answers.get(after)
        if start is not None and date.latest < start.earliest:
            message = f"{date} lies before {start}; write when it ended"
            raise InvalidQueryError(message, text)
        return date

    return Question(
        name=name, asks=asks, help=f"{help_} Like 1994, October 1994 or 21 October 1994.", reads=reads, **more
    )


def _new_id(
    cls: type[AnyRecord], propose: Callable[[Desk, Answers], str | None], like: str, *made_of: str, **more: Any
) -> Question:
    def known(answers: Answers) -> bool:
        """Whether there is what an id is made of; where it is missing, that is told, and no id asked for besides."""
        return all(answers[name] is not None for name in made_of)

    def reads(text: str, desk: Desk, answers: Answers) -> str:
        del answers
        id_ = reading.read_id(text)
        if id_ in desk.taken(cls):
            message = f"the id {id_!r} is or was that of another {cls.__name__.lower()}; choose one that is free"
            raise InvalidQueryError(message, text)
        return id_

    return Question(
        name="id",
        asks="What is its id to be?",
        help=f"An id for ever, like {like!r}. (It is made of the other answers, where they give one that is free.)",
        reads=reads,
        asked=False,
        needed=known,
        default=lambda desk, answers: (known(answers) and propose(desk, answers)) or "",
        **more,
    )


def _note(about: str) -> Question:
    return _text(
        "note", "Anything a reader must know?", f"Anything a reader must know of {about}, in our words.", asked=False
    )


# City


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


def _make_city(answers: Answers, desk: Desk) -> City:
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


_CITY_QUESTIONS: Final = (
    _text(
        "name",
        "What is its name in English?",
        "Its name in English, without the country.",
        needed=_always,
        positional=True,
        holds=_hold_city_name,
    ),
    Question(
        name="country",
        asks="In which country is {name}?",
        help="The country, by its English name or its code, like Portugal or PT.",
        reads=_plain(reading.read_country),
        needed=_always,
    ),
    Question(
        name="subdivision",
        asks="In which state, province or region of it?",
        help="The part of the country that it is or lies in, by name or ISO 3166-2 code, like Otago or NZ-OTA.",
        reads=_read_subdivision,
        fits=lambda answers: answers["country"] is not None,
    ),
    _choice("level", "What is {name}?", "Its level of government.", Level, needed=_always),
    _text(
        "other-name",
        "What other name does the source give {name}?",
        "One more name of it, in the source's own letters, like 波尔图 or Oporto.",
    ),
    Question(
        name="other-name-language",
        asks="In which language is that name?",
        help="The language of the other name, by its English name or its tag, like Chinese or zh-Hans.",
        reads=_plain(reading.read_language),
        needed=_always,
        fits=lambda answers: answers["other-name"] is not None,
    ),
    _choice(
        "other-name-kind",
        "What kind of name is that?",
        "The kind of the other name.",
        NameKind,
        needed=_always,
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
        reads=_plain(reading.read_wikidata),
        asked=False,
    ),
    Question(
        name="latitude",
        asks="How far north is it?",
        help="Degrees north, like -45.874.",
        reads=_plain(reading.read_degrees),
        asked=False,
    ),
    Question(
        name="longitude",
        asks="How far east is it?",
        help="Degrees east, like 170.504.",
        reads=_plain(reading.read_degrees),
        asked=False,
        needed=_always,
        fits=lambda answers: answers["latitude"] is not None,
    ),
    _text(
        "point",
        "What is the point of?",
        "What the coordinates are the point of, like city or town hall.",
        asked=False,
        needed=_always,
        fits=lambda answers: answers["latitude"] is not None,
    ),
    _note("it"),
    _new_id(City, _propose_city_id, "nz-dunedin", "name", "country", holds=_hold_city_id, doubt=_doubt_city),
)
_NEW_CITY: Final = Form(name="city", summary="a place that can be a party", questions=_CITY_QUESTIONS, make=_make_city)


def _city(name: str, asks: str, help_: str, **more: Any) -> Question:
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


def _cities(name: str, asks: str, help_: str, **more: Any) -> Question:
    """A question for cities on record."""
    return Question(
        name=name,
        asks=asks,
        help=f"{help_} Cities on record ('friendcities add city' adds one), with ; between them.",
        reads=lambda text, desk, _: desk.city(text),
        many=True,
        **more,
    )


# Source


def _propose_source_id(desk: Desk, answers: Answers) -> str | None:
    date = answers["published"] or answers["as-of"]
    return ids.source_id(answers["publisher"], answers["address"], date, desk.taken(Source))


def _make_source(answers: Answers, desk: Desk) -> Source:
    del desk
    return Source(
        id=SourceId(answers["id"]),
        kind=answers["kind"],
        publisher=answers["publisher"],
        title=answers["title"],
        authors=answers["authors"] or (),
        published=answers["published"],
        as_of=answers["as-of"],
        seen=answers["seen"],
        language=answers["language"],
        address=answers["address"],
        archived=answers["archived"],
        speaks_for=tuple(city.id for city in answers["speaks-for"] or ()),
        note=answers["note"],
    )


def _first_of_source(text: str) -> dict[str, str]:
    plain = text.strip()
    if "://" in plain:
        return {"address": plain}
    return {"id": plain} if is_id(plain) and "-" in plain else {"title": plain}


_SOURCE: Final = Form(
    name="source",
    summary="an article, an official page, a yearbook: what facts rest on",
    questions=(
        _text("title", "What is its title?", "Its title, as published.", needed=_always, positional=True),
        _text("publisher", "Who published it?", "The newspaper, office or body that published it.", needed=_always),
        _choice("kind", "Who speaks in it?", "What kind of source it is.", SourceKind, needed=_always),
        _cities(
            "speaks-for",
            "For which city does that government speak?",
            "The cities whose government speaks in it.",
            needed=lambda answers: answers["kind"] is SourceKind.CITY_GOVERNMENT,
            fits=lambda answers: answers["kind"] in {SourceKind.CITY_GOVERNMENT, None},
        ),
        _text("authors", "Who wrote it?", "Its authors as printed, with ; between them.", many=True),
        _date("published", "When was it published?", "The day, month or year of publication."),
        _date(
            "as-of",
            "Which date's state of affairs does it describe?",
            "The date whose state of affairs it describes; without one, that of publication.",
            asked=False,
            needed=_always,
            default=lambda _, answers: str(answers["published"] or ""),
        ),
        Question(
            name="language",
            asks="In which language is it?",
            help="Its language, by English name or tag, like Chinese or pt-BR.",
            reads=_plain(reading.read_language),
        ),
        Question(
            name="address",
            asks="What is its address on the web?",
            help="Its address on the web, where it has one: https://…",
            reads=_plain(reading.read_address),
        ),
        Question(
            name="archived",
            asks="What is the address of an archived copy?",
            help="The address of an archived copy.",
            reads=_plain(reading.read_address),
            asked=False,
        ),
        _date(
            "seen",
            "When did you read it?",
            "When it was read; without one, today for a source with an address.",
            asked=False,
            default=lambda desk, answers: "" if answers["address"] is None else str(desk.today),
        ),
        _note("it"),
        _new_id(Source, _propose_source_id, "shine-2023-12-02", "publisher", "as-of"),
    ),
    make=_make_source,
)
_SOURCE_QUESTION: Final = Question(
    name="source",
    asks="Which source says so? (its address, its title or its id)",
    help="The source that says so: by its id, its address or its title. One that is not on record is added.",
    reads=lambda text, desk, _: desk.source(text),
    needed=_always,
    shown=lambda desk: tuple(sorted(desk.records(Source))),
    form=_SOURCE,
    first=_first_of_source,
)
_LOCATOR: Final = _text(
    "locator",
    "Where in the source does it say so?",
    "Where in the source: like paragraph 4, page 12, row of Porto. (A place to look, no quotation.)",
    needed=_always,
)
_PROOF: Final = (_SOURCE_QUESTION, _LOCATOR)


def _with_evidence(make: Callable[[Answers, Desk], Any]) -> Callable[[Answers, Desk], AnyRecord]:
    """Make a record, and have it and the cities that are new with it rest on the source that was named."""

    def made(answers: Answers, desk: Desk) -> AnyRecord:
        source, locator = answers["source"], answers["locator"]
        for each in list(desk.new()):
            if isinstance(each, City) and not each.evidence:
                desk.add(cited(each, source.id, locator, desk))
        record: AnyRecord = cited(make(answers, desk), source.id, locator, desk)
        return record

    return made


# Partnership


def _hold_second(second: City, desk: Desk, answers: Answers) -> None:
    first: City | None = answers["first"]
    if first is None:
        return
    if first.id == second.id:
        message = f"both are {second.name} ({second.id!r}); a partnership has two different cities"
        raise InvalidQueryError(message, second.id)
    id_ = _pair(first, second)
    now = desk.register.moved[Partnership].get(id_, id_)
    if now in desk.records(Partnership):
        place = desk.place_of(desk.records(Partnership)[now])
    elif now in desk.taken(Partnership):
        place = "a file that cannot be read"
    else:
        return
    message = (
        f"the partnership of {first.name} and {second.name} is on record in {place}, and there is one record a pair; "
        "to say more of it, add a step, or evidence for a step, to that file"
    )
    raise InvalidQueryError(message, id_)


def _pair(one: City, other: City) -> str:
    return "--".join(sorted([one.id, other.id]))


def _make_partnership(answers: Answers, desk: Desk) -> Partnership:
    del desk
    term = None
    if answers["term"] is not None:
        term = Term(text=answers["term"], language=answers["term-language"])
    step = Step(
        date=answers["date"],
        what=answers["what"],
        kind=answers["kind"],
        by=None if answers["by"] is None else answers["by"].id,
        memorandum=None if answers["memorandum"] is None else answers["memorandum"].id,
        term=term,
        note=answers["note"],
    )
    return Partnership(id=PartnershipId(_pair(answers["first"], answers["second"])), steps=(step,))


_PARTNERSHIP: Final = Form(
    name="partnership",
    summary="what ties two cities, and what happened to it; one source at a time",
    questions=(
        _city("first", "Which city?", "One of the two cities.", needed=_always, positional=True),
        _city("second", "And the other city?", "The other city.", needed=_always, positional=True, holds=_hold_second),
        _choice("what", "What happened?", "What happened, as the source has it.", Occurrence, needed=_always),
        _date(
            "date",
            "When did it happen?",
            "When it happened, as precisely as the source says; what is only listed has no date.",
            fits=lambda answers: answers["what"] is not Occurrence.LISTED,
        ),
        _choice(
            "kind",
            "Of what kind is it?",
            "Of what kind the partnership is, by the source's words for it.",
            PartnershipKind,
            needed=_always,
            default=lambda *_: PartnershipKind.UNSPECIFIED.value,
        ),
        _text(
            "term", "What does the source call it, in its own words?", "The source's own word for it, like 友好城市."
        ),
        Question(
            name="term-language",
            asks="In which language is that?",
            help="The language of that word, by English name or tag, like Chinese or zh-Hans.",
            reads=_plain(reading.read_language),
            needed=_always,
            fits=lambda answers: answers["term"] is not None,
        ),
        Question(
            name="by",
            asks="Which of the two acted alone?",
            help="The one of the two that acted, where only one did.",
            reads=lambda text, desk, _: desk.city(text),
            asked=False,
        ),
        Question(
            name="memorandum",
            asks="On which memorandum does it rest?",
            help="The id of the memorandum on record that it rests on.",
            reads=lambda text, desk, _: desk.memorandum(text),
            asked=False,
        ),
        _note("it"),
        *_PROOF,
    ),
    make=_with_evidence(_make_partnership),
)

# Memorandum


def _read_organisation(text: str, desk: Desk, answers: Answers) -> Party:
    """An organisation, and behind an @ the city that it belongs to."""
    del answers
    name, _, city = (part.strip() for part in text.partition("@"))
    return Party(organisation=reading.read_text(name), of=desk.city(city).id if city else None)


def _signing(answers: Answers) -> list[str]:
    """The cities of a memorandum, for its id."""
    signed = [city.id for city in answers["cities"] or ()]
    of = [party.of for party in answers["organisations"] or () if party.of is not None]
    return sorted(dict.fromkeys(signed or of))


def _propose_memorandum_id(desk: Desk, answers: Answers) -> str | None:
    date = answers["signed"]
    if date is None and answers["source"] is not None:
        date = answers["source"].published or answers["source"].as_of
    parts = _signing(answers) or [ids.slug(party.organisation) for party in (answers["organisations"] or ())[:1]]
    return (
        ids.joined_id([*parts, str(date.year) if date else ""], desk.taken(Memorandum))
        if all(parts) and parts
        else None
    )


def _make_memorandum(answers: Answers, desk: Desk) -> Memorandum:
    del desk
    signatories = (*(Party(city=city.id) for city in answers["cities"] or ()), *(answers["organisations"] or ()))
    number = answers["documents"]
    return Memorandum(
        id=MemorandumId(answers["id"]),
        instrument=answers["instrument"],
        signatories=signatories,
        documents=None if number is None else Count(of="documents", number=number),
        signed=answers["signed"],
        period=_period(answers),
        subject=answers["subject"],
        note=answers["note"],
    )


def _period(answers: Answers) -> Period | None:
    start, end, stated = answers["start"], answers["end"], answers.get("stated")
    return None if start is end is stated is None else Period(start=start, end=end, stated=stated)


_START: Final = _date("start", "From when?", "When it begins.", past=False)
_END: Final = _date("end", "Until when?", "When it ends, its last day, month or year.", past=False, after="start")
_MEMORANDUM: Final = Form(
    name="memorandum",
    summary="a signed document",
    questions=(
        _choice("instrument", "What was signed?", "What kind of document it is.", Instrument, needed=_always),
        _cities("cities", "Which cities signed it themselves?", "The cities that signed it."),
        Question(
            name="organisations",
            asks="Which organisations signed it?",
            help="Organisations that signed, with ; between them; behind an @ the city of each, where the source says "
            "it: Port of Porto @ Porto.",
            reads=_read_organisation,
            many=True,
            needed=lambda answers: not answers["cities"],
        ),
        _date("signed", "When was it signed?", "The day, month or year of signing."),
        _text("subject", "What is it about?", "Its subject, in a few words of ours."),
        Question(
            name="documents",
            asks="How many documents?",
            help="How many documents there are, where the source tells of several.",
            reads=_plain(reading.read_number),
            asked=False,
        ),
        evolve(_START, asked=False),
        evolve(_END, asked=False),
        _note("it"),
        *_PROOF,
        _new_id(Memorandum, _propose_memorandum_id, "cn-shanghai-ve-carabobo-2023", "source"),
    ),
    make=_with_evidence(_make_memorandum),
)

# Official


def _hold_office(city: City, desk: Desk, answers: Answers) -> None:
    for each in desk.records(Official).values():
        if fold(each.name) == fold(answers["name"] or "") and city.id in each.cities:
            message = (
                f"{each.name} is on record, with an office in {city.name}, in {desk.place_of(each)}; "
                "to say more of them, add an office, or evidence for one, to that file"
            )
            raise InvalidQueryError(message, each.name)


def _propose_official_id(desk: Desk, answers: Answers) -> str | None:
    return ids.person_id(answers["name"], answers["city"].country, desk.taken(Official))


def _make_official(answers: Answers, desk: Desk) -> Official:
    office = Office(
        title=answers["title"],
        body=answers["body"],
        city=answers["city"].id,
        seen=answers["seen"],
        start=answers["start"],
        end=answers["end"],
    )
    office = cited(office, answers["source"].id, answers["locator"], desk)
    return Official(id=OfficialId(answers["id"]), name=answers["name"], offices=(office,), note=answers["note"])


_OFFICIAL: Final = Form(
    name="official",
    summary="a person and an office that they hold or held",
    questions=(
        _text(
            "name",
            "What is their name?",
            "Their name, in the source's order and spelling.",
            needed=_always,
            positional=True,
        ),
        _city(
            "city",
            "In which city do they hold office?",
            "The city whose office it is.",
            needed=_always,
            holds=_hold_office,
        ),
        _text("title", "What is their title?", "The title as stated, like mayor or vice mayor.", needed=_always),
        _text("body", "In which body?", "The council, office or party in which it is held, where the source says so."),
        _date("seen", "When does the source show them in it?", "A date on which the source shows them in office."),
        _date("start", "When did they take office?", "When they took office.", asked=False),
        _date("end", "When did they leave it?", "When they left office.", asked=False, after="start"),
        _note("them"),
        *_PROOF,
        _new_id(Official, _propose_official_id, "nz-jules-radich", "name", "city"),
    ),
    make=_with_evidence(_make_official),
)

# Statistic


def _propose_statistic_id(desk: Desk, answers: Answers) -> str | None:
    period = _period(answers)
    when = "" if period is None else ids.span(period)
    basis = "forecast" if answers["basis"] is Basis.FORECAST else ""
    parts = [answers["city"].id, answers["measure"].replace("_", "-"), when, basis]
    return ids.joined_id(parts, desk.taken(Statistic))


def _make_statistic(answers: Answers, desk: Desk) -> Statistic:
    del desk
    change = None
    if answers["change-percent"] is not None:
        against = Period(start=answers["change-start"], end=answers["change-end"])
        change = Change(percent=answers["change-percent"], against=against)
    return Statistic(
        id=StatisticId(answers["id"]),
        city=answers["city"].id,
        measure=answers["measure"],
        value=answers["value"],
        bound=answers["bound"],
        unit=answers["unit"],
        period=_period(answers),  # type: ignore[arg-type]  # one of its questions needs an answer
        change=change,
        basis=answers["basis"],
        said_by=None if answers["said-by"] is None else answers["said-by"].id,
        note=answers["note"],
    )


def _has_change(answers: Answers) -> bool:
    return answers["change-percent"] is not None


_SAID_BY: Final = Question(
    name="said-by",
    asks="Which official said it?",
    help="The official on record who said it, by name or id ('friendcities add official' adds one).",
    reads=lambda text, desk, _: desk.official(text),
)
_STATISTIC: Final = Form(
    name="statistic",
    summary="a number that somebody said about a city",
    questions=(
        _city("city", "Which city is it about?", "The city it is about.", needed=_always, positional=True),
        Question(
            name="measure",
            asks="What is measured?",
            help="What is measured, in a few English words, like new foreign ventures.",
            reads=_plain(reading.read_slug),
            needed=_always,
            shown=lambda desk: tuple(sorted({each.measure for each in desk.records(Statistic).values()})),
        ),
        Question(
            name="value",
            asks="What is its value?",
            help="The number in full, in figures, with a point before decimals and no commas: 24000000000.",
            reads=_plain(reading.read_decimal),
            needed=_always,
        ),
        _choice(
            "bound",
            "How exact is that?",
            "How the number bounds the true one: more than, about …",
            Bound,
            needed=_always,
            default=lambda *_: Bound.EXACTLY.value,
        ),
        Question(
            name="unit",
            asks="Of what? (a currency like USD, or what is counted)",
            help="The unit: a currency code like USD, or what is counted, like inhabitants.",
            reads=_plain(reading.read_unit),
            needed=_always,
            shown=lambda desk: tuple(sorted({each.unit for each in desk.records(Statistic).values()})),
        ),
        _START,
        _END,
        _text(
            "stated",
            "How does the source put the time?",
            "The time in the source's few words, like three consecutive years.",
            needed=lambda answers: answers["start"] is None and answers["end"] is None,
        ),
        _choice(
            "basis",
            "Is it what was, or what is expected?",
            "Whether it tells what was or what is expected.",
            Basis,
            needed=_always,
            default=lambda *_: Basis.REPORTED.value,
        ),
        _SAID_BY,
        Question(
            name="change-percent",
            asks="By how many percent is it up?",
            help="By how many percent it is up, or with a minus down, on another period.",
            reads=_plain(reading.read_decimal),
            asked=False,
        ),
        _date(
            "change-start",
            "Up on what time, from when?",
            "When the period begins that it is compared with.",
            asked=False,
            needed=_has_change,
            fits=_has_change,
        ),
        _date(
            "change-end",
            "And until when?",
            "When the period ends that it is compared with.",
            after="change-start",
            asked=False,
            needed=_has_change,
            fits=_has_change,
        ),
        _note("it"),
        *_PROOF,
        _new_id(Statistic, _propose_statistic_id, "cn-shanghai-population-2020", "city", "measure"),
    ),
    make=_with_evidence(_make_statistic),
)

# Event


def _make_event(answers: Answers, desk: Desk) -> Event:
    source, locator = answers["source"].id, answers["locator"]
    return Event(
        id=EventId(answers["id"]),
        name=answers["name"],
        period=Period(start=answers["start"], end=answers["end"] or answers["start"]),
        place=answers["place"].id,
        organisers=answers["organisers"] or (),
        participants=tuple(
            cited(Participant(city=city.id), source, locator, desk) for city in answers["participants"] or ()
        ),
        note=answers["note"],
    )


def _propose_event_id(desk: Desk, answers: Answers) -> str | None:
    words = ids.slug(answers["name"].replace(str(answers["start"].year), ""))
    return ids.joined_id([str(answers["start"].year), words], desk.taken(Event)) if words else None


_EVENT: Final = Form(
    name="event",
    summary="a meeting of cities; taking part is no partnership",
    questions=(
        _text("name", "What is its name?", "Its name, in English.", needed=_always, positional=True),
        _city("place", "Where was it?", "The city where it was.", needed=_always),
        _date("start", "When was it, or when did it begin?", "Its day, or its first.", needed=_always),
        _date("end", "When did it end?", "Its last day; without one, the first.", after="start"),
        _text("organisers", "Who held it?", "Who held it, as stated, with ; between them.", many=True),
        _cities("participants", "Which cities took part?", "The cities that are known to have taken part."),
        _note("it"),
        *_PROOF,
        _new_id(Event, _propose_event_id, "2023-shanghai-friendship-cities-forum", "name", "start"),
    ),
    make=_with_evidence(_make_event),
)

# Cooperation


def _make_cooperation(answers: Answers, desk: Desk) -> Cooperation:
    del desk
    return Cooperation(
        id=CooperationId(answers["id"]),
        summary=answers["summary"],
        area=answers["area"],
        cities=tuple(city.id for city in answers["cities"]),
        parties=answers["organisations"] or (),
        period=_period(answers),
        stage=answers["stage"],
        said_by=None if answers["said-by"] is None else answers["said-by"].id,
        note=answers["note"],
    )


def _propose_cooperation_id(desk: Desk, answers: Answers) -> str | None:
    parts = [*sorted(city.id for city in answers["cities"])[:2], answers["area"].replace("_", "-")]
    return ids.joined_id(parts, desk.taken(Cooperation))


_COOPERATION: Final = Form(
    name="cooperation",
    summary="something concrete between partners: an investment, a shipment of buses",
    questions=(
        _text("summary", "What is it?", "What it is, in a few words of ours.", needed=_always, positional=True),
        Question(
            name="area",
            asks="In which area?",
            help="Its area in a word or two, like investment or public transport.",
            reads=_plain(reading.read_slug),
            needed=_always,
            shown=lambda desk: tuple(sorted({each.area for each in desk.records(Cooperation).values()})),
        ),
        _cities("cities", "Which cities does it concern?", "The cities it concerns.", needed=_always),
        Question(
            name="organisations",
            asks="Which organisations take part?",
            help="Organisations that take part, with ; between them; behind an @ the city of each.",
            reads=_read_organisation,
            many=True,
        ),
        _START,
        _END,
        _choice(
            "stage", "Is it told as a fact or an intention?", "Whether it is a fact or a plan.", Stage, needed=_always
        ),
        _SAID_BY,
        _note("it"),
        *_PROOF,
        _new_id(Cooperation, _propose_cooperation_id, "shanghai-dunedin-education", "cities", "area"),
    ),
    make=_with_evidence(_make_cooperation),
)

FORMS: Final[Mapping[str, Form]] = MappingProxyType(
    {
        form.name: form
        for form in (
            _PARTNERSHIP,
            Form(
                name="city",
                summary="a place that can be a party: a municipality, a district, a state",
                questions=(*_CITY_QUESTIONS[:-1], *_PROOF, _CITY_QUESTIONS[-1]),
                make=_with_evidence(_make_city),
            ),
            _SOURCE,
            _MEMORANDUM,
            _OFFICIAL,
            _STATISTIC,
            _EVENT,
            _COOPERATION,
        )
    }
)
"""The forms, by what they add."""
