"""The demo lab lives: its people, their last weeks, and nothing in the way of tomorrow."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from equipment.models import Announcement
from equipment.queries import on_the_front_page
from labbooking.bookings.models import Allocation, Booking
from labbooking.demo.people import PASSWORD, PEOPLE, ROOTS_SECRET, move_in
from labbooking.demo.replay import replay
from labbooking.house.people_here import works_here
from labbooking.journal.models import Entry, Untold
from labbooking.period import day_start
from labbooking.residencies.models import Call, Stay
from residents.models import Role, User
from residents.signin.factors.drawing import in_groups
from tests.lab import BERLIN, DAIG, berlin
from tests.processes import ROOT
from tests.remembered import Remembered
from tests.residents.signin.factor_codes import code_of, secret_of

AFTERNOON = berlin("2026-11-24 14:30")


# One process, so that what they share is made once.
pytestmark = pytest.mark.xdist_group("demo lab")

_lived_in, _of_today = Remembered(), Remembered()


def load():
    call_command("load_lab", str(DAIG), verbosity=0)


@pytest.fixture
def lived_in(db):
    """The demo lab in the afternoon of a Tuesday."""

    def live():
        load()
        replay(move_in(AFTERNOON - timedelta(weeks=6)), at=AFTERNOON, weeks=2)

    _lived_in(live)


@pytest.fixture
def of_today(db):
    """The demo lab as `make run` shows it."""

    def live():
        load()
        call_command("demo")

    _of_today(live)


def test_the_people_of_the_contract_are_there_and_can_sign_in(daig):
    move_in(timezone.now())
    roles = dict(User.objects.values_list("email", "role"))
    expected = {"ada": "creative", "ben": "creative", "nia": "creative"}
    expected |= {"sam": "staff", "kim": "staff", "rui": "researcher"}
    for handle, role in expected.items():
        assert roles[f"{handle}@daig.example"] == role
        assert Client().login(username=f"{handle}@daig.example", password=PASSWORD)


def test_the_administrator_has_the_app_whose_secret_is_told(daig):
    """By `make run`, in groups, as apps take it."""
    root = move_in(timezone.now())["root"]
    assert secret_of(root) == ROOTS_SECRET
    assert in_groups(ROOTS_SECRET) in (ROOT / "scripts/run_lab.py").read_text()
    client = Client()
    answer = client.post("/login/", {"login": root.email, "password": PASSWORD})
    assert answer.url == "/login/code/"
    code = code_of(ROOTS_SECRET, timezone.now())
    assert client.post("/login/code/", {"code": code}).url == "/today/"


def test_ada_and_ben_can_book_headsets_for_a_year_ahead_and_nia_cannot(daig):
    move_in(timezone.now() - timedelta(weeks=6))
    in_a_year = timezone.now() + timedelta(days=366)
    holds = {
        person.email.partition("@")[0]: any(
            each.topic == "ar-headset" and each.holds_at(in_a_year)
            for each in person.inductions.all()
        )
        for person in User.objects.filter(role=Role.CREATIVE)
    }
    assert (holds["ada"], holds["ben"], holds["nia"]) == (True, True, False)


@pytest.mark.both_engines
def test_run_again_it_changes_nothing(of_today):
    before = [model.objects.count() for model in (User, Booking, Allocation, Entry)]
    User.objects.filter(email="ada@daig.example").update(name="Ada, renamed")
    call_command("demo")
    assert [model.objects.count() for model in (User, Booking, Allocation, Entry)] == before
    assert User.objects.get(email="ada@daig.example").name == "Ada, renamed"


def test_it_refuses_a_lab_that_is_no_demo(db, settings):
    settings.DEMO = False
    with pytest.raises(CommandError):
        call_command("demo")
    assert not User.objects.exists()
    call_command("demo", force=True)
    assert User.objects.count() == len(PEOPLE)


def test_where_it_is_forced_nothing_that_is_published_opens_the_lab(db, settings, capsys):
    settings.DEMO = False
    call_command("demo", force=True)
    root = User.objects.get(email="root@daig.example")
    assert not root.check_password(PASSWORD)
    assert not Authenticator.objects.exists()
    told = capsys.readouterr().out.splitlines()[0].rpartition(" ")[2]
    assert root.check_password(told)


def test_the_front_page_has_something_coming_up(of_today, client):
    page = client.get("/", headers={"Accept-Language": "en"}).content.decode()

    assert [each.kind for each in on_the_front_page(timezone.now())] == ["call", "event", "event"]
    assert "Residencies: three studios, three months" in page
    assert not [each.name for each in PEOPLE if each.name in page]


def test_one_call_is_open_and_another_is_written_already(of_today, client):
    stages = {each.slug: each.stage(timezone.now()) for each in Call.objects.all()}
    assert stages == {"residencies": "open", "winter": "draft"}
    for language, title in (("de", "Residenzen"), ("en", "Residencies")):
        page = client.get("/calls/residencies/", headers={"Accept-Language": language})
        assert title in page.content.decode()
    assert client.get("/calls/winter/").status_code == 404


def test_who_lived_here_has_the_file_of_a_stay(of_today, client):
    files = list(Stay.objects.order_by("booking__ends_at"))
    assert [each.person.name.split()[0] for each in files] == ["Inès", "Jonas", "Tom"]
    assert [hasattr(each, "report") for each in files] == [True, False, False]
    assert all(each.checklists.filter(seen_by_staff_at=None).count() == 0 for each in files)
    client.force_login(files[1].person)
    assert client.get(f"/stays/{files[1].pk}/").status_code == 200


def test_only_who_agreed_is_named_among_those_who_work_here(lived_in):
    assert [each.first_name for each in works_here(AFTERNOON, BERLIN)] == ["Jonas", "Lea", "Tom"]


def test_what_staff_took_down_stays_down(of_today):
    Announcement.objects.all().delete()
    call_command("demo")
    assert not Announcement.objects.exists()


def test_tomorrow_is_free(lived_in):
    tomorrow = day_start(berlin("2026-11-25 12:00").date(), BERLIN)
    assert not Allocation.objects.filter(booking__isnull=False, guarded_until__gt=tomorrow)
    assert not Booking.objects.filter(ends_at__gt=tomorrow)


def test_the_weeks_before_hold_everything_that_happens_in_a_lab(lived_in):
    today = day_start(AFTERNOON.date(), BERLIN)
    past = set(Booking.objects.filter(ends_at__lt=today).values_list("state", flat=True))
    assert past == {"completed", "declined", "cancelled", "no_show"}
    assert Booking.objects.filter(ends_at__lt=today).values("person").distinct().count() >= 6


def test_today_somebody_is_here_something_waits_and_something_is_to_come(lived_in):
    today = day_start(AFTERNOON.date(), BERLIN)
    now = list(Booking.objects.filter(starts_at__gte=today).values_list("state", flat=True))
    assert {"requested", "approved", "in_use", "completed"} <= set(now)


@pytest.mark.parametrize("clock", ["00:05", "06:30", "13:10", "23:50"])
def test_at_any_hour_the_replay_ends_at_now(daig, clock):
    now = berlin(f"2026-11-24 {clock}")
    assert replay(move_in(now - timedelta(weeks=6)), at=now, weeks=0)
    assert not Entry.objects.filter(at__gt=now).exclude(kind__in=["lab.loaded", "resource.closed"])
    waiting = Booking.objects.filter(state="requested")
    assert all(booking.starts_at > now for booking in waiting)


def test_nobody_gets_mail_about_what_is_long_past(lived_in):
    today = day_start(AFTERNOON.date(), BERLIN)
    assert not Untold.objects.filter(entry__at__lt=today).exists()


def test_the_log_tells_it_in_the_order_in_which_it_happened(lived_in):
    at = list(
        Entry.objects.filter(kind__startswith="booking.")
        .order_by("pk")
        .values_list("at", flat=True)
    )
    assert at == sorted(at)


def test_weeks_across_a_clock_change_keep_their_hours(daig):
    now = berlin("2026-11-02 21:30")
    replay(move_in(now - timedelta(weeks=6)), at=now, weeks=2)
    starts = Booking.objects.filter(allocations__resource__slug="seat-2", allocations__whole=None)
    assert {each.starts_at.astimezone(BERLIN).hour for each in starts} <= {9, 10}


def test_a_lab_without_things_gets_its_people_and_no_bookings(db):
    call_command("demo")
    assert User.objects.count() == len(PEOPLE)
    assert not Booking.objects.exists()
