"""Pages in the typeface of the house, and in the wide one a machine may have instead."""

import pytest

from labbooking.site.faces import FACES, made
from tests.processes import ROOT

SHEET = ROOT / "labbooking/static/css/faces.css"
WIDE = "DejaVu Sans"


def pytest_configure(config):
    if not hasattr(config, "workerinput"):  # once, before a page waits for it
        made()


@pytest.fixture(params=["house", "wide"])
def face(request):
    return request.param


def wear(context, face):
    """What this browser shows is set in that face, and nothing is shown before it is there."""
    sheet = (
        wide()
        if face == "wide"
        else SHEET.read_text().replace("display: optional", "display: block")
    )
    context.route(
        "**/css/faces.css", lambda route: route.fulfill(body=sheet, content_type="text/css")
    )


def wide():
    return "\n".join(
        f'@font-face {{ font-family: "{each.family}"; font-weight: {weights};'
        f' src: local("{WIDE}{bold}") }}'
        for each in FACES
        for weights, bold in (("400 599", ""), ("600 700", " Bold"))
    )
