"""A throw-away demo lab whose clock stands still, so that its pictures change only with the pages.
It can be set to another hour or day.

It is the embedded lab with its demo people on a Wednesday towards noon, and a few days ahead
with requests side by side, a series, somebody who waits, and an event.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from django.core.servers.basehttp import ThreadedWSGIServer

    from labbooking.bookings.models import Booking
    from residents.models import User

ROOT = Path(__file__).resolve().parent.parent
ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 25, 11, 20, tzinfo=ZONE)
EARLIER = NOW - timedelta(hours=1)
HANDLES = ("ada", "ben", "nia", "sam", "kim", "lea", "tom", "ines", "jonas")
OF_THE_HOUSE = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SECRET_KEY", "MEDIA_ROOT", "DEBUG")
# Who asks for what: days ahead, hours, things, and what for.
AHEAD = (
    ("ada", 1, "09:00-12:00", ("seat-2",), "Lidarmodell im Garten"),
    ("ada", 1, "14:00-16:00", ("ar-headset-2", "board-1"), "Lidarmodell im Garten"),
    ("ines", 1, "17:00-19:00", ("board-1",), "Map room"),
    ("lea", 1, "10:00-13:00", ("seat-7",), "Stickmuster im Raum"),
    ("tom", 1, "13:00-19:00", ("seat-9",), "Zweiter Akt"),
    ("ben", 2, "10:00-16:00", ("seat-4",), "Bewegung aufnehmen"),
    ("nia", 2, "11:00-13:00", ("telepresence-1",), "Listening with Porto"),
    ("jonas", 2, "09:00-15:00", ("seat-5",), "Grundriss"),
    ("ines", 3, "13:00-19:00", ("seat-1",), "Drawing the old settlement"),
    ("ada", 5, "10:00-14:00", ("seat-2", "ar-headset-1"), "Aufbau für die Schau"),
)


@dataclass(slots=True)
class Clock:
    """The whole house asks this one; what fell due meanwhile is left as it was."""

    at: datetime = NOW

    def now(self) -> datetime:
        return self.at


@dataclass(frozen=True, slots=True)
class Lab:
    """`sessions` are session keys by handle, `words` what addresses of pages are filled with."""

    url: str
    sessions: dict[str, str]
    words: dict[str, str]
    clock: Clock


@contextmanager
def stopped_lab() -> Iterator[Lab]:
    """Serves the lab on a free port; it is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="daig-pictures-") as folder:
        clock = Clock()
        _prepare(folder, clock)
        server = _server()
        url = f"http://127.0.0.1:{server.server_port}"
        try:
            yield Lab(url, _sessions(), _words(), clock)
        finally:
            server.shutdown()


def _prepare(folder: str, clock: Clock) -> None:
    for name in OF_THE_HOUSE:
        os.environ.pop(name, None)
    os.environ |= {"LAB_DATA": folder, "DEMO": "1", "TIME_ZONE": ZONE.key}
    os.environ["DJANGO_SETTINGS_MODULE"] = "labbooking.settings"
    os.environ["PUBLIC_URL"] = "http://127.0.0.1:8000"
    sys.path.insert(0, str(ROOT))
    import django
    from django.utils import timezone

    from scripts.compile_messages import main as compile_messages

    compile_messages()
    timezone.now = clock.now
    django.setup()
    with redirect_stdout(StringIO()):
        _fill()


def _fill() -> None:
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_lab", str(ROOT / "labbooking/demo/daig.toml"))
    call_command("demo")
    people = _people()
    for handle, days, hours, things, purpose in AHEAD:
        _ask(people[handle], days, hours, *things, purpose=purpose)
    _waits(people)
    _announcement(people["kim"])
    people["ada"].__class__.objects.filter(email__in=_emails("ada", "ines", "tom")).update(
        shown_in_house=True
    )
    _mails()


def _people() -> dict[str, User]:
    from residents.models import User

    return {handle: User.objects.get(email=email) for handle, email in _by_handle().items()}


def _by_handle() -> dict[str, str]:
    return {handle: f"{handle}@daig.example" for handle in HANDLES}


def _emails(*handles: str) -> list[str]:
    return [_by_handle()[handle] for handle in handles]


def _ask(by: User, days: int, hours: str, *things: str, purpose: str) -> Booking:
    from labbooking.bookings import actions
    from labbooking.bookings.demand.spec import BookingSpec
    from labbooking.period import Period

    start, end = (_moment(days, clock) for clock in hours.split("-"))
    spec = BookingSpec(Period(start, end), things, purpose=purpose)
    return actions.request(spec, by=by, at=NOW - timedelta(hours=20))[0]


def _moment(days: int, clock: str) -> datetime:
    day = (NOW + timedelta(days=days)).date()
    return datetime.combine(day, datetime.strptime(clock, "%H:%M").time(), ZONE)  # noqa: DTZ007


def _waits(people: dict[str, User]) -> None:
    """Nia waits for Ben's seat, staff have asked Ada back, and Ben has a yes."""
    from labbooking.bookings import actions
    from labbooking.bookings.actions.waitlist import join
    from labbooking.bookings.demand.spec import BookingSpec
    from labbooking.bookings.models import Booking
    from labbooking.period import Period

    times = Period(_moment(2, "12:00"), _moment(2, "15:00"))
    join(BookingSpec(times, ("seat-4",), purpose="Room tones"), by=people["nia"], at=EARLIER)
    asked = Booking.objects.get(person=people["ada"], starts_at=_moment(5, "10:00"))
    question = "Brauchst du die Brille die ganze Zeit?"
    actions.ask(asked.pk, question=question, by=people["kim"], at=EARLIER)
    porto = Booking.objects.get(person=people["nia"], starts_at=_moment(2, "11:00"))
    actions.approve(porto.pk, by=people["sam"], at=EARLIER)
    board = Booking.objects.get(person=people["ada"], starts_at=_moment(1, "14:00"))
    actions.approve_part(
        board.pk,
        keep=["ar-headset-2"],
        reason="Die Tafel braucht Inès an diesem Nachmittag.",
        by=people["sam"],
        at=EARLIER,
    )


def _announcement(by: User) -> None:
    from equipment.actions import announce

    fields = {
        "kind": "event",
        "starts_at": _moment(3, "18:00"),
        "ends_at": _moment(3, "21:00"),
        "url": "",
        "email": "lab@daig.example",
        "title_de": "Offenes Atelier",
        "title_en": "Open studio",
        "text_de": "Drei Arbeiten im Entstehen, Suppe und Gespräch.",
        "text_en": "Three works in the making, soup and talk.",
    }
    announce(fields, by=by, at=EARLIER)


def _mails() -> None:
    """Sent as the worker would; their date is that of the lab's clock."""
    from django.conf import settings

    from labbooking.notifications.tasks import plan_and_deliver

    plan_and_deliver()
    dated = NOW.astimezone(ZoneInfo("UTC")).strftime("Date: %a, %d %b %Y %H:%M:%S -0000")
    for path in Path(settings.EMAIL_FILE_PATH).glob("*.log"):
        written = path.stat().st_mtime_ns
        path.write_bytes(re.sub(rb"(?m)^Date: .*$", dated.encode(), path.read_bytes()))
        os.utime(path, ns=(written, written))  # the newest stays the newest


def _sessions() -> dict[str, str]:
    from django.test import Client

    sessions = {}
    for handle, person in _people().items():
        client = Client()
        client.force_login(person)
        sessions[handle] = client.cookies["sessionid"].value
    return sessions


def _words() -> dict[str, str]:
    """The names of a mail in German and of one in English."""
    from labbooking.notifications import mailbox

    told = {"mail-de": "ada@daig.example", "mail-en": "nia@daig.example"}
    sent = mailbox.mails()
    return {
        name: next(each.name for each in sent if email in each.to) for name, email in told.items()
    }


def _server() -> ThreadedWSGIServer:
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

    from labbooking.wsgi import application

    class Quiet(WSGIRequestHandler):
        def log_message(self, *_arguments: object) -> None:
            """Nobody reads along."""

    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(application)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
