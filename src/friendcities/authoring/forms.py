"""The forms for the types of records."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, TypeVar, cast

from attrs import evolve

from friendcities import model
from friendcities.authoring.form_declarations import DECLARED, Answers, ExistingRecordError, Form, make_question
from friendcities.authoring.ids import format_period, join_id, make_id_in_country, make_source_id, make_words
from friendcities.authoring.known_records import Session
from friendcities.authoring.parse_answers import (
    check_place,
    find_constituent_country,
    find_subdivisions,
    is_address,
    parse_address,
    parse_subdivision,
)
from friendcities.errors import InvalidQueryError
from friendcities.model.field_spec import claim_specs, field_specs, is_empty
from friendcities.model.format_values import format_value
from friendcities.model.grammar import is_city_id, is_id
from friendcities.model.record import Record
from friendcities.names.countries import countries_called
from friendcities.names.normalize import fold

R = TypeVar("R", bound=Record)
T = TypeVar("T")
_SUBDIVISION_STANDARD: Final = model.SourceId("iso-3166-2")
"""The source for the codes of subdivisions, if this record exists."""


def _build_with_evidence(build: Callable[[Answers, Session], Any]) -> Callable[[Answers, Session], model.AnyRecord]:
    """Wrap a function that builds a record. The wrapper cites the source in the record and in new cities."""

    def build_and_cite(answers: Answers, session: Session) -> model.AnyRecord:
        source, locator = answers["source"].id, answers["locator"]
        for record in list(session.new_records()):
            if isinstance(record, model.City) and not record.evidence:
                session.add(_add_evidence(record, source, locator, session))
        built: model.AnyRecord = _add_evidence(build(answers, session), source, locator, session)
        return built

    return build_and_cite


def _add_evidence(record: R, source: model.SourceId, locator: str, session: Session) -> R:
    """Add evidence for every field that has a value. In a partnership, the steps get the evidence.

    The code of a subdivision cites another source: the standard ISO 3166-2.
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


def build_record(cls: type[T], answers: Answers, **values: Any) -> T:
    """Build a record from values and answers. Each answer is stored in the field with the same name as the question.

    Records in the answers are replaced by ids.
    """
    for spec in field_specs(cls):
        answer = answers.get(spec.name.replace("_", "-"))
        if spec.name not in values and answer is not None:
            values[spec.name] = tuple(map(_id_of, answer)) if isinstance(answer, tuple) else _id_of(answer)
    return cls(**values)


def _id_of(answer: Any) -> Any:
    return getattr(answer, "id", answer) if isinstance(answer, Record) else answer


def _make_period(answers: Answers) -> model.Period | None:
    """Make a period from the answers; ``None`` if no answer describes a period."""
    start, end, wording = answers["start"], answers["end"], answers.get("wording")
    return None if start is end is wording is None else model.Period(start=start, end=end, wording=wording)


def _parse_subdivision(text: str, _: Session, answers: Answers) -> str | None:
    """Parse a subdivision; ``None`` if the text is the name of the country."""
    country = answers["country"]
    is_country = country in countries_called(text) and find_constituent_country(text) is None
    return None if is_country else parse_subdivision(text, country)


def _propose_city_id(answers: Answers, taken: set[str]) -> str | None:
    return make_id_in_country(answers["name"], answers["country"], taken, answers["subdivision"])


def _doubt_new_city(session: Session, answers: Answers) -> str:
    """Return a warning if the country has a city with a similar name."""
    name, country = answers["name"], answers["country"]
    if name is None or country is None:
        return ""
    same, similar = session.find_similar_city(name, country)
    hint = "if you mean another place, choose another id"
    if similar:
        return f"did you mean {similar.name}, {country} ({similar.id!r})? This city is on record; {hint}"
    id_ = _propose_city_id(answers, session.taken_ids(model.City))
    if same and (id_ is None or answers["subdivision"] in {None, same.subdivision}):
        return f"{same.name}, {country} is already on record ({same.id!r}); {hint}"
    return ""


def _validate_city_name(name: str, *_args: object) -> None:
    """Reject a name with a country, such as "Porto, Portugal"."""
    alone, _, place = (part.strip() for part in name.rpartition(","))
    if alone and place and countries_called(place):
        message = f"{name!r} contains a country; write {alone!r}, and give the country in the answer about the country"
        raise InvalidQueryError(message, name)


def _validate_city_id(id_: str, _: Session, answers: Answers) -> None:
    country = answers["country"]
    if country is not None and not (is_city_id(id_) and id_.startswith(f"{country.lower()}-")):
        message = f"invalid id {id_!r} of a city in {country}; expected an id such as '{country.lower()}-name'"
        raise InvalidQueryError(message, id_)


def _build_city(answers: Answers, _: Session) -> model.City:
    name, language, kind = (answers[f"other-name{suffix}"] for suffix in ("", "-language", "-kind"))
    return build_record(
        model.City,
        answers,
        names=() if name is None else (model.Name(text=name, language=language, kind=kind),),
        coordinates=None if answers["latitude"] is None else build_record(model.Coordinates, answers),
        identifiers=model.FrozenMap({} if answers["wikidata"] is None else {"wikidata": answers["wikidata"]}),
    )


def _split_place(text: str) -> tuple[str, str]:
    name, _, place = (part.strip() for part in text.rpartition(","))
    return (name, place) if name else (place, "")


def _prefill_city(text: str) -> dict[str, str]:
    """Read the name and an unambiguous place from a text such as "Porto, Portugal"."""
    name, place = _split_place(text)
    known = {"name" if fold(name).isascii() else "other-name": name}
    if not place:
        return known
    constituent = _prefill_constituent_country(place)
    if constituent:
        return known | constituent
    countries = countries_called(place)
    if len(countries) == 1 and not _find_subdivisions_elsewhere(place):
        return known | {"country": next(iter(countries))}
    check_place(place)
    return known | {"subdivision": place}


def _prefill_constituent_country(text: str) -> dict[str, str]:
    """Return the answers about country and subdivision for a place such as "Scotland"."""
    found = find_constituent_country(text)
    return {} if found is None else {"country": found[0], "subdivision": found[1]}


def _explain_place(text: str) -> dict[str, str]:
    """List the meanings of an ambiguous place, such as "Georgia"."""
    _, place = _split_place(text)
    meanings = {**countries_called(place), **_find_subdivisions_elsewhere(place)} if countries_called(place) else {}
    if len(meanings) < 2:  # noqa: PLR2004 - one meaning is not ambiguous
        return {}
    listed = " or ".join(f"{name} ({code})" for code, name in meanings.items())
    countries = ", ".join(sorted({code[:2] for code in meanings}))
    return {"country": f"{place!r} can mean {listed}; write the country, one of {countries}"}


def _find_subdivisions_elsewhere(place: str) -> dict[str, str]:
    """Find subdivisions by name or code, such as US-GA for "Georgia"."""
    countries = countries_called(place)
    return {code: name for code, name in find_subdivisions(place).items() if code[:2] not in countries}


def _prefill_source(text: str) -> dict[str, str]:
    plain = text.strip()
    if is_address(plain):
        return {"url": parse_address(plain)}
    return {"id": plain} if is_id(plain) and "-" in plain else {"title": plain}


def _validate_title(title: str, *_args: object) -> None:
    """Reject a title that is a web address."""
    if is_address(title):
        message = f"invalid title {title!r}; expected the published title, not a web address"
        raise InvalidQueryError(message, title)


def _validate_second_city(second: model.City, session: Session, answers: Answers) -> None:
    """Reject a second city that equals the first city, and a recorded partnership."""
    first: model.City | None = answers["first"]
    if first is None:
        return
    if first.id == second.id:
        message = f"both cities are {second.name} ({second.id!r}); expected two different cities"
        raise InvalidQueryError(message, second.id)
    id_ = _make_partnership_id(first, second)
    current_id = session.tree.moved_ids[model.Partnership].get(id_, id_)
    if current_id not in session.taken_ids(model.Partnership):
        return
    existing: model.Partnership | None = session.records(model.Partnership).get(current_id)
    pair = f"the partnership of {first.name} and {second.name} is already on record in"
    if existing is None:
        message = f"{pair} a file that cannot be read; run 'friendcities check'"
        raise ExistingRecordError(message, id_)
    message = (
        f"{pair} {session.describe_place(existing)} ({format_value(existing.steps)}); to correct a value or to add a "
        f"source, run 'friendcities correct {current_id}'; to add a step, edit the file of the record"
    )
    raise ExistingRecordError(message, id_)


def _make_partnership_id(one: model.City, other: model.City) -> model.PartnershipId:
    return model.PartnershipId("--".join(sorted([one.id, other.id])))


def _build_partnership(answers: Answers, _: Session) -> model.Partnership:
    term = answers["term"]
    source_term = None if term is None else model.SourceTerm(text=term, language=answers["term-language"])
    step = build_record(model.Step, answers, term=source_term)
    return model.Partnership(id=_make_partnership_id(answers["first"], answers["second"]), steps=(step,))


def _propose_memorandum_id(answers: Answers, taken: set[str]) -> str | None:
    """Propose an id from the year and the cities. If no city signs, use the organisations and their cities."""
    source, parties = answers["source"], answers["organisations"] or ()
    date = answers["signed"] or source.published or source.as_of
    cities = {city.id for city in answers["cities"] or ()} or {each.based_in for each in parties} - {None}
    names = sorted(cities) or [make_words(party.organisation) for party in parties[:1]]
    year = str(date.year) if date else ""
    return join_id([*names, year], taken) if names and all(names) else None


def _build_memorandum(answers: Answers, _: Session) -> model.Memorandum:
    number = answers["documents"]
    cities = (model.Party(city=city.id) for city in answers["cities"] or ())
    return build_record(
        model.Memorandum,
        answers,
        signatories=(*cities, *(answers["organisations"] or ())),
        documents=None if number is None else model.StatedCount(counted="documents", number=number),
        period=_make_period(answers),
    )


def _reject_second_office(city: model.City, session: Session, answers: Answers) -> None:
    for official in session.records(model.Official).values():
        if fold(official.name) == fold(answers["name"] or "") and city.id in official.cities:
            message = (
                f"{official.name} is already on record with an office in {city.name}, in "
                f"{session.describe_place(official)}; add an office, or evidence for an office, to that file"
            )
            raise ExistingRecordError(message, official.name)


def _build_official(answers: Answers, session: Session) -> model.Official:
    office = build_record(model.Office, answers, note=None)
    office = _add_evidence(office, answers["source"].id, answers["locator"], session)
    return build_record(model.Official, answers, offices=(office,))


def _propose_statistic_id(answers: Answers, taken: set[str]) -> str:
    period = _make_period(answers)
    when = "" if period is None else format_period(period)
    basis = "forecast" if answers["basis"] is model.StatisticBasis.FORECAST else ""
    measure = answers["measure"].replace("_", "-")
    return join_id([answers["city"].id, measure, when, basis], taken)


def _build_statistic(answers: Answers, _: Session) -> model.Statistic:
    change = None
    if answers["change-percent"] is not None:
        compared_with = model.Period(start=answers["change-start"], end=answers["change-end"])
        change = model.StatisticChange(percent=answers["change-percent"], compared_with=compared_with)
    return build_record(model.Statistic, answers, period=_make_period(answers), change=change)


def _build_event(answers: Answers, session: Session) -> model.Event:
    source, locator = answers["source"].id, answers["locator"]
    participants = (model.Participant(city=city.id) for city in answers["participants"] or ())
    return build_record(
        model.Event,
        answers,
        period=model.Period(start=answers["start"], end=answers["end"] or answers["start"]),
        participants=tuple(_add_evidence(each, source, locator, session) for each in participants),
    )


def _propose_event_id(answers: Answers, taken: set[str]) -> str | None:
    year = str(answers["start"].year)
    words = make_words(answers["name"].replace(year, ""))
    return join_id([year, words], taken) if words else None


def _build_cooperation(answers: Answers, _: Session) -> model.Cooperation:
    parties = answers["organisations"] or ()
    return build_record(model.Cooperation, answers, parties=parties, period=_make_period(answers))


def _propose_cooperation_id(answers: Answers, taken: set[str]) -> str:
    cities = sorted(city.id for city in answers["cities"])[:2]
    return join_id([*cities, answers["area"].replace("_", "-")], taken)


def _build_coverage(answers: Answers, _: Session) -> model.Coverage:
    number = answers["count"]
    count = None if number is None else model.StatedCount(counted="partners", number=number)
    return build_record(model.Coverage, answers, stated_count=count)


def _build_source(answers: Answers, _: Session) -> model.Source:
    return build_record(model.Source, answers, address=answers["url"])


_BUILD: Final[Mapping[str, Callable[[Answers, Session], Any]]] = {
    "partnership": _build_partnership,
    "city": _build_city,
    "source": _build_source,
    "memorandum": _build_memorandum,
    "official": _build_official,
    "statistic": _build_statistic,
    "event": _build_event,
    "cooperation": _build_cooperation,
    "coverage": _build_coverage,
}
"""The function that builds the record of each form, without evidence."""
_SPEAKS: Final = model.SourceKind.CITY_GOVERNMENT
_CODE: Final[Mapping[str, Mapping[str, Any]]] = {
    "partnership.second": {"validate": _validate_second_city},
    "partnership.date": {"applies": lambda answers: answers["action"] is not model.StepAction.LISTED},
    "city.name": {"validate": _validate_city_name},
    "city.country": {"prefill": _prefill_constituent_country},
    "city.subdivision": {"parse": _parse_subdivision},
    "city.id": {"validate": _validate_city_id, "doubt": _doubt_new_city, "propose": _propose_city_id},
    "source.speaks-for": {
        "required_when": lambda answers: answers["kind"] is _SPEAKS,
        "applies": lambda answers: answers["kind"] in {_SPEAKS, None},
    },
    "source.title": {"validate": _validate_title},
    "source.as-of": {
        "default": lambda _, answers: str(answers["published"] or ""),
        "asked_when": lambda answers: answers["published"] is None,
    },
    "source.accessed": {"default": lambda session, answers: str(session.today) if answers["url"] else ""},
    "source.id": {
        "propose": lambda answers, taken: make_source_id(
            answers["publisher"], answers["url"], answers["published"] or answers["as-of"], taken
        )
    },
    "memorandum.organisations": {"required_when": lambda answers: not answers["cities"]},
    "memorandum.id": {"propose": _propose_memorandum_id},
    "official.city": {"validate": _reject_second_office},
    "official.id": {
        "propose": lambda answers, taken: make_id_in_country(answers["name"], answers["city"].country, taken)
    },
    "statistic.wording": {"required_when": lambda answers: answers["start"] is None and answers["end"] is None},
    "statistic.id": {"propose": _propose_statistic_id},
    "event.id": {"propose": _propose_event_id},
    "cooperation.id": {"propose": _propose_cooperation_id},
    "coverage.id": {
        "propose": lambda answers, taken: join_id([answers["city"].id, str(answers["as-of"])], taken),
    },
}
"""The attributes of questions that need code, by form and question."""


def _make_form(name: str, new: Mapping[str, Mapping[str, Any]], *, cited: bool = True) -> Form:
    """Make a form."""
    declared = dict(DECLARED[name])
    id_ = {"id": declared.pop("id")} if "id" in declared else {}
    declared |= {"note": {}} | ({"source": {}, "locator": {}} if cited else {}) | id_
    questions = []
    for each, keys in declared.items():
        keys_ = DECLARED["shared"].get(each, {}) | keys
        code = {**new.get(keys_.get("new", ""), {}), **_CODE.get(f"{name}.{each}", {})}
        questions.append(make_question(getattr(model, name.title()), each, keys_, **code))
    build = _build_with_evidence(_BUILD[name]) if cited else _BUILD[name]
    return Form(name=name, summary=DECLARED["summaries"][name], questions=tuple(questions), build=build)


NEW: Final = {
    "city": {
        "form": _make_form("city", {}, cited=False),
        "prefill": _prefill_city,
        "explain_ambiguity": _explain_place,
    },
    "source": {
        "form": _make_form("source", {}, cited=False),
        "prefill": _prefill_source,
        "suggest": lambda session: tuple(sorted(session.records(model.Source))),
    },
}
"""The attributes of questions for records that may be new, by record type."""
FORMS: Final[Mapping[str, Form]] = MappingProxyType(
    {name: _make_form(name, NEW, cited=name != "source") for name in DECLARED["summaries"]}
)
"""The forms by record type."""
