"""A folder over HTTP, as a static host serves it: text is compressed, what is not there is a 404."""

import gzip
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Final

COMPRESSED: Final = {".css", ".html", ".js", ".json", ".svg"}
LEVEL: Final = 6
"""How hard static hosts try."""


@cache
def compress(path: Path) -> bytes:
    """The file as it goes over the wire; no file changes while it is served."""
    text = path.read_bytes()
    return gzip.compress(text, LEVEL) if path.suffix in COMPRESSED else text


class Handler(http.server.SimpleHTTPRequestHandler):
    """Sends the files of one folder."""

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Send the headers of a file, and hand over its body; the server's own way where it is not to be compressed."""
        path = Path(self.translate_path(self.path))
        if path.suffix not in COMPRESSED or not path.is_file():
            return super().send_head()
        body = compress(path)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return BytesIO(body)

    def log_message(self, *arguments: Any) -> None:
        """Say nothing; the browser's side is listened to."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine, at the address that is yielded."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=folder)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()
