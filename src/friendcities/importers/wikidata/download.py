"""Download statements page by page into a folder; an interrupted download continues where it stopped."""

import json
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from friendcities.datasets.folder import replace_file
from friendcities.errors import InvalidQueryError
from friendcities.importers.wikidata.endpoint import PUBLIC, Endpoint
from friendcities.importers.wikidata.query import Selection
from friendcities.importers.wikidata.query_results import FETCH_DAY, list_bindings
from friendcities.model.record import short

_MANIFEST: Final = ".fetch.json"
"""The file that describes the pages in a folder."""
_FORMAT: Final = 1
_MAX_PAGE_SIZE: Final = 10_000


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
    """Download statements of Wikidata's property P190 into a folder, which ``read_wikidata`` reads.

    A page is written only when it is complete. An interrupted download continues where it stopped if the same is
    requested again; a complete one requests nothing. Errors that may pass are retried: six times a page, with growing
    pauses or after the time that the endpoint asks for.

    Args:
        folder: The folder for the pages, created if necessary.
        cities: The Wikidata ids of cities: their statements, and those that name them.
        country: An ISO 3166-1 code: the statements of all items in the country.
        everything: All statements.
        endpoint: The address of a SPARQL endpoint.
        contact: Your mail address or page, required by Wikidata's own endpoint.
        page_size: The number of statements in a request.
        pause: The least number of seconds between two requests.
        patience: The number of seconds without any data after which a request is given up.
        sleep: Waits for some seconds.
        progress: Called after each page with the number of pages and of statements.

    Raises:
        InvalidQueryError: If the selection or an option is invalid, or the folder contains something else.
        FetchError: If the endpoint gives no usable answer.
        MissingExtraError: If the libraries for requests are not installed.
        OSError: If the folder cannot be written.
    """
    selection = Selection.from_options(cities, country, everything=everything)
    if type(page_size) is not int or not 1 <= page_size <= _MAX_PAGE_SIZE:
        message = f"page_size={short(page_size)} will not do; it can be 1 to {_MAX_PAGE_SIZE:,}"
        raise InvalidQueryError(message, page_size)
    with closing(Endpoint(endpoint, contact=contact, pause=pause, sleep=sleep, patience=patience)) as client:
        folder = Path(folder)
        manifest = {
            "format": _FORMAT,
            "endpoint": endpoint,
            "cities": list(selection.cities),
            "country": selection.country,
            "page_size": page_size,
        }
        _prepare_folder(folder, manifest)
        statements = kept = number = 0
        while True:
            number += 1
            path = folder / f"page-{number:05}.json"
            results = _read_page(path)
            kept += results is not None
            if results is None:
                results = client.fetch_results(selection.query(page_size, (number - 1) * page_size))
                results[FETCH_DAY] = datetime.now(UTC).date().isoformat()
                # UTF-8 has no bytes for lone surrogates, which JSON may contain
                replace_file(path, json.dumps(results, ensure_ascii=False).encode(errors="backslashreplace"))
            found = _count_statements(results)
            statements += found
            if progress is not None:
                progress(number, statements)
            if found < page_size:
                break
        return FetchResult(folder, statements, number, kept)


def _prepare_folder(folder: Path, manifest: dict[str, Any]) -> None:
    """Create the folder, or check that it contains the same download.

    Raises:
        InvalidQueryError: If it contains something else.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / _MANIFEST
    try:
        known = json.loads(file.read_bytes())
    except FileNotFoundError:
        if any(folder.iterdir()):
            message = f"{folder} holds something that no fetch has put there; name a new folder"
            raise InvalidQueryError(message, str(folder)) from None
        replace_file(file, json.dumps(manifest, ensure_ascii=False).encode())
        return
    except (ValueError, RecursionError):
        known = None
    if known != manifest:
        message = f"{folder} holds what another fetch has brought, for another choice or endpoint; name a new folder"
        raise InvalidQueryError(message, str(folder))


def _read_page(path: Path) -> dict[str, Any] | None:
    """The results of a complete page; ``None`` if there is none."""
    try:
        results = json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError, RecursionError):
        return None
    return results if list_bindings(results) is not None else None


def _count_statements(results: dict[str, Any]) -> int:
    """The number of statements of a page, of which one may have several rows."""
    rows = list_bindings(results) or []
    return len({json.dumps(row.get("statement"), sort_keys=True) for row in rows if "statement" in row})
