"""Downloads statements page by page into a folder, and continues interrupted downloads."""

import json
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from textwrap import indent
from typing import Any, Final

from attrs import frozen

from friendcities.datasets.folder import read_file, replace_file
from friendcities.errors import InvalidQueryError
from friendcities.importers.wikidata.endpoint import PUBLIC, Endpoint
from friendcities.importers.wikidata.query_results import FETCH_DAY, list_bindings
from friendcities.model.grammar import is_country, is_wikidata
from friendcities.model.record import short

_MANIFEST: Final = ".fetch.json"
"""The file that describes the pages in a folder."""
_FORMAT: Final = 1
_MAX_PAGE_SIZE: Final = 10_000
_QUERY: Final = """\
PREFIX p: <http://www.wikidata.org/prop/>
PREFIX pq: <http://www.wikidata.org/prop/qualifier/>
PREFIX pqv: <http://www.wikidata.org/prop/qualifier/value/>
PREFIX pr: <http://www.wikidata.org/prop/reference/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX prv: <http://www.wikidata.org/prop/reference/value/>
PREFIX ps: <http://www.wikidata.org/prop/statement/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX wd: <http://www.wikidata.org/entity/>
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX wikibase: <http://wikiba.se/ontology#>
SELECT * WHERE {{
  {{ SELECT DISTINCT ?item ?statement WHERE {{
{selected}    }} ORDER BY ?statement LIMIT {limit} OFFSET {offset} }}
  ?statement wikibase:rank ?rank .
  OPTIONAL {{ ?statement ps:P190 ?partner . }}
{dates}  OPTIONAL {{
    ?statement prov:wasDerivedFrom ?reference .
    OPTIONAL {{ ?reference pr:P854 ?referenceAddress . }}
    OPTIONAL {{ ?reference pr:P1476 ?referenceTitle . }}
{reference_dates}  }}
{items}}} ORDER BY ?statement
"""
_DATE: Final = """\
  OPTIONAL {{
    ?{owner} {property} ?{name}Value .
    ?{name}Value wikibase:timeValue ?{name} ;
      wikibase:timePrecision ?{name}Precision ;
      wikibase:timeCalendarModel ?{name}Calendar .
  }}
"""
_ITEM: Final = """\
  OPTIONAL {{ ?{name} rdfs:label ?{name}Label . FILTER(LANG(?{name}Label) IN ("en", "mul")) }}
  OPTIONAL {{
    ?{name} p:P17 ?{name}P17 .
    ?{name}P17 a wikibase:BestRank ; ps:P17/wdt:P297 ?{name}Country .
    MINUS {{ ?{name}P17 pq:P582 ?{name}P17End . }}
  }}
  OPTIONAL {{ ?{name} wdt:P625 ?{name}Point . }}
"""


@frozen
class FetchResult:
    """The result of a download."""

    folder: Path
    """The folder with the pages."""
    statements: int
    """The number of statements."""
    pages: int
    """The number of pages."""
    kept: int
    """The number of pages that were in the folder before."""


def fetch_wikidata(
    folder: str | Path,
    *,
    cities: Sequence[str] = (),
    country: str | None = None,
    everything: bool = False,
    endpoint: str = PUBLIC,
    contact: str | None = None,
    page_size: int = 500,
    pause: float = 1.0,
    patience: float = 60.0,
    sleep: Callable[[float], None] = time.sleep,
    progress: Callable[[int, int], None] | None = None,
) -> FetchResult:
    """Download statements of Wikidata's property P190 into a folder for ``read_wikidata``.

    Only complete pages are written. Call the function again to continue an interrupted download. A completed download
    makes no requests. After a temporary error, a page is requested again up to six times, with growing pauses or after
    the time that the endpoint sets.

    Args:
        folder: The folder for the pages, created if necessary.
        cities: The Wikidata ids of cities; selects statements from and to these cities.
        country: An ISO 3166-1 code; selects the statements of all items in the country.
        everything: Whether to select all statements.
        endpoint: The address of a SPARQL endpoint.
        contact: Your e-mail address or web page; required by Wikidata's own endpoint.
        page_size: The number of statements in a request.
        pause: The minimum number of seconds between two requests.
        patience: The timeout: a request fails after this number of seconds without data.
        sleep: The function that waits for a number of seconds.
        progress: Called after each page with the number of pages and the number of statements.

    Raises:
        InvalidQueryError: If the selection or an option is invalid, or the folder contains other files.
        FetchError: If the endpoint returns no valid response.
        MissingExtraError: If the libraries for requests are not installed.
        OSError: If the folder cannot be written.
    """
    _check_selection(cities, country, everything=everything)
    if type(page_size) is not int or not 1 <= page_size <= _MAX_PAGE_SIZE:
        message = f"invalid page size {short(page_size)}; expected a whole number from 1 to {_MAX_PAGE_SIZE:,}"
        raise InvalidQueryError(message, page_size)
    with closing(Endpoint(endpoint, contact=contact, pause=pause, sleep=sleep, patience=patience)) as client:
        folder = Path(folder)
        manifest = {"format": _FORMAT, "endpoint": endpoint, "cities": sorted(set(cities)), "country": country}
        manifest |= {"page_size": page_size}
        _prepare_folder(folder, manifest)
        statements = kept = number = found = 0
        while number == 0 or found >= page_size:
            number += 1
            path = folder / f"page-{number:05}.json"
            results = _read_page(path)
            kept += results is not None
            if results is None:
                results = client.fetch_results(sparql_query(cities, country, page_size, (number - 1) * page_size))
                results[FETCH_DAY] = datetime.now(UTC).date().isoformat()
                replace_file(path, json.dumps(results).encode())
            found = _count_statements(results)
            statements += found
            if progress is not None:
                progress(number, statements)
    return FetchResult(folder, statements, number, kept)


def _check_selection(cities: Sequence[str], country: str | None, *, everything: bool) -> None:
    """Raise InvalidQueryError unless exactly one of the three selections is given and valid."""
    if [bool(cities), country is not None, everything].count(True) != 1:
        message = "invalid selection; expected either cities, or a country, or all statements"
        raise InvalidQueryError(message, (tuple(cities), country, everything))
    for id_ in cities:
        if not isinstance(id_, str) or not is_wikidata(id_):
            message = f"invalid Wikidata id {short(id_)}; expected an id like 'Q3955'"
            raise InvalidQueryError(message, id_)
    if country is not None and not is_country(country):
        message = f"invalid country code {short(country)}; expected two capital letters like 'NZ'"
        raise InvalidQueryError(message, country)


def sparql_query(cities: Collection[str], country: str | None, limit: int, offset: int) -> str:
    """The query for one page of the statements of some cities, of a country or of all items, sorted by id.

    Example:
        >>> print("".join(sparql_query((), "NZ", 100, 200).splitlines(keepends=True)[13:15]), end="")
              ?item wdt:P17/wdt:P297 "NZ" ; p:P190 ?statement .
            } ORDER BY ?statement LIMIT 100 OFFSET 200 }
    """
    selected = "      ?item p:P190 ?statement .\n"
    if country is not None:
        selected = f'      ?item wdt:P17/wdt:P297 "{country}" ; p:P190 ?statement .\n'
    elif cities:
        ids = " ".join(f"wd:{id_}" for id_ in sorted(set(cities)))
        own = f"      {{ VALUES ?item {{ {ids} }} ?item p:P190 ?statement . }}\n"
        named = f"VALUES ?named {{ {ids} }} ?statement ps:P190 ?named . ?item p:P190 ?statement ."
        selected = f"{own}      UNION\n      {{ {named} }}\n"
    return _QUERY.format(
        selected=selected,
        limit=limit,
        offset=offset,
        dates=_date_patterns("statement", start="pqv:P580", end="pqv:P582"),
        reference_dates=indent(
            _date_patterns("reference", referencePublished="prv:P577", referenceRetrieved="prv:P813"), "  "
        ),
        items="".join(_ITEM.format(name=name) for name in ("item", "partner")),
    )


def _date_patterns(owner: str, **properties: str) -> str:
    """The graph patterns for dates with precision and calendar; ``properties`` maps variables to properties."""
    return "".join(_DATE.format(owner=owner, property=id_, name=name) for name, id_ in properties.items())


def _prepare_folder(folder: Path, manifest: dict[str, Any]) -> None:
    """Create the folder; raise InvalidQueryError if the folder contains other files or another download."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / _MANIFEST
    try:
        known = json.loads(read_file(file))
    except FileNotFoundError:
        if any(folder.iterdir()):
            message = f"{folder} contains other files; use a new folder"
            raise InvalidQueryError(message, str(folder)) from None
        replace_file(file, json.dumps(manifest).encode())
        return
    except (ValueError, RecursionError):
        known = None
    if known != manifest:
        message = f"{folder} contains a download with another selection or endpoint; use a new folder"
        raise InvalidQueryError(message, str(folder))


def _read_page(path: Path) -> dict[str, Any] | None:
    """The results of a complete page; ``None`` if the page is missing or incomplete."""
    try:
        results = json.loads(read_file(path))
    except (FileNotFoundError, ValueError, RecursionError):
        return None
    return results if list_bindings(results) is not None else None


def _count_statements(results: dict[str, Any]) -> int:
    """The number of statements of a page; a statement may have several rows."""
    rows = list_bindings(results) or []
    return len({json.dumps(row.get("statement"), sort_keys=True) for row in rows if "statement" in row})
