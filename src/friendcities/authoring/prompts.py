"""Fills a form: from options, and where there is somebody to ask, by asking for the rest."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from friendcities.authoring.question import Answers, Form, Question, words_of
from friendcities.authoring.reading import read_flag, split
from friendcities.authoring.session import Desk
from friendcities.errors import (
    AmbiguousCityError,
    FriendcitiesError,
    InvalidQueryError,
    InvalidRecordError,
    LookupFailedError,
    UnknownCityError,
    UnknownRecordError,
)
from friendcities.model import AnyRecord
from friendcities.model.record import short

__all__ = ["Asker", "Talk"]


class Talk(Protocol):
    """Somebody to ask: they answer on one line, and read what they are told."""

    def ask(self, prompt: str) -> str: ...

    def tell(self, text: str) -> None: ...


class _AgainError(FriendcitiesError):
    """They want to answer the question anew."""


class Asker:
    """Fills forms.

    Args:
        desk: Knows what is on record; what the answers make is put there.
        given: What the options say, by their names.
        talk: Whom to ask for the rest; ``None``: nobody.

    Attributes:
        desk: The desk.
        missing: The options without which a form could not be filled.
        wrong: What could not be taken, each a line.
        said: Everything that was answered, by the options that say the same.
    """

    def __init__(self, desk: Desk, given: Mapping[str, Sequence[str]], talk: Talk | None = None) -> None:
        self.desk = desk
        self._given = given
        self._talk = talk
        self.missing: list[tuple[str, Question]] = []
        self.wrong: list[str] = []
        self.said: dict[str, list[str]] = {}
        self._unsure: dict[str, str] = {}

    def fill(self, form: Form) -> AnyRecord:
        """The record that comes of a form; it and what it needed besides is then on the desk.

        Raises:
            InvalidQueryError: If some answers are missing or cannot be taken: all of them at once.
        """
        made = self._make(form, "", {})
        if made is None:
            raise self._refusal(form)
        return made

    def _make(self, form: Form, prefix: str, preset: Mapping[str, str]) -> AnyRecord | None:
        """The record of a form; ``None`` where answers are missing or wrong."""
        faults = len(self.missing) + len(self.wrong)
        answers: dict[str, Any] = {}
        for question in form.questions:
            answers[question.name] = self._answer(question, f"{prefix}{question.name}", preset, answers)
        if len(self.missing) + len(self.wrong) > faults:
            return None
        try:
            made = form.make(answers, self.desk)
        except InvalidRecordError as error:
            self.wrong.extend(str(problem) for problem in error.problems)
            return None
        self.desk.add(made)
        return made

    def _answer(self, question: Question, option: str, preset: Mapping[str, str], answers: Answers) -> Any:
        given = self._given.get(option)
        if not question.fits(answers):
            if given is not None:
                self.wrong.append(f"{_named(option, question)} does not fit the other answers: {question.help}")
            return None
        if given is not None:
            self.said[option] = list(given)
            return self._taken(question, option, list(given), answers)
        default = preset.get(question.name) or question.default(self.desk, answers)
        needed = question.needed(answers)
        doubt = question.doubt(self.desk, answers)
        if doubt:
            self._unsure[option] = doubt
            if self._talk is None:
                default = ""
        doubtful = bool(doubt) and option == question.name  # of one within, they said that it is new
        if self._talk is not None and (question.asked or doubtful or (needed and not default)):
            return self._asked(self._talk, question, option, default, answers)
        if default:
            return self._taken(question, option, [default], answers)
        if needed:
            self.missing.append((option, question))
        return None

    def _taken(self, question: Question, option: str, given: list[str], answers: Answers) -> Any:
        """What options say; what cannot be taken is noted, or asked anew."""
        try:
            return self._read(question, option, given, answers)
        except _AgainError:
            error = None
        except (InvalidQueryError, LookupFailedError) as raised:
            error = raised
        if self._talk is None:
            self.wrong.append(f"{_named(option, question)}: {error}")
            return None
        if error is not None:
            self._talk.tell(f"  {error}")
        return self._asked(self._talk, question, option, "", answers)

    def _asked(self, talk: Talk, question: Question, option: str, default: str, answers: Answers) -> Any:
        if option in self._unsure:
            talk.tell(f"  {self._unsure[option]}")
        self._show_choices(talk, question)
        how = " (a number or a word)" if question.vocabulary is not None else ""
        shown = how + (f" [{default}]" if default else "" if question.needed(answers) else " (Enter: skip)")
        while True:
            line = talk.ask(f"{question.asks.format_map(answers)}{shown} ").strip() or default
            if line == "?":
                self._explain(talk, question)
            elif line:
                if line != default:
                    self.said[option] = [line]
                try:
                    return self._read(question, option, [line], answers)
                except _AgainError:
                    continue
                except (InvalidQueryError, LookupFailedError) as error:
                    talk.tell(f"  {error}")
            elif question.needed(answers):
                talk.tell(f"  This is needed. {question.help}")
            else:
                self.said.pop(option, None)
                return None

    def _read(self, question: Question, option: str, texts: list[str], answers: Answers) -> Any:
        if question.many:
            parts = [part for text in texts for part in split(text)]
            value: Any = tuple(self._one(question, option, part, answers) for part in parts)
        else:
            value = self._one(question, option, texts[-1], answers)
        if value is not None:
            question.holds(value, self.desk, answers)
        return value

    def _one(self, question: Question, option: str, text: str, answers: Answers) -> Any:
        if question.form is None:
            return question.reads(text, self.desk, answers)
        more = sorted(name for name in self._given if name.startswith(f"{option}-"))
        try:
            found = question.reads(text, self.desk, answers)
        except (UnknownCityError, UnknownRecordError, AmbiguousCityError) as error:
            if isinstance(error, AmbiguousCityError) and not more:
                raise
            self._agree(question, option, text, error, asked_for=bool(more))
        else:
            if not self._is_another(question.form, option, found):
                if self._talk is not None:
                    self._talk.tell(f"  On record: {found!r}")
                elif more:
                    listed = " and ".join(f"--{name}" for name in more)
                    message = f"{short(text)} is on record ({found.id!r}); leave out {listed}, or name another"
                    raise InvalidQueryError(message, text)
                return found
        self._unsure |= {f"{option}-{name}": why for name, why in question.unsure(text).items()}
        return self._make(question.form, f"{option}-", question.first(text))

    def _is_another(self, form: Form, option: str, found: AnyRecord) -> bool:
        """Whether options ask for another record than the one on record that is called the same."""
        told: dict[str, Any] = {}
        for question in form.questions:
            given = self._given.get(f"{option}-{question.name}")
            if given is not None and question.name in {"id", "country", "subdivision"}:
                country = {"country": getattr(found, "country", "")}
                told[question.name] = question.reads(given[-1], self.desk, {**country, **told})
        return any(value != getattr(found, name) for name, value in told.items())

    def _agree(self, question: Question, option: str, text: str, error: LookupFailedError, *, asked_for: bool) -> None:
        """Go on only where what is not on record is to be added."""
        form = question.form
        if form is None or asked_for:
            return
        if self._talk is None:
            needed = self._needed(form, option, question.first(text))
            why = "".join(f"; {each}" for each in question.unsure(text).values())
            message = f"{_short(error)}; to add a new {form.name}, give {needed}{why}"
            raise InvalidQueryError(message, text, error.candidates)
        if error.candidates:
            self._talk.tell(f"  {error}")
        default = "n" if error.candidates else "y"
        if not confirmed(self._talk, f"  {text!r} is not on record. Add it as a new {form.name}?", default):
            raise _AgainError

    @staticmethod
    def _needed(form: Form, option: str, known: Mapping[str, str]) -> str:
        """The options without which a form cannot be filled, where this is known already."""
        nothing = dict.fromkeys(each.name for each in form.questions)
        needed = [each.name for each in form.questions if each.asked and each.fits(nothing) and each.needed(nothing)]
        return " and ".join(f"--{option}-{name}" for name in needed if name not in known)

    def _show_choices(self, talk: Talk, question: Question) -> None:
        if question.vocabulary is not None:
            talk.tell("")
            for number, member in enumerate(question.vocabulary, 1):
                talk.tell(f"  {number:2} {words_of(member)}")

    def _explain(self, talk: Talk, question: Question) -> None:
        talk.tell(f"  {question.help}")
        self._show_choices(talk, question)
        shown = question.shown(self.desk)
        if shown:
            talk.tell("  On record: " + "; ".join(shown))

    def _refusal(self, form: Form) -> InvalidQueryError:
        lines = [
            *self.wrong,
            *(
                f"{_named(each, question)} is missing: {self._unsure.get(each, question.help)}"
                for each, question in self.missing
            ),
        ]
        message = f"the {form.name} cannot be added like this; nothing was written\n" + "\n".join(
            f"  {line}" for line in lines
        )
        return InvalidQueryError(message, candidates=[option for option, _ in self.missing])


def _named(option: str, question: Question) -> str:
    """An answer as the command line names it."""
    return option.upper() if question.positional and "-" not in option else f"--{option}"


def _short(error: LookupFailedError) -> str:
    """What an error says, without the hint for who asks in Python."""
    return str(error) if error.candidates else str(error).rpartition("; ")[0] or str(error)


def confirmed(talk: Talk, question: str, default: str) -> bool:
    """Whether they say yes; Enter says the default."""
    shown = "[Y/n]" if default == "y" else "[y/N]"
    while True:
        try:
            return read_flag(talk.ask(f"{question} {shown} ").strip() or default)
        except InvalidQueryError as error:
            talk.tell(f"  {error}")
