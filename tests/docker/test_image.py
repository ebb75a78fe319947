"""What docker/Dockerfile and the scripts beside it promise, checked without an engine."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

PROJECT = Path(__file__).parents[2]
DOCKER = PROJECT / "docker"
DOCKERFILE = (DOCKER / "Dockerfile").read_text()
INIT = (DOCKER / "airflow-init.sh").read_text()
IGNORE = (PROJECT / ".dockerignore").read_text().splitlines()
PYPROJECT = tomllib.loads((PROJECT / "pyproject.toml").read_text())
BIN = Path(sys.executable).parent

COPIED = [
    source
    for line in re.findall(r"^COPY (?:--\S+ )*(.+)$", DOCKERFILE, re.MULTILINE)
    for source in line.split()[:-1]
    if not source.endswith("*")  # a pattern may match nothing
]


def argument(name: str) -> str:
    return re.search(rf"^ARG {name}=(\S+)$", DOCKERFILE, re.MULTILINE)[1]


def test_hadolint_finds_nothing() -> None:
    answer = subprocess.run([BIN / "hadolint", DOCKER / "Dockerfile"], capture_output=True, text=True, check=False)
    assert (answer.returncode, answer.stdout) == (0, "")


@pytest.mark.parametrize("path", COPIED)
def test_what_the_image_copies_exists_and_is_let_into_the_build(path: str) -> None:
    assert (PROJECT / path).exists()
    assert f"!{path}" in IGNORE


def test_the_build_sees_nothing_but_what_is_named() -> None:
    assert next(line for line in IGNORE if line and not line.startswith("#")) == "*"
    assert [line for line in IGNORE if ".env" in line] == ["**/.env*"]


def test_the_base_image_holds_the_airflow_release_of_the_lock() -> None:
    lock = (PROJECT / "requirements.txt").read_text()
    assert re.search(r"^apache-airflow==(\S+)", lock, re.MULTILINE)[1] == argument("AIRFLOW_VERSION")
    assert "FROM apache/airflow:slim-${AIRFLOW_VERSION}-python${PYTHON_VERSION}\n" in DOCKERFILE


def test_the_base_image_holds_the_python_of_the_project() -> None:
    assert PYPROJECT["project"]["requires-python"].startswith(f">={argument('PYTHON_VERSION')},")


def test_the_labels_carry_the_version_of_the_package() -> None:
    assert argument("VERSION") == PYPROJECT["project"]["version"]
    assert 'org.opencontainers.image.version="${VERSION}"' in DOCKERFILE


def test_the_stack_runs_the_version_of_the_package_unless_told_otherwise() -> None:
    image = yaml.safe_load((DOCKER / "compose.yaml").read_text())["services"]["scheduler"]["image"]
    assert image == f"sanctions-monitor:${{SANCTIONS_MONITOR_VERSION:-{PYPROJECT['project']['version']}}}"


def test_packages_are_installed_by_their_hashes() -> None:
    installs = re.findall(r"uv pip install (.+?)(?: \\)?$", DOCKERFILE, re.MULTILINE)
    assert len(installs) == 2
    assert "--require-hashes" in installs[0]
    assert "--no-deps" in installs[1]
    assert "--no-build-isolation" in installs[1]


def test_what_builds_the_package_stands_in_the_lock() -> None:
    assert re.search(r"^setuptools==", (PROJECT / "requirements.txt").read_text(), re.MULTILINE)
    assert PYPROJECT["build-system"]["build-backend"] == "setuptools.build_meta"


def test_the_image_runs_as_the_airflow_user() -> None:
    assert re.findall(r"^USER (.+)$", DOCKERFILE, re.MULTILINE) == ["50000:0"]


def test_the_image_holds_no_secret() -> None:
    assert re.findall(r"^(?:ARG|ENV).*(?:PASSWORD|SECRET|TOKEN|KEY).*$", DOCKERFILE, re.MULTILINE) == []


def test_the_command_that_the_image_starts_is_the_one_that_the_package_declares() -> None:
    declared = PYPROJECT["project"]["scripts"]
    assert set(re.findall(r"&& (\S+) --help", DOCKERFILE)) == declared.keys()


@pytest.mark.parametrize("folder", ["var", "out", "logs"])
def test_a_folder_that_a_volume_is_mounted_on_is_made_in_the_image(folder: str) -> None:
    mounts = yaml.safe_load((DOCKER / "compose.yaml").read_text())["services"]["scheduler"]["volumes"]
    assert f"/opt/airflow/{folder}" in [mount.split(":")[1] for mount in mounts]
    assert folder in re.search(r"mkdir -p (.+) \\", DOCKERFILE)[1].split()


def test_the_init_script_is_valid_bash_and_stops_at_the_first_failure() -> None:
    subprocess.run(["bash", "-n", DOCKER / "airflow-init.sh"], check=True)
    assert "\nset -euo pipefail\n" in INIT


def test_the_init_script_refuses_to_make_an_account_without_a_password() -> None:
    answer = subprocess.run(
        [shutil.which("bash"), DOCKER / "airflow-init.sh"],
        capture_output=True,
        text=True,
        env={"PATH": "/nowhere"},
        check=False,
    )
    assert answer.returncode != 0
    assert "AIRFLOW_ADMIN_PASSWORD" in answer.stderr


def test_the_databases_get_their_passwords_from_the_environment() -> None:
    script = (DOCKER / "postgres-init.sql").read_text()
    read = dict(re.findall(r"^\\getenv (\w+) (\w+)$", script, re.MULTILINE))
    given = yaml.safe_load((DOCKER / "compose.yaml").read_text())["services"]["postgres"]["environment"]
    assert set(re.findall(r"password (.+);", script)) == {f":'{variable}'" for variable in read}
    assert set(read.values()) <= given.keys()


@pytest.mark.slow
def test_every_airflow_command_of_the_stack_exists(tmp_path: Path) -> None:
    stack = yaml.safe_load((DOCKER / "compose.yaml").read_text())["services"]
    commands = [
        service["command"] for name, service in stack.items() if "command" in service and name != "airflow-init"
    ]
    commands += [
        check[2:]
        for service in stack.values()
        if (check := service.get("healthcheck", {}).get("test", []))[1:2] == ["airflow"]
    ]
    script = INIT.replace("\\\n", " ")
    commands += [line.split()[1:] for line in script.splitlines() if line.startswith("airflow ")]
    assert len(commands) == 9

    program = """
import sys, json
from airflow.cli.cli_parser import get_parser
parser = get_parser()
for command in json.load(sys.stdin):
    parser.parse_args(command)
"""
    answer = subprocess.run(
        [sys.executable, "-c", program],
        input=json.dumps(commands),
        capture_output=True,
        text=True,
        check=False,
        env={
            "PATH": "/usr/bin:/bin",
            "HOME": str(tmp_path),
            "AIRFLOW_HOME": str(tmp_path),
            "AIRFLOW__CORE__AUTH_MANAGER": stack["scheduler"]["environment"]["AIRFLOW__CORE__AUTH_MANAGER"],
        },
    )
    assert answer.returncode == 0, answer.stderr[-2000:]
