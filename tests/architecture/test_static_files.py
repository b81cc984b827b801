"""Static files, collected as in production: the tests elsewhere read them from their sources."""

import re

from django.contrib.staticfiles.finders import find
from django.core.management import call_command

from tests.architecture.files import named, ours


def test_all_static_files_can_be_collected_with_hashed_names(settings, tmp_path):
    """Fails when a style sheet names a picture or font that is not there."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    assert (tmp_path / "staticfiles.json").is_file()


def test_every_static_file_a_template_names_is_there():
    named_files = re.compile(r"""\{%\s*static\s+["']([^"']+)["']""")
    missing = {
        f"{named(page)}: {name}"
        for page in ours(".html")
        for name in named_files.findall(page.read_text())
        if not find(name)
    }
    assert not missing
