"""The one file that Airflow loads of us."""

from __future__ import annotations

import subprocess
import sys

import pytest

from sanctions_monitor.settings import PROJECT

pytestmark = pytest.mark.airflow


def test_airflow_finds_the_plugin_and_nothing_else(airflow_home):
    from airflow._shared.module_loading import find_path_from_directory

    found = find_path_from_directory(PROJECT / "plugins", ".airflowignore", "glob")
    assert [path.rsplit("/", 1)[1] for path in found if path.endswith(".py")] == ["sanctions_monitor_plugin.py"]


def test_the_plugin_costs_a_task_nothing_but_its_own_file(airflow_home):
    code = (
        "import sys; from airflow.plugins_manager import AirflowPlugin; before = set(sys.modules);"
        "import sanctions_monitor_plugin; print(sorted(set(sys.modules) - before))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT / "plugins", capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "['sanctions_monitor_plugin']"


def test_the_navigation_has_an_entry_inside_of_airflow(airflow_home):
    from sanctions_monitor_plugin import SanctionsMonitorPlugin

    inside = SanctionsMonitorPlugin.external_views[0]
    assert inside["name"] == "Sanctions Monitor"
    assert inside["href"] == SanctionsMonitorPlugin.fastapi_apps[0]["url_prefix"] + "/"
