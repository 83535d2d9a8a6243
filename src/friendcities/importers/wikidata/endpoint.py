"""A client for SPARQL endpoints, with pauses, retries and size limits."""

import json
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Final, NoReturn
from urllib.parse import urlsplit
from urllib.request import getproxies

from friendcities import __version__
from friendcities.errors import FetchError, InvalidQueryError
from friendcities.extras import extra
from friendcities.importers.wikidata.query_results import list_bindings
from friendcities.limits import (
    ANSWER_BYTES,
    ANSWER_SECONDS,
    BACK_OFF_SECONDS,
    CONNECTION_ATTEMPTS,
    DOWNLOAD_BYTES,
    DOWNLOAD_SECONDS,
    REDIRECTS,
    REQUEST_ATTEMPTS,
    RETRY_AFTER_SECONDS,
)
from friendcities.model.record import is_text, short

PUBLIC: Final = "https://query.wikidata.org/sparql"
"""Wikidata's own endpoint."""
_ACCEPT: Final = "application/sparql-results+json"
_TRANSIENT: Final = frozenset({408, 429, 500, 502, 503, 504, *range(520, 525)})  # 520 to 524 are from a proxy
_ENCODINGS: Final = frozenset({"", "identity", "gzip"})
"""The accepted encodings of a response. A response with several encodings could unpack to a thousand times its size."""
_OK: Final = 200
_SETTINGS: Final = "the variables ALL_PROXY, HTTP_PROXY, HTTPS_PROXY, NO_PROXY, SSL_CERT_FILE and SSL_CERT_DIR"
_WITHOUT_NETWORK: Final = (
    "check the network and repeat the download, or use a download of another computer: friendcities download wikidata "
    "--from PATH"
)
_STATUS_ACTIONS: Final = {
    401: "the endpoint requires authorization: use another endpoint",
    403: "the endpoint refuses requests from here: check the contact, or use another endpoint",
    404: "there is no endpoint at this address: check the address",
    407: f"the proxy needs a user name and a password: check {_SETTINGS}",
}
"""For each HTTP status of a response, its meaning and what the user can do."""


class _TransientError(Exception):
    """A temporary error, after which the request is sent again."""

    def __init__(self, why: str, wait: float | None = None, *, is_connected: bool = True) -> None:
        super().__init__(why)
        self.wait = wait
        self.is_connected = is_connected


class Endpoint:
    """A client that sends one query at a time to a SPARQL endpoint; see ``fetch_wikidata``.

    Raises:
        InvalidQueryError: If the address is invalid, or the contact is missing.
        MissingExtraError: If the libraries for requests are not installed.
    """

    def __init__(
        self, address: str, *, contact: str | None, pause: float, sleep: Callable[[float], None], patience: float
    ) -> None:
        self.address = _check_address(address)
        if contact is not None and not (is_text(contact) and contact.isascii()):
            message = f"invalid contact {short(contact)}; expected an e-mail address or a web page"
            raise InvalidQueryError(message, contact)
        if contact is None and _split_origin(address) == _split_origin(PUBLIC):
            message = "Wikidata requires a contact: your e-mail address or web page"
            raise InvalidQueryError(message, hint="pass contact=", command="add --contact TEXT")
        with extra("fetch", "a request to an endpoint"):
            import httpx  # noqa: PLC0415 - an extra
            import tenacity  # noqa: PLC0415
        self._errors = (httpx.TransportError, httpx.DecodingError)
        self._library = httpx
        self._pause = pause
        self._sleep = sleep
        self._last_request: float | None = None
        self._started = time.monotonic()
        self._received = 0
        agent = f"friendcities/{__version__}{f' ({contact})' if contact else ''} httpx/{httpx.__version__}"
        self._headers = {"User-Agent": agent, "Accept": _ACCEPT, "Accept-Encoding": "gzip"}
        self._patience = patience
        self._client = self._make_client()
        self._back_off: Any = tenacity.wait_exponential_jitter(initial=1, max=BACK_OFF_SECONDS)
        self._retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(_TransientError),
            stop=self._is_last_attempt,
            wait=self._seconds_to_wait,
            sleep=sleep,
            reraise=True,
        )

    def _make_client(self) -> Any:
        try:
            return self._library.Client(timeout=self._patience, headers=self._headers)
        except (self._library.InvalidURL, ImportError, OSError, ValueError) as error:
            self._fail(f"cannot be reached with the settings of this system: {error}; check {_SETTINGS}")

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def fetch_results(self, query: str) -> dict[str, Any]:
        """Return the results of a query as plain JSON values.

        Raises:
            FetchError: If no attempt gets a valid response.
        """
        try:
            return self._retrying(self._request, query)
        except _TransientError as error:
            what = "sent no valid response" if error.is_connected else "cannot be reached: no connection was possible"
            action = "repeat the download to continue" if error.is_connected else self._connection_action()
            self._fail(f"{what} in {self._most_attempts(error)} attempts: {error}; {action}")

    def _most_attempts(self, error: _TransientError) -> int:
        return REQUEST_ATTEMPTS if error.is_connected or self._received else CONNECTION_ATTEMPTS

    def _is_last_attempt(self, state: Any) -> bool:
        return bool(state.attempt_number >= self._most_attempts(state.outcome.exception()))

    def _connection_action(self) -> str:
        proxies = getproxies()
        is_behind_proxy = not {"all", urlsplit(self.address).scheme}.isdisjoint(proxies)
        return f"a proxy is set: check {_SETTINGS}; or {_WITHOUT_NETWORK}" if is_behind_proxy else _WITHOUT_NETWORK

    def _seconds_to_wait(self, state: Any) -> float:
        """The endpoint can set the time before the next attempt. Otherwise, the time grows."""
        requested = state.outcome.exception().wait
        return float(self._back_off(state) if requested is None else requested)

    def _request(self, query: str) -> dict[str, Any]:
        if self._last_request is not None:
            left = self._pause - (time.monotonic() - self._last_request)
            if left > 0:
                self._sleep(left)
        try:
            body = self._post_in_time(query)
            self._spend_budget(len(body))
            plain: dict[str, Any] = json.loads(body)
        except self._library.InvalidURL as error:
            self._fail(f"redirects to an invalid address: {error}")
        except self._errors as error:
            why = f"{type(error).__name__}: {error}".rstrip(": ")
            unconnected = (self._library.ConnectError, self._library.ConnectTimeout, self._library.ProxyError)
            is_connected = not isinstance(error, unconnected)
            raise _TransientError(why, is_connected=is_connected) from None
        except (ValueError, RecursionError):
            message = "the response is not complete JSON"
            raise _TransientError(message) from None
        finally:
            self._last_request = time.monotonic()
        if list_bindings(plain) is None:
            self._fail("sent JSON without query results")
        return plain

    def _spend_budget(self, size: int) -> None:
        self._received += size
        if self._received > DOWNLOAD_BYTES or time.monotonic() - self._started > DOWNLOAD_SECONDS:
            limits = f"{DOWNLOAD_BYTES:,} bytes or {DOWNLOAD_SECONDS / 3600:.0f} hours"
            self._fail(f"needs more than {limits} for a download; repeat the download to continue")

    def _post_in_time(self, query: str) -> bytes:
        """Limit the total time of a response, because httpx does not."""
        outcomes: SimpleQueue[bytes | BaseException] = SimpleQueue()

        def post() -> None:
            try:
                outcomes.put(self._post(self._client, query, self.address))
            except BaseException as error:  # noqa: BLE001 - raised in the other thread
                outcomes.put(error)

        Thread(target=post, daemon=True).start()
        try:
            outcome = outcomes.get(timeout=ANSWER_SECONDS)
        except Empty:
            self._client.close()  # this ends the thread
            self._client = self._make_client()
            message = f"the response was not complete after {ANSWER_SECONDS:.0f} seconds"
            raise _TransientError(message) from None
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    def _post(self, client: Any, query: str, address: str, redirects: int = REDIRECTS) -> bytes:
        with client.stream("POST", address, data={"query": query}) as response:
            if response.next_request is None:
                self._check_response(response)
                return self._read_body(response)
            address = str(response.next_request.url)
        try:
            is_followed = _stays_on_host(self.address, address)
        except ValueError:  # for example, the port is above 65535
            is_followed = False
        if not is_followed:
            self._fail(f"redirects to another host or port, {short(address)}; such redirects are not followed")
        if not redirects:
            self._fail(f"redirects more than {REDIRECTS} times")
        return self._post(client, query, address, redirects - 1)

    def _fail(self, what: str) -> NoReturn:
        message = f"{self.address} {what}"
        raise FetchError(message, self.address) from None

    def _check_response(self, response: Any) -> None:
        code = response.status_code
        if code in _TRANSIENT:
            why = f"status {code}"
            raise _TransientError(why, self._retry_after(response.headers.get("retry-after", "")))
        if code != _OK:
            action = _STATUS_ACTIONS.get(code, "check the address and the selection")
            self._fail(f"answered with status {code}; {action}")
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in {_ACCEPT, "application/json"}:
            self._fail(f"sent {short(kind)}, expected {_ACCEPT}; check that this is a SPARQL endpoint")
        encoding = response.headers.get("content-encoding", "").strip().lower()
        if encoding not in _ENCODINGS:
            self._fail(f"sent a response in the encoding {short(encoding)}; expected gzip or no encoding")

    def _retry_after(self, header: str) -> float | None:
        try:
            until = None if header.isdecimal() else parsedate_to_datetime(header)
            seconds = float(header) if until is None else (until - datetime.now(UTC)).total_seconds()
        except (ValueError, TypeError, OverflowError):
            return None
        if seconds > RETRY_AFTER_SECONDS:
            self._fail(f"requires a wait of {seconds:,.0f} seconds; repeat the download after that time")
        return max(0.0, seconds)

    def _read_body(self, response: Any) -> bytes:
        body = bytearray()
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > ANSWER_BYTES:
                self._fail(f"sent more than {ANSWER_BYTES:,} bytes; use a smaller page size")
        return bytes(body)


def _check_address(address: object) -> str:
    with suppress(ValueError):
        parts = urlsplit(address if isinstance(address, str) else "")
        is_valid = parts.scheme in {"http", "https"} and parts.hostname and parts.username is None and parts.port != 0
        if isinstance(address, str) and is_valid and is_text(address):
            return address
    message = f"invalid endpoint {short(address)}; expected a URL like {PUBLIC!r}, without user name and password"
    raise InvalidQueryError(message, address)


def _stays_on_host(address: str, target: str) -> bool:
    """Whether a redirect leads to the same host. HTTPS may replace HTTP.

    Example:
        >>> _stays_on_host("http://a.example/sparql", "https://a.example/sparql")
        True
        >>> _stays_on_host("https://a.example/sparql", "http://a.example/sparql")
        False
    """
    before, after = _split_origin(address), _split_origin(target)
    return before == after or (before, after) == (("http", before[1], None), ("https", before[1], None))


def _split_origin(address: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(address)
    return parts.scheme, parts.hostname, parts.port
