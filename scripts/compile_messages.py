"""Compiles the translations that changed: locale/*/LC_MESSAGES/*.po to .mo, without gettext.

An entry marked fuzzy is a guess of the tools, not a translation, and is left out.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    for source in sorted(ROOT.glob("locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            compile_one(source, target)
    return 0


def compile_one(source: Path, target: Path) -> None:
    # Imported here: most starts have nothing to compile.
    from babel.messages import mofile, pofile

    with source.open("rb") as file:
        catalog = pofile.read_po(file, abort_invalid=True)
    unfinished = target.with_suffix(".mo.new")
    with unfinished.open("wb") as file:
        mofile.write_mo(file, catalog, use_fuzzy=False)
    unfinished.replace(target)


if __name__ == "__main__":
    sys.exit(main())
