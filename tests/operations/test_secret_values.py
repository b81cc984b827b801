"""What no database holds comes along in a backup, and a lab elsewhere is told what to set."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from labbooking.operations.backup import secret_values
from tests.operations.conftest import PASSPHRASE


def test_keys_from_before_and_what_a_university_knows_the_lab_by_come_along(settings, tmp_path):
    """Without them no code of an app opens, and nobody comes in by the university."""
    settings.LAB_DATA, settings.SECRET_KEY_IS_EMBEDDED = tmp_path, False
    settings.SECRET_KEY_FALLBACKS = ["the-key-before", "and-the-one-before-that"]
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_SECRET = "https://uni.example", "between-us"
    kept = secret_values.as_json()
    assert secret_values.put_back(kept) is None

    settings.SECRET_KEY_FALLBACKS = []
    settings.OIDC_ISSUER = settings.OIDC_CLIENT_SECRET = ""
    told = secret_values.put_back(kept).read_text().splitlines()

    assert sorted(told) == [
        "OIDC_CLIENT_SECRET=between-us",
        "OIDC_ISSUER=https://uni.example",
        "SECRET_KEY_FALLBACKS=the-key-before,and-the-one-before-that",
    ]


def test_the_keys_from_before_come_along(settings):
    """Apps and recovery codes may still be sealed with them."""
    settings.SECRET_KEY_FALLBACKS = ["the-last", "the-one-before"]
    kept = json.loads(secret_values.as_json())
    assert kept["SECRET_KEY_FALLBACKS"] == "the-last,the-one-before"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("nobody_else")
def test_the_passphrase_is_long_and_never_on_the_command_line(settings, tmp_path):
    path = str(tmp_path / "lab.backup")
    settings.BACKUP_PASSPHRASE = "short"
    with pytest.raises(CommandError, match="fewer than 12"):
        call_command("backup", path)
    settings.BACKUP_PASSPHRASE = ""
    with pytest.raises(CommandError, match="BACKUP_PASSPHRASE_FILE"):
        call_command("backup", path)
    settings.BACKUP_PASSPHRASE_FILE = tmp_path / "passphrase"
    with pytest.raises(CommandError, match="can be read"):
        call_command("backup", path)
    settings.BACKUP_PASSPHRASE_FILE.write_text(f"{PASSPHRASE}\n")
    call_command("backup", path, stdout=io.StringIO())
    with pytest.raises(TypeError, match="passphrase"):
        call_command("backup", path, passphrase=PASSPHRASE)
