"""The way in: files of Wikidata to records and a report."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from friendcities.datasets.dataset import Dataset
from friendcities.errors import DataError, InvalidQueryError, Problem
from friendcities.importers.import_report import ImportResult
from friendcities.importers.wikidata.building import build
from friendcities.importers.wikidata.cities import Cities
from friendcities.importers.wikidata.entities import entities_in, item_of, modified, statements_of
from friendcities.importers.wikidata.results import FETCHED, bindings_in, items_in, statements_in
from friendcities.importers.wikidata.statements import Item, Statement, joined
from friendcities.merge.match_sources import unused_id
from friendcities.model import DateLike, Level, PartialDate, Source, SourceId, SourceKind, as_date
from friendcities.model.record import short

__all__ = ["read_wikidata"]

_LARGEST: Final = 512 * 2**20
"""The largest file that is read, in bytes: no entity has a hundredth of that, and all P190 statements do not either."""
_EXPECTED: Final = "entity JSON, or the results of a SPARQL query as JSON"
_ADDRESS: Final = "https://www.wikidata.org/wiki/Property:P190"
_NONE: Final = Dataset()


def read_wikidata(
    *paths: str | Path,
    base: Dataset | None = None,
    as_of: DateLike | None = None,
    accessed: DateLike | None = None,
    level: Level | str = Level.MUNICIPALITY,
) -> ImportResult:
    """Read what Wikidata says of twin towns: its property P190, "twinned administrative body".

    A file is entity JSON, as the site, its API and its dumps give it, or the results of a SPARQL query, as
    ``friendcities fetch wikidata`` keeps them; a folder stands for all ``.json`` files in it. All of them are read
    together, so that what one says of an item helps to read another. Every statement is a row of the report. Files are
    read whole, so of a dump take out the entities that you want.

    A statement with a start (P580) tells that a partnership was established, one without that it is listed; an end
    (P582) that it ended. Its kind is unspecified, for the property tells none. Deprecated statements are reported and
    not taken. The pages that a statement rests on become sources, which were not read.

    An item is a city of the base that has it as its Wikidata id, or else one of which the files tell an English label
    and one country. A partner that is only an id is reported.

    Args:
        paths: The files, or folders of them.
        base: A dataset that knows cities by their Wikidata ids, such as ``friendcities.dataset()``.
        as_of: The date whose state the files have; of entity JSON, the last change where it is not told.
        accessed: The date on which they were accessed.
        level: The level of cities that the base does not have, for statements do not tell it.

    Raises:
        DataError: If a file cannot be read at all.
        InvalidQueryError: If no file is named, or no date is known.

    Example:
        >>> import json, pathlib, tempfile
        >>> import friendcities as fc
        >>> snak = {"snaktype": "value", "datavalue": {"value": {"id": "Q8686"}, "type": "wikibase-entityid"}}
        >>> entity = {"id": "Q133073", "modified": "2026-01-31T08:00:00Z",
        ...           "claims": {"P190": [{"id": "Q133073$1", "rank": "normal", "mainsnak": snak}]}}
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     file = pathlib.Path(folder, "Q133073.json")
        ...     _ = file.write_text(json.dumps(entity))
        ...     found = read_wikidata(file, base=fc.dataset())
        >>> found.dataset.partnerships()
        (<Partnership cn-shanghai--nz-dunedin: active unspecified>,)
        >>> print(found.report.as_text(), end="")
        1 row: 1 imported, 0 merged, 0 rejected
    """
    if not paths:
        message = "no file to read; pass entity JSON of Wikidata, or results of a query"
        raise InvalidQueryError(message)
    level = _level(level)
    items: list[Item] = []
    statements: list[Statement] = []
    days: list[str] = []
    for path in _files(paths):
        _read(path, items, statements, days)
    beneath = _NONE if base is None else base
    source = _source(_state(as_of, days), accessed, {each.id for each in beneath.sources()})
    named = [each for one in statements for each in (one.item, one.partner) if each is not None and not one.broken]
    return build(statements, Cities(joined(items), named, beneath, source.id, level), source)


def _level(level: Level | str) -> Level:
    try:
        return Level(level)
    except ValueError:
        listed = ", ".join(repr(each.value) for each in Level)
        message = f"level={short(level)} is no level; it can be {listed}"
        raise InvalidQueryError(message, level, [each.value for each in Level]) from None


def _files(paths: Sequence[str | Path]) -> Iterable[Path]:
    for path in map(Path, paths):
        if path.is_dir():
            inside = sorted(each for each in path.iterdir() if each.suffix == ".json" and not each.name.startswith("."))
            if not inside:
                raise DataError([_problem(path, "there is no '.json' file in this folder")])
            yield from inside
        else:
            yield path


def _read(path: Path, items: list[Item], statements: list[Statement], days: list[str]) -> None:
    plain = _plain(path)
    entities, bindings = entities_in(plain), bindings_in(plain)
    if entities is not None:
        for number, entity in enumerate(entities, start=1):
            items.extend(each for each in [item_of(entity)] if each is not None)
            statements.extend(statements_of(entity, f"{path.name}, entity {number}"))
            days.extend(each for each in [modified(entity)] if each is not None)
    elif bindings is not None:
        items.extend(items_in(bindings))
        statements.extend(statements_in(bindings))
    else:
        raise DataError([_problem(path, "this is no document of Wikidata that is known here")])
    stamp = plain.get(FETCHED) if isinstance(plain, dict) else None
    days.extend([stamp] if isinstance(stamp, str) else [])


def _plain(path: Path) -> Any:
    try:
        size = path.stat().st_size
        if size > _LARGEST:
            raise DataError([_problem(path, f"the file has {size:,} bytes, more than {_LARGEST:,}")])
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        if isinstance(error, DataError):
            raise
        raise DataError([_problem(path, f"it cannot be read: {_reason(error)}")]) from None


def _reason(error: OSError | ValueError | RecursionError) -> str:
    if isinstance(error, OSError):
        return str(error.strerror).lower()
    if isinstance(error, UnicodeDecodeError):
        return "this is not UTF-8"
    if isinstance(error, RecursionError):
        return "values nested too deep"
    return f"this is not JSON: {error}"


def _problem(path: Path, what: str) -> Problem:
    return Problem(path=str(path), message=what, expected=_EXPECTED)


def _state(as_of: DateLike | None, days: Sequence[str]) -> PartialDate:
    """The date whose state the files have: the latest day that any of them tells."""
    if as_of is not None:
        return as_date(as_of)
    known = []
    for day in days:
        try:
            known.append(as_date(day))
        except InvalidQueryError:
            continue
    if not known:
        message = "the files do not tell the date whose state they have; pass it as as_of"
        raise InvalidQueryError(message)
    return max(known)


def _source(state: PartialDate, accessed: DateLike | None, taken: set[SourceId]) -> Source:
    return Source(
        id=SourceId(unused_id(f"wikidata-p190-{state}", taken)),
        kind=SourceKind.DATABASE,
        publisher="Wikidata",
        title="Statements of the property P190, twinned administrative body",
        as_of=state,
        accessed=None if accessed is None else as_date(accessed),
        address=_ADDRESS,
        note="The title is our description.",
    )
