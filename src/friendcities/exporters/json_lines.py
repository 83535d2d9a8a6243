"""Records as JSON Lines: one record a line, with its type and its id in front; nothing is lost.

Each line is the JSON of the record's file. The entries of a timeline are the steps that they tell of; those are parts
of records, and no dataset can be made of them. Ids that moved stand in the last line of a whole dataset.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from attrs import evolve

from friendcities.codec.writer import to_plain, value_to_plain
from friendcities.datasets.partnership_questions import Dataset
from friendcities.datasets.redirects import NO_REDIRECTS, Redirects, redirects_of, redirects_to_plain
from friendcities.datasets.storage import Located
from friendcities.datasets.timeline import TimelineEntry
from friendcities.datasets.tree import contents, unreadable
from friendcities.errors import DataError, InvalidRecordError, Problem
from friendcities.exporters.files import checked_path
from friendcities.exporters.tables import Exportable, checked_records
from friendcities.exporters.tables.partnerships import place_of
from friendcities.model import RECORD_TYPES
from friendcities.model.record import short

__all__ = ["as_json_lines", "read_json_lines"]

_TYPE: Final = "type"
_REDIRECTS: Final = "redirects"
_TYPES: Final = {cls.__name__.lower(): cls for cls in RECORD_TYPES.values()}


def as_json_lines(data: Dataset, records: Iterable[Exportable] | None = None) -> bytes:
    r"""A dataset, or an answer of it, as JSON Lines in UTF-8.

    Example:
        >>> import friendcities as fc
        >>> as_json_lines(fc.dataset(), fc.partners_of("Dunedin"))[:40]
        b'{"type":"city","id":"cn-shanghai","name"'
    """
    lines = [_line(record) for record in checked_records(data, records)]
    moved = redirects_to_plain(data.redirects) if records is None else {}
    if moved:
        lines.append({_TYPE: _REDIRECTS, **moved})
    return "".join(
        json.dumps(line, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n" for line in lines
    ).encode()


def read_json_lines(path: str | Path) -> tuple[list[Located], Redirects]:
    """Read records back, strictly.

    Returns:
        Each record with its place, and the ids that moved.

    Raises:
        DataError: If anything is wrong: every problem of every line.
    """
    from friendcities.codec.json_text import decoded  # noqa: PLC0415 - only reading needs it

    path = checked_path(path)
    located: list[Located] = []
    redirects: Redirects = NO_REDIRECTS
    problems: list[Problem] = []
    try:
        text = decoded(contents(path))
    except InvalidRecordError as error:
        raise DataError(evolve(each, path=str(path)) for each in error.problems) from None
    except (OSError, ValueError) as error:
        raise DataError([unreadable(path, error)]) from None
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            read = _read(line)
        except InvalidRecordError as error:
            problems.extend(evolve(each, path=str(path), line=number) for each in error.problems)
            continue
        if isinstance(read, dict):
            if redirects:
                what, expected = "there are ids that moved in another line too", "one line of them"
                problems.append(Problem(path=str(path), line=number, field=_TYPE, message=what, expected=expected))
            redirects = read
        else:
            located.append((read, f"{path}:{number}"))
    if problems:
        raise DataError(problems)
    return located, redirects


def _line(record: Exportable) -> dict[str, Any]:
    if isinstance(record, TimelineEntry):
        step = value_to_plain(record.step)
        return {_TYPE: "step", "partnership": record.partnership.id, "position": place_of(record), **step}
    return {_TYPE: type(record).__name__.lower(), "id": record.id, **to_plain(record)}


def _read(line: str) -> Any:
    """The record of one line, or the redirects."""
    from friendcities.codec.reader import checked  # noqa: PLC0415 - cattrs takes long to import, and writing does without

    return checked(line, _made)


def _made(plain: Any) -> Any:
    from friendcities.codec.reader import structure  # noqa: PLC0415 - as above

    if not isinstance(plain, dict):
        raise InvalidRecordError([Problem(message="this is no record", expected=_EXPECTED)])
    fields = dict(plain)
    kind, id_ = fields.pop(_TYPE, None), fields.pop("id", None)
    if kind == _REDIRECTS and id_ is None:
        return redirects_of(fields)
    if not isinstance(kind, str) or kind not in _TYPES:
        raise InvalidRecordError(
            [Problem(field=_TYPE, message=f"{short(kind)} is no type of record", expected=_EXPECTED)]
        )
    if not isinstance(id_, str):
        raise InvalidRecordError([Problem(field="id", message="there is no id", expected="the id of the record")])
    return structure(_TYPES[kind], id_, fields)


_EXPECTED: Final = "an object with a type: " + ", ".join(map(repr, (*_TYPES, _REDIRECTS)))
