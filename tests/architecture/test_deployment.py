"""The grown-up lab's files, as far as they can be checked without a container engine."""

import os
import re
import subprocess

import pytest
import yaml

from tests.architecture.files import ROOT

FILLED_IN = {"SECRET_KEY": "0123456789" * 5, "POSTGRES_PASSWORD": "p"}


def composed(**environment):
    return subprocess.run(
        ["docker-compose", "config"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def services():
    """compose.yaml as docker-compose understands it."""
    answer = composed(**FILLED_IN)
    assert answer.returncode == 0, answer.stderr
    return yaml.safe_load(answer.stdout)["services"]


def test_compose_has_every_part_of_the_grown_up_lab(services):
    assert set(services) == {
        "proxy", "web", "worker", "beat", "migrate", "database", "redis", "mail"
    }  # fmt: skip


@pytest.mark.parametrize("missing", FILLED_IN)
def test_compose_refuses_to_start_without_its_secrets(missing):
    answer = composed(**{name: text for name, text in FILLED_IN.items() if name != missing})
    assert answer.returncode != 0
    assert f"set {missing} in .env" in answer.stderr


def test_several_web_containers_share_one_database_that_outlives_them(services):
    assert services["web"]["deploy"]["replicas"] >= 2
    assert services["database"]["volumes"] == ["database:/var/lib/postgresql:rw"]
    urls = {services[name]["environment"]["DATABASE_URL"] for name in ("web", "worker", "beat")}
    assert urls == {"postgres://daig:p@database:5432/daig"}


@pytest.mark.parametrize("starts_it", ["Dockerfile", "scripts/run_lab.py"])
def test_http_2_ends_at_the_proxy(starts_it):
    words = re.sub(r'[",]', " ", (ROOT / starts_it).read_text()).split()
    assert words[words.index("--http") + 1] == "1"


def test_our_containers_can_do_little_to_the_machine(services):
    for name in ("web", "worker", "beat", "migrate"):
        service = services[name]
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert "ports" not in service
    *_, user = re.findall(r"^USER (\S+)$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert user == "daig"


def test_every_value_compose_wants_is_explained_in_the_example():
    compose = (ROOT / "compose.yaml").read_text()
    wanted = set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", compose))
    explained = dict(
        re.findall(r"^([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE)
    )
    assert wanted == set(explained)
    assert all(explained[secret] == "" for secret in FILLED_IN)


def test_the_image_holds_what_the_lab_needs_and_no_more():
    lines = (ROOT / ".dockerignore").read_text().split()
    assert "*" in lines
    taken = {line[1:] for line in lines if line.startswith("!")}
    assert {"equipment", "labbooking", "residents", "templates", "locale"} <= taken
    assert not taken & {"var", ".env", ".venv", "tests", ".git"}
