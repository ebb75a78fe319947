"""A mail server on loopback that keeps every mail as a file; nothing leaves the machine."""

from __future__ import annotations

import re
import socket
from contextlib import contextmanager
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class _Keeper:
    """Writes each accepted mail to `<Message-ID>.eml`: the same mail sent twice is one file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: ARG002, N802
        message = message_from_bytes(envelope.content, policy=policy.default)
        name = re.sub(r"[^A-Za-z0-9.@_-]", "", str(message["Message-ID"] or "")) or "no-message-id"
        part = self.folder / f".{name}.part"
        part.write_bytes(envelope.content)
        part.rename(self.folder / f"{name}.eml")
        return "250 kept"


@contextmanager
def catch_mail(folder: Path, port: int = 0) -> Iterator[str]:
    """Accepts mail on loopback while the block runs; gives the server's address as an smtp:// URL."""
    folder.mkdir(parents=True, exist_ok=True)
    # aiosmtpd offers no port of the system's choice by itself: take a free one first
    controller = Controller(_Keeper(folder), hostname="127.0.0.1", port=port or _free_port())
    controller.start()
    try:
        yield f"smtp://127.0.0.1:{controller.port}"
    finally:
        controller.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
