"""An endpoint on this machine that plays what endpoints answer, right and wrong."""

import json
import re
import socket
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs

Answer = Callable[[BaseHTTPRequestHandler], None]
"""Answers one request."""
JSON = "application/sparql-results+json"


class Played:
    """An endpoint that is running: where it is, and what it was asked."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.queries: list[str] = []
        self.agents: list[str] = []


def sending(body: bytes, code: int = 200, kind: str | None = JSON, length: int | None = None, **headers: str) -> Answer:
    """Sends this, saying that it is so long."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(code)
        if kind is not None:
            request.send_header("Content-Type", kind)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.send_header("Content-Length", str(len(body) if length is None else length))
        request.end_headers()
        request.wfile.write(body)

    return answer


def results(*rows: Mapping[str, Any]) -> bytes:
    """Results of a query, in JSON."""
    return json.dumps({"head": {"vars": []}, "results": {"bindings": list(rows)}}).encode()


def uri(id_: str) -> dict[str, str]:
    """A cell that names an item or a statement."""
    place = "entity/statement/" if "-" in id_ else "entity/"
    return {"type": "uri", "value": f"http://www.wikidata.org/{place}{id_}"}


def text(value: str, language: str = "en") -> dict[str, str]:
    """A cell with text in a language."""
    return {"type": "literal", "xml:lang": language, "value": value}


def statement(number: int, item: str = "Q1", partner: str = "Q2", **more: Any) -> dict[str, Any]:
    """A row for a statement."""
    return {"statement": uri(f"{item}-{number:04}"), "item": uri(item), "partner": uri(partner), **more}


def resetting(request: BaseHTTPRequestHandler) -> None:
    """Breaks the connection off."""
    request.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    request.connection.close()


def silent(request: BaseHTTPRequestHandler) -> None:
    """Says nothing until who asks has gone."""
    request.connection.settimeout(10)
    with_nothing = request.connection.recv(1)
    assert b"" == with_nothing


@contextmanager
def playing(answers: Sequence[Answer] | Callable[[str], Answer]) -> Iterator[Played]:
    """Play an endpoint: these answers in turn, or one that is chosen by the query."""
    turns = iter(answers) if not callable(answers) else None

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            query = parse_qs(body.decode())["query"][0]
            played.queries.append(query)
            played.agents.append(self.headers["User-Agent"])
            self.close_connection = True
            answer = next(turns) if turns is not None else answers(query)  # type: ignore[operator]
            answer(self)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name there
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    played = Played(f"http://127.0.0.1:{server.server_port}/sparql")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield played
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def paged(rows: Sequence[Mapping[str, Any]]) -> Callable[[str], Answer]:
    """Answers each query with the page of these rows that it asks for; a query for names gets none."""

    def choose(query: str) -> Answer:
        return sending(results(*([] if is_for_names(query) else page_of(rows, query))))

    return choose


def is_for_names(query: str) -> bool:
    """Whether a query is for the names of items."""
    return "VALUES ?item {" in query and "LIMIT" not in query


def page_of(rows: Iterable[Mapping[str, Any]], query: str) -> list[Mapping[str, Any]]:
    """The rows of the page that a query asks for: so many statements, sorted, after the last one of the page before."""
    found = re.search(r"LIMIT (\d+)", query)
    assert found is not None
    after = re.search(r'FILTER\(STR\(\?statement\) > ("[^"]*")\)', query)
    last = "" if after is None else json.loads(after[1])
    later = [row for row in rows if row["statement"]["value"] > last]
    return sorted(later, key=lambda row: row["statement"]["value"])[: int(found[1])]
