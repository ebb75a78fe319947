"""What a server says to a mail or a notice that it does not take."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818 - it is an answer, not a fault
    """The server does not take this one. `permanent` (5xx of SMTP) means never, else not now."""

    def __init__(self, reason: str, *, permanent: bool) -> None:
        """`reason` is the server's own word."""
        super().__init__(reason)
        self.permanent = permanent
