"""Notices to programs: JSON signed as Standard Webhooks has it (standardwebhooks.com); Slack by Airflow's provider."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import requests
from pydantic import TypeAdapter, ValidationError
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from sanctions_monitor.delivery.answers import Refused
from sanctions_monitor.delivery.smtp import is_loopback
from sanctions_monitor.errors import DeliveryError, UserError
from sanctions_monitor.feeds.time_limit import stop_at_limit, time_limit

if TYPE_CHECKING:
    import socket
    from datetime import datetime

    from sanctions_monitor.settings import Settings

TIMEOUT = 15.0
"""Seconds that a program may take for its answer, from the first byte of the question to the answer's last header."""
GONE = 410
_Webhooks = TypeAdapter(dict[str, dict[str, str]])


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address and the secret that signs what goes there."""

    name: str
    url: str
    secret: bytes

    def __repr__(self) -> str:
        """Without address and secret: many services put a password into the address."""
        return f"Webhook({self.name!r})"


def named(settings: Settings, name: str) -> Webhook:
    """The webhook of this name in `SANCTIONS_MONITOR_WEBHOOKS`, or Airflow's connection of this id.

    Raises UserError where there is none, or where its address is neither https nor on loopback.
    """
    known = _from_setting(settings)
    given = known.get(name) or _from_airflow(name)
    if given is None:
        raise UserError(
            f"No webhook {name!r}: put it into SANCTIONS_MONITOR_WEBHOOKS, as "
            '{"' + name + '": {"url": "https://...", "secret": "..."}}, or make an Airflow connection of this id.'
        )
    url, secret = str(given.get("url") or ""), str(given.get("secret") or "")
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname or "")):
        raise UserError(f"The webhook {name!r} must have an https:// address; plain http goes to loopback only.")
    if not secret:
        raise UserError(f"The webhook {name!r} has no secret to sign with. Give it one, and the receiver the same.")
    return Webhook(name, url, _key(secret))


def post(hook: Webhook, message_id: str, payload: bytes, now: datetime, limit: float = TIMEOUT) -> None:
    """Hands one notice over. Raises Refused with the answer, DeliveryError where nobody answers in time.

    `webhook-id` is the same at every try, so that the receiver can know a repeat.
    """
    id_ = message_id.strip("<>")
    stamp = str(int(now.timestamp()))
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "sanctions-monitor",
        "webhook-id": id_,
        "webhook-timestamp": stamp,
        "webhook-signature": signature(hook.secret, id_, stamp, payload),
    }
    try:
        with requests.Session() as session, time_limit(limit):
            session.mount("http://", _Adapter())
            session.mount("https://", _Adapter())
            answer = session.post(
                hook.url, data=payload, headers=headers, timeout=limit, allow_redirects=False, stream=True
            )
            answer.close()
    except requests.RequestException as problem:
        # the reason without the address, which may hold a password
        raise DeliveryError(
            f"Webhook {hook.name}: {type(problem).__name__}. The notice waits; it is sent again."
        ) from None
    if not 200 <= answer.status_code < 300:
        # a program that is being mended answers anything for a while: only "gone" is for good
        raise Refused(f"{answer.status_code} {answer.reason}", permanent=answer.status_code == GONE)


class _Connection(HTTPConnection):
    """Ends at the limit of its thread: a program that drips its answer starts the other timeout anew each byte."""

    def _new_conn(self) -> socket.socket:
        sock = super()._new_conn()
        stop_at_limit(sock)
        return sock


class _TlsConnection(HTTPSConnection):
    """The same with TLS."""

    def _new_conn(self) -> socket.socket:
        sock = super()._new_conn()
        stop_at_limit(sock)
        return sock


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


class _Adapter(HTTPAdapter):
    """requests' adapter with these connections."""

    def init_poolmanager(self, *given: Any, **more: Any) -> None:
        super().init_poolmanager(*given, **more)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _TlsPool}


def signature(secret: bytes, id_: str, stamp: str, payload: bytes) -> str:
    """The header `webhook-signature`, version 1: HMAC-SHA256 over id, time and body."""
    signed = b".".join((id_.encode(), stamp.encode(), payload))
    return "v1," + base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()


def post_to_slack(connection_id: str, text: str) -> None:
    """Hands one notice to Slack through Airflow's provider. Raises Refused or DeliveryError."""
    try:
        from airflow.providers.slack.hooks.slack_webhook import SlackWebhookHook
        from airflow.sdk.exceptions import AirflowException, AirflowNotFoundException
    except ImportError:
        raise UserError("Slack notices need the package apache-airflow-providers-slack.") from None
    try:
        SlackWebhookHook(slack_webhook_conn_id=connection_id, timeout=int(TIMEOUT)).send(text=text)
    except AirflowNotFoundException:
        raise UserError(
            f"There is no Airflow connection {connection_id!r}. Make one of the type slackwebhook."
        ) from None
    except AirflowException as problem:
        raise Refused(str(problem).splitlines()[0][:200], permanent=False) from None
    except OSError as problem:
        raise DeliveryError(f"Slack {connection_id}: {type(problem).__name__}. The notice waits.") from None


def _key(secret: str) -> bytes:
    if secret.startswith("whsec_"):
        try:
            return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
        except binascii.Error:
            raise UserError("A webhook's secret begins with whsec_ and is no base64. Copy it once more.") from None
    return secret.encode()


def _from_setting(settings: Settings) -> dict[str, dict[str, Any]]:
    if settings.webhooks is None:
        return {}
    try:
        return _Webhooks.validate_json(settings.webhooks.get_secret_value())
    except ValidationError:
        raise UserError(
            'SANCTIONS_MONITOR_WEBHOOKS is no JSON of the form {"name": {"url": "https://...", "secret": "..."}}.'
        ) from None


def _from_airflow(name: str) -> dict[str, Any] | None:
    from sanctions_monitor.delivery.airflow_connections import connection

    found = connection(name)
    if found is None:
        return None
    return {"url": found.extra_dejson.get("url") or found.host, "secret": found.password}
