"""Newer tables from public services: recorded answers, over real HTTP where the transport matters.

The answers in `answers/` are in each service's documented form, with figures made for the tests.
"""

from __future__ import annotations

import io
import json
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from sanctions_monitor import reference
from sanctions_monitor.errors import DataError, FetchError
from sanctions_monitor.reference.services import FolderAnswers, HttpAnswers, service

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_httpserver import HTTPServer

ANSWERS = Path(__file__).parent / "answers"
PAIRS = [("RU", "coal"), ("CA", "potash"), ("BY", "potash")]
OWN = {
    "worldbank": "country",
    "usgs": "country_commodity_share",
    "faostat": "country_commodity_share_optin",
    "comtrade": "bilateral_trade",
    "baci": "bilateral_trade",
}
Connection = psycopg.Connection[dict[str, Any]]


class Recorded(FolderAnswers):
    """Recorded answers of which a test replaces some."""

    def __init__(self, name: str, **replaced: bytes) -> None:
        super().__init__(ANSWERS / name)
        self._replaced = replaced

    def get(self, name: str, path: str, params: Any) -> bytes:
        return self._replaced.get(name) or super().get(name, path, params)


def recorded(name: str, file: str) -> bytes:
    return (ANSWERS / name / file).read_bytes()


@pytest.fixture
def loaded(conn: Connection) -> Connection:
    reference.load(conn)
    return conn


def refreshed(conn: Connection, name: str, answers: Any = None, **options: Any) -> dict[str, reference.Difference]:
    pairs = PAIRS if name == "comtrade" else ()
    return reference.refresh(conn, service(name), answers or Recorded(name), 2026, pairs, **options)


def tables_of(conn: Connection) -> dict[str, list[str]]:
    return {name: sorted(map(repr, frame.to_dict("records"))) for name, frame in reference.current(conn).items()}


@pytest.mark.parametrize("name", sorted(OWN))
def test_a_service_changes_its_own_table_and_no_other(loaded: Connection, name: str):
    before = tables_of(loaded)
    found = refreshed(loaded, name)
    after = tables_of(loaded)
    assert list(found) == [OWN[name]]
    assert not found[OWN[name]].empty
    assert {table for table in before if before[table] != after[table]} == {OWN[name]}


@pytest.mark.parametrize("name", sorted(OWN))
def test_a_dry_run_shows_the_difference_and_changes_nothing(loaded: Connection, name: str):
    before = tables_of(loaded)
    dry = refreshed(loaded, name, dry_run=True)
    assert tables_of(loaded) == before
    assert refreshed(loaded, name) == dry


@pytest.mark.parametrize("name", sorted(OWN))
def test_a_second_refresh_finds_nothing_new(loaded: Connection, name: str):
    refreshed(loaded, name)
    assert all(each.empty for each in refreshed(loaded, name).values())


def test_where_a_table_came_from_is_kept(loaded: Connection):
    refreshed(loaded, "usgs")
    row = loaded.execute(
        "select refreshed_from, refreshed_at from reference_load where table_name = 'country_commodity_share'"
    ).fetchone()
    assert row is not None
    assert row["refreshed_from"] == "usgs"
    assert row["refreshed_at"] is not None


def test_the_world_bank_gives_the_newest_year_that_has_a_value(loaded: Connection):
    refreshed(loaded, "worldbank")
    row = loaded.execute("select gdp_usd, gdp_year from country where alpha2 = 'NA'").fetchone()
    told = json.loads(recorded("worldbank", "NY.GDP.MKTP.CD.json"))[1]
    (namibia,) = [each for each in told if each["countryiso3code"] == "NAM" and each["date"] == "2024"]
    assert row == {"gdp_usd": round(namibia["value"]), "gdp_year": 2024}


def test_a_country_that_the_world_bank_does_not_tell_keeps_its_figures(loaded: Connection):
    asked = "select gdp_usd, gdp_year from country where alpha2 = 'TW'"
    before = loaded.execute(asked).fetchone()
    refreshed(loaded, "worldbank")
    assert loaded.execute(asked).fetchone() == before


def test_usgs_ranks_and_shares_come_from_the_editions_own_total(loaded: Connection):
    refreshed(loaded, "usgs")
    shares = reference.read(loaded).shares
    potash = shares[(shares["commodity_id"] == "potash") & (shares["measure"] == "production")].set_index("alpha2")
    assert potash.loc["BY", "value"] == 6240
    assert (potash.loc["BY", "rank"], potash.loc["BY", "year"]) == (4, 2025)
    assert potash["source"].nunique() == 1
    assert potash["world_share"].sum() < 1


def test_the_opted_in_table_tells_exports_only_where_its_licence_is_allowed(loaded: Connection):
    refreshed(loaded, "faostat")
    for setting, known in (("open", False), ("open,faostat", True)):
        shares = reference.read(loaded, setting).shares
        found = shares[
            (shares["commodity_id"] == "potash") & (shares["measure"] == "exports") & (shares["alpha2"] == "BY")
        ]
        assert len(found) == int(known)
    assert found.iloc[0]["rank"] == 3
    assert found.iloc[0]["licence"].startswith("UNSETTLED")


def test_buyers_of_belarus_are_told_by_the_buyers_themselves(loaded: Connection):
    refreshed(loaded, "comtrade")
    rows = loaded.execute(
        "select importer, share, source from bilateral_trade where exporter = 'BY' order by share desc"
    ).fetchall()
    assert [row["importer"] for row in rows] == ["CN", "BR", "IN"]
    assert {row["source"] for row in rows} == {"UN Comtrade, as the buyers reported"}
    assert sum(row["share"] for row in rows) == pytest.approx(1, abs=1e-3)


def cut(body: bytes) -> bytes:
    return body[: len(body) // 2]


def half_a_zip() -> bytes:
    return cut(recorded("faostat", "Inputs_FertilizersNutrient_E_All_Data_(Normalized).zip"))


@pytest.mark.parametrize(
    ("name", "file", "body", "message"),
    [
        ("worldbank", "NY.GDP.MKTP.CD.json", cut, r"Indicators, NY.GDP.MKTP.CD.json: no whole JSON after [\d,]+ bytes"),
        ("usgs", "item.json", cut, r"USGS.*, item.json: no whole JSON"),
        ("usgs", "MCS2026_Commodities_Data.csv", cut, r"Commodities_Data.csv: [\d,]+ bytes of [\d,]+: it is cut off"),
        ("faostat", "Inputs_FertilizersNutrient_E_All_Data_(Normalized).zip", cut, r"FAOSTAT.*zip.*cut off"),
        ("comtrade", "643-2701-2024.json", cut, r"UN Comtrade, preview, 643-2701-2024.json: no whole JSON"),
        ("baci", "country_codes.csv", lambda _: b"a,b\n1,2\n", r"country_codes.csv: no columns country_code"),
    ],
)
def test_an_answer_that_is_cut_off_is_named_and_nothing_is_swapped(
    loaded: Connection, name: str, file: str, body: Callable[[bytes], bytes], message: str
):
    before = tables_of(loaded)
    with pytest.raises(FetchError, match=message):
        refreshed(loaded, name, Recorded(name, **{file: body(recorded(name, file))}))
    assert tables_of(loaded) == before


def test_rows_that_are_missing_at_the_end_are_noticed(loaded: Connection):
    page, rows = json.loads(recorded("worldbank", "SP.POP.TOTL.json"))
    short = json.dumps([page, rows[:-1]]).encode()
    with pytest.raises(FetchError, match=r"SP.POP.TOTL.json: 380 rows of 381: the answer is cut short"):
        refreshed(loaded, "worldbank", Recorded("worldbank", **{"SP.POP.TOTL.json": short}))


def test_an_answer_at_the_preview_s_limit_is_taken_for_cut_short(loaded: Connection):
    told = json.loads(recorded("comtrade", "643-2701-2024.json"))
    full = told | {"data": told["data"] * 125, "count": 500}
    with pytest.raises(FetchError, match=r"500 records, as many as an answer holds"):
        refreshed(loaded, "comtrade", Recorded("comtrade", **{"643-2701-2024.json": json.dumps(full).encode()}))


def test_a_figure_that_jumps_is_refused_with_its_place(loaded: Connection):
    page, rows = json.loads(recorded("worldbank", "NY.GDP.MKTP.CD.json"))
    for row in rows:
        if row["countryiso3code"] == "BLR" and row["value"]:
            row["value"] *= 1000
    jumped = json.dumps([page, rows]).encode()
    before = tables_of(loaded)
    with pytest.raises(DataError, match=r"table country, row BY, column gdp_usd: \d+ would be \d+, more than 3 times"):
        refreshed(loaded, "worldbank", Recorded("worldbank", **{"NY.GDP.MKTP.CD.json": jumped}))
    assert tables_of(loaded) == before


def test_a_table_that_breaks_its_declaration_is_refused_with_line_and_value(loaded: Connection):
    body = recorded("usgs", "MCS2026_Commodities_Data.csv").decode("cp1252").splitlines(keepends=True)
    small = "".join(
        line.replace(line.split("2025_estimated,")[1].split('"')[1], "100")
        if "POTASH" in line and "World total" in line
        else line
        for line in body
    ).encode("cp1252")
    item = json.loads(recorded("usgs", "item.json"))
    item["files"][0]["size"] = len(small)
    answers = Recorded("usgs", **{"MCS2026_Commodities_Data.csv": small, "item.json": json.dumps(item).encode()})
    before = tables_of(loaded)
    with pytest.raises(DataError, match=r"world_share|column world_share"):
        refreshed(loaded, "usgs", answers)
    assert tables_of(loaded) == before


def test_a_zip_without_the_table_is_refused(loaded: Connection):
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("readme.txt", "nothing")
    name = "Inputs_FertilizersNutrient_E_All_Data_(Normalized).zip"
    with pytest.raises(FetchError, match=r"0 tables in it instead of one"):
        refreshed(loaded, "faostat", Recorded("faostat", **{name: empty.getvalue()}))


def over_http(server: HTTPServer, key: str | None = None) -> HttpAnswers:
    return HttpAnswers("World Bank", server.url_for(""), user_agent="test", key=key, pause=0)


def test_over_http_the_recorded_answers_give_the_same(loaded: Connection, httpserver: HTTPServer):
    for indicator in ("NY.GDP.MKTP.CD", "SP.POP.TOTL"):
        httpserver.expect_request(f"/v2/country/all/indicator/{indicator}").respond_with_data(
            recorded("worldbank", f"{indicator}.json"), content_type="application/json"
        )
    found = refreshed(loaded, "worldbank", over_http(httpserver))
    assert len(found["country"].changed) > 500


class HalfAnAnswer(BaseHTTPRequestHandler):
    """Promises a whole answer and hangs up in the middle."""

    def do_GET(self) -> None:
        body = recorded("worldbank", "NY.GDP.MKTP.CD.json")
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(cut(body))

    def log_message(self, *_: Any) -> None:
        pass


def test_a_connection_that_breaks_off_in_the_middle_is_named(loaded: Connection):
    before = tables_of(loaded)
    with ThreadingHTTPServer(("127.0.0.1", 0), HalfAnAnswer) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        answers = HttpAnswers("World Bank", f"http://127.0.0.1:{server.server_port}", user_agent="test", pause=0)
        with pytest.raises(
            FetchError, match=r"World Bank, NY.GDP.MKTP.CD.json .*: the answer was cut off in the middle"
        ):
            refreshed(loaded, "worldbank", answers)
        server.shutdown()
    assert tables_of(loaded) == before


def test_a_refusal_is_named_with_its_status_and_the_key_stays_hidden(httpserver: HTTPServer):
    httpserver.expect_request("/x").respond_with_data("no", status=403)
    with pytest.raises(FetchError, match=r"status 403") as problem:
        over_http(httpserver, key="s3cr3t").get("x.json", "/x", {})
    assert "s3cr3t" not in str(problem.value)
    assert httpserver.log[0][0].headers["Ocp-Apim-Subscription-Key"] == "s3cr3t"


def test_a_missing_file_of_answers_is_named(loaded: Connection, tmp_path: Path):
    with pytest.raises(FetchError, match=r"NY.GDP.MKTP.CD.json: No such file.*Put the answer there"):
        refreshed(loaded, "worldbank", FolderAnswers(tmp_path))
