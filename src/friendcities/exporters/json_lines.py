"""Exports records as JSON Lines without loss.

Each line is a record. A line begins with the type and the id of the record. Timeline entries are exported as steps.
Steps cannot be read back. In the export of a dataset, the last line contains the redirects.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve

from friendcities.codec.parse_json import decode_text
from friendcities.codec.reader import read_checked, read_record
from friendcities.codec.writer import to_plain
from friendcities.datasets.folder import Located, read_file, unreadable_problem
from friendcities.datasets.redirects import NO_REDIRECTS, Redirects, parse_redirects, redirects_to_plain
from friendcities.datasets.timeline import TimelineEntry
from friendcities.errors import DataError, InvalidRecordError, Problem
from friendcities.exporters.output_files import check_path
from friendcities.exporters.tables import Answer, Exportable, check_records
from friendcities.exporters.tables.partnerships import step_position
from friendcities.model import RECORD_TYPES
from friendcities.model.record import short

if TYPE_CHECKING:
    from friendcities.datasets.dataset import Dataset

_REDIRECTS: Final = "redirects"
_RECORD_TYPES: Final = {cls.__name__.lower(): cls for cls in RECORD_TYPES.values()}
_EXPECTED: Final = "an object with a type: " + ", ".join(map(repr, (*_RECORD_TYPES, _REDIRECTS)))


def as_json_lines(data: "Dataset", records: Answer = None) -> bytes:
    r"""Return a dataset, or query results, as JSON Lines in UTF-8.

    Example:
        >>> import friendcities as fc
        >>> as_json_lines(fc.dataset(), fc.partners_of("Dunedin"))[:40]
        b'{"type":"city","id":"cn-shanghai","name"'
    """
    lines = [_record_to_plain(record) for record in check_records(data, records)]
    redirects = redirects_to_plain(data.redirects) if records is None else {}
    if redirects:
        lines.append({"type": _REDIRECTS, **redirects})
    texts = [json.dumps(line, ensure_ascii=False, allow_nan=False, separators=(",", ":")) for line in lines]
    return "".join(f"{text}\n" for text in texts).encode()


def read_json_lines(path: str | Path) -> tuple[list[Located], Redirects]:
    """Read and validate the records of a file. Return the records with paths and line numbers, and the redirects."""
    path = check_path(path)
    located: list[Located] = []
    redirects: Redirects = NO_REDIRECTS
    problems: list[Problem] = []
    try:
        text = decode_text(read_file(path))
    except InvalidRecordError as error:
        raise DataError(evolve(each, path=str(path)) for each in error.problems) from None
    except (OSError, ValueError) as error:
        raise DataError([unreadable_problem(path, error)]) from None
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record: Any = read_checked(line, _read_line)
        except InvalidRecordError as error:
            problems.extend(evolve(each, path=str(path), line=number) for each in error.problems)
            continue
        if not isinstance(record, dict):
            located.append((record, f"{path}:{number}"))
            continue
        if redirects:
            message, expected = "another line contains redirects", "one line of redirects"
            problems.append(Problem(path=str(path), line=number, field="type", message=message, expected=expected))
        redirects = record
    if problems:
        raise DataError(problems)
    return located, redirects


def _record_to_plain(record: Exportable) -> dict[str, Any]:
    if isinstance(record, TimelineEntry):
        return {
            "type": "step",
            "partnership": record.partnership.id,
            "position": step_position(record),
            **record.step.to_dict(),
        }
    return {"type": type(record).__name__.lower(), "id": record.id, **to_plain(record)}


def _read_line(plain: Any) -> Any:
    """Read a line with a record or the redirects."""
    if not isinstance(plain, dict):
        raise InvalidRecordError([Problem(message="not a record", expected=_EXPECTED)])
    fields = dict(plain)
    type_, id_ = fields.pop("type", None), fields.pop("id", None)
    if type_ == _REDIRECTS and id_ is None:
        return parse_redirects(fields)
    if not isinstance(type_, str) or type_ not in _RECORD_TYPES:
        message = f"unknown record type {short(type_)}"
        raise InvalidRecordError([Problem(field="type", message=message, expected=_EXPECTED)])
    if not isinstance(id_, str):
        raise InvalidRecordError([Problem(field="id", message="missing id", expected="the id of the record")])
    return read_record(_RECORD_TYPES[type_], id_, fields)
