"""A missing or malformed value stops the start with one clear line."""

import pytest

from labbooking import environment
from tests.processes import manage, project_environment

MALFORMED = {
    "DATABASE_URL": ["lab", "mysql://lab@host/daig", "postgres://lab@host:port/daig"],
    "REDIS_URL": ["localhost", "http://localhost"],
    "EMAIL_URL": ["mail.example", "smtp://", "smtp://mail.example:many"],
    "PUBLIC_URL": ["lab.example", "ftp://lab.example"],
    "DEBUG": ["perhaps"],
    "DATABASE_PREPARE": ["perhaps"],
    "TRUSTED_PROXIES": ["-1", "two"],
    "TIME_ZONE": ["Gelsenkirchen"],
    "API_RATE": ["30", "0/s"],
    "BACKUP_DAYS": ["0", "many"],
    "BACKUP_FOLDER": ["/backups"],  # without a passphrase
}
PRODUCTION = {
    "DATABASE_URL": "postgres://lab@127.0.0.1:1/daig",
    "ALLOWED_HOSTS": "lab.example",
    "PUBLIC_URL": "https://lab.example",
}


def start(**changes):
    """Starts the project with these values changed; one that is None is taken away."""
    values = {**project_environment(), **changes}
    return manage("check", env={name: text for name, text in values.items() if text is not None})


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in MALFORMED.items() for value in values]
)
def test_a_malformed_value_is_named_in_one_line(name, value):
    answer = start(**{name: value})
    assert answer.returncode == 1
    assert answer.stderr.startswith(f"Daig cannot start: {name}")
    assert len(answer.stderr.splitlines()) == 1


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_the_grown_up_lab_refuses_to_start_without_its_secrets_and_hosts(name):
    answer = start(**{**PRODUCTION, name: None})
    assert answer.returncode == 1
    assert answer.stderr.startswith(f"Daig cannot start: {name} is missing")
    assert len(answer.stderr.splitlines()) == 1


def test_a_refused_address_does_not_show_its_password(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "mysql://lab:hush@host/daig")
    with pytest.raises(SystemExit) as refusal:
        environment.address("DATABASE_URL", {"postgres"})
    assert "hush" not in str(refusal.value)


def test_production_settings_pass_djangos_deployment_check():
    answer = manage("check", "--deploy", env={**project_environment(), **PRODUCTION, "DEMO": ""})
    assert answer.returncode == 0, answer.stderr
    assert "no issues (0 silenced)" in answer.stdout


@pytest.mark.only_sqlite
def test_the_embedded_lab_makes_its_own_secret_and_keeps_it(tmp_path):
    first = environment.embedded_secret(tmp_path / "var")
    assert len(first) > 50
    assert environment.embedded_secret(tmp_path / "var") == first
    assert (tmp_path / "var" / "secret_key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("prepare", "threshold"),
    [({}, 2), ({"DATABASE_PREPARE": "1"}, 2), ({"DATABASE_PREPARE": "0"}, None)],
)
def test_statements_are_prepared_unless_a_pooler_forbids_it(prepare, threshold):
    address = PRODUCTION["DATABASE_URL"] + "?sslmode=require"
    answer = manage(
        "shell", "--no-imports", "-c",
        "from django.conf import settings; print(settings.DATABASES['default']['OPTIONS'])",
        env={**project_environment(), **PRODUCTION, "DATABASE_URL": address, **prepare},
    )  # fmt: skip
    assert f"'prepare_threshold': {threshold}" in answer.stdout, answer.stderr
    assert "'sslmode': 'require'" in answer.stdout
