"""Staff change house rules: shown first what that means, then a new version, never an old one."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from equipment.models import HouseRules, ResourceType
from labbooking.bookings import actions
from labbooking.bookings.actions.waitlist import join
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Allocation
from labbooking.journal.models import Entry
from tests.bookings.days import booked, hours, said
from tests.bookings.waitlist.waiting_room import now
from tests.lab import berlin, new_rules

pytestmark = pytest.mark.django_db


def url(slug="seat"):
    return f"/house/rules/{slug}/"


def typed(client, slug="seat", **changes):
    """What the form would send as it stands, with some fields changed."""
    form = client.get(url(slug)).context["form"]
    sent = {field.name: field.value() for field in form}
    sent = {name: value for name, value in sent.items() if value is not None and value is not False}
    return {**sent, **changes}


def rules_of(slug="seat"):
    return ResourceType.objects.get(slug=slug).rules


def titles(page):
    return [each.booking.pk for each in page.context["misfits"]]


@pytest.mark.parametrize("slug", ["seat", "studio", "ar-headset"])
def test_saved_as_it_stands_it_is_the_same_version(slug, lab, sam, signed_in):
    client, old = signed_in(sam), rules_of(slug)

    answer = client.post(url(slug), typed(client, slug, save="1"))

    assert answer.status_code == 302, said(answer)
    assert (rules_of(slug).pk, rules_of(slug).version) == (old.pk, old.version)
    assert not Entry.objects.filter(kind="rules.changed").exists()


def test_the_preview_lists_what_would_be_refused_and_changes_nothing(lab, ada, sam, signed_in):
    early = booked(ada, "seat-1", period=hours(10, "07:00", "08:00"))[0]
    long = booked(ada, "seat-2", period=hours(11, "10:00", "20:00"))[0]
    booked(ada, "seat-3", period=hours(12))
    booked(ada, "board-1", period=hours(13, "08:00", "18:00"))
    client = signed_in(sam)
    week = {f"open_{number}": "9:00-23:00" for number in range(7)}

    page = client.post(url(), typed(client, largest="4", **week))

    assert titles(page) == [early.pk, long.pk]
    assert "These 2 bookings ahead would be refused under the new rules" in said(page)
    assert "Seat 2 can be booked for at most 4 hours." in said(page)
    assert rules_of().version == 1


def test_stays_are_judged_by_their_nights(lab, ada, sam, signed_in):
    period = hours(10)
    nights = [period.start.date() + timedelta(days=number) for number in (0, 3)]
    stay = booked(
        ada,
        "studio-1",
        period=type(period)(berlin(f"{nights[0]} 15:00"), berlin(f"{nights[1]} 11:00")),
    )[0]
    client = signed_in(sam)

    assert titles(client.post(url("studio"), typed(client, "studio", smallest_nights="7"))) == [
        stay.pk
    ]
    assert titles(client.post(url("studio"), typed(client, "studio", smallest_nights="2"))) == []


def test_saved_it_is_a_new_version_and_bookings_keep_theirs(lab, ada, sam, signed_in):
    booking = booked(ada, "seat-1", period=hours(11, "10:00", "20:00"))[0]
    client = signed_in(sam)

    answer = client.post(url(), typed(client, largest="4", release_after="20", save="1"))

    assert answer.url == "/house/#seat"
    assert (rules_of().version, rules_of().largest) == (2, timedelta(hours=4))
    assert rules_of().release_after == timedelta(minutes=20)
    assert Allocation.objects.get(booking=booking).rules.version == 1
    entry = Entry.objects.get(kind="rules.changed")
    assert entry.data == {"type": "seat", "version": 2}


def test_an_induction_is_chosen_by_name_and_an_old_topic_stays(lab, sam, signed_in):
    client = signed_in(sam)
    ResourceType.objects.filter(slug="board").update(name_en="Digital board")

    page = said(client.get(url()))
    assert "needs none" in page
    assert "Digital board" in page
    client.post(url(), typed(client, induction="board", save="1"))
    assert rules_of().induction == "board"
    assert client.post(url(), typed(client, induction="juggling", save="1")).status_code == 400

    new_rules(lab["seat-1"].type, approval="automatic", induction="juggling")
    client.post(url(), typed(client, largest="4", save="1"))
    assert rules_of().induction == "juggling"
    client.post(url(), typed(client, induction="", save="1"))
    assert rules_of().induction == ""


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(lab, sam, signed_in):
    client = signed_in(sam)
    sent = typed(client, largest="4", save="1")
    new_rules(lab["seat-1"].type, approval="automatic", largest=timedelta(hours=9))

    answer = client.post(url(), sent)

    assert answer.status_code == 409
    assert "Somebody else has changed these rules meanwhile." in said(answer)
    assert 'value="4"' in said(answer)
    assert rules_of().largest == timedelta(hours=9)


def test_pressing_twice_makes_one_version_and_tells_of_no_stranger(lab, sam, signed_in):
    client = signed_in(sam)
    sent = typed(client, largest="4", save="1")
    client.post(url(), sent)

    answer = client.post(url(), sent, follow=True)

    assert answer.status_code == 200
    assert "These are the rules from now on (version 2)." in said(answer)
    assert (rules_of().version, rules_of().largest) == (2, timedelta(hours=4))
    assert Entry.objects.filter(kind="rules.changed").count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"open_0": "seven to nine"}, "Say hours such as"),
        ({"open_0": "09:00-08:00"}, "each end after its start"),
        ({"open_0": "09:00-12:00, 11:00-13:00"}, "each end after its start"),
        ({"open_0": "09:00-25:00"}, "Say hours such as"),
        ({"smallest": "600", "largest": "2"}, "The longest cannot be shorter than the shortest."),
        ({"step": "0"}, "This must be more than zero."),
        ({"step": "0.01"}, "Steps are whole minutes that divide a day"),
        ({"step": "7"}, "Steps are whole minutes that divide a day"),
        ({"step": "2880"}, "Steps are whole minutes that divide a day"),
        ({"horizon": "-1"}, "greater than or equal to 0"),
        ({"hold": "1e300"}, "less than or equal to"),
        ({"approval": "perhaps"}, "Select a valid choice"),
        ({"based_on": "x"}, "Enter a whole number."),
    ],
)
def test_what_makes_no_sense_is_400_and_says_why(lab, sam, signed_in, changes, sentence):
    client = signed_in(sam)

    answer = client.post(url(), typed(client, save="1", **changes))

    assert answer.status_code == 400
    assert sentence in said(answer)
    assert HouseRules.objects.filter(type__slug="seat").count() == 1


def test_a_closed_day_and_a_break_at_noon(lab, sam, signed_in):
    client = signed_in(sam)

    hours = {"open_0": "8:00-12:00, 13:00-24:00", "open_6": "", "same_every_day": ""}
    client.post(url(), typed(client, **hours, save="1"))

    assert rules_of().opening[0] == [["08:00", "12:00"], ["13:00", "24:00"]]
    assert rules_of().opening[6] == []


def test_arrival_and_departure(lab, sam, signed_in):
    client = signed_in(sam)

    client.post(url("studio"), typed(client, "studio", arrival="16:30", save="1"))

    assert rules_of("studio").arrival == time(16, 30)


@pytest.mark.parametrize("count", [1, 3])
def test_the_preview_asks_the_same_for_one_and_for_three(
    lab, ada, sam, signed_in, django_assert_num_queries, count
):
    for number in range(count):
        booked(ada, f"seat-{number + 1}", period=hours(10, "07:00", "08:00"))
    client = signed_in(sam)
    sent = typed(client, largest="0.5", smallest="15")

    with django_assert_num_queries(6):
        page = client.post(url(), sent)

    assert len(titles(page)) == count


def test_while_somebody_types_only_what_it_comes_to_is_sent_again(lab, ada, sam, signed_in):
    booked(ada, "seat-2", period=hours(11, "10:00", "20:00"))
    client = signed_in(sam)
    page = client.get(url())
    assert f'hx-post="{url()}"' in said(page)

    part = client.post(url(), typed(client, largest="4"), headers={"HX-Request": "true"})

    assert said(part).startswith('<section class="aside-layout__side outcome outcome--no"')
    assert "Seat 2 can be booked for at most 4 hours." in said(part)
    assert "<form" not in said(part)
    assert rules_of().version == 1


def test_what_is_not_clear_yet_is_said_beside_what_it_comes_to(lab, sam, signed_in):
    client = signed_in(sam)
    sent = typed(client, open_0="early", largest="")
    part = client.post(url(), sent, headers={"HX-Request": "true"})
    assert part.status_code == 400
    assert 'href="#id_open_0_0"' in said(part)
    assert "This field is required." in said(part)
    assert "Say hours such as" in said(part)


def test_no_weekday_is_optional_because_empty_means_closed(lab, sam, signed_in):
    client = signed_in(sam)
    for page in (client.get(url()), client.post(url(), typed(client))):
        week = said(page).split("Opening hours")[1].split("</fieldset>")[0]
        assert "Monday" in week
        assert "optional" not in week
    assert (
        client.post(url(), typed(client, open_6="", same_every_day="", save="1")).status_code == 302
    )
    assert rules_of().opening[6] == []


def test_what_eased_rules_let_through_is_kept_for_who_waits_at_once(lab, ada, ben, sam, signed_in):
    (booking,) = booked(ada, "seat-1")
    wait = join(BookingSpec(hours(10), ("seat-1",)), by=ben, at=timezone.now())
    client = signed_in(sam)
    client.post(url(), typed(client, largest="1", save="1"))
    actions.cancel(booking.pk, by=ada, at=timezone.now())
    assert now(wait).state == "waiting"

    client.post(url(), typed(client, largest="14", save="1"))

    assert now(wait).state == "offered"
