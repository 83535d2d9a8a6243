"""Finds the values in a record that rules look at, each with its path: texts, codes, dates, parts with evidence."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from friendcities.codec.writer import dumps, to_plain
from friendcities.datasets.folder import RecordFile
from friendcities.field_path import FieldPath
from friendcities.model import AnyRecord, PartialDate, Sourced
from friendcities.model.field_spec import FieldFinder
from friendcities.model.grammar import COUNTRY, LANGUAGE, SUBDIVISION, UNIT, Grammar


def find_texts(record: AnyRecord, wanted: Callable[[str], bool] = bool) -> list[tuple[str, str]]:
    """The texts of a record that can be in any script, in the order of its fields.

    Ids, codes and addresses are none of them: each has a grammar of its own.

    Example:
        >>> import friendcities as fc
        >>> list(find_texts(fc.city("Shanghai"), lambda text: not text.isascii()))
        [('names[0].text', '上海市'), ('names[1].text', '上海')]
    """
    return _find(_TEXTS, record, wanted)


def find_codes(record: AnyRecord, grammar: Grammar) -> list[tuple[str, str]]:
    """The codes of one grammar in a record, and those that its evidence says instead, in the order of its fields.

    Example:
        >>> import friendcities as fc
        >>> from friendcities.model.grammar import COUNTRY
        >>> list(find_codes(fc.city("Carabobo"), COUNTRY))
        [('country', 'VE'), ('evidence[0].claims.country', 'ZA')]
    """
    return _find(_CODES[grammar], record, bool)


def find_dates(record: AnyRecord, wanted: Callable[[PartialDate], bool] = bool) -> list[tuple[str, PartialDate]]:
    """The dates of a record, and those that its evidence claims, in the order of its fields.

    Example:
        >>> import friendcities as fc
        >>> [(field, str(day)) for field, day in find_dates(fc.source("shine-2023-12-02"))]
        [('published', '2023-12-02'), ('as_of', '2023-12-02')]
    """
    return _find(_DATES, record, wanted)


def find_sourced(record: AnyRecord) -> list[tuple[str, Sourced]]:
    """A record and everything in it that carries evidence of its own: steps, offices, participants.

    Example:
        >>> import friendcities as fc
        >>> [field for field, _ in find_sourced(fc.partnership_between("Dunedin", "Shanghai"))]
        ['steps[0]']
    """
    itself: list[tuple[str, Sourced]] = [("", record)] if isinstance(record, Sourced) else []
    return itself + _find(_SOURCED, record, bool)


def replace_texts(file: RecordFile, replace: Callable[[str], str]) -> bytes | None:
    """The content of a file with its texts replaced; ``None`` as for :func:`replace_values`."""
    texts = [] if file.record is None else find_texts(file.record, lambda text: replace(text) != text)
    return replace_values(file, [(field, replace(text)) for field, text in texts])


def replace_values(file: RecordFile, values: Sequence[tuple[str, str]]) -> bytes | None:
    """The content of a file with other values in some fields; ``None`` without any, or if it would be invalid."""
    if file.record is None or not values:
        return None
    plain: Any = to_plain(file.record)
    for field, value in values:
        plain = FieldPath.parse(field).replace(plain, value)
    replaced = RecordFile.decode(file.path, file.cls, dumps(plain).encode())
    return None if replaced.record is None else replaced.data


def _find(finder: FieldFinder, record: AnyRecord, wanted: Callable[[Any], bool]) -> list[tuple[str, Any]]:
    return [(str(path), value) for path, _, value in finder.find(record, lambda _, value: wanted(value))]


_CODES: Final = {
    grammar: FieldFinder(lambda spec, grammar=grammar: spec.grammar is grammar)  # type: ignore[misc]
    for grammar in (COUNTRY, LANGUAGE, SUBDIVISION, UNIT)
}
_TEXTS: Final = FieldFinder(
    lambda spec: spec.type is str and spec.grammar is None and spec.id_type is None and spec.name != "supports"
)
_DATES: Final = FieldFinder(lambda spec: spec.type is PartialDate)
_SOURCED: Final = FieldFinder(lambda spec: issubclass(spec.type, Sourced), claims=False)
