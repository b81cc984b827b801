import pytest
from django.conf import settings as ours
from django.core.management import call_command
from django.test import override_settings

TOGETHER = {"staticfiles": {"BACKEND": "labbooking.site.sheets.TogetherStorage"}}


@pytest.fixture(scope="session")
def collected_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=folder, STORAGES={**ours.STORAGES, **TOGETHER}):
        call_command("collectstatic", interactive=False, verbosity=0)
    return folder


@pytest.fixture
def collected(settings, collected_once):
    """The folder of static files, as the lab collects them; only to be read."""
    settings.STATIC_ROOT = collected_once
    settings.STORAGES = {**settings.STORAGES, **TOGETHER}
    return collected_once
