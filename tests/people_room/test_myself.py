"""What people do about themselves: read what is held, take it along, leave, and be erased."""

import json

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from labbooking import pictures
from labbooking.bookings.actions import approve
from labbooking.bookings.models import Booking
from labbooking.errors import NotAllowed, Refused, WrongState
from labbooking.journal.models import Entry, EntryObject
from labbooking.people.actions import erase_person, leave
from labbooking.period import DAY
from residents.membership.ending import end_account, let_stay
from residents.membership.invitations import invite
from residents.membership.wanted import Wanted
from residents.models import User
from residents.privacy.erase import erase_again
from residents.tokens import issue
from tests.bookings.days import booked, said
from tests.house.test_people_and_photos import upload
from tests.research.conftest import a_study

pytestmark = pytest.mark.django_db

SECRETS = ("Moon landing", "Lidar in the garden", "An ear", "Soup", "ada@daig.example")


@pytest.fixture
def lived(lab, ada, sam, settings, tmp_path):
    """Ada has said and done a good deal."""
    settings.MEDIA_ROOT = tmp_path
    told = {"about": "Lidar in the garden", "seeks": "An ear", "offers": "Soup"}
    User.objects.filter(pk=ada.pk).update(**told, portrait=pictures.keep(pictures.decode(upload())))
    issue(ada, "laptop", timezone.now())
    booked(ada, "seat-1", purpose="Moon landing")
    booked(ada, "ar-headset-1", purpose="Moon landing")
    ada.refresh_from_db()
    return ada


def texts_of_the_database():
    """Every value of every row but those of the journal, which holds no names."""
    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.all():
            for field in model._meta.concrete_fields:
                yield f"{model._meta.label}.{field.name}", str(field.value_from_object(row))


def test_my_data_tells_all_of_it_in_words_and_as_a_file(lived, just_signed_in):
    browser = just_signed_in(lived)
    page, file = said(browser.get("/profile/data/")), browser.get("/profile/data.json")
    told = json.loads(file.content)

    assert "<dt>Bookings</dt><dd>2</dd>" in page
    assert "<dt>Inductions</dt><dd>1</dd>" in page
    assert "attachment" in file["Content-Disposition"]
    assert all(secret in file.content.decode() for secret in SECRETS)
    assert len(told["held"]["bookings.Booking"]) == 2
    assert {"booking.requested", "token.made"} <= {each["kind"] for each in told["journal"]}


def test_my_data_is_mine_alone(lived, ben, just_signed_in):
    told = just_signed_in(ben).get("/profile/data.json").content.decode()
    assert ben.email in told
    assert not any(secret in told for secret in SECRETS)


def test_who_takes_it_along_leaves_or_asks_to_be_erased_is_asked_whether_it_is_still_them(
    lived, signed_in
):
    browser = signed_in(lived)
    answers = (
        browser.get("/profile/data.json"),
        browser.post("/profile/leave/"),
        browser.post("/profile/erasure/"),
    )
    for answer in answers:
        assert answer.status_code == 302
        assert "reauthenticate" in answer.url
    lived.refresh_from_db()
    assert (lived.is_active, lived.erasure_asked_at) == (True, None)


def test_who_leaves_is_signed_out_and_what_was_ahead_is_cancelled(lived, just_signed_in):
    browser = just_signed_in(lived)
    assert "This is cancelled with it" in said(browser.get("/profile/leave/"))

    answer = browser.post("/profile/leave/", follow=True)

    assert "Your account has ended" in said(answer)
    assert not User.objects.get(pk=lived.pk).is_active
    assert set(Booking.objects.values_list("state", flat=True)) == {"cancelled", "withdrawn"}
    assert browser.get("/profile/").status_code == 302


def test_nobody_leaves_with_something_in_their_hands(lived):
    Booking.objects.filter(state="approved").update(state="in_use", checked_in_at=timezone.now())
    with pytest.raises(Refused, match="Bring it back first"):
        leave(lived, at=timezone.now())
    assert User.objects.get(pk=lived.pk).is_active
    assert Booking.objects.filter(state="requested").exists()


def test_what_is_in_their_hands_is_not_said_to_be_cancelled(lived, signed_in):
    Booking.objects.filter(state="approved").update(state="in_use", checked_in_at=timezone.now())
    page = said(signed_in(lived).get("/profile/leave/"))
    back, cancelled = page.index("First bring back"), page.index("This is cancelled with it")
    assert back < page.index(">Seat 1</a>") < cancelled < page.index("Ar Headset 1")
    assert "button--danger" not in page


def test_the_last_administrator_does_not_leave(admin, just_signed_in):
    User.objects.filter(pk=admin.pk).update(language="en")
    answer = just_signed_in(admin).post("/profile/leave/")
    assert answer.status_code == 422
    assert "is the last administrator" in said(answer)


def test_who_was_shown_out_on_a_day_does_not_take_that_back_alone(ada, sam):
    end_account(ada.pk, by=sam, at=timezone.now(), until=timezone.now() + 90 * DAY)
    with pytest.raises(NotAllowed):
        let_stay(ada.pk, by=ada, at=timezone.now())


def test_staff_see_who_asks_to_be_erased_and_who_no_longer_does(
    lived, sam, signed_in, just_signed_in
):
    browser, staff = just_signed_in(lived), signed_in(sam)
    browser.post("/profile/erasure/")
    assert "asks to be erased</span>" in said(staff.get("/people/", {"state": "asks"}))
    assert "to be erased" in said(staff.get(f"/people/{lived.pk}/"))

    browser.post("/profile/erasure/", {"back": "on"})
    assert "Nobody matches" in said(staff.get("/people/", {"state": "asks"}))


def erased(person, by):
    end_account(person.pk, by=by, at=timezone.now())
    Booking.objects.filter(person=person).update(state="cancelled")
    erase_person(person.pk, by=by, at=timezone.now())


def test_nothing_of_who_is_erased_is_left_but_the_journal(
    lived, sam, rui, signed_in, django_capture_on_commit_callbacks
):
    key, portrait = str(lived.subject_key), pictures.path(lived.portrait, "large")
    before = Entry.objects.count()
    study = a_study("futurework", rui)
    signed_in(lived).post(f"/consents/{study.slug}/give/", {"version": 1})
    assert lived.consents.exists()

    with django_capture_on_commit_callbacks(execute=True):
        erased(lived, sam)

    left = list(texts_of_the_database())
    assert not [where for where, text in left if any(each in text for each in SECRETS)]
    assert not [where for where, text in left if text == key and not where.startswith("journal.")]
    assert not default_storage.exists(portrait)
    row = User.objects.get(pk=lived.pk)
    assert str(row) == "Somebody who was erased"
    assert not row.has_usable_password()
    assert not row.consents.exists()
    assert Booking.objects.filter(person=row).count() == 2
    assert Entry.objects.count() > before
    proof = Entry.objects.get(kind="account.erased")
    assert EntryObject.objects.get(entry=proof, qualifier="person").key == key


def test_the_administrators_site_forgets_whom_it_changed(ada, sam, admin, just_signed_in):
    fields = {"email": ada.email, "name": "Ada", "role": "creative", "about": "", "is_active": "on"}
    fields |= {"language": "en", "time_zone": "Europe/Berlin"}
    page = f"/admin/residents/user/{ada.pk}/change/"
    assert just_signed_in(admin).post(page, fields).status_code == 302
    assert LogEntry.objects.get().object_repr == "Ada"

    erased(ada, sam)
    assert LogEntry.objects.get().object_repr == ""


def test_pages_that_named_them_still_open_and_lists_leave_them_out(lived, sam, signed_in):
    erased(lived, sam)
    browser = signed_in(sam)
    assert "Somebody who was erased" in said(browser.get("/bookings/"))
    assert "erased.invalid" not in said(browser.get("/people/"))
    assert browser.get(f"/people/{lived.pk}/").status_code == 404
    for path in ("end", "erase"):
        assert browser.get(f"/people/{lived.pk}/{path}/").status_code == 404


def test_their_address_is_free_again(lived, sam):
    erased(lived, sam)
    assert invite(Wanted("ada@daig.example", "Ada"), by=sam, at=timezone.now())


def test_nobody_is_erased_who_may_sign_in_or_has_something_booked(lived, sam, ben):
    with pytest.raises(Refused, match="still has bookings"):
        erase_person(lived.pk, by=sam, at=timezone.now())
    Booking.objects.update(state="cancelled")
    with pytest.raises(WrongState, match="End the account"):
        erase_person(lived.pk, by=sam, at=timezone.now())
    end_account(lived.pk, by=sam, at=timezone.now())
    with pytest.raises(NotAllowed):
        erase_person(lived.pk, by=ben, at=timezone.now())
    erase_person(lived.pk, by=sam, at=timezone.now())
    for act in (erase_person, let_stay):
        with pytest.raises(WrongState, match="erased already"):
            act(lived.pk, by=sam, at=timezone.now())


def test_a_restored_lab_erases_again_whom_the_list_names(lived, sam, capsys, tmp_path):
    from_before = {**vars(User.objects.get(pk=lived.pk))}
    erased(lived, sam)
    call_command("erasures")
    (tmp_path / "list.json").write_text(capsys.readouterr().out)
    back = {name: from_before[name] for name in ("email", "name", "about", "subject_key", "role")}
    User.objects.filter(pk=lived.pk).update(**back, erased_at=None, is_active=True)

    call_command("erasures", again=tmp_path / "list.json")
    assert "1 person is erased again." in capsys.readouterr().out
    assert str(User.objects.get(pk=lived.pk)) == "Somebody who was erased"
    call_command("erasures", again=tmp_path / "list.json")
    assert "0 people" in capsys.readouterr().out


@pytest.mark.parametrize("content", ["", "[1]", '[{"id": "x"}]', "{"])
def test_what_is_no_such_list_is_said(content, db, tmp_path):
    (tmp_path / "list.json").write_text(content)
    with pytest.raises(CommandError, match="not a list"):
        call_command("erasures", again=tmp_path / "list.json")


def test_the_page_takes_at_most_ten_queries_however_much_there_is(
    lived, signed_in, django_assert_max_num_queries
):
    browser = signed_in(lived)
    for seat in ("seat-2", "seat-3", "seat-4"):
        booked(lived, seat)
    with django_assert_max_num_queries(10):
        assert "<dt>Bookings</dt><dd>5</dd>" in said(browser.get("/profile/data/"))


def test_the_file_names_the_things_and_asks_as_much_for_one_booking_as_for_five(
    lived, just_signed_in, sam
):
    browser = just_signed_in(lived)

    def told():
        with CaptureQueriesContext(connection) as queries:
            file = json.loads(browser.get("/profile/data.json").content)
        return len(queries), [each["things"] for each in file["held"]["bookings.Booking"]]

    few, things = told()
    assert things == [["seat-1"], ["ar-headset-1"]]
    for slug in ("seat-2", "board-1", "telepresence-1"):
        booked(lived, slug)
    assert told() == (few, [*things, ["seat-2"], ["board-1"], ["telepresence-1"]])


def test_what_lay_ahead_in_a_restored_lab_is_let_go_with_whom_is_erased_again(lived, sam, ben):
    known = [{"id": f"{lived.pk}", "joined_at": lived.joined_at.isoformat()}]
    assert erase_again(known, at=timezone.now()) == 1
    states = set(Booking.objects.filter(person=lived).values_list("state", flat=True))
    assert states == {"cancelled", "declined"}
    assert booked(ben, "seat-1")


def test_who_decided_and_was_erased_since_is_somebody(lived, sam, admin, kim):
    booking = Booking.objects.get(state="requested")
    approve(booking.pk, by=sam, at=timezone.now())
    end_account(sam.pk, by=admin, at=timezone.now())
    erase_person(sam.pk, by=admin, at=timezone.now())
    with pytest.raises(WrongState, match="Somebody who was erased has already decided"):
        approve(booking.pk, by=kim, at=timezone.now())
