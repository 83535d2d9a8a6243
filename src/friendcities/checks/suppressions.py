"""Exceptions to rules: written down beside the records, each with its reason."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from attrs import evolve

from friendcities.codec.json_text import decoded
from friendcities.codec.reader import checked
from friendcities.datasets.tree import contents, unreadable
from friendcities.errors import InvalidRecordError, Problem
from friendcities.model.record import short

__all__ = ["FILE", "NO_EXCEPTIONS", "RULE", "Exceptions", "read_exceptions"]

FILE: Final = "exceptions.json"
"""The file of them, beside the folders of records: ``{"rule": {"cities/nz-dunedin": "why"}}``."""
RULE: Final = "exception"


Exceptions = Mapping[str, Mapping[str, str]]
"""For each rule, the records that may break it (by folder and id), each with the reason why."""
NO_EXCEPTIONS: Final[Exceptions] = MappingProxyType({})


def read_exceptions(root: Path, problems: list[Problem]) -> Exceptions:
    """The exceptions of a folder of records; none where it has no such file, or one that is wrong."""
    path = root / FILE
    try:
        return checked(decoded(contents(path)), _exceptions)
    except (FileNotFoundError, NotADirectoryError):
        pass
    except InvalidRecordError as error:
        problems.extend(evolve(problem, path=str(path)) for problem in error.problems)
    except (OSError, ValueError) as error:
        problems.append(unreadable(path, error))
    return NO_EXCEPTIONS


def _exceptions(plain: Any) -> Exceptions:
    problems = list(_malformed(plain))
    if problems:
        raise InvalidRecordError(problems)
    return dict(plain)


def _malformed(plain: Any) -> Iterator[Problem]:
    expected = 'an object like {"shared-coordinates": {"cities/nz-dunedin": "why"}}'
    if not isinstance(plain, dict):
        yield Problem(rule=RULE, message=f"{short(plain)} cannot stand here", expected=expected)
        return
    for rule, reasons in plain.items():
        if not isinstance(reasons, dict):
            yield Problem(rule=RULE, field=rule, message=f"{short(reasons)} cannot stand here", expected=expected)
            continue
        for place, reason in reasons.items():
            if not isinstance(reason, str) or not reason.strip():
                what = f"{short(reason)} is no reason"
                yield Problem(rule=RULE, field=f"{rule}.{place}", message=what, expected="the reason, in a few words")
