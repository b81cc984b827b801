"""Pages in the typeface of the house, and in the wide one a machine may have instead."""

import pytest

from labbooking.site.faces import FACES, made
from tests.processes import ROOT

SHEET = ROOT / "labbooking/static/css/faces.css"
WIDE = "DejaVu Sans"


def pytest_configure(config):
    if not hasattr(config, "workerinput"):  # once, before a page waits for it
        made()


# The page as it is, with its style sheet of the faces exchanged, once it is drawn with the other.
EXCHANGE = """async (rules) => {
  const ours = [...document.querySelectorAll("link[rel=stylesheet]")];
  const faces = ours.filter((each) => new URL(each.href).pathname.endsWith("/css/faces.css"));
  if (!faces.length) return;
  const sheet = new CSSStyleSheet();
  await sheet.replace(rules);
  document.adoptedStyleSheets = [sheet];
  for (const each of faces) each.disabled = true;
  document.body.getBoundingClientRect();
  await document.fonts.ready;
}"""


@pytest.fixture(params=["house", "wide"])
def face(request):
    return request.param


def wear(context, face):
    """What this browser shows is set in that face, and nothing is shown before it is there."""
    sheet = sheet_of(face)
    context.route(
        "**/css/faces.css", lambda route: route.fulfill(body=sheet, content_type="text/css")
    )


def change_into(page, face):
    """What is open changes into that face, if it is set in a face of the house at all."""
    page.evaluate(EXCHANGE, sheet_of(face))


def sheet_of(face):
    if face == "wide":
        return wide()
    return SHEET.read_text().replace("display: optional", "display: block")


def wide():
    return "\n".join(
        f'@font-face {{ font-family: "{each.family}"; font-weight: {weights};'
        f' src: local("{WIDE}{bold}") }}'
        for each in FACES
        for weights, bold in (("400 599", ""), ("600 700", " Bold"))
    )
