"""What a newcomer relies on when reading: short files and functions, names that say something."""

import ast
import re

from tests.architecture.files import ROOT, code, everything, named, ours

EMPTY_NAMES = re.compile(r"^(utils?|common|helpers?|services?|managers?|misc|base)$")
LONGEST_FILE, LONGEST_FUNCTION = 300, 40
MAILS = {"emails", "email"}  # mail programs know style attributes only


def test_no_file_hides_behind_an_empty_name():
    found = [
        named(path)
        for path in code()
        for part in path.relative_to(ROOT).with_suffix("").parts
        if EMPTY_NAMES.match(part)
    ]
    # Django asks for a database's backend by this name; and what is not a room but the script that
    # starts PostgreSQL and Redis, which operators call services.
    assert found == ["labbooking/operations/postgresql/base.py", "tests/services.py"]


def test_files_are_short():
    lengths = {named(path): len(path.read_text().splitlines()) for path in code()}
    assert not {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE}


def test_functions_are_short():
    def lines(node):
        docstring = ast.get_docstring(node, clean=False) or ""
        return node.end_lineno - node.lineno + 1 - len(docstring.splitlines())

    long = {
        f"{named(path)}:{node.lineno} {node.name}": lines(node)
        for path in code()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and lines(node) > LONGEST_FUNCTION
    }
    assert not long


def test_nothing_depends_on_one_machine():
    """No file knows where a checkout lies or whose home it is in."""
    paths = re.compile(rb"/(?:work/[a-z.]|home/[a-z]+/|root/|Users/[a-z]+/)")
    here = re.escape(str(ROOT).encode()) + b"/"
    found = [
        named(path)
        for path in everything()
        if path != ROOT / "tests/architecture/test_house_rules_of_code.py"
        and (paths.search(content := path.read_bytes()) or re.search(here, content))
    ]
    assert not found


def test_lock_files_name_no_hosts():
    """Whoever installs chooses the registry; the lock file holds names, versions and hashes."""
    hosts = re.compile(r"https?:|file:|--(?:index|extra|find)|@ ")
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = (ROOT / name).read_text().splitlines()
        assert not [line for line in lines if hosts.search(line)]
        assert sum("--hash=sha256:" in line for line in lines) > 50


def test_runtime_and_development_lock_the_same_versions():
    def pins(name):
        text = (ROOT / name).read_text()
        return dict(re.findall(r"^([a-z0-9_.-]+)(?:\[[^]]*\])?==(\S+)", text, re.MULTILINE))

    runtime, development = pins("requirements.txt"), pins("requirements-dev.txt")
    assert runtime.items() <= development.items()


def test_templates_hold_no_script_or_style_of_their_own():
    """The content security policy would refuse them, silently for whoever wrote them."""
    inline = re.compile(
        r"""<script(?![^>]*\bsrc=)(?![^>]*type="application/(?:ld\+)?json")"""
        r"""|<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*["']|\shx-on|javascript:""",
        re.IGNORECASE,
    )
    pages = [path for path in ours(".html") if not MAILS & set(path.parts)]
    found = {
        named(path): match.group() for path in pages if (match := inline.search(path.read_text()))
    }
    assert not found


def test_templates_load_nothing_from_elsewhere():
    elsewhere = re.compile(
        r"""(?:src|href)\s*=\s*["'](?:https?:)?//[^"']+\.(?:js|css|woff2?|png)"""
    )
    assert not [named(path) for path in ours(".html") if elsewhere.search(path.read_text())]
