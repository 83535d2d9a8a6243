"""An endpoint that answers SPARQL queries: asked politely, again where that may help, and not believed blindly."""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import urlsplit

from friendcities import __version__
from friendcities.errors import FetchError, InvalidQueryError, MissingExtraError
from friendcities.importers.wikidata.results import bindings_in
from friendcities.model.record import is_text, short

__all__ = ["PUBLIC", "Endpoint"]

PUBLIC: Final = "https://query.wikidata.org/sparql"
"""The endpoint that Wikidata itself has."""
_INSTALL: Final = "endpoints are asked with other libraries: pip install 'friendcities[fetch]'"
_ACCEPT: Final = "application/sparql-results+json"
_TYPES: Final = frozenset({_ACCEPT, "application/json"})
_LARGEST: Final = 64 * 2**20
"""The largest answer that is taken, in bytes, unpacked."""
_SLOWEST: Final = 180.0
"""How many seconds an answer may take to arrive in full."""
_PATIENCE: Final = 60.0
"""How many seconds nothing may arrive."""
_TRIES: Final = 6
_LONGEST_WAIT: Final = 600.0
"""How many seconds we wait at most when we are told to."""
_LONGEST_BACK_OFF: Final = 60.0
_PASSING: Final = frozenset({408, 429, 500, 502, 503, 504})
"""The codes of errors that may pass."""
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_MOST_MOVES: Final = 3
_OK: Final = 200


class _PassingError(Exception):
    """Something went wrong that may not go wrong again."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        super().__init__(why)
        self.wait = wait


class Endpoint:
    """An endpoint, asked one query at a time.

    Args:
        address: Where it is.
        contact: How who asks can be reached; Wikidata's own endpoint wants to know.
        pause: How many seconds there are at least between two queries.
        sleep: Waits for some seconds.
        patience: How many seconds nothing may arrive.

    Raises:
        InvalidQueryError: If it has no such address, or a contact is wanted.
        MissingExtraError: If the libraries that ask are not installed.
    """

    def __init__(
        self,
        address: str,
        *,
        contact: str | None = None,
        pause: float = 1.0,
        sleep: Callable[[float], None] = time.sleep,
        patience: float = _PATIENCE,
    ) -> None:
        self.address = _checked(address)
        if contact is not None and not (is_text(contact) and contact.isascii()):
            message = f"contact={short(contact)} cannot stand in a request; write an address of mail or a page"
            raise InvalidQueryError(message, contact)
        if contact is None and _origin(address) == _origin(PUBLIC):
            message = "Wikidata asks who asks: pass contact=, or --contact, with an address of mail or a page of yours"
            raise InvalidQueryError(message)
        try:
            import httpx  # noqa: PLC0415 - an extra
            import tenacity  # noqa: PLC0415
        except ImportError:
            raise MissingExtraError(_INSTALL) from None
        self._httpx = httpx
        self._pause = pause
        self._sleep = sleep
        self._asked_at: float | None = None
        who = f"friendcities/{__version__}{f' ({contact})' if contact else ''} httpx/{httpx.__version__}"
        headers = {"User-Agent": who, "Accept": _ACCEPT}
        self._client = httpx.Client(timeout=patience, headers=headers, follow_redirects=False)
        self._again = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(_PassingError),
            stop=tenacity.stop_after_attempt(_TRIES),
            wait=_wait(tenacity.wait_exponential_jitter(initial=1, max=_LONGEST_BACK_OFF)),
            sleep=sleep,
            reraise=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def ask(self, query: str) -> dict[str, Any]:
        """The results of a query, as its JSON has them.

        Raises:
            FetchError: If there is no answer, or none that can be used, however often it is asked.
        """
        try:
            return self._again(self._once, query)
        except _PassingError as error:
            message = f"{self.address} gave no answer in {_TRIES} tries: {error}; run the same again to go on from here"
            raise FetchError(message, self.address) from None

    def _once(self, query: str) -> dict[str, Any]:
        if self._asked_at is not None:
            left = self._pause - (time.monotonic() - self._asked_at)
            if left > 0:
                self._sleep(left)
        try:
            return self._read(self._answer(query))
        except (self._httpx.TransportError, self._httpx.DecodingError) as error:
            why = f"{type(error).__name__}: {error}".rstrip(": ")
            raise _PassingError(why) from None
        finally:
            self._asked_at = time.monotonic()

    def _answer(self, query: str) -> bytes:
        address = self.address
        for _ in range(_MOST_MOVES + 1):
            with self._client.stream("POST", address, data={"query": query}) as response:
                if response.status_code not in _MOVED:
                    self._check(response)
                    return self._body(response)
                target = str(response.url.join(response.headers.get("location", "")))
            if _origin(target) != _origin(self.address):
                message = f"{self.address} sends us on to {short(target)}, which is another host; that is not followed"
                raise FetchError(message, self.address)
            address = target
        message = f"{self.address} sends us round and round"
        raise FetchError(message, self.address)

    def _check(self, response: Any) -> None:
        """Raise unless an answer is one."""
        code = response.status_code
        if code in _PASSING:
            why = f"it answers {code}"
            raise _PassingError(why, self._told_to_wait(response.headers.get("retry-after")))
        if code != _OK:
            message = f"{self.address} answers {code}, and will again; mend the address or the choice"
            raise FetchError(message, self.address)
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in _TYPES:
            message = f"{self.address} answers with {short(kind)}, not with {_ACCEPT}; is it a SPARQL endpoint?"
            raise FetchError(message, self.address)

    def _told_to_wait(self, said: str | None) -> float | None:
        """How many seconds we are told to wait."""
        if said is None:
            return None
        try:
            seconds = (
                float(said) if said.isdecimal() else (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds()
            )
        except (ValueError, TypeError):
            return None
        if seconds > _LONGEST_WAIT:
            message = f"{self.address} tells us to wait {seconds:,.0f} seconds; run the same again after that"
            raise FetchError(message, self.address)
        return max(0.0, seconds)

    def _body(self, response: Any) -> bytes:
        begun = time.monotonic()
        found = bytearray()
        for chunk in response.iter_bytes():
            found += chunk
            if len(found) > _LARGEST:
                message = f"{self.address} answers with more than {_LARGEST:,} bytes; ask for fewer statements a page"
                raise FetchError(message, self.address)
            if time.monotonic() - begun > _SLOWEST:
                message = f"the answer had not arrived after {_SLOWEST:.0f} seconds"
                raise _PassingError(message)
        return bytes(found)

    def _read(self, body: bytes) -> dict[str, Any]:
        try:
            plain = json.loads(body)
        except (ValueError, RecursionError):
            message = "the answer is no whole JSON"
            raise _PassingError(message) from None
        if bindings_in(plain) is None:
            message = f"{self.address} answers with JSON that holds no results of a query"
            raise FetchError(message, self.address)
        found: dict[str, Any] = plain
        return found


def _wait(otherwise: Callable[[Any], float]) -> Callable[[Any], float]:
    """How long to wait before the next try: as long as we were told to, else longer each time."""

    def wait(state: Any) -> float:
        told: float | None = state.outcome.exception().wait
        return otherwise(state) if told is None else told

    return wait


def _checked(address: object) -> str:
    try:
        parts = urlsplit(address) if isinstance(address, str) else urlsplit("")
        fits = parts.scheme in {"http", "https"} and parts.hostname and parts.username is None and parts.port != 0
    except ValueError:
        fits = False
    if isinstance(address, str) and fits and is_text(address):
        return address
    message = f"{short(address)} is no address of an endpoint; write one like {PUBLIC!r}, without a name and password"
    raise InvalidQueryError(message, address)


def _origin(address: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(address)
    return parts.scheme, parts.hostname, parts.port
