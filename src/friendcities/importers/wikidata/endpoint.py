"""A client for SPARQL endpoints with pauses, retries, and limits on what it accepts."""

import json
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final, NoReturn
from urllib.parse import urlsplit

from friendcities import __version__
from friendcities.errors import FetchError, InvalidQueryError
from friendcities.extras import extra
from friendcities.importers.wikidata.query_results import list_bindings
from friendcities.model.record import is_text, short

PUBLIC: Final = "https://query.wikidata.org/sparql"
"""Wikidata's own endpoint."""
_ACCEPT: Final = "application/sparql-results+json"
_MAX_BYTES: Final = 64 * 2**20
"""The largest answer, unpacked."""
_MAX_SECONDS: Final = 180.0
"""The longest time for a complete answer."""
_TRIES: Final = 6
_MAX_RETRY_AFTER: Final = 600.0
"""The longest wait that an endpoint may ask for."""
_MAX_BACK_OFF: Final = 60.0
_TRANSIENT: Final = frozenset({408, 429, 500, 502, 503, 504})
_MAX_REDIRECTS: Final = 3
_OK: Final = 200


class _TransientError(Exception):
    """An error after which the request may be tried again."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        super().__init__(why)
        self.wait = wait


class Endpoint:
    """A SPARQL endpoint, which gets one query at a time.

    Args:
        address: Its address.
        contact: The mail address or page of the user, required by Wikidata's own endpoint.
        pause: The least number of seconds between two queries.
        sleep: Waits for some seconds.
        patience: The number of seconds without any data after which a request is given up.

    Raises:
        InvalidQueryError: If the address is invalid, or the contact is missing.
        MissingExtraError: If the libraries for requests are not installed.
    """

    def __init__(
        self, address: str, *, contact: str | None, pause: float, sleep: Callable[[float], None], patience: float
    ) -> None:
        self.address = _check_address(address)
        if contact is not None and not (is_text(contact) and contact.isascii()):
            message = f"invalid contact {short(contact)}; write an address of mail or a page"
            raise InvalidQueryError(message, contact)
        if contact is None and _split_origin(address) == _split_origin(PUBLIC):
            message = "Wikidata asks who asks: pass contact=, or --contact, with an address of mail or a page of yours"
            raise InvalidQueryError(message)
        with extra("fetch", "a request to an endpoint"):
            import httpx  # noqa: PLC0415 - an extra
            import tenacity  # noqa: PLC0415
        self._errors = (httpx.TransportError, httpx.DecodingError)
        self._pause = pause
        self._sleep = sleep
        self._last_request: float | None = None
        agent = f"friendcities/{__version__}{f' ({contact})' if contact else ''} httpx/{httpx.__version__}"
        self._client = httpx.Client(timeout=patience, headers={"User-Agent": agent, "Accept": _ACCEPT})
        self._back_off: Any = tenacity.wait_exponential_jitter(initial=1, max=_MAX_BACK_OFF)
        self._retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(_TransientError),
            stop=tenacity.stop_after_attempt(_TRIES),
            wait=self._seconds_to_wait,
            sleep=sleep,
            reraise=True,
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def fetch_results(self, query: str) -> dict[str, Any]:
        """The results of a query as plain JSON values.

        Raises:
            FetchError: If no try gets a usable answer.
        """
        try:
            return self._retrying(self._request, query)
        except _TransientError as error:
            self._fail(f"gave no answer in {_TRIES} tries: {error}; run the same again to go on from here")

    def _seconds_to_wait(self, state: Any) -> float:
        """The wait before the next try: what the endpoint asked for, otherwise longer each time."""
        requested = state.outcome.exception().wait
        return float(self._back_off(state) if requested is None else requested)

    def _request(self, query: str) -> dict[str, Any]:
        if self._last_request is not None:
            left = self._pause - (time.monotonic() - self._last_request)
            if left > 0:
                self._sleep(left)
        try:
            plain: dict[str, Any] = json.loads(self._post(query, self.address))
        except self._errors as error:
            why = f"{type(error).__name__}: {error}".rstrip(": ")
            raise _TransientError(why) from None
        except (ValueError, RecursionError):
            message = "the answer is no whole JSON"
            raise _TransientError(message) from None
        finally:
            self._last_request = time.monotonic()
        if list_bindings(plain) is None:
            self._fail("answers with JSON that holds no results of a query")
        return plain

    def _post(self, query: str, address: str, redirects: int = _MAX_REDIRECTS) -> bytes:
        with self._client.stream("POST", address, data={"query": query}) as response:
            if response.next_request is None:
                self._check_response(response)
                return self._read_body(response)
            address = str(response.next_request.url)
        if _split_origin(address) != _split_origin(self.address):
            self._fail(f"sends us on to {short(address)}, which is another host; that is not followed")
        if not redirects:
            self._fail("sends us round and round")
        return self._post(query, address, redirects - 1)

    def _fail(self, what: str) -> NoReturn:
        message = f"{self.address} {what}"
        raise FetchError(message, self.address) from None

    def _check_response(self, response: Any) -> None:
        """Raise an error unless the response has query results."""
        code = response.status_code
        if code in _TRANSIENT:
            why = f"it answers {code}"
            raise _TransientError(why, self._retry_after(response.headers.get("retry-after", "")))
        if code != _OK:
            self._fail(f"answers {code}, and will again; fix the address or the choice")
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in {_ACCEPT, "application/json"}:
            self._fail(f"answers with {short(kind)}, not with {_ACCEPT}; is it a SPARQL endpoint?")

    def _retry_after(self, header: str) -> float | None:
        """The number of seconds to wait, from a header with seconds or a date."""
        try:
            until = None if header.isdecimal() else parsedate_to_datetime(header)
            seconds = float(header) if until is None else (until - datetime.now(UTC)).total_seconds()
        except (ValueError, TypeError):
            return None
        if seconds > _MAX_RETRY_AFTER:
            self._fail(f"asks us to wait {seconds:,.0f} seconds; run the same again after that")
        return max(0.0, seconds)

    def _read_body(self, response: Any) -> bytes:
        started = time.monotonic()
        body = bytearray()
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > _MAX_BYTES:
                self._fail(f"answers with more than {_MAX_BYTES:,} bytes; ask for fewer statements a page")
            if time.monotonic() - started > _MAX_SECONDS:
                message = f"the answer had not arrived after {_MAX_SECONDS:.0f} seconds"
                raise _TransientError(message)
        return bytes(body)


def _check_address(address: object) -> str:
    with suppress(ValueError):
        parts = urlsplit(address if isinstance(address, str) else "")
        is_valid = parts.scheme in {"http", "https"} and parts.hostname and parts.username is None and parts.port != 0
        if isinstance(address, str) and is_valid and is_text(address):
            return address
    message = f"{short(address)} is no address of an endpoint; write one like {PUBLIC!r}, without a name and password"
    raise InvalidQueryError(message, address)


def _split_origin(address: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(address)
    return parts.scheme, parts.hostname, parts.port
