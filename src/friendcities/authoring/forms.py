"""The forms for the types of records."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, TypeVar, cast

from attrs import evolve

from friendcities import model
from friendcities.authoring import questions as q
from friendcities.authoring.ids import format_period, join_id, make_city_id, make_person_id, make_source_id, make_words
from friendcities.authoring.parse_answers import (
    find_subdivisions,
    parse_address,
    parse_choice,
    parse_country,
    parse_decimal,
    parse_degrees,
    parse_language,
    parse_number,
    parse_slug,
    parse_subdivision,
    parse_unit,
    parse_wikidata_id,
    parse_yes_or_no,
)
from friendcities.authoring.questions import Form
from friendcities.authoring.session import Session
from friendcities.errors import InvalidQueryError
from friendcities.model.field_spec import claim_specs, is_empty
from friendcities.model.grammar import is_city_id, is_id
from friendcities.model.record import Record
from friendcities.names.countries import countries_called
from friendcities.names.normalize import fold

R = TypeVar("R", bound=Record)
_SUBDIVISION_STANDARD: Final = model.SourceId("iso-3166-2")
"""The source, if it exists, for subdivision codes."""


def _build_with_evidence(build: Callable[[q.Answers, Session], Any]) -> Callable[[q.Answers, Session], model.AnyRecord]:
    """Build a record, and add the named source as evidence to it and to the cities that are new with it."""

    def build_and_cite(answers: q.Answers, session: Session) -> model.AnyRecord:
        source, locator = answers["source"].id, answers["locator"]
        for record in list(session.new_records()):
            if isinstance(record, model.City) and not record.evidence:
                session.add(_add_evidence(record, source, locator, session))
        built: model.AnyRecord = _add_evidence(build(answers, session), source, locator, session)
        return built

    return build_and_cite


def _add_evidence(record: R, source: model.SourceId, locator: str, session: Session) -> R:
    """Add evidence for every field that is filled in, of a partnership for those of its steps.

    For the code of a subdivision it is the standard itself.
    """
    plain = cast("Any", record)  # type checkers do not see that records are classes of attrs
    if isinstance(record, model.Partnership):
        steps = tuple(_add_evidence(step, source, locator, session) for step in record.steps)
        return cast("R", evolve(plain, steps=steps))
    values = {name: (getattr(record, name), spec.default) for name, spec in claim_specs(type(record)).items()}
    filled = [name for name, (value, default) in values.items() if not is_empty(value) and value != default]
    has_standard = source != _SUBDIVISION_STANDARD and _SUBDIVISION_STANDARD in session.records(model.Source)
    extra = []
    if isinstance(record, model.City) and record.subdivision is not None and has_standard:
        filled.remove("subdivision")
        supports = ("country", "subdivision")
        extra = [model.Evidence(source=_SUBDIVISION_STANDARD, locator=record.subdivision, supports=supports)]
    main = model.Evidence(source=source, locator=locator, supports=tuple(filled))
    return cast("R", evolve(plain, evidence=(main, *extra)))


def _make_form(
    name: str, summary: str, build: Callable[[q.Answers, Session], model.AnyRecord], texts: str, *questions: q.Question
) -> q.Form:
    """Make the form for records that carry evidence."""
    return q.Form(
        name=name, summary=summary, questions=q.add_texts(texts, *questions), build=_build_with_evidence(build)
    )


def _parse_subdivision(text: str, _: Session, answers: q.Answers) -> str | None:
    """The subdivision; ``None`` if the text names the country itself, as after a city."""
    country = answers["country"]
    return None if country in countries_called(text) else parse_subdivision(text, country)


def _propose_city_id(session: Session, answers: q.Answers) -> str | None:
    return make_city_id(answers["name"], answers["country"], answers["subdivision"], session.taken_ids(model.City))


def _doubt_new_city(session: Session, answers: q.Answers) -> str:
    """Name the existing city of the country that has the same or a similar name."""
    name, country = answers["name"], answers["country"]
    if name is None or country is None:
        return ""
    same, similar = session.find_similar_city(name, country)
    hint = "another place needs an id of its own"
    if similar:
        return f"did you mean {similar.name}, {country} ({similar.id!r})? it is on record; {hint}"
    if same and (_propose_city_id(session, answers) is None or answers["subdivision"] in {None, same.subdivision}):
        return f"{same.name}, {country} is on record already ({same.id!r}); {hint}"
    return ""


def _validate_city_name(name: str, *_args: object) -> None:
    """Reject a name with the country behind it."""
    alone, _, place = (part.strip() for part in name.rpartition(","))
    if alone and place and countries_called(place):
        message = f"{name!r} is more than its name; write {alone!r}, and the rest where it is asked for"
        raise InvalidQueryError(message, name)


def _validate_city_id(id_: str, _: Session, answers: q.Answers) -> None:
    country = answers["country"]
    if country is not None and not (is_city_id(id_) and id_.startswith(f"{country.lower()}-")):
        message = f"{id_!r} is no id of a city in {country}; write one like '{country.lower()}-name'"
        raise InvalidQueryError(message, id_)


def _build_city(answers: q.Answers, _: Session) -> model.City:
    """Build a city from the answers."""
    name, language, kind = (answers[f"other-name{suffix}"] for suffix in ("", "-language", "-kind"))
    return q.build_record(
        model.City,
        answers,
        names=() if name is None else (model.Name(text=name, language=language, kind=kind),),
        coordinates=None if answers["latitude"] is None else q.build_record(model.Coordinates, answers),
        identifiers=model.FrozenMap({} if answers["wikidata"] is None else {"wikidata": answers["wikidata"]}),
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


_CITY_TEXTS: Final = """
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
_CITY_QUESTIONS: Final = q.add_texts(
    _CITY_TEXTS,
    q.text_question("name", required=True, positional=True, validate=_validate_city_name),
    q.text_question("country", parse_country, required=True),
    q.Question(name="subdivision", parse=_parse_subdivision, applies=q.is_answered("country")),
    q.choice_question("level", model.Level),
    q.text_question("other-name"),
    q.text_question("other-name-language", parse_language, required=True, applies=q.is_answered("other-name")),
    q.choice_question("other-name-kind", model.NameKind, applies=q.is_answered("other-name")),
    q.record_question("part-of", Session.city, asked=False),
    q.text_question("wikidata", parse_wikidata_id, asked=False),
    q.text_question("latitude", parse_degrees, asked=False),
    q.text_question("longitude", parse_degrees, asked=False, required=True, applies=q.is_answered("latitude")),
    q.text_question("point", asked=False, required=True, applies=q.is_answered("latitude")),
    q.note_question("it"),
    q.id_question(
        model.City, _propose_city_id, "nz-dunedin", "name", "country", validate=_validate_city_id, doubt=_doubt_new_city
    ),
)
_NEW_CITY: Final = q.Form(
    name="city", summary="a place that can be a party", questions=_CITY_QUESTIONS, build=_build_city
)


def _city_question(name: str, **more: Any) -> q.Question:
    """A question for an existing or new city."""
    return q.record_question(
        name,
        Session.city,
        help=" By any of its names, by id, or as 'Dunedin, New Zealand'.",
        form=_NEW_CITY,
        prefill=_prefill_city,
        explain_ambiguity=_explain_place,
        **more,
    )


def _cities_question(name: str, **more: Any) -> q.Question:
    """A question for existing cities."""
    help_ = " Cities on record ('friendcities add city' adds one), with ; between them."
    return q.record_question(name, Session.city, help=help_, many=True, **more)


def _propose_source_id(session: Session, answers: q.Answers) -> str | None:
    date = answers["published"] or answers["as-of"]
    return make_source_id(answers["publisher"], answers["url"], date, session.taken_ids(model.Source))


def _prefill_source(text: str) -> dict[str, str]:
    plain = text.strip()
    if "://" in plain:
        return {"url": plain}
    return {"id": plain} if is_id(plain) and "-" in plain else {"title": plain}


_SOURCE_TEXTS: Final = """
title: What is its title? | Its title, as published.
publisher: Who published it? | The newspaper, office or body that published it.
kind: Who speaks in it? | What kind of source it is.
speaks-for: For which city does that government speak? | The cities whose government speaks in it.
authors: Who wrote it? | Its authors as printed, with ; between them.
published: When was it published? | The day, month or year of publication.
as-of: Which date's state of affairs does it describe? | The date whose state of affairs it describes; without one, that
  of publication.
language: In which language is it? | Its language, by English name or tag, like Chinese or pt-BR.
url: What is its address on the web? | Its address on the web, where it has one: https://…
archived: What is the address of an archived copy? | The address of an archived copy.
accessed: When did you read it? | When it was read; without one, today for a source with an address.
"""
_SOURCE: Final = q.Form(
    name="source",
    summary="an article, an official page, a yearbook: what facts rest on",
    questions=q.add_texts(
        _SOURCE_TEXTS,
        q.text_question("title", required=True, positional=True),
        q.text_question("publisher", required=True),
        q.choice_question("kind", model.SourceKind),
        _cities_question(
            "speaks-for",
            required_when=lambda answers: answers["kind"] is model.SourceKind.CITY_GOVERNMENT,
            applies=lambda answers: answers["kind"] in {model.SourceKind.CITY_GOVERNMENT, None},
        ),
        q.text_question("authors", many=True),
        q.date_question("published"),
        q.date_question(
            "as-of", asked=False, required=True, default=lambda _, answers: str(answers["published"] or "")
        ),
        q.text_question("language", parse_language),
        q.text_question("url", parse_address),
        q.text_question("archived", parse_address, asked=False),
        q.date_question(
            "accessed",
            asked=False,
            default=lambda session, answers: "" if answers["url"] is None else str(session.today),
        ),
        q.note_question("it"),
        q.id_question(model.Source, _propose_source_id, "shine-2023-12-02", "publisher", "as-of"),
    ),
    build=lambda answers, _: q.build_record(model.Source, answers, address=answers["url"]),
)
_CITATION_TEXTS: Final = """
source: Which source says so? (its address, its title or its id) | The source that says so: by its id, its address or
  its title. One that is not on record is added.
locator: Where in the source does it say so? | Where in the source: like paragraph 4, page 12, row of Porto. (A place to
  look, no quotation.)
"""
_SOURCE_QUESTIONS: Final = q.add_texts(
    _CITATION_TEXTS,
    q.record_question(
        "source",
        Session.source,
        required=True,
        suggest=lambda session: tuple(sorted(session.records(model.Source))),
        form=_SOURCE,
        prefill=_prefill_source,
    ),
    q.text_question("locator", required=True),
)
"""The questions for the source of a fact, and for the place in it."""


def _validate_second_city(second: model.City, session: Session, answers: q.Answers) -> None:
    """Reject the same city, and a pair that has a partnership already."""
    first: model.City | None = answers["first"]
    if first is None:
        return
    if first.id == second.id:
        message = f"both are {second.name} ({second.id!r}); a partnership has two different cities"
        raise InvalidQueryError(message, second.id)
    id_ = _make_partnership_id(first, second)
    current_id = session.tree.moved_ids[model.Partnership].get(id_, id_)
    if current_id not in session.taken_ids(model.Partnership):
        return
    existing = session.records(model.Partnership).get(current_id)
    place = "a file that cannot be read" if existing is None else session.describe_place(existing)
    message = (
        f"the partnership of {first.name} and {second.name} is on record in {place}, and there is one record a pair; "
        "to say more of it, add a step, or evidence for a step, to that file"
    )
    raise InvalidQueryError(message, id_)


def _make_partnership_id(one: model.City, other: model.City) -> model.PartnershipId:
    return model.PartnershipId("--".join(sorted([one.id, other.id])))


def _build_partnership(answers: q.Answers, _: Session) -> model.Partnership:
    term = answers["term"]
    source_term = None if term is None else model.SourceTerm(text=term, language=answers["term-language"])
    step = q.build_record(model.Step, answers, term=source_term)
    return model.Partnership(id=_make_partnership_id(answers["first"], answers["second"]), steps=(step,))


_PARTNERSHIP_TEXTS: Final = """
first: Which city? | One of the two cities.
second: And the other city? | The other city.
action: What happened? | What happened, as the source has it.
date: When did it happen? | When it happened, as precisely as the source says; what is only listed has no date.
kind: Of what kind is it? | Of what kind the partnership is, by the source's words for it.
term: What does the source call it, in its own words? | The source's own word for it, like 友好城市.
term-language: In which language is that? | The language of that word, by English name or tag, like Chinese or zh-Hans.
initiator: Which of the two acted alone? | The one of the two that acted, where only one did.
memorandum: On which memorandum does it rest? | The id of the memorandum on record that it rests on.
"""
_PARTNERSHIP: Final = _make_form(
    "partnership",
    "what ties two cities, and what happened to it; one source at a time",
    _build_partnership,
    _PARTNERSHIP_TEXTS,
    _city_question("first", required=True, positional=True),
    _city_question("second", required=True, positional=True, validate=_validate_second_city),
    q.choice_question("action", model.StepAction),
    q.date_question("date", applies=lambda answers: answers["action"] is not model.StepAction.LISTED),
    q.choice_question("kind", model.PartnershipKind, default=model.PartnershipKind.UNSPECIFIED),
    q.text_question("term"),
    q.text_question("term-language", parse_language, required=True, applies=q.is_answered("term")),
    q.record_question("initiator", Session.city, asked=False),
    q.record_question("memorandum", Session.memorandum, asked=False),
    q.note_question("it"),
    *_SOURCE_QUESTIONS,
)


def _propose_memorandum_id(session: Session, answers: q.Answers) -> str | None:
    """Cities that signed, else those of the organisations, else the first organisation; and the year."""
    date, source, parties = answers["signed"], answers["source"], answers["organisations"] or ()
    if date is None and source is not None:
        date = source.published or source.as_of
    cities = {city.id for city in answers["cities"] or ()} or {each.based_in for each in parties} - {None}
    names = sorted(cities) or [make_words(party.organisation) for party in parties[:1]]
    year = str(date.year) if date else ""
    return join_id([*names, year], session.taken_ids(model.Memorandum)) if names and all(names) else None


def _build_memorandum(answers: q.Answers, _: Session) -> model.Memorandum:
    number = answers["documents"]
    cities = (model.Party(city=city.id) for city in answers["cities"] or ())
    return q.build_record(
        model.Memorandum,
        answers,
        signatories=(*cities, *(answers["organisations"] or ())),
        documents=None if number is None else model.StatedCount(counted="documents", number=number),
        period=q.make_period(answers),
    )


_MEMORANDUM_TEXTS: Final = """
kind: What was signed? | What kind of document it is.
cities: Which cities signed it themselves? | The cities that signed it.
organisations: Which organisations signed it? | Organisations that signed, with ; between them; behind an @ the city of
  each, where the source says it: Port of Porto @ Porto.
signed: When was it signed? | The day, month or year of signing.
subject: What is it about? | Its subject, in a few words of ours.
documents: How many documents? | How many documents there are, where the source states several.
"""
_MEMORANDUM: Final = _make_form(
    "memorandum",
    "a signed document",
    _build_memorandum,
    _MEMORANDUM_TEXTS,
    q.choice_question("kind", model.DocumentKind),
    _cities_question("cities"),
    q.Question(
        name="organisations",
        parse=q.parse_organisation,
        many=True,
        required_when=lambda answers: not answers["cities"],
    ),
    q.date_question("signed"),
    q.text_question("subject"),
    q.text_question("documents", parse_number, asked=False),
    evolve(q.START, asked=False),
    evolve(q.END, asked=False),
    q.note_question("it"),
    *_SOURCE_QUESTIONS,
    q.id_question(model.Memorandum, _propose_memorandum_id, "cn-shanghai-ve-carabobo-2023", "source"),
)


def _validate_office_city(city: model.City, session: Session, answers: q.Answers) -> None:
    """Reject a person who has an office in the city already."""
    for official in session.records(model.Official).values():
        if fold(official.name) == fold(answers["name"] or "") and city.id in official.cities:
            message = (
                f"{official.name} is on record, with an office in {city.name}, in {session.describe_place(official)}; "
                "to say more of them, add an office, or evidence for one, to that file"
            )
            raise InvalidQueryError(message, official.name)


def _propose_official_id(session: Session, answers: q.Answers) -> str | None:
    return make_person_id(answers["name"], answers["city"].country, session.taken_ids(model.Official))


def _build_official(answers: q.Answers, session: Session) -> model.Official:
    office = q.build_record(model.Office, answers, note=None)
    office = _add_evidence(office, answers["source"].id, answers["locator"], session)
    return q.build_record(model.Official, answers, offices=(office,))


_OFFICIAL_TEXTS: Final = """
name: What is their name? | Their name, in the source's order and spelling.
city: In which city do they hold office? | The city whose office it is.
title: What is their title? | The title as stated, like mayor or vice mayor.
body: In which body? | The council, office or party in which it is held, where the source says so.
attested: When does the source show them in it? | A date on which the source shows them in office.
start: When did they take office? | When they took office.
end: When did they leave it? | When they left office.
"""
_OFFICIAL: Final = _make_form(
    "official",
    "a person and an office that they hold or held",
    _build_official,
    _OFFICIAL_TEXTS,
    q.text_question("name", required=True, positional=True),
    _city_question("city", required=True, validate=_validate_office_city),
    q.text_question("title", required=True),
    q.text_question("body"),
    q.date_question("attested"),
    q.date_question("start", asked=False),
    q.date_question("end", asked=False, after="start"),
    q.note_question("them"),
    *_SOURCE_QUESTIONS,
    q.id_question(model.Official, _propose_official_id, "nz-jules-radich", "name", "city"),
)


def _propose_statistic_id(session: Session, answers: q.Answers) -> str | None:
    period = q.make_period(answers)
    when = "" if period is None else format_period(period)
    basis = "forecast" if answers["basis"] is model.StatisticBasis.FORECAST else ""
    measure = answers["measure"].replace("_", "-")
    return join_id([answers["city"].id, measure, when, basis], session.taken_ids(model.Statistic))


def _build_statistic(answers: q.Answers, _: Session) -> model.Statistic:
    change = None
    if answers["change-percent"] is not None:
        compared_with = model.Period(start=answers["change-start"], end=answers["change-end"])
        change = model.StatisticChange(percent=answers["change-percent"], compared_with=compared_with)
    return q.build_record(model.Statistic, answers, period=q.make_period(answers), change=change)


_HAS_CHANGE: Final = q.is_answered("change-percent")
_STATISTIC_TEXTS: Final = """
city: Which city is it about? | The city it is about.
measure: What is measured? | What is measured, in a few English words, like new foreign ventures.
value: What is its value? | The number in full, in figures, with a point before decimals and no commas: 24000000000.
qualifier: How exact is that? | How the number bounds the true one: more than, about …
unit: Of what? (a currency like USD, or what is counted) | The unit: a currency code like USD, or what is counted, like
  inhabitants.
wording: How does the source put the time? | The time in the source's few words, like three consecutive years.
basis: Is it what was, or what is expected? | Whether it states what was or what is expected.
change-percent: By how many percent is it up? | By how many percent it is up, or with a minus down, on another period.
change-start: Up on what time, from when? | When the period begins that it is compared with.
change-end: And until when? | When the period ends that it is compared with.
"""
_STATISTIC: Final = _make_form(
    "statistic",
    "a number that somebody said about a city",
    _build_statistic,
    _STATISTIC_TEXTS,
    _city_question("city", required=True, positional=True),
    q.text_question(
        "measure",
        parse_slug,
        required=True,
        suggest=q.suggest_values(model.Statistic, "measure"),
    ),
    q.text_question("value", parse_decimal, required=True),
    q.choice_question("qualifier", model.ValueQualifier, default=model.ValueQualifier.EXACTLY),
    q.text_question(
        "unit",
        parse_unit,
        required=True,
        suggest=q.suggest_values(model.Statistic, "unit"),
    ),
    q.START,
    q.END,
    q.text_question("wording", required_when=lambda answers: answers["start"] is None and answers["end"] is None),
    q.choice_question("basis", model.StatisticBasis, default=model.StatisticBasis.REPORTED),
    q.STATED_BY,
    q.text_question("change-percent", parse_decimal, asked=False),
    q.date_question(
        "change-start",
        asked=False,
        required_when=_HAS_CHANGE,
        applies=_HAS_CHANGE,
    ),
    q.date_question(
        "change-end",
        after="change-start",
        asked=False,
        required_when=_HAS_CHANGE,
        applies=_HAS_CHANGE,
    ),
    q.note_question("it"),
    *_SOURCE_QUESTIONS,
    q.id_question(model.Statistic, _propose_statistic_id, "cn-shanghai-population-2020", "city", "measure"),
)


def _build_event(answers: q.Answers, session: Session) -> model.Event:
    source, locator = answers["source"].id, answers["locator"]
    participants = (model.Participant(city=city.id) for city in answers["participants"] or ())
    return q.build_record(
        model.Event,
        answers,
        period=model.Period(start=answers["start"], end=answers["end"] or answers["start"]),
        participants=tuple(_add_evidence(each, source, locator, session) for each in participants),
    )


def _propose_event_id(session: Session, answers: q.Answers) -> str | None:
    year = str(answers["start"].year)
    words = make_words(answers["name"].replace(year, ""))
    return join_id([year, words], session.taken_ids(model.Event)) if words else None


_EVENT_TEXTS: Final = """
name: What is its name? | Its name, in English.
place: Where was it? | The city where it was.
start: When was it, or when did it begin? | Its day, or its first.
end: When did it end? | Its last day; without one, the first.
organisers: Who held it? | Who held it, as stated, with ; between them.
participants: Which cities took part? | The cities that are known to have taken part.
"""
_EVENT: Final = _make_form(
    "event",
    "a meeting of cities; taking part is no partnership",
    _build_event,
    _EVENT_TEXTS,
    q.text_question("name", required=True, positional=True),
    _city_question("place", required=True),
    q.date_question("start", required=True),
    q.date_question("end", after="start"),
    q.text_question("organisers", many=True),
    _cities_question("participants"),
    q.note_question("it"),
    *_SOURCE_QUESTIONS,
    q.id_question(model.Event, _propose_event_id, "2023-shanghai-friendship-cities-forum", "name", "start"),
)


def _build_cooperation(answers: q.Answers, _: Session) -> model.Cooperation:
    parties = answers["organisations"] or ()
    return q.build_record(model.Cooperation, answers, parties=parties, period=q.make_period(answers))


def _propose_cooperation_id(session: Session, answers: q.Answers) -> str | None:
    cities = sorted(city.id for city in answers["cities"])[:2]
    return join_id([*cities, answers["area"].replace("_", "-")], session.taken_ids(model.Cooperation))


_COOPERATION_TEXTS: Final = """
summary: What is it? | What it is, in a few words of ours.
area: In which area? | Its area in a word or two, like investment or public transport.
cities: Which cities does it concern? | The cities it concerns.
organisations: Which organisations take part? | Organisations that take part, with ; between them; behind an @ the city
  of each.
stage: Is it stated as a fact or an intention? | Whether it is a fact or a plan.
"""
_COOPERATION: Final = _make_form(
    "cooperation",
    "something concrete between partners: an investment, a shipment of buses",
    _build_cooperation,
    _COOPERATION_TEXTS,
    q.text_question("summary", required=True, positional=True),
    q.text_question(
        "area",
        parse_slug,
        required=True,
        suggest=q.suggest_values(model.Cooperation, "area"),
    ),
    _cities_question("cities", required=True),
    q.Question(name="organisations", parse=q.parse_organisation, many=True),
    q.START,
    q.END,
    q.choice_question("stage", model.CooperationStage),
    q.STATED_BY,
    q.note_question("it"),
    *_SOURCE_QUESTIONS,
    q.id_question(model.Cooperation, _propose_cooperation_id, "shanghai-dunedin-education", "cities", "area"),
)


def _build_coverage(answers: q.Answers, _: Session) -> model.Coverage:
    number = answers["count"]
    count = None if number is None else model.StatedCount(counted="partners", number=number)
    return q.build_record(model.Coverage, answers, stated_count=count)


def _propose_coverage_id(session: Session, answers: q.Answers) -> str | None:
    return join_id([answers["city"].id, str(answers["as-of"])], session.taken_ids(model.Coverage))


_COVERAGE_TEXTS: Final = """
city: Which city is it about? | The city whose partnerships it is about.
completeness: How complete are its partnerships here? | How complete the dataset is for it, once your records are added.
kinds: Only for some kinds? | The kinds of partnership that it is about, with ; between them; without any, all kinds.
include-parts: Are those of its districts counted too? | Whether it is also about the partnerships of its districts: yes
  or no.
as-of: Of which date is that? | The date whose state of affairs it describes.
count: How many partners does the city state? | The number of partners that the city itself states.
"""
_COVERAGE: Final = _make_form(
    "coverage",
    "how complete the partnerships of a city are, and how many it states",
    _build_coverage,
    _COVERAGE_TEXTS,
    _city_question("city", required=True, positional=True),
    q.choice_question("completeness", model.Completeness),
    q.Question(name="kinds", parse=lambda text, *_: parse_choice(text, model.PartnershipKind), many=True, asked=False),
    q.text_question("include-parts", parse_yes_or_no, required=True, default=lambda *_: "no"),
    q.date_question("as-of", required=True),
    q.text_question("count", parse_number),
    q.note_question("it"),
    *_SOURCE_QUESTIONS,
    q.id_question(model.Coverage, _propose_coverage_id, "nz-dunedin-2025", "city", "as-of"),
)
_CITY: Final = Form(
    name="city",
    summary="a place that can be a party: a municipality, a district, a state",
    questions=(*_CITY_QUESTIONS[:-1], *_SOURCE_QUESTIONS, _CITY_QUESTIONS[-1]),
    build=_build_with_evidence(_build_city),
)
_ALL: Final = (_PARTNERSHIP, _CITY, _SOURCE, _MEMORANDUM, _OFFICIAL, _STATISTIC, _EVENT, _COOPERATION, _COVERAGE)
FORMS: Final[Mapping[str, Form]] = MappingProxyType({form.name: form for form in _ALL})
"""The forms by the name of the type."""
