"""Answers of services: over HTTP with limits, or from files. A cut-off answer is no answer."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any, Protocol

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from sanctions_monitor.errors import FetchError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MOST_BYTES = 300 * 2**20
"""Bytes of one answer after decompression."""
MOST_SECONDS = 300.0
"""Seconds that one answer may take."""
PAUSE = 1.0
"""Seconds between two questions to one service."""


class Answers(Protocol):
    """Where an adapter gets its answers from."""

    def get(self, name: str, path: str, params: Mapping[str, str]) -> bytes:
        """The answer to one question. `name` is its short name, which is also that of a recorded file.

        Raises FetchError naming the service, the question and the reason.
        """
        ...


class FolderAnswers:
    """Recorded answers: one file a question, called by its name."""

    def __init__(self, folder: Path) -> None:
        """Reads from this folder."""
        self._folder = folder

    def get(self, name: str, path: str, params: Mapping[str, str]) -> bytes:  # noqa: ARG002 - as over HTTP
        """The content of the file."""
        try:
            return (self._folder / name).read_bytes()
        except OSError as problem:
            raise FetchError(f"{self._folder / name}: {problem.strerror or problem}. Put the answer there.") from None


class HttpAnswers:
    """Answers over HTTP: retried politely, bounded in size and time, whole or not at all."""

    def __init__(
        self, title: str, base_url: str, *, user_agent: str, key: str | None = None, pause: float = PAUSE
    ) -> None:
        """`key` goes out as a subscription key and shows up in no error."""
        self._title, self._base, self._pause, self._asked = title, base_url.rstrip("/"), pause, False
        self._session = requests.Session()
        self._session.headers["User-Agent"] = user_agent
        if key:
            self._session.headers["Ocp-Apim-Subscription-Key"] = key
        retry = Retry(
            total=3, backoff_factor=1.0, status_forcelist=(429, 500, 502, 503, 504), respect_retry_after_header=True
        )
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=retry))

    def get(self, name: str, path: str, params: Mapping[str, str]) -> bytes:
        """The body of the answer, if it came whole with status 200."""
        if self._asked:
            time.sleep(self._pause)
        self._asked = True
        address = f"{self._base}/{path.lstrip('/')}"
        try:
            with self._session.get(address, params=dict(params), timeout=(10, 60), stream=True) as answer:
                if answer.status_code != requests.codes.ok:
                    raise self._refused(name, address, f"status {answer.status_code}")
                return self._read(name, address, answer)
        except requests.RequestException as problem:
            raise self._refused(name, address, _reason(problem)) from None

    def _read(self, name: str, address: str, answer: requests.Response) -> bytes:
        parts: list[bytes] = []
        size, end = 0, time.monotonic() + MOST_SECONDS
        for part in answer.iter_content(2**16):
            size += len(part)
            if size > MOST_BYTES:
                raise self._refused(name, address, f"more than {MOST_BYTES:,} bytes")
            if time.monotonic() > end:
                raise self._refused(name, address, f"more than {MOST_SECONDS:.0f} seconds")
            parts.append(part)
        return b"".join(parts)

    def _refused(self, name: str, address: str, reason: str) -> FetchError:
        return FetchError(f"{self._title}, {name} ({address}): {reason}. The tables stay as they are; try again later.")


def json_of(title: str, name: str, body: bytes) -> Any:
    """The JSON of an answer. Raises FetchError where it is none, as when it was cut off in the middle."""
    try:
        return json.loads(body)
    except ValueError as problem:
        cut = f"no whole JSON after {len(body):,} bytes ({problem})"
        raise FetchError(f"{title}, {name}: {cut}. It was cut off: the tables stay as they are.") from None


def _reason(problem: requests.RequestException) -> str:
    """Why, without the address, which may hold a key."""
    if isinstance(problem, requests.exceptions.ChunkedEncodingError):
        return "the answer was cut off in the middle"
    if isinstance(problem, requests.exceptions.Timeout):
        return "no answer in time"
    if isinstance(problem, requests.exceptions.ConnectionError):
        return "no connection, or it broke off"
    return type(problem).__name__
