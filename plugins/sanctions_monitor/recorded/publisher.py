"""Serves recorded feed documents over HTTP, with validators, as their publishers would."""

from __future__ import annotations

import hashlib
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Publisher(SimpleHTTPRequestHandler):
    """Files of one folder, with an ETag; a repeated question is answered by 304."""

    protocol_version = "HTTP/1.1"
    extensions_map = {".xml": "application/xml", ".json": "application/feed+json"}  # noqa: RUF012

    def do_GET(self) -> None:
        """Answers 200 with validators, 304 where the reader has it, 404 outside the folder."""
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        body = path.read_bytes()
        etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        if self.headers.get("If-None-Match") == etag:
            self.send_response(304)
            self.send_header("ETag", etag)
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", etag)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Says nothing: our own log tells what was polled."""


@contextmanager
def publish(folder: Path, port: int = 0) -> Iterator[str]:
    """Serves `folder` on loopback while the block runs; gives the base address, ending in a slash."""
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(_Publisher, directory=str(folder)))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
