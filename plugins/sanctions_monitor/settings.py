"""Every setting, once: its name, default and meaning. Read from `SANCTIONS_MONITOR_*` in the environment.

`sanctions-monitor settings` prints this list. A secret is a `SecretStr`, so that it can't reach a log by accident.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, PositiveFloat, PositiveInt, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from sanctions_monitor.errors import UserError

PREFIX = "SANCTIONS_MONITOR_"
PROJECT = Path(__file__).parents[2]
"""The project folder: the one that holds `dags/ plugins/ sql/`. It is the same in a clone and in the image."""


def _absolute(path: Path) -> Path:
    try:
        return path.expanduser().absolute()
    except RuntimeError:
        raise ValueError("must be a path; there is no user of that name") from None


AbsolutePath = Annotated[Path, AfterValidator(_absolute)]


def _host_ports(text: str) -> str:
    for pair in filter(None, text.split(",")):
        host, _, port = pair.strip().rpartition(":")
        if not host or not port.isdecimal():
            raise ValueError(f"{pair!r} must be host:port, such as 127.0.0.1:8500")
    return text


class Settings(BaseSettings):
    """The settings of one process."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", frozen=True, allow_inf_nan=False
    )

    home: AbsolutePath = Field(
        default=PROJECT / "var",
        description="Folder of the embedded database and of everything that is kept between runs.",
    )
    out: AbsolutePath = Field(
        default=PROJECT / "out", description="Folder that digests and CSV files are written to, by date."
    )
    database_url: SecretStr | None = Field(
        default=None,
        description="PostgreSQL server, as postgresql://user:password@host:5432/name. "
        "Unset, an embedded PostgreSQL starts in the home folder.",
    )
    catalogue: AbsolutePath | Literal["none"] = Field(
        default=Path(__file__).parent / "feeds" / "catalogue.csv",
        description="Catalogue of feeds (CSV); `none` for an empty one.",
    )
    subscriptions: AbsolutePath | None = Field(
        default=None,
        description="Who gets the digest (CSV). Unset: subscriptions.csv in the home folder, if it is there.",
    )
    smtp_url: SecretStr | None = Field(
        default=None,
        description="Mail server, as smtp://user:password@host:587 (STARTTLS; plain only to loopback) or smtps://host. "
        "Inside a private network ?tls=off allows plain SMTP. Unset, mails wait in the outbox.",
    )
    mail_from: str = Field(
        default="Sanctions Monitor <digest@sanctions-monitor.invalid>", description="Sender of the digests."
    )
    smtp_timeout: PositiveFloat = Field(
        default=30.0, description="Seconds to wait for the next word of the mail server."
    )
    smtp_total_timeout: PositiveFloat = Field(
        default=120.0, description="Seconds that one mail may take from its first word to the server's last."
    )
    smtp_parallel: PositiveInt = Field(
        default=4, description="Sessions with the mail server at the same time, where many mails wait."
    )
    urgent_at_once: PositiveInt = Field(
        default=3,
        description="Urgent notices that a subscriber gets within the window; the rest of a burst is bundled.",
    )
    urgent_window: int = Field(
        default=60, ge=0, description="Minutes of that window; 0 bundles nothing but what one run finds."
    )
    operators: str | None = Field(default=None, description="Mail address that is told when a digest is late.")
    public_url: str = Field(
        default="http://localhost:8080",
        description="Address that readers reach Airflow's web server at; the link that stops mails leads there.",
    )
    signing_key: SecretStr | None = Field(
        default=None,
        description="Signs the links that stop mails. Unset, one is made and kept in the database.",
    )
    webhooks: SecretStr | None = Field(
        default=None,
        description='Programs that get urgent notices, as {"name": {"url": "https://...", "secret": "..."}}. '
        "In Airflow, a connection of that name.",
    )
    export_to: str | None = Field(
        default=None,
        description="Folder or URL of an object store (fsspec, or Airflow's s3://connection@bucket/path) that each "
        "day's tables are written to beside the out folder.",
    )
    contact: str = Field(
        default="https://github.com/sanctions-monitor",
        description="Address for complaints, sent to publishers in the User-Agent.",
    )
    proxy: SecretStr | None = Field(
        default=None,
        description="Proxy for all requests to publishers, as http://user:password@host:3128. "
        "It looks names up by itself, so it must refuse private addresses too.",
    )
    allowed_private: Annotated[str, AfterValidator(_host_ports)] = Field(
        default="",
        description="The only private addresses that may be asked, as host:port[,host:port]; for tests and the demo.",
    )
    poll_minutes: PositiveInt = Field(default=60, description="Minutes between two polls of a feed.")
    poll_minutes_official: PositiveInt = Field(
        default=15, description="The same for feeds of official bodies, and for those that bring over 4 items an hour."
    )
    poll_minutes_quiet: PositiveInt = Field(
        default=120, description="The same at most, for feeds that seldom bring anything; official ones at most 30."
    )
    workers: PositiveInt = Field(default=8, description="Hosts that are asked at the same time.")
    host_parallel: PositiveInt = Field(default=1, description="Requests to one host at the same time.")
    host_pause: float = Field(default=1.0, ge=0, description="Seconds between two requests to one host.")
    connect_timeout: PositiveFloat = Field(default=5.0, description="Seconds to wait for a connection.")
    read_timeout: PositiveFloat = Field(default=15.0, description="Seconds to wait for the next bytes of an answer.")
    total_timeout: PositiveFloat = Field(
        default=30.0, description="Seconds that one answer may take from first to last byte."
    )
    max_bytes: PositiveInt = Field(
        default=10 * 2**20, description="Largest document that is read, in bytes after decompression."
    )
    ui_port: int = Field(
        default=8080, ge=1, le=65535, description="Port of Airflow's UI that `up` starts, on loopback."
    )
    admin_password: SecretStr | None = Field(
        default=None, description="Password of `admin` in that UI. Unset, one is made, printed once and kept."
    )
    full_text: bool = Field(
        default=True, description="Ask for the page of an item that may tell an event and comes with a short summary."
    )
    full_text_below: PositiveInt = Field(
        default=400, description="Characters from which on a summary is long enough to do without its page."
    )
    keep_evidence_years: PositiveInt = Field(
        default=10,
        description="Years that the text and document of an item with an event are kept; its sentence stays.",
    )
    keep_texts_days: PositiveInt = Field(
        default=90, description="Days that full texts of items without an event are kept; titles and summaries stay."
    )
    keep_documents_days: PositiveInt = Field(
        default=30, description="Days that fetched documents are kept which no event rests on."
    )
    keep_polls_days: PositiveInt = Field(default=400, description="Days that the record of polls is kept.")
    keep_mails_days: PositiveInt = Field(
        default=400, description="Days that a sent mail can be shown again; then its address is taken out."
    )
    licences: str = Field(
        default="open",
        description="Licences under which figures may be used: `open`, and ids of sql/reference/licences.csv such as "
        "`open,faostat`.",
    )
    comtrade_key: SecretStr | None = Field(
        default=None, description="Free subscription key of UN Comtrade. Unset, its preview is asked."
    )
    watch_list: AbsolutePath | None = Field(
        default=None,
        description="CSV file of the senders, targets and goods that weigh more (columns kind, code). Unset: none.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="WARNING", description="Least level logged."
    )
    log_format: Literal["text", "json"] = Field(default="text", description="Logs as text or as JSON Lines.")

    @property
    def private_pairs(self) -> frozenset[tuple[str, int]]:
        """The pairs of `allowed_private`."""
        pairs = (pair.strip().rpartition(":") for pair in self.allowed_private.split(",") if pair.strip())
        return frozenset((host.strip("[]").lower(), int(port)) for host, _, port in pairs)

    @property
    def subscriptions_file(self) -> Path:
        """Where subscriptions are read from."""
        return self.subscriptions or self.home / "subscriptions.csv"


@cache
def load() -> Settings:
    """The settings of this process, read once. Raises UserError naming the variable, its value and the remedy."""
    try:
        return Settings()
    except ValidationError as problem:
        first = problem.errors()[0]
        name = PREFIX + str(first["loc"][0]).upper()
        raise UserError(
            f"{name}={first['input']!r}: {first['msg']}. Run `sanctions-monitor settings` to see what it takes."
        ) from None


# A password that nobody has percent-encoded may hold "@", "/" and "?". The path of a web page may hold "@" too: there
# a colon that no port follows gives the password away.
_PASSWORD = re.compile(
    r"\b(https?://)(?:[^/?#\s]*@|[^/?#\s:]+:(?!\d*(?:[/?#]|$))\S*@)|(?<![\w+])((?!https?:)[a-z][a-z0-9+]*://)\S*@",
    re.IGNORECASE,
)


def without_password(text: str) -> str:
    """A URL, or a text with URLs in it, as it may be shown: user names and passwords taken out."""
    # nearly all texts have none, and the search takes its time with addresses
    return text if "@" not in text else _PASSWORD.sub(lambda match: match[1] or match[2], text)
