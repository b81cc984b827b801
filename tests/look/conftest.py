import pytest
from django.core.management import call_command


@pytest.fixture
def collected(settings, tmp_path):
    """The folder of static files, as the lab collects them."""
    settings.STATIC_ROOT = tmp_path
    storage = {"BACKEND": "labbooking.site.sheets.TogetherStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": storage}
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path
