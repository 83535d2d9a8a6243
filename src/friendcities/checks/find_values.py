"""Finds values in a record: texts, codes, dates, and parts that have evidence. Each result contains its path."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from friendcities.codec.writer import dumps, to_plain
from friendcities.datasets.folder import RecordFile
from friendcities.field_path import FieldPath
from friendcities.model import AnyRecord, PartialDate, Sourced
from friendcities.model.field_spec import FieldFinder, FieldSpec
from friendcities.model.grammar import COUNTRY, LANGUAGE, SUBDIVISION, UNIT, Grammar


def _find_fields(selects: Callable[[FieldSpec], bool], *, claims: bool = True) -> Callable[..., list[tuple[str, Any]]]:
    finder = FieldFinder(selects, claims=claims)

    def find(record: AnyRecord, wanted: Callable[[Any], bool] = bool) -> list[tuple[str, Any]]:
        return [(str(path), value) for path, _, value in finder.find(record, lambda _, value: wanted(value))]

    return find


find_texts: Final = _find_fields(
    lambda spec: spec.type is str and spec.grammar is None and spec.id_type is None and spec.name != "supports"
)
"""Finds free texts. Ids, codes and addresses are not free texts."""
find_dates: Final = _find_fields(lambda spec: spec.type is PartialDate)


def _find_codes(grammar: Grammar) -> Callable[..., list[tuple[str, Any]]]:
    return _find_fields(lambda spec: spec.grammar is grammar)


find_codes: Final = {grammar: _find_codes(grammar) for grammar in (COUNTRY, SUBDIVISION, LANGUAGE, UNIT)}
"""The functions that find codes, by the grammar of the codes."""
_find_parts: Final = _find_fields(lambda spec: issubclass(spec.type, Sourced), claims=False)


def find_sourced(record: AnyRecord) -> list[tuple[str, Sourced]]:
    """Return each part of a record that can have evidence, with the path of the part.

    Example:
        >>> import friendcities as fc
        >>> [field for field, _ in find_sourced(fc.partnership_between("Dunedin", "Shanghai"))]
        ['steps[0]']
    """
    return [*([("", record)] if isinstance(record, Sourced) else []), *_find_parts(record)]


def replace_texts(file: RecordFile, replace: Callable[[str], str]) -> bytes | None:
    """Return the file content with all texts replaced. Return ``None`` if nothing changes or the result is invalid."""
    texts = [] if file.record is None else find_texts(file.record, lambda text: replace(text) != text)
    return replace_values(file, [(field, replace(text)) for field, text in texts])


def replace_values(file: RecordFile, values: Sequence[tuple[str, str]]) -> bytes | None:
    """Return the file content with new values. Return ``None`` if ``values`` is empty or the result is invalid."""
    if file.record is None or not values:
        return None
    plain: Any = to_plain(file.record)
    for field, value in values:
        plain = FieldPath.parse(field).replace(plain, value)
    replaced = RecordFile.decode(file.path, file.cls, dumps(plain).encode())
    return None if replaced.record is None else replaced.data
