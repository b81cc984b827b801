"""A missing or malformed value stops the start with one clear line."""

import pytest

from labbooking import environment
from tests.processes import manage, project_environment

MALFORMED = {
    "DATABASE_URL": ["lab", "mysql://lab@host/daig", "postgres://lab@host:port/daig"],
    "REDIS_URL": ["localhost", "http://localhost"],
    "EMAIL_URL": ["mail.example", "smtp://", "smtp://mail.example:many"],
    "PUBLIC_URL": ["lab.example", "ftp://lab.example"],
    "OIDC_ISSUER": ["university.example", "https://university.example"],  # without a client id
    "DEBUG": ["perhaps"],
    "DATABASE_PREPARE": ["perhaps"],
    "TRUSTED_PROXIES": ["-1", "two"],
    "TIME_ZONE": ["Gelsenkirchen"],
    "API_RATE": ["30", "0/s"],
    "PAGE_RATE": ["30", "0/s"],
    "BACKUP_DAYS": ["0", "many"],
    "BACKUP_FOLDER": ["/backups"],  # without a passphrase
}
PRODUCTION = {
    "DATABASE_URL": "postgres://lab@127.0.0.1:1/daig",
    "ALLOWED_HOSTS": "lab.example",
    "PUBLIC_URL": "https://lab.example",
    "DEMO": "0",
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


@pytest.mark.parametrize("name", ["DEMO", "DEBUG"])
def test_what_belongs_on_ones_own_machine_is_open_to_everybody_only_if_said_twice(name):
    refused = start(**{**PRODUCTION, name: "1"})
    said_twice = {**project_environment(), **PRODUCTION, name: "1", f"{name}_IN_PUBLIC": "1"}
    warned = manage("check", "--deploy", env=said_twice)

    assert refused.returncode == 1
    assert refused.stderr.startswith(f"Daig cannot start: {name} is on under an https address")
    assert len(refused.stderr.splitlines()) == 1
    assert warned.returncode == 0
    assert {"DEMO": "daig.W001", "DEBUG": "security.W018"}[name] in warned.stderr


@pytest.mark.parametrize("weak", ["hush-hush", "0123456789" * 4, "ab" * 40])
def test_a_weak_secret_key_stops_the_start(weak):
    answer = start(SECRET_KEY=weak)
    assert answer.returncode == 1
    assert answer.stderr.startswith("Daig cannot start: SECRET_KEY is too weak")
    assert len(answer.stderr.splitlines()) == 1
    assert weak not in answer.stderr


def test_a_refused_address_does_not_show_its_password(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "mysql://lab:hush@host/daig")
    with pytest.raises(SystemExit) as refusal:
        environment.address("DATABASE_URL", {"postgres"})
    assert "hush" not in str(refusal.value)


def test_production_settings_pass_djangos_deployment_check():
    answer = manage("check", "--deploy", env={**project_environment(), **PRODUCTION})
    assert answer.returncode == 0, answer.stderr
    assert "no issues (0 silenced)" in answer.stdout


def test_what_was_sealed_with_a_key_from_before_is_read_with_it():
    answer = manage(
        "shell", "--no-imports", "-c",
        "from django.conf import settings; print(settings.SECRET_KEY_FALLBACKS)",
        env={**project_environment(), "SECRET_KEY_FALLBACKS": "the-last,the-one-before"},
    )  # fmt: skip
    assert answer.stdout.strip() == "['the-last', 'the-one-before']", answer.stderr


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
