"""Nobody sees anything without Airflow's login, and no answer lets a script run."""

from __future__ import annotations

import pytest
from fastapi import HTTPException, Request

pytestmark = pytest.mark.airflow

ADDRESSES = ["/", "/?before=2025-12-14", "/digests/2025-12-13/UTC", "/read/2025-12-13/UTC", "/no/such/page"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_stranger_is_sent_to_the_login_and_back(pages, keep_digest, address):
    keep_digest("2025-12-13")
    answer = pages.get(f"/sanctions{address}")
    assert answer.status_code == 302
    assert answer.headers["location"].startswith("/auth/login?next=%2Fsanctions%2F")
    assert answer.text == ""


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_program_without_a_token_gets_401_as_json(pages, keep_digest, address):
    keep_digest("2025-12-13")
    answer = pages.get(f"/sanctions{address}", headers={"Accept": "application/json"})
    assert answer.status_code == 401
    assert answer.json() == {"detail": "Not authenticated"}


def test_a_forged_session_is_refused(pages):
    pages.cookies.set("_token", "forged")
    assert pages.get("/sanctions/").status_code == 403


@pytest.mark.parametrize("address", [*ADDRESSES, "/digests/2025-12-13/Mars/Olympus"])
def test_every_answer_forbids_scripts_foreign_frames_and_keeping(reader, keep_digest, address):
    keep_digest("2025-12-13")
    headers = reader.get(f"/sanctions{address}").headers
    policy = headers["content-security-policy"].split("; ")
    assert {"default-src 'none'", "frame-ancestors 'self'", "base-uri 'none'", "form-action 'none'"} <= set(policy)
    assert not [rule for rule in policy if rule.startswith("script-src")]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"


def test_refusals_carry_the_headers_too(pages):
    assert "default-src 'none'" in pages.get("/sanctions/").headers["content-security-policy"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_can_be_changed(reader, method):
    assert reader.request(method, "/sanctions/").status_code == 405


def request(method: str, **headers: str) -> Request:
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": method, "path": "/", "query_string": b"", "headers": raw})


@pytest.mark.parametrize("headers", [{}, {"origin": "https://evil.example"}, {"referer": "https://evil.example/here"}])
def test_a_change_sent_by_another_site_is_refused(airflow_home, headers):
    from sanctions_monitor.web.airflow_access import same_origin

    with pytest.raises(HTTPException) as refusal:
        same_origin(request("POST", host="here.example", **headers))
    assert refusal.value.status_code == 403


@pytest.mark.parametrize("headers", [{"origin": "https://here.example"}, {"authorization": "Bearer token"}])
def test_a_change_from_here_or_with_a_token_is_let_through(airflow_home, headers):
    from sanctions_monitor.web.airflow_access import same_origin

    same_origin(request("POST", host="here.example", **headers))
