"""Real cases of 2025 and 2026, from coded events to alerts, ledger and command line.

The acts are real, the sentences ours. Figures are compared with the files of sql/reference, read here with the csv
module alone.
"""

from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from tests.journeys.coded_cases import Told, edit, put

from sanctions_monitor import pipeline
from sanctions_monitor.reference.tables import FOLDER
from sanctions_monitor.storage import connect, queries

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.journeys.conftest import Terminal

    from sanctions_monitor.settings import Settings

Raise = "Callable[..., dict[str, dict[str, Any]]]"


def at(day: str, hour: int = 12, minute: int = 0) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC) + timedelta(hours=hour, minutes=minute)


def source_row(file: str, **wanted: str) -> dict[str, str] | None:
    """The row of a reference file with these cells; None where there is none."""
    with (FOLDER / file).open(newline="", encoding="utf-8") as lines:
        found = [row for row in csv.DictReader(lines) if all(row[name] == value for name, value in wanted.items())]
    assert len(found) <= 1
    return found[0] if found else None


@pytest.fixture
def raised(settings: Settings, database_url: str) -> Callable[..., dict[str, dict[str, Any]]]:
    """Puts coded events into the database, raises alerts a day after the last one, and gives them by their story."""

    def make(*told: Told) -> dict[str, dict[str, Any]]:
        pipeline.prepare(settings)
        put(database_url, *told)
        pipeline.raise_alerts(settings, max(each.at for each in told) + timedelta(days=1))
        return alerts_of(settings)

    return make


def alerts_of(settings: Settings) -> dict[str, dict[str, Any]]:
    with connect(settings) as conn:
        ids = [row["alert_id"] for row in queries("alerts").alert_ids(conn)]
        return {each: queries("alerts").alert(conn, alert_id=each) for each in ids}


def ledger(terminal: Terminal, *arguments: str) -> list[dict[str, Any]]:
    done = terminal.run("ledger", *arguments, "--format", "json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def figure(alert: dict[str, Any], **wanted: Any) -> dict[str, Any]:
    (found,) = [each for each in alert["told"]["figures"] if all(each[name] == value for name, value in wanted.items())]
    return found


def assert_same_as_source(alert: dict[str, Any], goods: str, target: str, measure: str = "production") -> None:
    row = source_row("country_commodity_shares.csv", commodity_id=goods, alpha2=target, measure=measure)
    assert row is not None
    shown = figure(alert, role="target", commodity_id=goods, country=target, measure=measure)
    assert shown["share"] == float(row["world_share"])
    assert str(shown["rank"] or "") == row["rank"]
    assert (str(shown["year"]), shown["source"], shown["licence"]) == (row["year"], row["source"], row["licence"])
    said = " ".join(alert["told"]["exposure"])
    assert row["year"] in said
    assert row["source"] in said
    if row["rank"]:
        assert f"rank {row['rank']} of " in said


def test_syria_the_us_programme_ends(raised: Any, terminal: Terminal) -> None:
    words = "The executive order revokes the Syria sanctions programme and terminates the national emergency."
    syria = {"senders": ("US",), "targets": ("SY",), "legal_act": "EO 14312", "effective": date(2025, 7, 1)}
    told = [
        Told("wire", at("2025-06-30", 18), "us-ease-sy", "ease", words, **syria),
        Told("ofac", at("2025-06-30", 20), "us-ease-sy", "ease", words, **syria),
    ]
    alert = raised(*told)["us-ease-sy"]
    assert (alert["announced"], alert["effective"], alert["lead_minutes"]) == (date(2025, 6, 30), date(2025, 7, 1), 120)
    goods = source_row("country_top_goods.csv", alpha2="SY", flow="exports", rank="1")
    assert goods is not None
    assert goods["good"] in alert["told"]["exposure"][0]
    assert goods["source"] in alert["told"]["exposure"][0]
    before = ledger(terminal, "SY", "--sender", "US", "--on", "2025-06-30", "--goods", "crude_oil", "--exact")
    after = ledger(terminal, "SY", "--sender", "US", "--on", "2025-07-01", "--goods", "crude_oil", "--exact")
    assert {row["status"] for row in before} == {"eased"}
    assert after == []
    kept = ledger(terminal, "SY", "--sender", "US", "--on", "2025-07-02")
    assert {row["regime"] for row in kept} == {
        "Syria: Promoting Accountability for Assad and Regional Stabilization (PAARSS)"
    }


def test_syria_the_eu_lifts_its_economic_sanctions(raised: Any, terminal: Terminal) -> None:
    told = Told(
        "council",
        at("2025-05-28"),
        "eu-ease-sy",
        "ease",
        "The Council today adopted legal acts lifting all economic sanctions on Syria.",
        senders=("EU",),
        targets=("SY",),
        commodities=("crude_oil",),
        legal_act="Decision (CFSP) 2025/1096",
    )
    alert = raised(told)["eu-ease-sy"]
    assert (
        source_row("country_commodity_shares.csv", commodity_id="crude_oil", alpha2="SY", measure="production") is None
    )
    assert alert["told"]["exposure"] == ["No open production or export figure for crude oil in Syria."]
    days = {"2025-02-24": "in_force", "2025-05-27": "suspended"}
    for day, status in days.items():
        rows = [
            row
            for row in ledger(terminal, "SY", "--sender", "EU", "--on", day, "--goods", "crude_oil", "--exact")
            if not row["pending"]
        ]
        assert {row["status"] for row in rows} == {status}, day
    assert ledger(terminal, "SY", "--sender", "EU", "--on", "2025-05-29", "--goods", "crude_oil", "--exact") == []
    arms = ledger(terminal, "SY", "--sender", "EU", "--on", "2025-05-29", "--goods", "arms", "--exact")
    assert [row["status"] for row in arms] == ["in_force"]


def test_iran_the_snapback_brings_un_measures_back(raised: Any, terminal: Terminal) -> None:
    told = Told(
        "un",
        at("2025-09-28", 0, 5),
        "un-impose-ir",
        "impose",
        "United Nations sanctions on Iran are back in force after the snapback.",
        senders=("UN",),
        targets=("IR",),
        instruments=("asset_freeze", "arms"),
        legal_act="resolution 2231 (2015)",
    )
    alert = raised(told)["un-impose-ir"]
    assert alert["confirmed_by"] == "United Nations press"
    assert ledger(terminal, "IR", "--sender", "UN", "--on", "2025-09-26") == []
    back = ledger(terminal, "IR", "--sender", "UN", "--on", "2025-09-28")
    assert {row["status"] for row in back} == {"in_force"}
    assert all(row["confirmed"] for row in back)
    assert {row["alert_id"] for row in back if row["instrument"] == "asset_freeze"} == {"un-impose-ir"}


def test_iran_the_eu_reimposes_its_oil_ban(raised: Any, terminal: Terminal) -> None:
    told = Told(
        "council",
        at("2025-09-29"),
        "eu-impose-ir",
        "impose",
        "The Council reimposed the ban on Iranian crude oil.",
        senders=("EU",),
        targets=("IR",),
        commodities=("crude_oil",),
        instruments=("trade",),
        legal_act="Regulation (EU) 2025/1975",
    )
    alert = raised(told)["eu-impose-ir"]
    assert_same_as_source(alert, "crude_oil", "IR")
    rows = ledger(terminal, "IR", "--sender", "EU", "--on", "2025-09-29", "--goods", "crude_oil", "--exact")
    assert [(row["status"], row["pending"], row["effective"]) for row in rows] == [("in_force", True, "2025-09-30")]
    (row,) = ledger(terminal, "IR", "--sender", "EU", "--on", "2025-09-30", "--goods", "crude_oil", "--exact")
    assert (row["alert_id"], row["confirmed"]) == ("eu-impose-ir", True)
    assert "2025/1975" in row["legal_act"]


def test_rosneft_and_lukoil_are_listed(raised: Any, terminal: Terminal) -> None:
    rosneft = {
        "senders": ("US",),
        "targets": ("RU",),
        "commodities": ("crude_oil",),
        "instruments": ("asset_freeze",),
    }
    told = [
        Told("wire", at("2025-10-22", 20, 10), "us-oil", "impose", "US blacklists Rosneft and Lukoil.", **rosneft),
        Told("post", at("2025-10-22", 20, 40), "us-oil", "impose", "Rosneft and Lukoil hit by sanctions.", **rosneft),
        Told(
            "ofac",
            at("2025-10-22", 20, 55),
            "us-oil",
            "impose",
            "Russia-related designations: Rosneft, Lukoil.",
            **rosneft,
        ),
    ]
    alert = raised(*told)["us-oil"]
    assert_same_as_source(alert, "crude_oil", "RU")
    assert_same_as_source(alert, "crude_oil", "RU", "exports")
    assert (alert["severity"], alert["confirmed_by"], alert["lead_minutes"]) == ("high", "OFAC", 45)
    assert "partners are not shown" in " ".join(alert["told"]["buyers"])
    assert {each["sender"] for each in alert["told"]["cover"]} >= {"EU", "GB"}
    assert "US" not in {each["sender"] for each in alert["told"]["cover"]}
    row = next(
        row
        for row in ledger(terminal, "RU", "--sender", "US", "--on", "2025-10-23", "--goods", "crude_oil", "--exact")
        if row["instrument"] == "asset_freeze"
    )
    assert (row["alert_id"], row["effective"], row["status"]) == ("us-oil", "2025-10-22", "in_force")


def test_chevron_loses_its_licence_and_venezuelan_oil_is_allowed_again(raised: Any, terminal: Terminal) -> None:
    oil = {"senders": ("US",), "targets": ("VE",), "commodities": ("crude_oil",)}
    told = [
        Told(
            "ofac",
            at("2025-03-04"),
            "us-impose-ve",
            "impose",
            "OFAC replaces General License 41 by a wind-down.",
            legal_act="General License 41A",
            **oil,
        ),
        Told(
            "wire",
            at("2025-12-11"),
            "us-tankers",
            "impose",
            "US lists six Venezuelan tankers.",
            instruments=("asset_freeze",),
            **oil,
        ),
        Told(
            "ofac",
            at("2026-01-29"),
            "us-ease-ve",
            "ease",
            "General License 46 authorises Venezuelan oil trade.",
            legal_act="General License 46",
            **oil,
        ),
    ]
    alerts = raised(*told)
    for story in ("us-impose-ve", "us-ease-ve"):
        assert_same_as_source(alerts[story], "crude_oil", "VE")
    assert [(link["kind"], link["story_id"], link["days"]) for link in alerts["us-ease-ve"]["links"]] == [
        ("reverses", "us-tankers", 49)
    ]
    days = {"2025-03-01": "eased", "2025-05-27": "in_force", "2025-12-12": "in_force", "2026-01-29": "eased"}
    for day, status in days.items():
        rows = ledger(terminal, "VE", "--sender", "US", "--on", day, "--goods", "crude_oil", "--exact")
        assert {row["status"] for row in rows if not row["pending"]} == {status}, day


def test_gold_of_the_rsf_is_a_figure_that_the_open_tables_do_not_have(raised: Any, terminal: Terminal) -> None:
    told = Told(
        "ofac",
        at("2025-01-07", 15),
        "us-impose-sd",
        "impose",
        "Treasury sanctions the leader of the RSF and companies that buy its gold.",
        senders=("US",),
        targets=("SD",),
        commodities=("gold",),
        instruments=("asset_freeze",),
        legal_act="EO 14098",
    )
    alert = raised(told)["us-impose-sd"]
    assert source_row("country_commodity_shares.csv", commodity_id="gold", alpha2="SD", measure="production") is None
    assert alert["told"]["exposure"] == ["No open production or export figure for gold in Sudan."]
    assert ("the target's world share is not known", 0) in [
        (reason["reason"], reason["points"]) for reason in alert["reasons"]
    ]
    partner = source_row("country_trade_partners.csv", alpha2="SD", flow="exports", rank="1")
    assert partner is not None
    assert f"{float(partner['share']):.0%}".replace("%", " %") in alert["told"]["buyers"][0]
    history = ledger(terminal, "SD", "--sender", "US", "--goods", "gold", "--exact", "--history")
    assert [(row["change"], row["effective"]) for row in history] == [
        ("baseline", "2023-06-01"),
        ("widened", "2025-01-07"),
    ]


def test_china_suspends_its_export_ban_until_a_day_that_the_calendar_shows(raised: Any, terminal: Terminal) -> None:
    told = Told(
        "mofcom",
        at("2025-11-09", 3),
        "cn-ease-us",
        "ease",
        "The ministry suspends its ban on exports of gallium, germanium and antimony until 27 November 2026.",
        senders=("CN",),
        targets=("US",),
        commodities=("antimony", "gallium", "germanium"),
        instruments=("export_control",),
        expires=date(2026, 11, 27),
    )
    alert = raised(told)["cn-ease-us"]
    row = source_row("country_commodity_shares.csv", commodity_id="gallium", alpha2="CN", measure="production")
    assert row is not None
    shown = figure(alert, role="sender", commodity_id="gallium", country="CN", measure="production")
    assert (shown["share"], str(shown["year"])) == (float(row["world_share"]), row["year"])
    assert alert["expires"] == date(2026, 11, 27)
    rows = ledger(terminal, "US", "--sender", "CN", "--on", "2025-11-10", "--goods", "gallium", "--exact")
    assert [(row["status"], row["end"], row["end_kind"]) for row in rows] == [("suspended", "2026-11-27", "ends")]
    soon = ledger(terminal, "US", "--sender", "CN", "--on", "2026-11-01", "--ending", "30")
    assert [(row["end"], row["kind"], row["status"]) for row in soon] == [("2026-11-27", "ends", "suspended")]
    assert ledger(terminal, "US", "--sender", "CN", "--on", "2026-10-01", "--ending", "30") == []


def test_the_eu_bans_russian_lng_from_a_later_day(raised: Any, terminal: Terminal) -> None:
    told = Told(
        "council",
        at("2025-10-23", 9),
        "eu-impose-ru",
        "impose",
        "The 19th package bans imports of Russian LNG.",
        senders=("EU",),
        targets=("RU",),
        commodities=("lng",),
        instruments=("trade",),
        legal_act="Regulation (EU) 2025/2033",
        effective=date(2026, 4, 25),
    )
    alert = raised(told)["eu-impose-ru"]
    assert source_row("country_commodity_shares.csv", commodity_id="lng", alpha2="RU", measure="production") is None
    assert alert["told"]["exposure"] == ["No open production or export figure for LNG in Russia."]
    for day, pending in (("2025-10-24", True), ("2026-04-25", False)):
        (row,) = ledger(terminal, "RU", "--sender", "EU", "--on", day, "--goods", "lng", "--exact")
        assert (row["pending"], row["announced"], row["effective"]) == (pending, "2025-10-23", "2026-04-25")


def test_the_security_council_prolongs_measures_on_somalia_until_a_day(raised: Any, terminal: Terminal) -> None:
    told = Told(
        "un",
        at("2025-12-12", 16),
        "un-extend-so",
        "extend",
        "The Council prolonged the measures against Al-Shabaab until 13 December 2026.",
        senders=("UN",),
        targets=("SO",),
        commodities=("arms", "charcoal"),
        expires=date(2026, 12, 13),
    )
    raised(told)
    rows = ledger(terminal, "SO", "--sender", "UN", "--on", "2025-12-13")
    ends = {(row["commodity"], row["end"]) for row in rows}
    assert {("arms", "2026-12-13"), ("charcoal", "2026-12-13"), (None, None)} == ends


def test_china_answers_the_us_in_kind(raised: Any, terminal: Terminal) -> None:
    told = [
        Told(
            "ofac",
            at("2025-09-29"),
            "us-impose-cn",
            "impose",
            "The rule extends controls to subsidiaries.",
            senders=("US",),
            targets=("CN",),
            instruments=("export_control",),
        ),
        Told(
            "mofcom",
            at("2025-10-09"),
            "cn-impose-us",
            "impose",
            "China widens its controls on rare earths.",
            senders=("CN",),
            targets=("US",),
            commodities=("rare_earths",),
            instruments=("export_control",),
        ),
    ]
    alerts = raised(*told)
    assert [(link["kind"], link["days"]) for link in alerts["cn-impose-us"]["links"]] == [("retaliates", 10)]
    assert alerts["us-impose-cn"]["links"] == []
    row = source_row("country_commodity_shares.csv", commodity_id="rare_earths", alpha2="CN", measure="production")
    assert row is not None
    shown = figure(alerts["cn-impose-us"], role="sender", country="CN", commodity_id="rare_earths")
    assert (shown["share"], str(shown["rank"])) == (float(row["world_share"]), row["rank"])
    reliance = source_row("import_reliance.csv", commodity_id="rare_earths", alpha2="US")
    assert reliance is not None
    (opened,) = ledger(terminal, "US", "--sender", "CN", "--on", "2025-10-10", "--goods", "rare_earths", "--exact")
    assert (opened["alert_id"], opened["confirmed"], opened["source"]) == (
        "cn-impose-us",
        True,
        f"https://mofcom.example/{told[1].item_id}",
    )


def test_a_retracted_report_withdraws_its_alert_and_the_ledger_follows(
    raised: Any, terminal: Terminal, settings: Settings, database_url: str
) -> None:
    gold = Told(
        "wire",
        at("2026-02-03"),
        "jp-impose-by",
        "impose",
        "Japan bans potash from Belarus.",
        senders=("JP",),
        targets=("BY",),
        commodities=("potash",),
        instruments=("trade",),
    )
    assert raised(gold)["jp-impose-by"]["withdrawn_at"] is None
    assert len(ledger(terminal, "BY", "--sender", "JP", "--on", "2026-02-04")) == 1
    edit(database_url, gold, at("2026-02-05"), None)
    pipeline.raise_alerts(settings, at("2026-02-06"))
    alert = alerts_of(settings)["jp-impose-by"]
    assert alert["withdrawn_at"] == at("2026-02-05")
    assert alert["withdrawn_because"] == (
        "Withdrawn: Northern Wire has edited its report, and nobody tells it any more"
    )
    assert ledger(terminal, "BY", "--sender", "JP", "--on", "2026-02-04") == []
    listed = terminal.run("alerts", "list", "--since", "2026-02-01", "--until", "2026-02-28")
    assert "Japan imposes" not in listed.stdout
    assert (
        "(withdrawn)"
        in terminal.run("alerts", "list", "--since", "2026-02-01", "--until", "2026-02-28", "--withdrawn").stdout
    )


def test_a_report_whose_goods_are_corrected_changes_alert_and_ledger(
    raised: Any, terminal: Terminal, settings: Settings, database_url: str
) -> None:
    first = Told(
        "wire",
        at("2026-02-03"),
        "jp-impose-by",
        "impose",
        "Japan bans potash from Belarus.",
        senders=("JP",),
        targets=("BY",),
        commodities=("potash",),
        instruments=("trade",),
    )
    raised(first)
    edit(
        database_url,
        first,
        at("2026-02-05"),
        Told(
            "wire",
            at("2026-02-03"),
            "jp-impose-by",
            "impose",
            "Correction: Japan bans timber from Belarus.",
            senders=("JP",),
            targets=("BY",),
            commodities=("timber",),
            instruments=("trade",),
        ),
    )
    pipeline.raise_alerts(settings, at("2026-02-06"))
    alert = alerts_of(settings)["jp-impose-by"]
    assert (alert["commodities"], alert["headline"]) == (
        ["timber"],
        "Japan imposes timber and wood sanctions on Belarus",
    )
    rows = ledger(terminal, "BY", "--sender", "JP", "--on", "2026-02-06")
    assert [row["commodity"] for row in rows] == ["timber"]
    shown = terminal.run("alerts", "show", "jp-impose-by").stdout
    assert "Correction: Northern Wire has edited its report; changed: the goods" in shown


def test_whatever_is_run_twice_there_is_one_alert_a_story_and_one_ledger(
    raised: Any, terminal: Terminal, settings: Settings
) -> None:
    told = Told(
        "fcdo",
        at("2025-12-12"),
        "gb-impose-sd",
        "impose",
        "Four commanders of the RSF are listed.",
        senders=("GB",),
        targets=("SD",),
        instruments=("asset_freeze", "travel_ban"),
    )
    raised(told)
    before = ledger(terminal, "SD", "--history")
    for _ in range(2):
        pipeline.raise_alerts(settings, at("2025-12-14"))
        done = terminal.run("alerts", "rebuild")
        assert done.stdout.startswith("0 new alerts, 0 changed, 1 as they were, 0 withdrawn"), done.stdout + done.stderr
    assert list(alerts_of(settings)) == ["gb-impose-sd"]
    assert ledger(terminal, "SD", "--history") == before


def test_who_is_named_is_shown_watched_and_leaves_the_rest_of_the_ledger_alone(
    raised: Any, terminal: Terminal, settings: Settings, tmp_path: Path
) -> None:
    russia = {"senders": ("US",), "targets": ("RU",), "expires": date(2026, 1, 17)}
    lukoil = (("Lukoil", "company", None), ("Pallada", "vessel", "IMO 9074729"))
    told = [
        Told(
            "wire",
            at("2025-12-11", 9),
            "us-ease-ru",
            "ease",
            "U.S. gives buyers of Lukoil's units more time.",
            **russia,
        ),
        Told(
            "post", at("2025-12-11", 10), "us-ease-ru", "ease", "More time for Lukoil.", **russia, entities=lukoil[:1]
        ),
        Told("gazette", at("2025-12-11", 11), "us-ease-ru", "ease", "Lukoil.", **russia, entities=lukoil),
    ]
    alert = raised(*told)["us-ease-ru"]
    assert alert["entities"] == ["Lukoil", "Pallada (IMO 9074729)"]
    shown = terminal.run("alerts", "show", "us-ease-ru").stdout
    assert "Named: Lukoil; Pallada (IMO 9074729)" in shown
    assert shown.count("an easing was decided that names Lukoil, Pallada (IMO 9074729)") == 1
    touched = [row for row in ledger(terminal, "RU", "--history") if row["alert_id"] == "us-ease-ru"]
    assert {row["change"] for row in touched} == {"reviewed", "eased"}
    assert {row["instrument"] for row in touched} == {"asset_freeze", "travel_ban"}
    soon = ledger(terminal, "RU", "--sender", "US", "--on", "2025-12-14", "--ending", "60")
    assert [(row["end"], row["status"], row["note"]) for row in soon] == [
        ("2026-01-17", "eased", "Named: Lukoil, Pallada (IMO 9074729)")
    ]
    watched = tmp_path / "watch.csv"
    watched.write_text("kind,code\nname,IMO 9074729\n", encoding="utf-8")
    pipeline.rebuild_alerts(settings.model_copy(update={"watch_list": watched}), at("2025-12-13"))
    after = alerts_of(settings)["us-ease-ru"]
    assert after["score"] > alert["score"]
    assert "on the watch list: name IMO 9074729" in [reason["reason"] for reason in after["reasons"]]


def test_goods_show_bans_on_all_trade_and_wider_goods_marked_by_what_they_cover(terminal: Terminal) -> None:
    embargo = ledger(terminal, "CU", "--sender", "US", "--on", "2025-12-14", "--goods", "crude_oil")
    assert [(row["commodity"], row["covers"], row["legal_act"]) for row in embargo] == [
        (None, "no goods named", "Proclamation 3447; 31 CFR 515")
    ]
    wider = ledger(terminal, "RU", "--sender", "EU", "--on", "2025-12-14", "--goods", "potash")
    assert ("fertilizer", "wider") in {(row["commodity"], row["covers"]) for row in wider}
    assert ledger(terminal, "RU", "--sender", "EU", "--on", "2025-12-14", "--goods", "potash", "--exact") == []
    table = terminal.run("ledger", "RU", "--sender", "EU", "--on", "2025-12-14", "--goods", "potash").stdout
    assert "Crimea" in table


def test_words_of_an_item_never_become_formulas_in_csv(raised: Any, terminal: Terminal) -> None:
    told = Told(
        "wire",
        at("2026-02-03"),
        "jp-impose-by",
        "impose",
        "Japan bans potash from Belarus.",
        senders=("JP",),
        targets=("BY",),
        commodities=("potash",),
        instruments=("trade",),
        legal_act="=HYPERLINK(1)",
    )
    raised(told)
    for arguments in (
        ("ledger", "BY", "--sender", "JP", "--on", "2026-02-04"),
        ("alerts", "list", "--since", "2026-02-01", "--until", "2026-02-28"),
    ):
        done = terminal.run(*arguments, "--format", "csv")
        (row,) = csv.DictReader(done.stdout.splitlines())
        assert row["legal_act"] == "'=HYPERLINK(1)"
