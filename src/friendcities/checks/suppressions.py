"""Exceptions to rules: ``exceptions.json`` beside the records, with a reason for each."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from attrs import evolve

from friendcities.codec.json_text import decode_text
from friendcities.codec.reader import read_checked
from friendcities.datasets.folder import read_file, unreadable_problem
from friendcities.errors import InvalidRecordError, Problem
from friendcities.model.record import short

EXCEPTIONS_FILE: Final = "exceptions.json"
"""``{"rule": {"cities/nz-dunedin": "reason"}}``"""
EXCEPTION_RULE: Final = "exception"

Exceptions = Mapping[str, Mapping[str, str]]
"""For each rule the records that may break it, as folder and id, with the reason."""
NO_EXCEPTIONS: Final[Exceptions] = MappingProxyType({})


def read_exceptions(root: Path, problems: list[Problem]) -> Exceptions:
    """Read the exceptions of a folder of records, and add what is wrong with their file to the problems."""
    path = root / EXCEPTIONS_FILE
    try:
        return read_checked(decode_text(read_file(path)), _validate)
    except (FileNotFoundError, NotADirectoryError):
        pass
    except InvalidRecordError as error:
        problems.extend(evolve(problem, path=str(path)) for problem in error.problems)
    except (OSError, ValueError) as error:
        problems.append(unreadable_problem(path, error))
    return NO_EXCEPTIONS


def _validate(plain: Any) -> Exceptions:
    problems = [*_find_invalid(plain)]
    if problems:
        raise InvalidRecordError(problems)
    return dict(plain)


def _find_invalid(plain: Any) -> Iterator[Problem]:
    expected = 'an object like {"shared-coordinates": {"cities/nz-dunedin": "why"}}'
    if not isinstance(plain, dict):
        yield Problem(rule=EXCEPTION_RULE, message=f"invalid value {short(plain)}", expected=expected)
        return
    for rule, reasons in plain.items():
        if not isinstance(reasons, dict):
            message = f"invalid value {short(reasons)}"
            yield Problem(rule=EXCEPTION_RULE, field=rule, message=message, expected=expected)
            continue
        for record, reason in reasons.items():
            if not isinstance(reason, str) or not reason.strip():
                field, message = f"{rule}.{record}", f"{short(reason)} is no reason"
                expected_reason = "the reason, in a few words"
                yield Problem(rule=EXCEPTION_RULE, field=field, message=message, expected=expected_reason)
