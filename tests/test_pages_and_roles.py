"""Every page and everybody who may ask for it: one table. A page that is not in it fails the
build, so nobody opens a door without saying to whom. tests/api has the same for the API."""

import re
import uuid
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend
from django.db import transaction
from django.utils import timezone

from labbooking.bookings.actions.waitlist import join
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Booking
from labbooking.bookings.models.waitlist import Waiting
from labbooking.notifications import mailbox
from labbooking.research.actions import make_export, make_summary
from labbooking.research.models import Consent
from residents.models import ApiToken
from residents.tokens import issue
from tests.bookings.days import booked, hours
from tests.bookings.intake.asking import asks
from tests.house.managing import MANAGE_GET, MANAGE_POST
from tests.invited import people_may_ask
from tests.lab import berlin
from tests.people_room import pages as people
from tests.research.conftest import a_study
from tests.residencies import pages as residencies
from tests.residencies.applications import pages as applying
from tests.residencies.calling import open_at
from tests.residencies.offers.offering import offers_to
from tests.residencies.stays import pages as stays
from tests.residents.signin import pages as signin
from tests.residents.signin.pages import EVERYBODY, LOGIN
from tests.routes import addresses, not_listed
from tests.rows_of_pages import rows_of

pytestmark = pytest.mark.django_db

ASKING = ("nobody", "ada", "ben", "sam", "rui")

# Ada's are the booking and the token, Rui's is the study; Ben is a creative too, Sam is staff.
# Nobody is sent to the login; what is not one's own is not there.
GET = {
    **signin.GET,
    **people.GET,
    **MANAGE_GET,
    "healthz": EVERYBODY,
    "readyz": EVERYBODY,
    "": EVERYBODY,
    "today/": (LOGIN, 200, 200, 200, 200),
    "board/": EVERYBODY,
    "board/basket/": (400, 400, 400, 400, 400),
    "plan/": EVERYBODY,
    "house/": EVERYBODY,
    "house/<slug:slug>/": EVERYBODY,
    "house/kinds/<slug:slug>/": EVERYBODY,
    "house/rules/<slug:slug>/": (LOGIN, 404, 404, 200, 404),
    "house/announcements/": (LOGIN, 404, 404, 200, 404),
    "house/announcements/<int:pk>/": (LOGIN, 404, 404, 200, 404),
    "house/announcements/<int:pk>/needs/": (LOGIN, 404, 404, 200, 404),
    "house/announcements/<int:pk>/remove/": (LOGIN, 404, 404, 200, 404),
    **residencies.GET,
    "about/<slug:slug>/": EVERYBODY,
    "about/<slug:slug>/edit/": (LOGIN, 404, 404, 200, 404),
    "about/<slug:slug>/reset/": (LOGIN, 404, 404, 200, 404),
    "book/": (LOGIN, 200, 200, 200, 403),
    "book/exception/": (LOGIN, 302, 302, 404, 404),
    "bookings/": (LOGIN, 200, 200, 200, 403),
    "bookings/<int:pk>/": (LOGIN, 200, 404, 200, 404),
    "waiting/": (LOGIN, 404, 404, 200, 404),
    "bookings/<int:pk>/move/": (LOGIN, 200, 404, 200, 404),
    "bookings/<int:pk>.ics": (LOGIN, 200, 404, 200, 404),
    "approvals/": (LOGIN, 404, 404, 200, 404),
    "desk/": (LOGIN, 404, 404, 200, 404),
    "desk/after-outage/": (LOGIN, 404, 404, 200, 404),
    "desk/approvers/": (LOGIN, 404, 404, 200, 404),
    "desk/closures/": (LOGIN, 404, 404, 200, 404),
    "desk/closures/calendar/": (LOGIN, 404, 404, 200, 404),
    "desk/closures/<int:pk>/": (LOGIN, 404, 404, 200, 404),
    "desk/closures/<int:pk>/reopen/": (LOGIN, 404, 404, 200, 404),
    "desk/reasons/": (LOGIN, 404, 404, 200, 404),
    "desk/inductions/": (LOGIN, 404, 404, 200, 404),
    "desk/inductions/offer/": (LOGIN, 404, 404, 200, 404),
    "desk/inductions/slots/<int:pk>/": (LOGIN, 404, 404, 200, 404),
    "desk/inductions/slots/<int:pk>/call-off/": (LOGIN, 404, 404, 200, 404),
    "inductions/": (LOGIN, 200, 200, 200, 404),
    "desk/mail/": (LOGIN, 404, 404, 200, 404),
    "desk/mail/<slug:name>/": (LOGIN, 404, 404, 200, 404),
    "profile/": (LOGIN, 200, 200, 200, 200),
    "consents/": (LOGIN, 200, 200, 404, 404),
    "research/": (LOGIN, 404, 404, 404, 200),
    "research/<slug:slug>/": (LOGIN, 404, 404, 404, 200),
    "research/<slug:slug>/codebook.csv": (LOGIN, 404, 404, 404, 200),
    "research/<slug:slug>/summaries/<day:week>/": (LOGIN, 404, 404, 404, 200),
    "styleguide/": (LOGIN, 404, 404, 200, 404),
}
# Acts: to GET each answers 405, or does not say that it is there at all; it changes nothing.
POST = {
    **residencies.POST,
    **signin.POST,
    **people.POST,
    **MANAGE_POST,
    "bookings/<int:pk>/<slug:act>/": (LOGIN, 302, 404, 302, 404),
    "book/induction/<slug:slug>/": (LOGIN, 302, 302, 302, 404),
    "plan/<slug:slug>/": (LOGIN, 404, 404, 302, 404),
    "waiting/join/": (LOGIN, 302, 302, 302, 403),
    "waiting/<int:pk>/leave/": (LOGIN, 302, 404, 302, 404),
    "desk/<int:pk>/check-in/": (LOGIN, 404, 404, 302, 404),
    "desk/<int:pk>/check-out/": (LOGIN, 404, 404, 409, 404),
    "desk/after-outage/<int:pk>/settle/": (LOGIN, 404, 404, 302, 404),
    "desk/mail/again/": (LOGIN, 404, 404, 302, 404),
    "desk/mail/<int:pk>/again/": (LOGIN, 404, 404, 404, 404),
    "desk/mail/<int:pk>/drop/": (LOGIN, 404, 404, 404, 404),
    "desk/approvers/<slug:slug>/<int:pk>/remove/": (LOGIN, 404, 404, 302, 404),
    "desk/reasons/<int:pk>/change/": (LOGIN, 404, 404, 422, 404),
    "desk/reasons/<int:pk>/remove/": (LOGIN, 404, 404, 302, 404),
    "desk/inductions/<int:pk>/withdraw/": (LOGIN, 404, 404, 302, 404),
    "desk/inductions/slots/<int:pk>/change/": (LOGIN, 404, 404, 422, 404),
    "desk/inductions/slots/<int:pk>/tick-off/": (LOGIN, 404, 404, 302, 404),
    "desk/inductions/slots/<int:pk>/places/<int:person_id>/remove/": (LOGIN, 404, 404, 302, 404),
    "inductions/<int:pk>/take/": (LOGIN, 302, 302, 302, 404),
    "inductions/<int:pk>/give-back/": (LOGIN, 302, 404, 404, 404),
    "house/kinds/<slug:slug>/photo/": (LOGIN, 404, 404, 400, 404),
    "house/<slug:slug>/photo/": (LOGIN, 404, 404, 400, 404),
    "profile/calendar/renew/": (LOGIN, 302, 302, 302, 302),
    "profile/access/end/": (LOGIN, 302, 302, 302, 302),
    "profile/tokens/": (LOGIN, 302, 302, 302, 302),  # asks for the password first
    "profile/tokens/<int:pk>/revoke/": (LOGIN, 302, 404, 404, 404),
    "consents/<slug:slug>/give/": (LOGIN, 302, 302, 404, 404),
    "consents/<slug:slug>/withdraw/": (LOGIN, 302, 302, 404, 404),
    "research/<slug:slug>/exports/": (LOGIN, 404, 404, 404, 302),  # likewise
    "research/exports/<uuid:export_id>/": (LOGIN, 404, 404, 404, 302),
    "language/setlang/": (302, 302, 302, 302, 302),
}
# Addresses that cannot be guessed, given to who may see what is there.
BY_ITS_ADDRESS = (
    r"^media/pictures/(?P<key>[0-9a-f]{32})-(?P<size>small|medium|large)\.webp$",
    r"^media/manuals/(?P<key>[0-9a-f]{32})\.pdf$",
    "calendar/<uuid:key>.ics",
)


@pytest.fixture
def house(lab, ada, ben, sam, rui, client, signed_in, settings, tmp_path):
    """The browsers of everybody, and what there is to ask for."""
    settings.EMAIL_FILE_PATH = str(tmp_path)
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EmailBackend(file_path=str(tmp_path)).send_messages(
        [EmailMessage("Hello", "Hello.", "lab@daig.example", [ada.email])]
    )
    people_may_ask()
    codes = applying.codes(open_at(sam, timezone.now()), ada, ben, timezone.now())
    study, now = a_study("futurework", rui), timezone.now()
    week = berlin("2026-03-02 00:00").date()
    make_summary(a_study("house-figures", rui, house_figures=True), week, at=now)
    export = make_export(study.slug, by=rui, starts_at=now - timedelta(days=9), ends_at=now, at=now)
    issue(ada, "laptop", now)
    booked(ben, "seat-2")
    join(BookingSpec(hours(10), ("seat-2",)), by=ada, at=now)
    return {
        "browsers": {
            "nobody": client,
            **{p.name.lower(): signed_in(p) for p in (ada, ben, sam, rui)},
        },
        "booking": booked(ada, "seat-1")[0],
        "words": {
            "<int:pk>": None,
            "<uuid:export_id>": str(export.pk),
            "<day:week>": f"{week}",
            "<slug:name>": mailbox.mails()[0].name,
            "<slug:act>": "cancel",
            "<slug:provider_id>": "oidc-none",
            "<slug:key>": asks("board", by=sam, required=False).key,
            "<uuid:key>": str(uuid.uuid4()),
            **rows_of(ada, sam),
            **codes,
            **offers_to(ada, ben, sam, now),
        },
    }


def path_of(route, house):
    words = house["words"]
    path = stays.with_words(route)
    for row in (each for each in words if each.endswith("/<int:pk>")):
        path = path.replace(row, words[row])
    path = path.replace("<int:pk>", str(house["booking"].pk))
    for word in (each for each in words if each.startswith("<") and words[each]):
        path = path.replace(word, words[word])
    path = path.replace("<str:key>", "x")
    slugs = {
        "book/": "ar-headset",
        "house/rules/": "seat",
        "house/manage/kinds/": "seat",
        "house/manage/things/": "seat-1",
        "house/kinds/": "seat",
        "house/": "seat-1",
    }
    slugs |= dict.fromkeys(("calls/", "apply/", "jury/", "deciding/", "season/"), "a-call")
    slugs |= {"stays/inventory/": "studio-1"}
    slugs |= {"plan/": "seat-1", "about/": "imprint", "desk/approvers/": "seat"}
    slug = next((each for start, each in slugs.items() if path.startswith(start)), "futurework")
    if "/summaries/" in path:
        slug = "house-figures"
    path = path.replace("<slug:slug>", slug)
    return "/" + re.sub(
        r"^\^accounts/password/reset/key/.*", "accounts/password/reset/key/1-x/", path
    )


def body_of(route):
    today = timezone.localdate()
    days = {"first": f"{today - timedelta(days=9)}", "last": f"{today}"}
    return {
        "token-name": "phone",
        "language": "en",
        "reason": "She came early.",
        "version": 1,
        **({"do": "up"} if "works/" in route else {}),
        **days,
    }


def state_of_the_house():
    return (
        list(Booking.objects.order_by("pk").values_list("pk", "state")),
        list(Waiting.objects.order_by("pk").values_list("pk", "state")),
        Consent.objects.count(),
        ApiToken.objects.filter(revoked_at=None).count(),
    )


def test_every_page_is_listed():
    found = [whole for whole, name in addresses() if not whole.startswith(("api/", "admin/"))]

    assert not_listed(found, [*GET, *POST, *BY_ITS_ADDRESS]) == []


@pytest.mark.parametrize("route", GET)
def test_a_page_answers_everybody_as_listed(route, house):
    path = path_of(route, house)

    answers = {who: house["browsers"][who].get(path).status_code for who in ASKING}

    assert answers == dict(zip(ASKING, GET[route], strict=True))


@pytest.mark.parametrize("route", [route for route in GET if GET[route][0] == LOGIN])
def test_strangers_are_sent_to_the_login_and_back(route, house):
    elsewhere = {"accounts/login/", "logout/", "login/code/", "login/passkey/"}
    if route in {*elsewhere, "invitation/<str:token>/"}:
        return
    path = path_of(route, house)

    assert house["browsers"]["nobody"].get(path).url == f"/login/?next={path}"


@pytest.mark.parametrize("route", POST)
def test_nothing_is_done_by_following_a_link(route, house):
    path, before = path_of(route, house), state_of_the_house()

    for who in ASKING:
        answer = house["browsers"][who].get(path)
        closed = {"nobody": {302, 405}}.get(who, {404, 405})
        assert answer.status_code in closed | ({302} if route == "language/setlang/" else set())
        assert state_of_the_house() == before


@contextmanager
def taken_back():
    """Whatever is written meanwhile is gone afterwards, as if it had been somebody else's house."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("route", POST)
def test_an_act_answers_everybody_as_listed(route, house):
    path, listed = path_of(route, house), dict(zip(ASKING, POST[route], strict=True))
    before, answers, changed = state_of_the_house(), {}, []

    for who in ASKING:
        with taken_back():
            answers[who] = house["browsers"][who].post(path, body_of(route)).status_code
            if state_of_the_house() != before:
                changed.append(who)

    assert answers == listed
    assert not {who for who in changed if who == "nobody" or listed[who] in {403, 404, 409}}


@pytest.mark.parametrize("who", ASKING)
def test_the_admin_site_is_for_administrators(who, house):
    answer = house["browsers"][who].get("/admin/")

    assert answer.status_code in {302, 404}
