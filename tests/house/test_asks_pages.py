"""Staff say in the browser what a booking asks: questions and terms, each in versions."""

import pytest

from equipment.models import Question, ResourceType, Terms
from labbooking.journal.models import Entry
from tests.bookings.days import said
from tests.bookings.intake.asking import KEY, asks, has_terms
from tests.house.managing import of_type

pytestmark = pytest.mark.django_db
TYPED = {
    "text_de": "Wie soll er stehen?",
    "text_en": "How should it stand?",
    "kind": "choice",
    "choices_de": "hochkant\n\n quer ",
    "choices_en": "Upright & high\nwide",
    "smallest": "",
    "largest": "",
    "required": "on",
    "shown_to": "staff",
}
ASKS = f"{of_type('telepresence')}asks/"


def at(key):
    return f"/house/manage/questions/{key}/"


def test_a_question_is_added_changed_ordered_and_taken_away(lab, sam, signed_in):
    client = signed_in(sam)
    assert client.post(f"{ASKS}new/", TYPED).status_code == 302
    question = Question.objects.get()
    assert question.key == "how-should-it-stand"
    assert question.choices == [["upright-high", "hochkant", "Upright & high"],
                                ["wide", "quer", "wide"]]  # fmt: skip
    assert ResourceType.objects.get(slug="telepresence").asks
    client.post(f"{ASKS}new/", TYPED | {"text_en": "And then?", "kind": "text"})
    client.post(f"{at('and-then')}order/", {"to": "up"})
    page = said(client.get(ASKS))
    assert page.index("And then?") < page.index("How should it stand?")
    assert "Upright &amp; high · wide" in page

    changed = TYPED | {"text_en": "How shall it stand?", "based_on": "1"}
    assert client.post(at(question.key), changed).status_code == 302
    assert Question.objects.get(key=question.key, ended_at=None).version == 2
    assert client.post(at(question.key), changed | {"based_on": "2"}).status_code == 302
    assert Question.objects.filter(key=question.key).count() == 2
    client.post(f"{at(question.key)}remove/", {"based_on": "2"})
    assert "Asked before" in said(client.get(ASKS))
    kinds = set(Entry.objects.filter(kind__startswith="question.").values_list("kind", flat=True))
    assert kinds == {f"question.{act}" for act in ("added", "changed", "ordered", "removed")}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"choices_en": "wide"}, "choices_en"),
        ({"choices_de": "x\nx", "choices_en": "a\nb"}, "choices_en"),
        ({"choices_de": "", "choices_en": ""}, "__all__"),
        ({"text_de": ""}, "text_de"),
        ({"kind": "number", "smallest": "3", "largest": "1"}, "largest"),
        ({"kind": "text", "in_research": "on"}, "in_research"),
        ({"kind": "number", "smallest": "9" * 20}, "smallest"),
    ],
)
def test_what_makes_no_sense_is_told_at_its_field(wrong, field, lab, sam, signed_in):
    page = signed_in(sam).post(f"{ASKS}new/", TYPED | wrong)
    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert not Question.objects.exists()


def test_of_two_who_change_the_same_the_second_is_told_and_keeps_what_they_typed(
    lab, sam, signed_in
):
    asks("telepresence", by=sam)
    client = signed_in(sam)
    client.post(at(KEY), TYPED | {"text_en": "First?", "based_on": "1"})
    late = client.post(at(KEY), TYPED | {"text_en": "Second?", "based_on": "1"})
    assert late.status_code == 409
    assert "First?" in said(late)
    assert 'value="Second?"' in said(late)
    seen = late.context["based_on"]
    again = client.post(at(KEY), TYPED | {"text_en": "Second?", "based_on": f"{seen}"})
    assert again.status_code == 302
    assert Question.objects.get(ended_at=None).text_en == "Second?"


def test_terms_are_written_and_changed_and_ended(lab, sam, signed_in):
    client, url = signed_in(sam), f"{of_type('telepresence')}terms/"
    texts = {"text_de": "Nicht werfen.\r\n\r\nNie.", "text_en": "No throwing.\r\n\r\nEver."}
    assert client.post(url, texts | {"based_on": "0"}).status_code == 302
    assert client.post(url, texts | {"based_on": "1"}).status_code == 302
    assert Terms.objects.get().text_de == "Nicht werfen.\n\nNie."
    half = client.post(url, {"text_de": "Nur deutsch.", "text_en": "", "based_on": "1"})
    assert half.status_code == 422
    assert "text_en" in half.context["form"].errors
    assert client.post(url, texts | {"text_en": "x", "based_on": "0"}).status_code == 409
    assert client.post(url, {"text_de": "", "text_en": "", "based_on": "1"}).status_code == 302
    assert "Nothing has to be accepted." in said(client.get(ASKS))
    assert Terms.objects.count() == 2


def test_terms_that_do_not_apply_yet_say_from_when(lab, sam, signed_in):
    client, url = signed_in(sam), f"{of_type('telepresence')}terms/"
    has_terms("telepresence", by=sam)
    assert "These apply from" not in said(client.get(ASKS))
    client.post(
        url,
        {"text_de": "Neu.", "text_en": "New.", "in_force": "2090-01-01", "based_on": "1"},
    )
    assert "These apply from" in said(client.get(ASKS))


def test_what_staff_type_is_shown_as_text(lab, sam, signed_in):
    asks("telepresence", by=sam, text_en="<script>x</script>?")
    has_terms("telepresence", by=sam, text_en="<img src=x onerror=y>")
    page = said(signed_in(sam).get(ASKS))
    assert "<script>x" not in page
    assert "<img src=x" not in page


def test_the_kind_leads_to_what_its_bookings_ask(lab, sam, signed_in):
    assert f'href="{ASKS}"' in said(signed_in(sam).get(of_type("telepresence")))
