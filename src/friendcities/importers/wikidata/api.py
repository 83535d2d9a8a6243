"""Reads Wikidata files into records, and reports the result of each statement."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from friendcities.datasets.dataset import Dataset
from friendcities.datasets.folder import read_file
from friendcities.errors import DataError, InvalidQueryError, Problem
from friendcities.importers.import_report import ImportResult
from friendcities.importers.wikidata import entities, query_results
from friendcities.importers.wikidata.cities import ItemCities
from friendcities.importers.wikidata.partnerships import build_partnerships
from friendcities.importers.wikidata.statements import Item, Statement, merge_items
from friendcities.limits import WIKIDATA_BYTES
from friendcities.merge.match_sources import unused_id
from friendcities.model import City, DateLike, FrozenMap, Level, PartialDate, Source, SourceId, SourceKind, as_date
from friendcities.model.record import short

_EXPECTED: Final = "entity JSON, or the results of a SPARQL query as JSON"
_ADDRESS: Final = "https://www.wikidata.org/wiki/Property:P190"


def read_wikidata(
    *paths: str | Path,
    base: Dataset | None = None,
    as_of: DateLike | None = None,
    accessed: DateLike | None = None,
    level: Level | str = Level.MUNICIPALITY,
    levels: Mapping[str, Level] = FrozenMap(),
    known: Mapping[str, City] = FrozenMap(),
) -> ImportResult:
    """Read Wikidata's twinned cities (property P190) from files.

    A file contains entity JSON or the results of ``friendcities fetch wikidata``. In a folder, all ``.json`` files are
    read. Every statement is a row of the report. Files are read into memory, so extract the needed entities from a dump
    first.

    A statement with a start becomes an established partnership. A statement without a start becomes a listed
    partnership. A statement with an end becomes an ended partnership. The kind is ``unspecified``. Cited web pages
    become sources. Deprecated statements are not imported. A start after the date of the files means ``proposed``.

    An item matches the base city with the same Wikidata id. Another item becomes a new city if the files contain an
    English label and exactly one country.

    Args:
        paths: Files or folders.
        base: A dataset with cities that have Wikidata ids, such as ``friendcities.dataset()``.
        as_of: The date that the files describe. The default is the date of the latest change of an entity.
        accessed: The date on which the files were accessed.
        level: The level of new cities; Wikidata files do not contain levels.
        levels: The levels of some new cities, by Wikidata id.
        known: Cities by Wikidata id. If the files lack the name of an item, the new city gets the name and the country
            of this city.

    Raises:
        DataError: If a file cannot be read.
        InvalidQueryError: If there is no file or no date, or the level is invalid.

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
        message = "no files given; expected entity JSON of Wikidata, or the results of a SPARQL query"
        raise InvalidQueryError(message)
    values = [each.value for each in Level]
    if level not in values:
        message = f"invalid level {short(level)}; expected one of {', '.join(map(repr, values))}"
        raise InvalidQueryError(message, level, values)
    base = Dataset() if base is None else base
    items: list[Item] = []
    statements: list[Statement] = []
    days: list[Any] = []
    for path in _list_files(paths):
        document = _read_json(path)
        if (listed := entities.list_entities(document)) is not None:
            items += filter(None, map(entities.read_item, listed))
            for number, entity in enumerate(listed, start=1):
                statements += entities.read_statements(entity, f"{path.name}, entity {number}")
            days += map(entities.modified_day, listed)
        elif (bindings := query_results.list_bindings(document)) is not None:
            items += query_results.read_items(bindings)
            statements += query_results.read_statements(bindings)
        else:
            raise _invalid_file(path, "this is not a known type of Wikidata document")
        days.append(document.get(query_results.FETCH_DAY) if isinstance(document, dict) else None)
    state = _latest_date(days) if as_of is None else as_date(as_of)
    source = _make_source(state, accessed, {each.id for each in base.sources()})
    named = {id_ for each in statements if not each.problem for id_ in (each.item, each.partner) if id_ is not None}
    described = merge_items(items)
    cities = ItemCities(described, named, base, source.id, level=Level(level), levels=levels, known=known)
    return build_partnerships(statements, cities, source)


def _list_files(paths: Sequence[str | Path]) -> Iterator[Path]:
    for path in map(Path, paths):
        if path.is_dir():
            inside = sorted(each for each in path.iterdir() if each.suffix == ".json" and not each.name.startswith("."))
            if not inside:
                raise _invalid_file(path, "this folder contains no '.json' file")
            yield from inside
        else:
            yield path


def _read_json(path: Path) -> Any:
    try:
        size = path.stat().st_size
        if size <= WIKIDATA_BYTES:
            return json.loads(read_file(path).decode("utf-8-sig"))
        problem = f"the file has {size:,} bytes, more than {WIKIDATA_BYTES:,}"
    except OSError as error:
        problem = f"cannot be read: {str(error.strerror or error).lower()}"
    except UnicodeDecodeError:
        problem = "cannot be read: this is not UTF-8"
    except RecursionError:
        problem = "cannot be read: values are nested too deep"
    except json.JSONDecodeError as error:
        problem = f"cannot be read: this is not JSON: {error}"
    except ValueError:
        problem = "cannot be read: a number has too many digits"
    raise _invalid_file(path, problem)


def _invalid_file(path: Path, message: str) -> DataError:
    return DataError([Problem(path=str(path), message=message, expected=_EXPECTED)])


def _latest_date(days: Sequence[Any]) -> PartialDate:
    dates = []
    for day in days:
        with suppress(InvalidQueryError):
            dates.extend([as_date(day)] if isinstance(day, str) else [])
    if not dates:
        message = "the files do not state the date that they describe"
        raise InvalidQueryError(message, hint="pass as_of=", command="add --as-of DATE")
    return max(dates)


def _make_source(state: PartialDate, accessed: DateLike | None, used: set[SourceId]) -> Source:
    return Source(
        id=SourceId(unused_id(f"wikidata-p190-{state}", used)),
        kind=SourceKind.DATABASE,
        publisher="Wikidata",
        title="Statements of the property P190, twinned administrative body",
        as_of=state,
        accessed=None if accessed is None else as_date(accessed),
        address=_ADDRESS,
        note="The title is our description.",
    )
