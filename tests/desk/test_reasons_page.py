"""The reasons that stand ready for a no are the staff's own, in both languages."""

from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from labbooking.bookings.actions.reply_templates import add_reason, change_reason, remove_reason
from labbooking.bookings.models import Booking, ReadyReason
from labbooking.errors import Malformed, NotAllowed, NotThere, WrongState
from labbooking.journal.models import Entry
from tests.bookings.days import booked, said

pytestmark = pytest.mark.django_db

PAGE = "/desk/reasons/"
TEXTS = ("Wir putzen.", "We are cleaning.")
OTHER = ("Wir lüften.", "We are airing.")


def add(by, texts=TEXTS):
    return add_reason(texts, by=by, at=timezone.now())


def change(reason, by, texts=OTHER, before=TEXTS):
    return change_reason(reason.pk, texts, before=before, by=by, at=timezone.now())


def remove(reason, by):
    remove_reason(reason.pk, by=by, at=timezone.now())


def told():
    entries = Entry.objects.filter(kind="text.changed").order_by("pk")
    assert not any("cleaning" in str(each.data) for each in entries)
    return [each.data["act"] for each in entries]


def test_the_house_begins_with_three(db):
    ReadyReason.objects.all().delete()
    migration = import_module("labbooking.bookings.migrations.0005_ready_reasons")
    migration.add_the_first(apps, None)
    assert ReadyReason.objects.count() == 3
    assert all(each.text_de and each.text_en for each in ReadyReason.objects.all())


def test_they_are_added_changed_and_taken_out_and_the_journal_keeps_it(db, sam, kim):
    reason = add(sam)
    change(reason, kim)
    change(reason, kim, before=OTHER)
    reason.refresh_from_db()
    assert (reason.text_de, reason.text_en) == OTHER
    remove(reason, sam)
    assert told() == ["added", "changed", "removed"]
    for act in (change, remove):
        with pytest.raises(NotThere):
            act(reason, sam)


def test_who_writes_on_top_of_somebody_else_is_told(db, sam, kim):
    reason = add(sam)
    change(reason, kim)
    with pytest.raises(WrongState, match="We are airing"):
        change(reason, sam, ("Nein.", "No."))
    assert ReadyReason.objects.get(pk=reason.pk).text_en == "We are airing."


def test_only_staff_and_only_in_both_languages(db, sam, ada, admin):
    reason = add(sam)
    for by in (ada, admin):
        for act in (add, lambda by: change(reason, by), lambda by: remove(reason, by)):
            with pytest.raises(NotAllowed):
                act(by)
    with pytest.raises(Malformed):
        add(sam, ("Wir putzen.", " "))
    assert ReadyReason.objects.last() == reason


# The pages


def test_what_is_added_can_be_chosen_for_a_no(lab, ada, sam, signed_in):
    browser, booking = signed_in(sam), booked(ada, "ar-headset-1")[0]

    done = browser.post(PAGE, dict(zip(("text_de", "text_en"), TEXTS, strict=True)), follow=True)

    assert "It is on the list now." in said(done)
    reason = ReadyReason.objects.last()
    assert f'<option value="{reason.pk}">We are cleaning.</option>' in said(
        browser.get("/approvals/")
    )
    browser.post(f"/bookings/{booking.pk}/decline/", {"ready": reason.pk})
    assert Booking.objects.get().reason == "We are cleaning."


def test_two_who_change_at_once_lose_nothing(lab, sam, kim, signed_in):
    browser, reason = signed_in(sam), add(sam)
    typed = {
        "text_de": "Nein.",
        "text_en": "Not now.",
        "before_de": TEXTS[0],
        "before_en": TEXTS[1],
    }
    change(reason, kim)
    address = reverse("change_reason", args=[reason.pk])

    refused = browser.post(address, typed)

    assert refused.status_code == 409
    assert "We are airing." in said(refused)
    assert "Not now.</textarea>" in said(refused)
    assert 'name="before_en" value="We are airing."' in said(refused)
    again = typed | {"before_de": OTHER[0], "before_en": OTHER[1]}
    assert browser.post(address, again).status_code == 302
    assert ReadyReason.objects.get(pk=reason.pk).text_en == "Not now."


def test_bad_input_says_so(lab, sam, signed_in):
    browser, reason = signed_in(sam), add(sam)
    assert browser.post(PAGE, {"text_de": "Nur deutsch."}).status_code == 422
    assert browser.post(reverse("change_reason", args=[reason.pk]), {}).status_code == 422
    assert browser.post(reverse("remove_reason", args=[reason.pk])).status_code == 302
    assert browser.post(reverse("remove_reason", args=[reason.pk])).status_code == 404
    assert browser.post(reverse("change_reason", args=[reason.pk]), dict(
        zip(("text_de", "text_en"), TEXTS, strict=True))).status_code == 404  # fmt: skip


def test_an_empty_list_says_what_happens_then(lab, sam, signed_in):
    ReadyReason.objects.all().delete()
    assert "There are no ready-made reasons yet." in said(signed_in(sam).get(PAGE))


def test_queue_and_desk_lead_there(lab, sam, signed_in):
    for path in ("/desk/", "/approvals/"):
        assert f'href="{PAGE}"' in said(signed_in(sam).get(path))


def test_many_reasons_and_requests_take_no_more_queries(
    lab, ada, sam, signed_in, django_assert_max_num_queries
):
    browser = signed_in(sam)

    def queries(path):
        with django_assert_max_num_queries(50) as counted:
            browser.get(path)
        return len(counted)

    booked(ada, "ar-headset-1")
    queries("/approvals/")
    with_one = queries("/approvals/"), queries(PAGE)
    add(sam)
    add(sam)
    booked(ada, "board-1")
    booked(ada, "telepresence-1")
    assert (queries("/approvals/"), queries(PAGE)) == with_one
