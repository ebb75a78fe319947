"""What docker/compose.yaml promises, checked without an engine."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from sanctions_monitor.settings import PREFIX, Settings

PROJECT = Path(__file__).parents[2]
FILE = PROJECT / "docker" / "compose.yaml"
EXAMPLE = PROJECT / "docker" / ".env.example"
STACK = yaml.safe_load(FILE.read_text())
SERVICES: dict[str, dict[str, object]] = STACK["services"]
AIRFLOW = ["airflow-init", "api-server", "scheduler", "dag-processor", "triggerer"]
LONG_RUNNING = sorted(SERVICES.keys() - {"airflow-init"})

VARIABLE = re.compile(r"\$\{(?P<name>[A-Z_]+)(?P<rest>[^}]*)\}")
VARIABLES = {match["name"]: match["rest"] for match in VARIABLE.finditer(FILE.read_text())}
SECRET = re.compile(r"PASSWORD|SECRET|KEY|TOKEN")
ASSIGNMENT = re.compile(r"^(?P<name>[A-Z_]+)=(?P<value>.*)$", re.MULTILINE)


def environment(service: str) -> dict[str, str]:
    return SERVICES[service].get("environment", {})


def test_the_file_follows_the_compose_specification() -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(FILE)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_docker_compose_itself_accepts_the_file(tmp_path: Path) -> None:
    docker = shutil.which("docker")
    if docker is None or subprocess.run([docker, "compose", "version"], capture_output=True, check=False).returncode:
        pytest.skip("`docker compose` is not installed on this machine")
    filled = tmp_path / "env"
    filled.write_text(ASSIGNMENT.sub(lambda line: f"{line['name']}=8081", EXAMPLE.read_text()))
    command = [docker, "compose", "--env-file", str(filled), "--file", str(FILE), "config", "--quiet"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr


def test_every_variable_of_the_stack_is_explained_in_the_example() -> None:
    assert {match["name"] for match in ASSIGNMENT.finditer(EXAMPLE.read_text())} == set(VARIABLES)


def test_the_example_holds_no_values() -> None:
    assert [match["name"] for match in ASSIGNMENT.finditer(EXAMPLE.read_text()) if match["value"]] == []


@pytest.mark.parametrize("name", sorted(name for name in VARIABLES if SECRET.search(name)))
def test_a_secret_has_no_default_and_says_so_when_it_is_missing(name: str) -> None:
    assert VARIABLES[name].startswith(f":?{name} is missing")
    assert ".env.example" in VARIABLES[name]


@pytest.mark.parametrize("name", sorted(name for name in VARIABLES if SECRET.search(name)))
def test_the_example_says_how_to_make_each_secret(name: str) -> None:
    before = EXAMPLE.read_text().split(f"\n{name}=")[0]
    paragraph = before.rsplit("\n\n", 1)[-1]
    assert "python3 -c" in paragraph


def test_secrets_stand_nowhere_but_in_variables() -> None:
    written_out = [
        (service, name)
        for service in SERVICES
        for name, value in environment(service).items()
        if SECRET.search(name) and not VARIABLE.fullmatch(value)
    ]
    passwords_in_urls = re.findall(r"://\w+:(?!\$\{)[^@\s/]+@", FILE.read_text())
    assert (written_out, passwords_in_urls) == ([], [])


@pytest.mark.parametrize("name", ["FERNET_KEY", "SECRET_KEY", "JWT_SECRET"])
def test_all_airflow_components_share_one_key_of_each_kind(name: str) -> None:
    values = [[value for key, value in environment(service).items() if key.endswith(name)] for service in AIRFLOW]
    assert all(each == values[0] and len(each) == 1 for each in values)


def test_the_administrators_password_reaches_the_init_service_only() -> None:
    assert [service for service in SERVICES if "AIRFLOW_ADMIN_PASSWORD" in environment(service)] == ["airflow-init"]


def test_every_published_port_is_bound_to_loopback() -> None:
    ports = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert ports
    assert [port for port in ports if not str(port).startswith("127.0.0.1:")] == []


def test_the_database_is_not_published() -> None:
    assert "ports" not in SERVICES["postgres"]


@pytest.mark.parametrize("service", LONG_RUNNING)
def test_a_long_running_service_has_a_health_check_and_comes_back_after_a_crash(service: str) -> None:
    check = SERVICES[service]["healthcheck"]
    assert check["test"][0] == "CMD"
    assert check.keys() >= {"interval", "timeout", "retries", "start_period"}
    assert SERVICES[service]["restart"] == "unless-stopped"


def test_health_checks_that_start_airflow_run_once_a_minute_at_most() -> None:
    # an `airflow` command costs about 5 s of one core
    checks = {name: SERVICES[name]["healthcheck"] for name in LONG_RUNNING}
    dear = {name: check["interval"] for name, check in checks.items() if "airflow" in check["test"]}
    assert dear == {"dag-processor": "60s", "triggerer": "60s"}


@pytest.mark.parametrize("service", ["api-server", "scheduler", "dag-processor", "triggerer"])
def test_a_component_waits_for_a_migrated_database(service: str) -> None:
    needs = {name: need["condition"] for name, need in SERVICES[service]["depends_on"].items()}
    assert needs.items() >= {"postgres": "service_healthy", "airflow-init": "service_completed_successfully"}.items()


def test_init_waits_for_the_database_and_runs_once() -> None:
    assert SERVICES["airflow-init"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    assert SERVICES["airflow-init"]["restart"] == "no"


def test_the_scheduler_waits_for_the_server_that_its_tasks_report_to() -> None:
    assert SERVICES["scheduler"]["depends_on"]["api-server"] == {"condition": "service_healthy"}
    assert environment("scheduler")["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"] == "http://api-server:8080/execution/"


def test_every_host_that_a_url_names_is_a_service() -> None:
    urls = [value for service in SERVICES for value in environment(service).values() if "://" in value]
    hosts = {re.sub(r".*://(?:[^@]*@)?([\w.-]+).*", r"\1", VARIABLE.sub("x", url)) for url in urls}
    defaults = re.findall(r":-\w+://([\w.-]+)", FILE.read_text())
    assert hosts | set(defaults) <= SERVICES.keys() | {"127.0.0.1", "x"}


def test_every_named_volume_is_declared_and_used() -> None:
    mounts = [mount.split(":") for service in SERVICES.values() for mount in service.get("volumes", [])]
    assert {source for source, *_ in mounts if not source.startswith(".")} == STACK["volumes"].keys()


def test_every_file_that_is_mounted_exists_and_is_mounted_read_only() -> None:
    mounts = [mount.split(":") for service in SERVICES.values() for mount in service.get("volumes", [])]
    files = [mount for mount in mounts if mount[0].startswith(".")]
    assert [mount for mount in files if not (FILE.parent / mount[0]).is_file() or mount[-1] != "ro"] == []


def test_postgres_18_keeps_its_data_on_the_volume() -> None:
    # since release 18 the image's data folder is /var/lib/postgresql/18/docker
    assert SERVICES["postgres"]["image"] == "postgres:18"
    assert "postgres:/var/lib/postgresql" in SERVICES["postgres"]["volumes"]


@pytest.mark.parametrize("service", [*AIRFLOW, "mailpit"])
def test_a_container_has_no_privileges_and_a_read_only_root(service: str) -> None:
    settings = SERVICES[service]
    assert settings["read_only"] is True
    assert settings["cap_drop"] == ["ALL"]
    assert settings["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_a_container_has_a_limit_of_memory_and_of_logs(service: str) -> None:
    assert re.fullmatch(r"\d+[mg]", SERVICES[service]["mem_limit"])
    assert SERVICES[service]["logging"]["options"].keys() == {"max-size", "max-file"}


def test_every_image_has_a_fixed_tag() -> None:
    tags = [settings["image"].partition(":")[2] for settings in SERVICES.values()]
    assert [tag for tag in tags if tag in {"", "latest"}] == []


def test_our_own_settings_have_names_that_the_package_knows() -> None:
    ours = {name.removeprefix(PREFIX).lower() for name in environment("scheduler") if name.startswith(PREFIX)}
    assert ours
    assert ours <= Settings.model_fields.keys()


def test_the_settings_of_the_stack_are_valid(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment("scheduler").items():
        if name.startswith(PREFIX):
            default = VARIABLE.fullmatch(value)
            shown = default["rest"].removeprefix(":-") if default else VARIABLE.sub("x", value)
            monkeypatch.setenv(name, shown)
    settings = Settings()
    assert (
        settings.database_url.get_secret_value() == "postgresql://sanctions_monitor:x@postgres:5432/sanctions_monitor"
    )
    assert settings.smtp_url.get_secret_value() == "smtp://mailpit:1025?tls=off"
    assert settings.log_level == "WARNING"
