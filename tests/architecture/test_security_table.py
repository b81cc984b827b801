"""Every row of docs/security.md names a test that there is."""

import ast
import re

from tests.architecture.files import ROOT

ROW = re.compile(r"^\| (V?[\d., ]+) \| .+ \| `(\S+)::(\w+)` \|$", re.MULTILINE)


def test_every_row_is_shown_by_a_test_that_there_is():
    text = (ROOT / "docs/security.md").read_text()
    rows = ROW.findall(text)
    assert len(rows) == len(re.findall(r"^\| \d", text, re.MULTILINE)) > 40
    missing = []
    for number, path, name in rows:
        tree = ast.parse((ROOT / "tests" / path).read_text())
        named = {each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)}
        missing += [(number, path, name)] if name not in named else []
    assert missing == []


def test_each_chapter_is_there():
    text = (ROOT / "docs/security.md").read_text()
    assert re.findall(r"^## (V\d)", text, re.MULTILINE) == ["V6", "V7", "V8"]
