"""Classes for questions and forms. The texts of the questions are in ``forms.toml``."""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from functools import partial
from importlib.resources import files
from typing import Any, Final

from attrs import frozen

from friendcities import model
from friendcities.authoring import parse_answers
from friendcities.authoring.known_records import Session
from friendcities.errors import InvalidQueryError, on_one_line
from friendcities.model import AnyRecord, PartialDate, Party
from friendcities.model.dates import parse_date

DECLARED: Final = tomllib.loads(files("friendcities.authoring").joinpath("forms.toml").read_text("utf-8"))
Answers = Mapping[str, Any]
"""The answers to earlier questions, by question name; ``None`` for a skipped question."""


class IncompleteFormError(InvalidQueryError):
    """Answers are missing or invalid. The message has a line for each missing or invalid answer."""

    @property
    def shell_message(self) -> str:
        """The message with escaped control characters."""
        return "\n".join(map(on_one_line, str(self).split("\n")))


class ExistingRecordError(InvalidQueryError):
    """The answers describe an existing record, so no more answers are needed."""


@frozen(kw_only=True, eq=False)
class Question:
    """A question of a form."""

    name: str
    """The name of the question and of its option."""
    prompt: str
    """The text of the question; ``{name}`` stands for an earlier answer."""
    help: str
    """The help text, which states what to answer."""
    parse: Callable[[str, Session, Answers], Any]
    """Parses the text of an answer; raises InvalidQueryError or LookupFailedError."""
    validate: Callable[[Any, Session, Answers], None] = lambda *_: None
    """Raises InvalidQueryError if the parsed answer does not fit the earlier answers or the records."""
    required: bool = False
    """Whether an answer is required."""
    required_when: Callable[[Answers], bool] = lambda _: False
    """Whether an answer is required because of earlier answers."""
    applies: Callable[[Answers], bool] = lambda _: True
    """Whether the question makes sense after the earlier answers."""
    default: Callable[[Session, Answers], str] = lambda *_: ""
    """The answer that is used if a person presses Enter."""
    doubt: Callable[[Session, Answers], str] = lambda *_: ""
    """Why a person must confirm the default answer; an empty text if no confirmation is needed."""
    suggest: Callable[[Session], tuple[str, ...]] = lambda _: ()
    """Examples of answers for the help text."""
    vocabulary: type[StrEnum] | None = None
    """The vocabulary of the possible answers, if there is one."""
    metavar: str = "TEXT"
    """The placeholder for the answer in the help text."""
    asked: bool = True
    """Whether people are always asked. Otherwise, a question is asked only if it is required and has no default."""
    asked_when: Callable[[Answers], bool] = lambda _: False
    """Whether the question is asked because of earlier answers, even if ``asked`` is not set."""
    flag: bool = False
    """Whether the option has no value and means yes."""
    context: Callable[[Session, Answers], Iterable[str]] = lambda *_: ()
    """Lines of information to show before the question."""
    many: bool = False
    """Whether several answers are possible, separated by semicolons."""
    positional: bool = False
    """Whether the answer is a positional argument on the command line. Such an argument is required."""
    form: "Form | None" = None
    """The form for a new record. The options of this form start with the name of the question."""
    prefill: Callable[[str], dict[str, str]] = lambda _: {}
    """Other answers that the text contains. They are for the inner form; if there is none, for later questions."""
    explain_ambiguity: Callable[[str], dict[str, str]] = lambda _: {}
    """The meanings of an ambiguous text. The keys are questions of the inner form that decide which is meant."""

    def is_required(self, answers: Answers) -> bool:
        """Whether an answer is required."""
        return self.required or self.positional or self.required_when(answers)


@frozen(kw_only=True, eq=False)
class Form:
    """The questions for a record of one type."""

    name: str
    """The name of the record type."""
    summary: str
    """One line that describes records of this type."""
    questions: tuple[Question, ...]
    build: Callable[[Answers, Session], AnyRecord]
    """Builds the record from the answers."""
    warn: Callable[[Answers], Iterable[str]] = lambda _: ()
    """Lines of warnings to show before the record is written."""

    def options(self, prefix: str = "") -> Iterator[tuple[str, Question]]:
        """Yield the option and the question for every question, including questions of inner forms."""
        for each in self.questions:
            name = f"{prefix}{each.name}"
            yield name, each
            if each.form is not None:
                yield from each.form.options(f"{name}-")


def make_question(cls: type[AnyRecord], name: str, declared: Mapping[str, Any], **code: Any) -> Question:
    """Make a question from its declaration in ``forms.toml``."""
    keys: dict[str, Any] = {"required": "vocabulary" in declared, **declared}
    type_ = keys.pop("new", keys.pop("type", "text"))
    after, future = keys.pop("after", ""), keys.pop("future", False)
    keys["help"] += _HELP.get("new city" if declared.get("new") == "city" else type_, "")
    keys["many"] = keys.get("many", type_ == "cities")
    keys["metavar"] = _METAVARS.get(type_, "VALUE" if "vocabulary" in declared else type_.upper())
    if needs := keys.pop("needs", ""):
        keys["applies"] = is_answered(needs)
    if keys.pop("suggest", False):
        keys["suggest"] = lambda session: _field_values(session, cls, name)
    if default := keys.pop("default", ""):
        keys["default"] = lambda *_: default
    parse = _PARSERS.get(type_)
    if "vocabulary" in keys:
        vocabulary = keys["vocabulary"] = getattr(model, keys["vocabulary"])
        parse = _parse_alone(partial(parse_answers.parse_choice, vocabulary=vocabulary))
    elif type_ == "date":
        parse = partial(_parse_date, after=after, may_be_future=future)
    elif type_ == "id":
        parse = partial(_parse_new_id, cls)
        keys |= _id_keys(cls, keys.pop("made_of"), code.pop("propose"))
        keys["help"] = keys["help"].format(like=keys.pop("like"))
    return Question(name=name, **{"parse": parse, **keys, **code})


def is_answered(name: str) -> Callable[[Answers], bool]:
    """Make a function that tests whether a question has an answer."""
    return lambda answers: answers[name] is not None


def _id_keys(
    cls: type[AnyRecord], made_of: list[str], propose: Callable[[Answers, set[str]], str | None]
) -> dict[str, Any]:
    """Return the keys for the question about an id."""

    def has_parts(answers: Answers) -> bool:
        return all(answers[name] is not None for name in made_of)

    def make_default(session: Session, answers: Answers) -> str:
        return (propose(answers, session.taken_ids(cls)) if has_parts(answers) else None) or ""

    return {"required_when": has_parts, "default": make_default}


def _field_values(session: Session, cls: type[AnyRecord], field: str) -> tuple[str, ...]:
    return tuple(sorted({getattr(record, field) for record in session.records(cls).values()}))


def _parse_date(text: str, session: Session, answers: Answers, *, after: str, may_be_future: bool) -> PartialDate:
    """Parse a date. The date must not be earlier than the answer to the question ``after``."""
    date = parse_date(text)
    if not may_be_future and date.earliest > session.tree.today:
        message = f"{date} is in the future; expected a past date"
        raise InvalidQueryError(message, text)
    start: PartialDate | None = answers.get(after)
    if start is not None and date.latest < start.earliest:
        message = f"{date} is before the start {start}; expected a later date"
        raise InvalidQueryError(message, text)
    return date


def _parse_new_id(cls: type[AnyRecord], text: str, session: Session, _: Answers) -> str:
    id_ = parse_answers.parse_id(text)
    if id_ in session.taken_ids(cls):
        message = f"another {cls.__name__.lower()} has or had the id {id_!r}; choose another id"
        raise InvalidQueryError(message, text)
    return id_


def _parse_organisation(text: str, session: Session, _: Answers) -> Party:
    """Parse an organisation, such as "Port of Porto @ Porto"."""
    name, _mark, city = (part.strip() for part in text.partition("@"))
    return Party(organisation=parse_answers.parse_text(name), based_in=session.city(city).id if city else None)


def _parse_alone(parse: Callable[[str], Any]) -> Callable[[str, Session, Answers], Any]:
    """Make a parser from a function that needs only the text."""
    return lambda text, *_: parse(text)


_HELP: Final = {
    "new city": " Give a name, an id, or a name and country such as 'Dunedin, New Zealand'.",
    "cities": " Separate cities by semicolons. To add a city, run 'friendcities add city'.",
    "date": " Write a date such as 1994, October 1994 or 21 October 1994.",
}
"""The text that is added to the help of every question of a type."""
_METAVARS: Final = {
    "city-name": "TEXT",
    "slug": "WORDS",
    "wikidata": "QID",
    "address": "URL",
    "decimal": "NUMBER",
    "memorandum": "ID",
    "yes-or-no": "YES_OR_NO",
}
"""The placeholders in the help text that differ from the type of the answer."""
_PARSERS: Final[Mapping[str, Callable[[str, Session, Answers], Any]]] = {
    "text": _parse_alone(parse_answers.parse_text),
    "city-name": _parse_alone(parse_answers.parse_city_name),
    "country": _parse_alone(parse_answers.parse_country),
    "language": _parse_alone(parse_answers.parse_language),
    "wikidata": _parse_alone(parse_answers.parse_wikidata_id),
    "address": _parse_alone(parse_answers.parse_address),
    "degrees": _parse_alone(parse_answers.parse_degrees),
    "decimal": _parse_alone(parse_answers.parse_decimal),
    "number": _parse_alone(parse_answers.parse_number),
    "slug": _parse_alone(parse_answers.parse_slug),
    "unit": _parse_alone(parse_answers.parse_unit),
    "yes-or-no": _parse_alone(parse_answers.parse_yes_or_no),
    "organisation": _parse_organisation,
    "city": lambda text, session, _: session.city(text),
    "cities": lambda text, session, _: session.city(text),
    "source": lambda text, session, _: session.source(text),
    "official": lambda text, session, _: session.official(text),
    "memorandum": lambda text, session, _: session.memorandum(text),
}
"""The parsers by type of answer. The question sets the parser of a vocabulary, a date or an id."""


def describe_value(member: StrEnum) -> str:
    """Return the description of a vocabulary value.

    Example:
        >>> from friendcities import StepAction
        >>> describe_value(StepAction.ESTABLISHED)
        'established: the partnership came into force'
    """
    meaning = DECLARED["meanings"].get(member.value, "")
    return f"{member.value}: {meaning}" if meaning else member.value
