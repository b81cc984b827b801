"""What the repository holds, as git sees it: tracked files and new ones, nothing ignored."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


@cache
def everything():
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout.split("\0")
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]


def ours(*suffixes):
    return [path for path in everything() if path.suffix in suffixes]


def code():
    """Python written by hand: migrations are made by Django."""
    return [path for path in ours(".py") if "migrations" not in path.parts]


def named(path):
    return str(path.relative_to(ROOT))
