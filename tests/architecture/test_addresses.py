"""Nobody writes an address of ours by hand: what moves in the URL configuration moves along."""

import ast
import re

from django.urls import Resolver404, resolve

from tests.architecture.files import code, named, ours

LINKS = re.compile(r"""(?:href|action|formaction|src|hx-\w+|data-\w+|content)=["'](/[^"'{]*)""")


def is_ours(text):
    """Whether a text is an address of ours, or the beginning of one that is put together."""
    path = re.split(r"[?#]", text)[0]
    if not path.startswith("/") or path.startswith("//"):
        return False
    for ending in ("", "1/", "x/", "1", "x"):
        try:
            resolve(path + ending)
        except Resolver404:
            continue
        return True
    return False


def texts(tree):
    """Every text of a module, but what only explains."""
    explains = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in explains:
            yield node.value


def test_no_module_writes_an_address_by_hand():
    """A stroke alone separates things."""
    found = {
        f"{named(path)}: {text}"
        for path in code()
        if named(path).split("/")[0] in {"labbooking", "residents", "equipment"}
        for text in texts(ast.parse(path.read_text()))
        if text != "/" and is_ours(text)
    }
    assert not found


def test_no_template_links_to_an_address_written_by_hand():
    found = {
        f"{named(page)}: {link}"
        for page in ours(".html", ".txt")
        if named(page).startswith("templates/")
        for link in LINKS.findall(page.read_text())
        if is_ours(link)
    }
    assert not found


def test_a_link_written_by_hand_would_be_found():
    assert LINKS.findall('<a class="x" href="/bookings/?day=1">') == ["/bookings/?day=1"]
    assert is_ours("/bookings/?day=1")
    assert is_ours("/house/kinds/")
    assert not is_ours("/static/css/board.css")
