"""Fetching statements page by page into a folder, where a fetch that was broken off goes on."""

import json
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from friendcities.datasets.storage import replace_file
from friendcities.errors import InvalidQueryError
from friendcities.importers.wikidata.endpoint import PUBLIC, Endpoint
from friendcities.importers.wikidata.query import Selection
from friendcities.importers.wikidata.results import FETCHED, bindings_in
from friendcities.model.record import short

__all__ = ["Fetched", "fetch_wikidata"]

_NOTES: Final = ".fetch.json"
"""The file that says what the pages beside it are."""
_FORMAT: Final = 1
_MOST: Final = 10_000
"""How many statements a page may have."""


@frozen
class Fetched:
    """What a fetch has brought."""

    folder: Path
    """Where it is."""
    statements: int
    """How many statements there are."""
    pages: int
    """How many pages there are."""
    kept: int
    """How many of them were there already."""


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
) -> Fetched:
    """Fetch statements of Wikidata's property P190 into a folder, which ``read_wikidata`` reads.

    A page is written only once it is whole. A fetch that was broken off goes on where it stopped, when the same is
    asked for again; one that is complete asks for nothing. Errors that may pass are met with patience: six tries a
    page, each after a longer wait, or after the wait that the endpoint asks for.

    Args:
        folder: Where to put the pages; it is made if need be.
        cities: The Wikidata ids of cities: their statements, and those that name them.
        country: An ISO 3166-1 code: the statements of all that lies in the country.
        everything: All statements.
        endpoint: The address of a SPARQL endpoint.
        contact: How you can be reached, a mail address or a page; Wikidata's own endpoint wants to know.
        page_size: How many statements to ask for at a time.
        pause: How many seconds there are at least between two requests.
        patience: After how many seconds in which nothing arrives a try is given up.
        sleep: Waits for some seconds.
        progress: Is told after each page how many pages and statements there are.

    Raises:
        InvalidQueryError: If nothing, or nothing sensible, is chosen, or the folder holds something else.
        FetchError: If the endpoint gives no answer that can be used.
        MissingExtraError: If the libraries that ask are not installed.
        OSError: If the folder cannot be written.
    """
    chosen = Selection.of(cities, country, everything=everything)
    if type(page_size) is not int or not 1 <= page_size <= _MOST:
        message = f"page_size={short(page_size)} will not do; it can be 1 to {_MOST:,}"
        raise InvalidQueryError(message, page_size)
    with Endpoint(endpoint, contact=contact, pause=pause, sleep=sleep, patience=patience) as asked:
        place = Path(folder)
        notes = {
            "format": _FORMAT,
            "endpoint": endpoint,
            "cities": list(chosen.cities),
            "country": chosen.country,
            "page_size": page_size,
        }
        _begin(place, notes)
        statements, kept, number = 0, 0, 0
        while True:
            page = place / f"page-{number + 1:05}.json"
            results = _kept(page)
            kept += results is not None
            if results is None:
                results = asked.ask(chosen.query(page_size, number * page_size))
                results[FETCHED] = datetime.now(UTC).date().isoformat()
                # half a character, which UTF-8 has no bytes for, is kept as it came
                replace_file(page, json.dumps(results, ensure_ascii=False).encode(errors="backslashreplace"))
            number += 1
            found = _statements(results)
            statements += found
            if progress is not None:
                progress(number, statements)
            if found < page_size:
                return Fetched(place, statements, number, kept)


def _begin(folder: Path, notes: dict[str, Any]) -> None:
    """Make the folder, or see that it holds the same fetch.

    Raises:
        InvalidQueryError: If it holds something else.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / _NOTES
    try:
        known = json.loads(file.read_bytes())
    except FileNotFoundError:
        if any(folder.iterdir()):
            message = f"{folder} holds something that no fetch has put there; name a new folder"
            raise InvalidQueryError(message, str(folder)) from None
        replace_file(file, json.dumps(notes, ensure_ascii=False).encode())
        return
    except (ValueError, RecursionError):
        known = None
    if known != notes:
        message = f"{folder} holds what another fetch has brought, for another choice or endpoint; name a new folder"
        raise InvalidQueryError(message, str(folder))


def _kept(page: Path) -> dict[str, Any] | None:
    """A page that is there already; ``None`` where it is not, or is not whole."""
    try:
        plain = json.loads(page.read_bytes())
    except (FileNotFoundError, ValueError, RecursionError):
        return None
    return plain if bindings_in(plain) is not None else None


def _statements(results: dict[str, Any]) -> int:
    """How many statements a page has: one may fill several rows."""
    rows = bindings_in(results) or []
    return len({json.dumps(row.get("statement"), sort_keys=True) for row in rows if "statement" in row})
