"""What somebody once stored in the year 9999 fails nothing, and nothing more of it comes in."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from labbooking.bookings.actions.closures import close
from labbooking.bookings.models import Allocation, Closure
from labbooking.errors import Malformed
from labbooking.period import DAY, Period, local_day
from tests.lab import BERLIN, berlin

FAR = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
REASONS = {"reason_de": "Zu", "reason_en": "Shut"}


def stored(resource, start=None, end=FAR):
    """As an earlier version let it in."""
    start = start or timezone.now() + DAY
    closure = Closure.objects.create(starts_at=start, ends_at=end, **REASONS)
    times = {"starts_at": start, "ends_at": end, "guarded_from": start, "guarded_until": end}
    Allocation.objects.create(resource=resource, closure=closure, **times)
    return closure


@pytest.mark.parametrize("start", [None, datetime(9998, 1, 1, tzinfo=UTC)])
@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(
    "page",
    [
        "/",
        "/board/",
        "/board/?view=week",
        "/book/?resource=board-1&find=1&length=60",
        "/desk/",
        "/desk/closures/",
        "/desk/closures/{closure}/reopen/",
        "/house/board-1/",
        "/plan/",
    ],
)
def test_pages_show_what_is_stored_out_of_reach(lab, sam, signed_in, page, language, start):
    closure = stored(lab["board-1"], start)
    sam.language = language
    sam.save()
    address = page.format(closure=closure.pk)
    assert signed_in(sam).get(address).status_code in {200, 302}


@pytest.mark.parametrize("start", [None, datetime(9998, 1, 1, tzinfo=UTC)])
@pytest.mark.parametrize("page", ["", "{closure}/change/"])
def test_the_admin_shows_what_is_stored_out_of_reach(lab, admin, signed_in, page, start):
    closure = stored(lab["board-1"], start)
    address = f"/admin/bookings/closure/{page.format(closure=closure.pk)}"
    assert signed_in(admin).get(address).status_code == 200


@pytest.mark.django_db
def test_what_is_stored_out_of_reach_is_opened_again(lab, sam, signed_in):
    closure = stored(lab["board-1"])
    done = signed_in(sam).post(reverse("reopen_closure", args=[closure.pk]), follow=True)
    assert "Open again: Shut." in done.content.decode()
    assert not Allocation.objects.exists()


def test_a_period_out_of_reach_ends_with_what_can_be_told():
    assert Period(berlin("2027-01-11 00:00"), FAR).local(BERLIN)[1].year == 2999
    last = Period(datetime(9998, 1, 1, tzinfo=UTC), FAR)
    assert last.length == DAY
    first = datetime.min.replace(tzinfo=UTC)
    assert Period(first, first + DAY).local(BERLIN)[0].year == 1900
    assert local_day(berlin("2998-12-31 00:00").date(), BERLIN).length == DAY


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "end"),
    [(berlin("2027-01-11 00:00"), FAR), (berlin("1850-01-01 00:00"), berlin("2027-01-11 00:00"))],
)
def test_nobody_closes_anything_for_years_that_cannot_be_named(lab, sam, start, end):
    with pytest.raises(Malformed, match="1901 to 2998"):
        close([lab["board-1"]], Period(start, end), **REASONS, by=sam, at=timezone.now())
