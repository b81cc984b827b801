"""Collects every text of the program into locale/de and names those that lack their German.

    make messages

Needs gettext. What comes out depends on the program alone, not on the machine or the day, so
that a change of the catalogue is a change of texts.
"""

import os
import sys
from pathlib import Path

from babel.messages import pofile
from django.conf import settings
from django.core.management import call_command
from django.core.management.commands.makemessages import Command

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "locale/de/LC_MESSAGES/django.po"
HEADER = r"""# The German of Daig. `make messages` brings it up to date; the house says du.
msgid ""
msgstr ""
"Project-Id-Version: Daig\n"
"Language: de\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"""


class Collect(Command):
    # What merely looks alike would be a wrong translation until somebody notices.
    msgmerge_options = [*Command.msgmerge_options, "--no-fuzzy-matching"]


def main() -> int:
    os.chdir(ROOT)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    # Nothing of a lab is needed: the folder named locale is found from here.
    settings.configure()
    call_command(
        Collect(),
        locale=["de"],
        add_location="file",
        no_wrap=True,
        no_obsolete=True,
        ignore_patterns=[".venv", "var", "tests", "benchmarks", "scripts"],
        verbosity=1,
    )
    _fix_header()
    for text in _untranslated():
        print(f"No German yet: {text}")
    return 0


def _fix_header() -> None:
    _header, _gap, entries = CATALOGUE.read_text().partition("\n\n")
    CATALOGUE.write_text(f"{HEADER}\n{entries}")


def _untranslated() -> list[str]:
    with CATALOGUE.open("rb") as file:
        catalogue = pofile.read_po(file)
    return [str(each.id) for each in catalogue if each.id and (each.fuzzy or not _whole(each))]


def _whole(message: object) -> bool:
    said = message.string
    return all(said) if isinstance(said, tuple) else bool(said)


if __name__ == "__main__":
    sys.exit(main())
