"""Fills in a form from options, and asks a person for the missing answers."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, Final, Protocol

from attrs import evolve

from friendcities.authoring.form_declarations import (
    Answers,
    ExistingRecordError,
    Form,
    IncompleteFormError,
    Question,
    describe_value,
)
from friendcities.authoring.known_records import Session, Snapshot
from friendcities.authoring.parse_answers import parse_yes_or_no, split_list
from friendcities.errors import (
    AmbiguousCityError,
    FriendcitiesError,
    InvalidQueryError,
    InvalidRecordError,
    LookupFailedError,
    on_one_line,
)
from friendcities.model import AnyRecord
from friendcities.model.record import short

BACK: Final = "back"
"""The answer that returns to the previous question."""
_State = tuple[Snapshot, tuple[str, ...], dict[str, list[str]], dict[str, str]]
"""The new records, the invalid answers, the given texts and the explanations of ambiguities."""


class Dialog(Protocol):
    """A dialog with a person. The dialog shows text and reads one-line answers."""

    def ask(self, prompt: str) -> str: ...

    def show(self, text: str) -> None: ...


class _AskAgainError(FriendcitiesError):
    """The question must be asked again."""


class _GoBackError(FriendcitiesError):
    """The previous question must be asked again."""


class FormFiller:
    """Fills in forms."""

    def __init__(self, session: Session, given: Mapping[str, Sequence[str]], dialog: Dialog | None = None) -> None:
        self.session = session
        self._given = given
        self._dialog = dialog
        self.missing: list[tuple[str, Question]] = []  # required options without an answer
        self.invalid: list[str] = []  # errors in the answers
        self.answered: dict[str, list[str]] = {}  # the texts of all answers, by option
        self.warnings: list[str] = []  # shown before the records are written
        self._ambiguities: dict[str, str] = {}
        self._number_asked = 0

    def fill(self, form: Form) -> AnyRecord:
        """Build the record of a form. The record and the other new records are added to the session.

        Raises:
            InvalidQueryError: If answers are missing or invalid. The message lists all problems.
        """
        record = self.fill_in(form, "", {})
        if record is None:
            missing = (
                f"{_format_flag(option, question)} is missing: {self._ambiguities.get(option, question.help)}"
                for option, question in self.missing
            )
            lines = (f"\n  {on_one_line(line)}" for line in (*self.invalid, *missing))
            message = f"cannot add the {form.name}; nothing was written{''.join(lines)}"
            raise IncompleteFormError(message, candidates=[option for option, _ in self.missing])
        return record

    def fill_in(self, form: Form, prefix: str, prefilled: Mapping[str, str]) -> AnyRecord | None:
        """Build the record of a form; ``None`` if answers are missing or invalid."""
        faults = len(self.missing) + len(self.invalid)
        answers = self._answer_all(form, prefix, prefilled)
        if len(self.missing) + len(self.invalid) > faults:
            return None
        try:
            record = form.build(answers, self.session)
        except InvalidRecordError as error:
            self.invalid.extend(str(problem) for problem in error.problems)
            return None
        self.session.add(record)
        self.warnings.extend(form.warn(answers))
        return record

    def _answer_all(self, form: Form, prefix: str, prefilled: Mapping[str, str]) -> dict[str, Any]:
        """Get the answers to the questions in order. A person can go back to an earlier question."""
        answers: dict[str, Any] = {}
        asked: list[tuple[int, dict[str, Any], Mapping[str, str], _State]] = []
        index = 0
        while index < len(form.questions):
            question, number = form.questions[index], self._number_asked
            option = f"{prefix}{question.name}"
            before = (index, dict(answers), prefilled, self._get_state())
            try:
                answers[question.name] = self._answer(question, option, prefilled, answers)
            except _GoBackError:
                if prefix and not asked:
                    raise _AskAgainError from None  # asks again the question that opened this form
                index, answers, prefilled, state = asked.pop() if asked else before
                self._restore(state)
                continue
            if self._number_asked > number:
                asked.append(before)
            if question.form is None:
                prefilled = {**prefilled, **question.prefill("".join(self.answered.get(option, ())))}
            index += 1
        return answers

    def _get_state(self) -> _State:
        return self.session.snapshot(), tuple(self.invalid), dict(self.answered), dict(self._ambiguities)

    def _restore(self, state: _State) -> None:
        """Restore an earlier state. Answers and records that were added later are discarded."""
        records, invalid, self.answered, self._ambiguities = state
        self.session.restore(records)
        self.invalid[:] = invalid

    def _answer(self, question: Question, option: str, prefilled: Mapping[str, str], answers: Answers) -> Any:
        given = self._given.get(option)
        if not question.applies(answers):
            if given is not None:
                name = _format_flag(option, question)
                self.invalid.append(f"{name} does not apply with the other answers: {question.help}")
            return None
        if given is not None:
            self.answered[option] = list(given)
            return self._parse_given(question, option, list(given), answers)
        default = prefilled.get(question.name) or question.default(self.session, answers)
        is_required = question.is_required(answers)
        doubt = question.doubt(self.session, answers)
        if doubt:
            self._ambiguities[option] = doubt
            if self._dialog is None:
                default = ""
        is_asked = question.asked or question.asked_when(answers)
        is_doubtful = bool(doubt) and option == question.name  # a person confirmed that the inner record is new
        if self._dialog is not None and (is_asked or is_doubtful or (is_required and not default)):
            return self._ask(self._dialog, question, option, default, answers)
        if default:
            return self._parse_given(question, option, [default], answers)
        if is_required:
            self.missing.append((option, question))
        return None

    def _parse_given(self, question: Question, option: str, given: list[str], answers: Answers) -> Any:
        """Parse the texts of an option. If a text is invalid, ask a person; without a dialog, record the error."""
        try:
            return self._parse(question, option, given, answers)
        except _AskAgainError:
            message = ""
        except (InvalidQueryError, LookupFailedError) as error:
            if self._dialog is None and isinstance(error, ExistingRecordError):
                raise
            message = error.shell_message
        if self._dialog is None:
            flag = _format_flag(option, question)
            whole = self.answered.get(option.removesuffix(f"-{question.name}"))
            if option in self._given or whole is None:
                self.invalid.append(f"{flag}: {message}")
            else:  # the text is a part of another answer, such as "Bielefeld, Otago"
                part = short(" ".join(given))
                self.invalid.append(f"{short(' '.join(whole))}: {message}; leave out {part}, or pass {flag}")
            return None
        if message:
            self._dialog.show(f"  {message}")
        return self._ask(self._dialog, question, option, "", answers)

    def _ask(self, dialog: Dialog, question: Question, option: str, default: str, answers: Answers) -> Any:
        """Ask until the answer is valid.

        Raises:
            _GoBackError: If the answer is ``back``.
        """
        self._number_asked += 1
        if option in self._ambiguities:
            dialog.show(f"  {self._ambiguities[option]}")
        for line in question.context(self.session, answers):
            dialog.show(f"  {line}")
        _show_choices(dialog, question)
        how = " (a number or a word)" if question.vocabulary is not None else ""
        how += f" [{default}]" if default else "" if question.is_required(answers) else " (Enter: skip)"
        while True:
            line = dialog.ask(f"{question.prompt.format_map(answers)}{how} ").strip() or default
            if line == BACK:
                raise _GoBackError
            if line == "?":
                self._explain(dialog, question)
            elif line:
                if line != default:
                    self.answered[option] = [line]
                with suppress(_AskAgainError):
                    return self._parse_line(dialog, question, option, line, answers)
            elif question.is_required(answers):
                dialog.show(f"  An answer is required. {question.help}")
            else:
                self.answered.pop(option, None)
                return None

    def _parse_line(self, dialog: Dialog, question: Question, option: str, line: str, answers: Answers) -> Any:
        """Parse an answer. Show an error or the completed value."""
        try:
            value = self._parse(question, option, [line], answers)
        except (InvalidQueryError, LookupFailedError) as error:
            dialog.show(f"  {error.shell_message}")
            raise _AskAgainError from None
        if isinstance(value, str) and value != line and value.endswith(line):
            dialog.show(f"  completed: {value}")  # added the protocol of an address or the country of a code
        return value

    def _explain(self, dialog: Dialog, question: Question) -> None:
        dialog.show(f"  {question.help}")
        _show_choices(dialog, question)
        suggestions = question.suggest(self.session)
        if suggestions:
            dialog.show("  On record: " + "; ".join(suggestions))

    def _parse(self, question: Question, option: str, texts: list[str], answers: Answers) -> Any:
        if question.many:
            parts = [part for text in texts for part in split_list(text)]
            value: Any = tuple(self._parse_one(question, option, part, answers) for part in parts)
        else:
            value = self._parse_one(question, option, texts[-1], answers)
        if value is not None:
            question.validate(value, self.session, answers)
        return value

    def _parse_one(self, question: Question, option: str, text: str, answers: Answers) -> Any:
        """Parse a text. If the text names an unknown record, fill in the form of a new record."""
        form = question.form
        if form is None:
            return question.parse(text, self.session, answers)
        inner_options = sorted(name for name in self._given if name.startswith(f"{option}-"))
        try:
            found = question.parse(text, self.session, answers)
        except LookupFailedError as error:
            if not inner_options:
                if isinstance(error, AmbiguousCityError):
                    raise
                self._confirm_new(question, form, option, text, error)
        else:
            if not self._means_another(form, option, found):
                if self._dialog is not None:
                    self._dialog.show(f"  On record: {_describe_record(found)}")
                elif not inner_options or found in self.session.new_records():
                    return found
                elif not self._describes(question, form, option, text, found):
                    listed = " and ".join(f"--{name}" for name in inner_options)
                    message = f"{short(text)} is on record ({found.id!r}); leave out {listed}, or give another name"
                    raise InvalidQueryError(message, text)
                return found
        self._ambiguities |= {f"{option}-{name}": why for name, why in question.explain_ambiguity(text).items()}
        return self.fill_in(form, f"{option}-", question.prefill(text))

    def _means_another(self, form: Form, option: str, found: AnyRecord) -> bool:
        """Whether the options for a new record contradict the existing record with the same name."""
        values: dict[str, Any] = {"country": getattr(found, "country", "")}
        for question in form.questions:
            given = self._given.get(f"{option}-{question.name}")
            if given is not None and question.name in {"id", "country", "subdivision"}:
                values[question.name] = question.parse(given[-1], self.session, values)
        return any(value != getattr(found, name, value) for name, value in values.items())

    def _describes(self, question: Question, form: Form, option: str, text: str, found: AnyRecord) -> bool:
        """Whether the options describe exactly an existing record."""
        tree = self.session.tree
        others = evolve(tree, files=tuple(file for file in tree.files if file.record is not found))
        session = Session(others)
        session.restore(self.session.snapshot())
        made = FormFiller(session, self._given).fill_in(form, f"{option}-", question.prefill(text))
        return made is not None and made.to_dict() | {"evidence": ()} == found.to_dict() | {"evidence": ()}

    def _confirm_new(self, question: Question, form: Form, option: str, text: str, error: LookupFailedError) -> None:
        """Ask whether to add a missing record. Without a dialog, raise an error with the missing options."""
        prefilled = question.prefill(text)
        if self._dialog is None:
            nothing = dict.fromkeys(each.name for each in form.questions)
            required = (
                each.name
                for each in form.questions
                if each.asked and each.applies(nothing) and each.is_required(nothing) and each.name not in prefilled
            )
            options = " and ".join(f"--{option}-{name}" for name in required)
            why = "".join(f"; {each}" for each in question.explain_ambiguity(text).values())
            reason = error.shell_message if error.candidates else error.message
            message = f"{reason}; to add a new {form.name}, give {options}{why}"
            raise InvalidQueryError(message, text, error.candidates)
        if error.candidates:
            self._dialog.show(f"  {error.shell_message}")
        default = "n" if error.candidates else "y"
        if not confirm(self._dialog, f"  {text!r} is not on record. Add a new {form.name}?", default):
            raise _AskAgainError


def _describe_record(record: AnyRecord) -> str:
    return f"{getattr(record, 'name', getattr(record, 'title', ''))} ({record.id})"


def _show_choices(dialog: Dialog, question: Question) -> None:
    if question.vocabulary is not None:
        dialog.show("")
        for number, member in enumerate(question.vocabulary, 1):
            dialog.show(f"  {number:2} {describe_value(member)}")


def _format_flag(option: str, question: Question) -> str:
    return option.upper() if question.positional and "-" not in option else f"--{option}"


def confirm(dialog: Dialog, question: str, default: str) -> bool:
    """Ask for yes or no; Enter selects the default."""
    choices = "[Y/n]" if default == "y" else "[y/N]"
    while True:
        try:
            return parse_yes_or_no(dialog.ask(f"{question} {choices} ").strip() or default)
        except InvalidQueryError as error:
            dialog.show(f"  {error}")
