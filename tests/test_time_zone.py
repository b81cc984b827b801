"""One house, one zone: a lab described by other clocks does not start, and pages agree."""

import subprocess
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from equipment.models import Resource
from labbooking.bookings.models import Booking
from labbooking.period import DAY, Period
from tests.api.program import Program
from tests.bookings.days import said
from tests.processes import ROOT, manage, project_environment

CELERY = ["celery", "-A", "labbooking"]
GRANIAN = ["granian", "--interface", "rsgi", "--port", "0", "labbooking.server:front"]


def elsewhere():
    return {**project_environment(), "TIME_ZONE": "America/Los_Angeles"}


def started(*module):
    return subprocess.run(
        [sys.executable, "-m", *module],
        cwd=ROOT,
        env=elsewhere(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        check=False,
    )


def refusals(said):
    return [line for line in said.splitlines() if "Daig cannot start: " in line]


@pytest.mark.worker
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "module", [GRANIAN, [*CELERY, "worker", "-P", "threads"], [*CELERY, "beat", "--pidfile="]]
)
def test_what_runs_the_house_stops_where_its_things_keep_other_clocks(lab, module):
    answer = started(*module)
    (line,) = refusals(answer.stdout)
    assert answer.returncode == 1
    assert "TIME_ZONE='America/Los_Angeles'" in line
    assert "set TIME_ZONE=Europe/Berlin" in line


@pytest.mark.worker
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "command", ["migrate", "check --database default", "import_ics no.ics --resource seat-1"]
)
def test_commands_that_ask_the_database_say_it_in_one_line(lab, command):
    answer = manage(*command.split(), env=elsewhere())
    assert answer.returncode == 1
    assert refusals(answer.stderr) == answer.stderr.splitlines()


WEST = ZoneInfo("America/Los_Angeles")


@pytest.fixture
def western(settings, lab):
    """The demo lab in a house whose evening is the next morning in Berlin."""
    settings.TIME_ZONE = WEST.key
    Resource.objects.update(time_zone=WEST.key)
    return lab


@pytest.fixture
def evening(western):
    """Ten days from now, six to seven in the evening there; in Berlin the house is closed then."""
    day = timezone.now().astimezone(WEST).date() + 10 * DAY
    at = [datetime(day.year, day.month, day.day, hour, tzinfo=WEST) for hour in (18, 19)]
    return Period(*at)


def there(period):
    """Its beginning, as the clocks of the house show it."""
    return period.local(WEST)[0]


@pytest.fixture
def booked(evening, ada, signed_in):
    """What Ada books by the finder, as she typed it."""
    day = there(evening).date()
    typed = {"resource": "seat-1", "day": day, "starts": "18:00", "ends": "19:00"}
    answer = signed_in(ada).post("/book/", typed)
    assert answer.status_code == 302, said(answer)
    return Booking.objects.get()


def test_a_booking_is_for_the_day_and_hour_that_were_asked(booked, evening, ada, signed_in):
    assert booked.period == evening
    page, start = said(signed_in(ada).get(f"/bookings/{booked.pk}/")), there(evening)
    assert f"{start:%a} {start.day} {start:%b}" in page
    assert "18:00–19:00" in page


def test_the_board_shows_it_on_that_day_and_only_there(booked, evening, ada, signed_in):
    client, day = signed_in(ada), there(evening).date()
    assert "18:00–19:00" in said(client.get("/board/", {"day": day.isoformat()}))
    assert f"/bookings/{booked.pk}/" in said(client.get("/board/", {"day": day.isoformat()}))
    other = said(client.get("/board/", {"day": (day + DAY).isoformat()}))
    assert f"/bookings/{booked.pk}/" not in other


def test_the_api_says_the_same_hours_with_the_offset_of_the_house(booked, evening, ada):
    told = Program(ada).get(f"bookings/{booked.pk}").json()
    assert told["starts_at"] == there(evening).isoformat()
    assert Program(ada).get("resources/seat-1").json()["time_zone"] == WEST.key


def test_a_refusal_counts_by_the_clocks_of_the_house(evening, ada, signed_in):
    day = there(evening).date()
    typed = {"resource": "seat-1", "day": day, "starts": "05:00", "ends": "06:00"}
    page = said(signed_in(ada).get("/book/", typed))
    assert "7:00–23:00" in page
    assert Booking.objects.count() == 0


def test_front_page_board_and_desk_have_the_day_and_hours_of_the_house(western, sam, signed_in):
    client, before = signed_in(sam), timezone.now().astimezone(WEST).date()
    front = client.get("/").context["standings"]
    shown = [client.get("/board/").context["address"].day, client.get("/desk/").context["day"]]
    after = timezone.now().astimezone(WEST).date()
    (seats,) = [each for each in front if each.type.slug == "seat"]
    opened = seats.lines[0].hours[0].start
    assert f"{opened.astimezone(WEST):%H:%M}" == "07:00"
    # Midnight may come between two of these pages.
    assert {opened.astimezone(WEST).date(), *shown} <= {before, after}
