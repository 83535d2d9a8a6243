"""Downloads statements page by page into a folder, and continues interrupted downloads."""

import json
import re
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from friendcities.datasets.folder import read_file, replace_file
from friendcities.errors import FetchError, InvalidQueryError
from friendcities.importers.wikidata.endpoint import PUBLIC, Endpoint
from friendcities.importers.wikidata.queries import count_query, names_query, statements_query
from friendcities.importers.wikidata.query_results import (
    FETCH_DAY,
    list_bindings,
    list_statements,
    read_items,
    read_number,
)
from friendcities.limits import PAGE_STATEMENTS
from friendcities.model.grammar import is_country, is_wikidata
from friendcities.model.record import short
from friendcities.names.countries import read_country

MANIFEST: Final = ".fetch.json"
"""The file that describes the pages in a folder."""
_FORMAT: Final = 1
_QUERY: Final = "friendcities_query"
"""The key with the query of a page."""
_LANGUAGE: Final = re.compile("[a-z]{2,12}(?:-[a-z0-9]{1,12})*")


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
    """The number of pages that were in the folder before the download."""


def fetch_wikidata(
    folder: str | Path,
    *,
    cities: Sequence[str] = (),
    country: str | None = None,
    everything: bool = False,
    languages: Collection[str] | None = None,
    endpoint: str = PUBLIC,
    contact: str | None = None,
    page_size: int = 500,
    pause: float = 1.0,
    patience: float = 60.0,
    sleep: Callable[[float], None] = time.sleep,
    progress: Callable[[int, int], None] | None = None,
) -> FetchResult:
    """Download Wikidata's twinned cities into a folder for ``read_wikidata``.

    Call the function again to continue an interrupted download. After a temporary error, a page is requested again up
    to six times, with growing pauses.

    Args:
        folder: The folder for the pages, created if necessary.
        cities: The Wikidata ids of cities; selects statements from and to these cities.
        country: An ISO 3166-1 code; selects the statements of all items in the country.
        everything: Whether to select all statements.
        languages: Wikimedia's language codes for the names of cities, such as ``"de"``. English and official languages
            are added. If ``None``, only English names are downloaded.
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
    check_selection(cities, country, everything=everything)
    codes = None if languages is None else check_languages(languages)
    if type(page_size) is not int or not 1 <= page_size <= PAGE_STATEMENTS:
        message = f"invalid page size {short(page_size)}; expected a whole number from 1 to {PAGE_STATEMENTS:,}"
        raise InvalidQueryError(message, page_size)
    with closing(Endpoint(endpoint, contact=contact, pause=pause, sleep=sleep, patience=patience)) as client:
        folder = Path(folder)
        manifest = {"format": _FORMAT, "endpoint": endpoint, "cities": sorted(set(cities)), "country": country}
        manifest |= {"page_size": page_size} | ({} if codes is None else {"languages": codes})
        _prepare_folder(folder, manifest)
        statements = kept = number = 0
        named: set[str] = set()
        seen: set[str] = set()
        found: list[str] = []
        while number == 0 or len(found) >= page_size:
            number += 1
            path = _page_path(folder, number)
            query = statements_query(cities, country, page_size, found[-1] if found else "")
            results, is_kept = _fetch_page(client, path, query)
            found = list_statements(list_bindings(results) or [])
            if not seen.isdisjoint(found):
                path.unlink()
                message = (
                    f"{endpoint} sent a statement again on page {number}; the endpoint does not sort or filter results"
                )
                raise FetchError(message, endpoint)
            seen.update(found)
            kept += is_kept
            statements += len(found)
            items = {item.id for item in read_items(list_bindings(results) or [])} - named
            if codes is not None and items:
                _fetch_page(client, folder / f"names-{number:05}.json", names_query(items, codes))
            named |= items
            if progress is not None:
                progress(number, statements)
    return FetchResult(folder, statements, number, kept)


def first_day(folder: Path) -> str:
    """Return the day of the first page in a folder, or an empty text."""
    try:
        return str(json.loads(read_file(_page_path(folder, 1)))[FETCH_DAY])
    except (OSError, ValueError, RecursionError, KeyError, TypeError):
        return ""


def count_statements(
    cities: Sequence[str] = (),
    country: str | None = None,
    *,
    everything: bool = False,
    endpoint: str = PUBLIC,
    contact: str | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> int:
    """Ask an endpoint for the number of statements that :func:`fetch_wikidata` would download."""
    check_selection(cities, country, everything=everything)
    with closing(Endpoint(endpoint, contact=contact, pause=0, sleep=sleep, patience=60)) as client:
        return read_number(client.fetch_results(count_query(cities, country)))


def check_languages(languages: Collection[str]) -> list[str]:
    """Check Wikimedia's language codes. Return the codes and ``en``, sorted.

    Raises:
        InvalidQueryError: If a code is invalid.

    Example:
        >>> check_languages(["de", "pt-br"])
        ['de', 'en', 'mul', 'pt-br']
    """
    for code in languages:
        if not isinstance(code, str) or not _LANGUAGE.fullmatch(code):
            message = f"invalid language {short(code)}; expected a code of Wikimedia like 'de' or 'pt-br'"
            raise InvalidQueryError(message, code)
    return sorted({*languages, "en", "mul"})


def check_selection(cities: Sequence[str], country: str | None, *, everything: bool) -> None:
    """Raise InvalidQueryError unless a selection has either valid Wikidata ids, or a valid country, or everything."""
    if [bool(cities), country is not None, everything].count(True) != 1:
        message = "invalid selection; expected either cities, or a country, or all statements"
        raise InvalidQueryError(message, (tuple(cities), country, everything))
    for id_ in cities:
        if not isinstance(id_, str) or not is_wikidata(id_):
            message = f"invalid Wikidata id {short(id_)}; expected an id like 'Q3955'"
            raise InvalidQueryError(message, id_)
    if country is not None and (not isinstance(country, str) or not is_country(country)):
        code = read_country(country).code if isinstance(country, str) else None
        expected = "two capital letters like 'NZ'" if code is None else repr(code)
        message = f"invalid country code {short(country)}; expected {expected}"
        raise InvalidQueryError(message, country)


def _prepare_folder(folder: Path, manifest: dict[str, Any]) -> None:
    """Raise InvalidQueryError if the folder contains other files or another download."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / MANIFEST
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


def _page_path(folder: Path, number: int) -> Path:
    return folder / f"page-{number:05}.json"


def _fetch_page(client: Endpoint, path: Path, query: str) -> tuple[dict[str, Any], bool]:
    results = _read_page(path, query)
    if results is not None:
        return results, True
    results = client.fetch_results(query)
    results |= {FETCH_DAY: datetime.now(UTC).date().isoformat(), _QUERY: query}
    replace_file(path, json.dumps(results).encode())
    return results, False


def _read_page(path: Path, query: str) -> dict[str, Any] | None:
    """Return the results of a page; ``None`` if the page must be downloaded."""
    try:
        results = json.loads(read_file(path))
    except (FileNotFoundError, ValueError, RecursionError):
        return None
    return results if list_bindings(results) is not None and results.get(_QUERY) == query else None
