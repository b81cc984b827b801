"""Staff give and withdraw inductions at the desk, and booking a headset follows."""

import pytest
from django.urls import reverse
from django.utils import timezone

from labbooking.bookings import actions
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.errors import Refused
from labbooking.period import DAY, HOUR, Period, day_start
from residents.actions import give_induction
from residents.models import Induction
from tests.lab import BERLIN


def book_headset(person, hour=12):
    now = timezone.now()
    start = day_start((now + 2 * DAY).date(), BERLIN) + hour * HOUR
    spec = BookingSpec(Period(start, start + HOUR), ("ar-headset-1",))
    return actions.request(spec, by=person, at=now)[0]


def give(browser, person, topic="ar-headset"):
    return browser.post(reverse("inductions"), {"person": person.pk, "topic": topic})


def test_an_induction_opens_the_headsets_and_withdrawn_closes_them(lab, nia, sam, signed_in):
    browser = signed_in(sam)
    assert nia.name not in rows(browser)
    with pytest.raises(Refused):
        book_headset(nia)
    assert give(browser, nia).status_code == 302
    assert nia.name in rows(browser)
    assert book_headset(nia).state == "requested"
    given = Induction.objects.get()
    browser.post(reverse("withdraw_induction", args=[given.pk]))
    assert nia.name not in rows(browser)
    with pytest.raises(Refused):
        book_headset(nia, hour=15)


def test_how_long_it_holds_is_what_was_said_and_not_always_a_year(lab, nia, sam, signed_in):
    browser = signed_in(sam)
    last = (timezone.now() + 900 * DAY).astimezone(BERLIN).date()
    sent = {"person": nia.pk, "topic": "ar-headset", "until": last.isoformat()}

    page = browser.post(reverse("inductions"), sent, follow=True)

    given = Induction.objects.get(person=nia)
    assert given.valid_until.astimezone(BERLIN).date() == last
    (said,) = [str(each) for each in page.context["messages"]]
    assert str(last.year) in said
    for wrong in ("2020-01-01", "9999-12-31"):
        refused = browser.post(reverse("inductions"), sent | {"until": wrong})
        assert refused.status_code == 422


def rows(browser):
    return [
        row["induction"].person.name for row in browser.get(reverse("inductions")).context["rows"]
    ]


@pytest.mark.parametrize(
    ("who", "status"), [("ada", 404), ("rui", 404), ("admin", 404), ("nobody", 302)]
)
def test_only_staff_come_in(lab, nia, sam, who, status, signed_in, request, client):
    browser = client if who == "nobody" else signed_in(request.getfixturevalue(who))
    given = give_induction(nia, "ar-headset", by=sam, at=timezone.now())
    assert browser.get(reverse("inductions")).status_code == status
    assert give(browser, nia).status_code == status
    assert browser.post(reverse("withdraw_induction", args=[given.pk])).status_code == status
    given.refresh_from_db()
    assert (nia.inductions.count(), given.withdrawn_at) == (1, None)


def test_researchers_and_topics_nobody_asks_for_are_refused(lab, rui, nia, sam, signed_in):
    browser = signed_in(sam)
    assert give(browser, rui).status_code == 422
    assert give(browser, nia, "juggling").status_code == 422
    assert not Induction.objects.exists()


def test_withdrawing_twice_or_what_never_was_is_told(lab, nia, sam, signed_in):
    browser = signed_in(sam)
    given = give_induction(nia, "ar-headset", by=sam, at=timezone.now())
    address = reverse("withdraw_induction", args=[given.pk])
    browser.post(address)
    assert len(list(browser.post(address, follow=True).context["messages"])) == 2
    assert browser.post(reverse("withdraw_induction", args=[given.pk + 1])).status_code == 404
    assert browser.get(address).status_code == 405


def test_many_inductions_take_no_more_queries(
    lab, ada, ben, nia, sam, signed_in, django_assert_max_num_queries
):
    browser = signed_in(sam)
    Induction.objects.exclude(person=ada).delete()

    def queries():
        with django_assert_max_num_queries(20) as counted:
            assert rows(browser)
        return len(counted)

    queries()
    with_one = queries()
    for person in (ben, nia):
        give_induction(person, "ar-headset", by=sam, at=timezone.now())
    assert queries() == with_one
