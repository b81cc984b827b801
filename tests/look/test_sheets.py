"""Style sheets that come together are one file where they are collected, and no rule is lost."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import find
from django.template.loader import render_to_string

from labbooking.site.sheets import SHEETS, written

LINKS = re.compile(r'<link rel="stylesheet" href="/static/(\S+)">')


def linked():
    return LINKS.findall(render_to_string("_parts/board_styles.html"))


def test_each_sheet_is_linked_by_itself_where_nothing_is_collected():
    assert linked() == [f"css/{name}.css" for name in SHEETS["with-a-board"]]


@pytest.mark.xdist_group("static files")
def test_where_they_are_collected_one_link_brings_them_all(collected):
    (name,) = linked()

    assert re.fullmatch(r"css/together-with-a-board\.[0-9a-f]{12}\.css", name)
    assert (collected / name).read_bytes() == written("with-a-board")
    assert (collected / f"{name}.gz").is_file()


@pytest.mark.parametrize("group", SHEETS)
def test_every_rule_of_every_sheet_is_there_in_its_order(group):
    whole, read_to = written(group).decode(), 0
    for name in SHEETS[group]:
        text = Path(find(f"css/{name}.css")).read_text()
        assert whole[read_to:].startswith(text), name
        read_to += len(text) + 1
    assert whole.count("{") == whole.count("}")
