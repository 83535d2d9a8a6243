"""Errors: what they say, what they carry, and what else they are."""

import copy
import pickle

import pytest

from friendcities import (
    AmbiguousCityError,
    DataError,
    FriendcitiesError,
    InvalidQueryError,
    InvalidRecordError,
    MissingExtraError,
    Problem,
    UnknownCityError,
    UnknownPartnershipError,
    UnknownRecordError,
)
from friendcities.errors import LookupFailedError


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        (Problem(message="wrong"), "wrong"),
        (Problem(message="wrong", expected="right"), "wrong; expected right"),
        (Problem(message="wrong", hint="mend it"), "wrong; mend it"),
        (Problem(field="steps[0].date", message="wrong"), "steps[0].date: wrong"),
        (Problem(path="a.json", message="wrong"), "a.json: wrong"),
        (Problem(line=3, column=5, message="wrong"), "3:5: wrong"),
        (
            Problem(path="a.json", line=3, column=5, field="name", message="wrong", expected="right", hint="mend it"),
            "a.json:3:5: name: wrong; expected right; mend it",
        ),
        (Problem(path="a.json", rule="schema", message="wrong"), "a.json: schema: wrong"),
        (Problem(rule="schema", field="name", message="wrong"), "name: wrong"),
        (Problem(line=3, column=6, rule="schema", message="wrong"), "3:6: wrong"),
        (
            Problem(path="a.json", line=3, column=5, rule="schema", field="name", message="wrong", hint="mend it"),
            "a.json:3:5: schema: name: wrong; mend it",
        ),
        (Problem(path="上海.json", field="a\nb", message="\ud800 \x1b[31m"), r"上海.json: a\nb: \ud800 \x1b[31m"),
    ],
    ids=str,
)
def test_a_problem_is_one_line(problem: Problem, line: str) -> None:
    """What is known of place, fault, expectation and mending stands on one line that any terminal can show."""
    assert line == str(problem)
    assert line.isprintable()


@pytest.mark.parametrize(
    ("field", "place", "whole"),
    [
        ("date", "steps[0]", "steps[0].date"),
        ("[0].date", "steps", "steps[0].date"),
        ("", "steps", "steps"),
        ("date", "", "date"),
        ("", "", ""),
    ],
)
def test_a_problem_is_seen_from_further_out(field: str, place: str, whole: str) -> None:
    """The way to a field grows at its front, and the rest of the problem stays as it is."""
    problem = Problem(path="a.json", line=1, rule="r", field=field, message="wrong", expected="right", hint="mend it")
    assert Problem(
        path="a.json", line=1, rule="r", field=whole, message="wrong", expected="right", hint="mend it"
    ) == problem.within(place)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (UnknownCityError, LookupError),
        (AmbiguousCityError, LookupError),
        (UnknownPartnershipError, LookupError),
        (UnknownRecordError, LookupError),
        (LookupFailedError, LookupError),
        (InvalidQueryError, ValueError),
        (InvalidRecordError, ValueError),
        (DataError, ValueError),
        (MissingExtraError, ImportError),
    ],
)
def test_every_error_is_ours_and_one_of_pythons(error: type[Exception], kind: type[Exception]) -> None:
    """Either can be caught."""
    assert issubclass(error, FriendcitiesError)
    assert issubclass(error, kind)


@pytest.mark.parametrize("error", [UnknownCityError, AmbiguousCityError, UnknownRecordError, InvalidQueryError])
def test_an_error_of_a_question_carries_it(error: type[LookupFailedError | InvalidQueryError]) -> None:
    """Query and candidates are attributes, the words are the message alone, and copies and pickles keep all three."""
    made = error("no such city", "Atlantis", iter(["a", "b"]))
    for each in (made, pickle.loads(pickle.dumps(made)), copy.copy(made)):  # noqa: S301 - our own
        assert error is type(each)
        assert ("no such city", "Atlantis", ("a", "b")) == (str(each), each.query, each.candidates)


@pytest.mark.parametrize("error", [UnknownCityError, InvalidQueryError])
def test_a_question_without_candidates_has_none(error: type[LookupFailedError | InvalidQueryError]) -> None:
    """Where nothing comes near, candidates are an empty tuple, not nothing."""
    made = error("no")
    assert (None, ()) == (made.query, made.candidates)


@pytest.mark.parametrize("error", [InvalidRecordError, DataError])
def test_an_error_of_records_carries_every_problem(error: type[InvalidRecordError | DataError]) -> None:
    """The problems are attributes, one line each in the message, and copies and pickles keep them."""
    problems = (Problem(message="one"), Problem(field="name", message="two"))
    made = error(iter(problems))
    for each in (made, pickle.loads(pickle.dumps(made)), copy.copy(made)):  # noqa: S301 - our own
        assert error is type(each)
        assert problems == each.problems
        assert "one\nname: two" == str(each)


def test_a_hint_works_where_the_user_is() -> None:
    """The message of an error ends with a call in Python, and with a command in a shell if there is another one."""
    both = UnknownCityError("no city 'X'", "X", (), "find_cities('X') searches", "friendcities find X searches")
    for each in (both, pickle.loads(pickle.dumps(both)), copy.copy(both)):  # noqa: S301 - our own
        assert "no city 'X'; find_cities('X') searches" == str(each)
        assert "no city 'X'; friendcities find X searches" == each.shell_message
        assert "find_cities('X') searches" == each.hint
    assert "no day; write '1994'" == InvalidQueryError("no day", hint="write '1994'").shell_message
    assert "no day" == InvalidQueryError("no day").shell_message
    assert "wrong" == DataError([Problem(message="wrong")]).shell_message
