"""The frame and the shared parts: strict about scripts and styles, kind to those who listen."""

import re
from pathlib import Path

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils import translation

from labbooking.bookings.states import State
from labbooking.site.styleguide import SampleForm

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
DRAWINGS = ROOT / "labbooking" / "static" / "drawings"


def is_mail(path):
    return "emails" in path.parts or path.parent.name == "email"


PAGES = [path for path in sorted(TEMPLATES.rglob("*.html")) if not is_mail(path)]


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_a_page_has_nothing_the_content_security_policy_would_block(path):
    text = path.read_text()
    assert not re.search(r"<[^>]*\sstyle\s*=", text)
    assert not re.search(r"<[^>]*\son[a-z]+\s*=", text)
    assert not re.search(r"<[^>]*\shx-on", text)
    assert "<style" not in text
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))


@pytest.mark.parametrize("state", list(State))
def test_every_state_of_a_booking_has_its_word_and_its_mark(state):
    html = render_to_string("_parts/state.html", {"state": state.value})
    words = re.sub(r"<[^>]+>", "", html).strip()
    css = (ROOT / "labbooking" / "static" / "css" / "states.css").read_text()
    assert words.lower() == state.label.lower()
    assert f".state--{state.value} .state__mark" in css


@pytest.mark.parametrize(
    ("name", "drawing"),
    [
        ("ar-headset", "headset"),
        ("telepresence", "screen"),
        ("studio", "studio"),
        ("x", "workspace"),
    ],
)
def test_a_thing_without_a_photo_is_drawn_by_its_type(name, drawing):
    assert f"drawings/{drawing}" in render_to_string("_parts/picture.html", {"drawing": name})


def test_every_drawing_can_be_taken_into_a_page():
    for path in DRAWINGS.glob("*.svg"):
        if path.stem != "favicon":
            assert 'id="drawing"' in path.read_text(), path.name
            assert "<style" not in path.read_text(), path.name


def test_what_is_wrong_with_a_field_stands_beside_it_and_is_read_with_it():
    html = SampleForm({"purpose": ""})["purpose"].as_field_group()
    described = re.search(r'aria-describedby="([^"]+)"', html)[1].split()
    assert described == ["id_purpose_helptext", "id_purpose_error"]
    assert all(f'id="{each}"' in html for each in described)
    assert html.index("This field is required.") < html.index("<input")


def test_a_group_of_choices_and_a_checkbox_are_described_too():
    form = SampleForm({})
    assert 'aria-describedby="id_way_error"' in form["way"].as_field_group()
    assert "<legend>" in form["way"].as_field_group()
    box = form["agree"].as_field_group()
    assert 'id="id_agree_helptext"' in box
    assert 'id="id_agree_error"' in box


def test_the_summary_of_errors_leads_to_the_fields():
    html = render_to_string("_parts/errors.html", {"form": SampleForm({})})
    assert '<a href="#id_purpose">' in html
    assert render_to_string("_parts/errors.html", {"form": SampleForm()}).strip() == ""


def test_help_and_errors_are_escaped_unless_they_are_ours():
    class Form(forms.Form):
        thing = forms.ChoiceField(choices=[("a", "A")])

    html = Form({"thing": "<b>x</b>"})["thing"].as_field_group()
    assert "<b>x</b>" not in html


def test_a_refusal_says_why_and_offers_the_way_on():
    refusal = {"message": "Taken <then>.", "way_url": "/book/", "way_label": "Take seat 3"}
    html = render_to_string("_parts/refusals.html", {"refusals": [refusal]})
    assert "Taken &lt;then&gt;." in html
    assert '<a class="refusal__way" href="/book/">Take seat 3</a>' in html
    assert render_to_string("_parts/refusals.html", {"refusals": []}).strip() == ""


def test_the_last_resort_needs_no_context():
    html = render_to_string("500.html")
    assert "Das hat nicht geklappt" in html
    assert "Something failed on our side" in html
    assert "Belegung" in html


def test_a_mail_says_the_same_in_html_and_in_plain_text():
    mail = {
        "fact": "On Tuesday at 10: AR headset 2",
        "lines": ["Sam & Kim said yes."],
        "reason": "Mind the left strap.",
        "button_url": "https://lab.example/bookings/12/?a=1&b=2",
        "button_label": "See the booking",
        "footer": "You booked this.",
    }
    html = render_to_string("emails/base.html", mail)
    text = render_to_string("emails/base.txt", mail)
    for said in (*mail["lines"], mail["button_url"]):
        assert said.replace("&", "&amp;") in html
        assert said in text
    for said in ("fact", "reason", "button_label", "footer"):
        assert mail[said] in html
        assert mail[said] in text
    assert text.startswith(mail["fact"])
