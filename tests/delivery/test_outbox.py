"""The outbox: each mail once, whatever the server says, and whoever else sends."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import SecretStr

from sanctions_monitor.delivery import Wanted, deliver, enqueue
from sanctions_monitor.errors import DeliveryError
from sanctions_monitor.storage import connect
from sanctions_monitor.subscriptions import Subscriber, sync_subscribers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sanctions_monitor.settings import Settings

    Fill = Callable[..., Settings]

NOW = datetime(2025, 12, 14, 6, 0, tzinfo=UTC)


def mails(settings: Settings) -> dict[str, dict[str, Any]]:
    with connect(settings) as conn:
        rows = conn.execute("select * from delivery order by delivery_id").fetchall()
    return {row["subscriber_id"]: row for row in rows}


def states(settings: Settings) -> dict[str, str]:
    return {name: row["state"] for name, row in mails(settings).items()}


def test_every_mail_is_sent_once(outbox: Fill, mail_server: Any) -> None:
    settings = outbox("one", "two", "three")

    deliver(settings, NOW)
    deliver(settings, NOW)

    assert mail_server.recipients == ["one@example.org", "three@example.org", "two@example.org"]
    assert set(states(settings).values()) == {"sent"}


def test_a_mail_names_its_own_reader_and_nobody_else(outbox: Fill, mail_server: Any) -> None:
    deliver(outbox("one", "two"), NOW)

    for address, content in mail_server.accepted:
        assert message_from_bytes(content)["To"] == address
        assert {b"one@example.org", b"two@example.org"} - {address.encode()} not in content.split()
        other = "two" if address.startswith("one") else "one"
        assert f"{other}@example.org".encode() not in content


def test_a_day_that_is_put_into_the_outbox_again_stays_one_mail(outbox: Fill, mail_server: Any) -> None:
    outbox("one")
    deliver(outbox("one"), NOW)

    assert mail_server.recipients == ["one@example.org"]


def test_two_processes_that_fill_the_outbox_at_once_put_one_mail_there(outbox: Fill) -> None:
    settings = outbox("zero")
    digest_id = mails(settings)["zero"]["digest_id"]
    day = date(2025, 12, 13)
    one = Subscriber(id="one", address="one@example.org", name="one")
    with connect(settings) as first:
        sync_subscribers(first, [one], NOW)
    wanted = [Wanted(one, digest_id)]
    with connect(settings) as first, connect(settings) as second, ThreadPoolExecutor(1) as pool:
        enqueue(first, "2025-12-13", day, wanted, NOW, settings)
        late = pool.submit(enqueue, second, "2025-12-13", day, wanted, NOW, settings)
        # the second waits for the first by now
        with pytest.raises(TimeoutError):
            late.result(0.2)
        first.commit()
        late.result(5)

    assert states(settings) == {"zero": "pending", "one": "pending"}


def test_a_reader_whom_the_server_refuses_for_good_is_dead_with_the_reason_and_others_get_theirs(
    outbox: Fill, mail_server: Any
) -> None:
    mail_server.answers["one@example.org"] = "550 No such user here"
    settings = outbox("one", "two")

    deliver(settings, NOW)

    assert states(settings) == {"one": "dead", "two": "sent"}
    assert mails(settings)["one"]["last_error"] == "550 No such user here"


def test_a_dead_mail_is_not_tried_again(outbox: Fill, mail_server: Any) -> None:
    mail_server.answers["one@example.org"] = "550 No such user here"
    settings = outbox("one")
    deliver(settings, NOW)
    mail_server.answers.clear()

    deliver(settings, NOW + timedelta(days=1))

    assert mail_server.accepted == []


def test_a_not_now_waits_and_others_get_theirs(outbox: Fill, mail_server: Any) -> None:
    mail_server.answers["one@example.org"] = "451 Try later"
    settings = outbox("one", "two")

    deliver(settings, NOW)

    waiting = mails(settings)["one"]
    assert (waiting["state"], waiting["attempts"], waiting["last_error"]) == ("pending", 1, "451 Try later")
    assert waiting["not_before"] == NOW + timedelta(minutes=5)
    assert states(settings)["two"] == "sent"


def test_a_mail_that_waits_is_sent_when_its_time_has_come(outbox: Fill, mail_server: Any) -> None:
    mail_server.answers["one@example.org"] = "451 Try later"
    settings = outbox("one")
    deliver(settings, NOW)
    mail_server.answers.clear()

    deliver(settings, NOW + timedelta(minutes=4))
    assert mail_server.accepted == []

    deliver(settings, NOW + timedelta(minutes=5))
    assert mail_server.recipients == ["one@example.org"]


def test_every_not_now_makes_the_pause_longer_up_to_half_a_day(outbox: Fill, mail_server: Any) -> None:
    mail_server.answers["one@example.org"] = "451 Try later"
    settings, now, pauses = outbox("one"), NOW, []
    for _ in range(10):
        deliver(settings, now)
        later = mails(settings)["one"]["not_before"]
        pauses.append(later - now)
        now = later

    assert pauses[:3] == [timedelta(minutes=5), timedelta(minutes=10), timedelta(minutes=20)]
    assert pauses[-1] == timedelta(hours=12)


def test_a_mail_that_the_server_refuses_after_reading_it_is_dead(outbox: Fill, mail_server: Any) -> None:
    mail_server.answers["DATA"] = "554 Looks like spam"
    settings = outbox("one")

    deliver(settings, NOW)

    assert mails(settings)["one"]["last_error"] == "554 Looks like spam"
    assert states(settings) == {"one": "dead"}


def test_a_server_that_refuses_the_sender_makes_no_mail_dead(outbox: Fill, mail_server: Any) -> None:
    mail_server.to_sender = "553 Sender not allowed"
    settings = outbox("one", "two")

    with pytest.raises(DeliveryError, match=r"553 Sender not allowed.*SANCTIONS_MONITOR_MAIL_FROM"):
        deliver(settings, NOW)

    assert set(states(settings).values()) == {"pending"}


def test_an_address_that_the_server_can_not_write_does_not_stop_the_others(outbox: Fill, mail_server: Any) -> None:
    settings = outbox("one", "two")
    with connect(settings) as conn:
        conn.execute("update delivery set address = 'почта@example.org' where subscriber_id = 'one'")

    deliver(settings, NOW)

    assert states(settings) == {"one": "dead", "two": "sent"}


def test_a_server_that_is_away_loses_nothing(outbox: Fill, mail_server: Any) -> None:
    settings = outbox("one")
    away = settings.model_copy(update={"smtp_url": SecretStr("smtp://127.0.0.1:1")})

    with pytest.raises(DeliveryError, match="wait in the outbox"):
        deliver(away, NOW)
    deliver(settings, NOW)

    assert mail_server.recipients == ["one@example.org"]


def test_a_mail_at_which_the_server_hangs_up_lets_the_others_go_first(outbox: Fill, mail_server: Any) -> None:
    mail_server.answers["one@example.org"] = "hang up"
    settings = outbox("one", "two")

    with pytest.raises(DeliveryError, match="wait in the outbox"):
        deliver(settings, NOW)
    deliver(settings, NOW)

    assert states(settings) == {"one": "pending", "two": "sent"}


def test_a_server_that_closes_in_the_middle_of_a_message_loses_nothing(outbox: Fill, mail_server: Any) -> None:
    settings = outbox("one")
    with closing_in_mid_message() as url, pytest.raises(DeliveryError, match="wait in the outbox"):
        deliver(settings.model_copy(update={"smtp_url": SecretStr(url)}), NOW)
    assert states(settings) == {"one": "pending"}

    deliver(settings, NOW + timedelta(minutes=5))

    assert mail_server.recipients == ["one@example.org"]


@contextmanager
def closing_in_mid_message() -> Iterator[str]:
    """A mail server that reads the beginning of one message and closes."""

    def serve() -> None:
        client, _ = listener.accept()
        with client, client.makefile("rb") as lines:
            client.sendall(b"220 here\r\n")
            for line in lines:
                client.sendall(b"354 go on\r\n" if line.startswith(b"data") else b"250 yes\r\n")
                if line.startswith(b"data"):
                    lines.read(100)
                    return

    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = threading.Thread(target=serve)
        server.start()
        yield f"smtp://127.0.0.1:{listener.getsockname()[1]}"
    server.join(30)


def test_a_server_that_drips_at_one_mail_is_left_and_the_rest_is_sent(outbox: Fill, mail_server: Any) -> None:
    mail_server.answers["one@example.org"] = "drip"
    settings = outbox("one", "two", "three").model_copy(update={"smtp_total_timeout": 0.5})

    with pytest.raises(DeliveryError, match=r"not done after 0\.5 s .*wait in the outbox"):
        deliver(settings, NOW)

    assert states(settings) == {"one": "pending", "two": "sent", "three": "sent"}
    assert mails(settings)["one"]["not_before"] == NOW + timedelta(minutes=5)


def test_a_server_that_ends_the_session_with_a_not_now_is_called_again_for_the_rest(
    outbox: Fill, mail_server: Any
) -> None:
    mail_server.answers["one@example.org"] = "421 Enough for one session"
    settings = outbox("one", "two")

    deliver(settings, NOW)

    assert states(settings) == {"one": "pending", "two": "sent"}


def test_without_a_mail_server_mails_wait(outbox: Fill, mail_server: Any) -> None:
    settings = outbox("one").model_copy(update={"smtp_url": None})

    deliver(settings, NOW)

    assert states(settings) == {"one": "pending"}


def test_an_empty_outbox_asks_no_server(settings: Settings) -> None:
    deliver(settings.model_copy(update={"smtp_url": SecretStr("smtp://127.0.0.1:1")}), NOW)


def test_two_senders_at_once_send_each_mail_once(outbox: Fill, mail_server: Any) -> None:
    settings = outbox(*(f"reader{number}" for number in range(12)))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: deliver(settings, NOW), range(2)))

    assert len(mail_server.recipients) == len(set(mail_server.recipients)) == 12


SENDER = """
import sys
from datetime import UTC, datetime
from pydantic import SecretStr
from sanctions_monitor.delivery import deliver
from sanctions_monitor.settings import Settings
settings = Settings(database_url=SecretStr(sys.argv[1]), smtp_url=SecretStr(sys.argv[2]))
deliver(settings, datetime(2025, 12, 14, 6, 0, tzinfo=UTC))
"""


def test_killed_between_the_servers_yes_and_our_commit_the_repeat_bears_the_same_message_id(
    outbox: Fill, mail_server: Any
) -> None:
    settings = outbox("one")
    urls = [settings.database_url.get_secret_value(), settings.smtp_url.get_secret_value()]
    sender = subprocess.Popen([sys.executable, "-c", SENDER, *urls])
    mail_server.after_data = sender.kill
    sender.wait(30)
    mail_server.after_data = None
    assert states(settings) == {"one": "pending"}

    deliver(settings, NOW)

    first, second = (content for _, content in mail_server.accepted)
    assert message_from_bytes(first)["Message-ID"] == message_from_bytes(second)["Message-ID"]
    assert first == second
    assert states(settings) == {"one": "sent"}
