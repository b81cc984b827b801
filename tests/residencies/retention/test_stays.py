"""When the file of a stay has been closed for its time, what is in it of others and of a home goes;
what led to the stay goes as well."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage

from labbooking import pictures
from labbooking.period import DAY
from labbooking.residencies.applications.models import Application
from labbooking.residencies.offers import actions as offers
from labbooking.residencies.retention.actions import forget
from labbooking.residencies.stays.actions.file import close_file, open_stay, reopen_file
from labbooking.residencies.stays.checklists.actions import Found, begin_list, fill_in
from labbooking.residencies.stays.checklists.models import CheckItem
from labbooking.residencies.stays.models import Stay
from labbooking.residencies.stays.presence.models import Absence, Guest
from tests.residencies.jury.judging import applicant
from tests.residencies.offers.offering import NOW as OFFERED
from tests.residencies.offers.offering import applied, sent
from tests.residencies.retention.walking import gone_after, told_of
from tests.residencies.stays.staying import (
    ARRIVAL,
    DEPARTURE,
    a_photo,
    a_stay,
    again,
    arrived,
    departed,
    things_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files_here(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def lived(person, by):
    """A file with all that is in one, closed on the day of leaving."""
    things_in(by)
    stay = arrived(a_stay(person, by), by)
    begin_list(stay.pk, "arrival", by=person, at=ARRIVAL)
    line = CheckItem.objects.first()
    found = Found("damaged", "A scratch.", pictures.decode(a_photo()))
    fill_in(stay.pk, "arrival", {line.pk: found}, by=person, at=ARRIVAL, based_on=1)
    day = ARRIVAL.date()
    days = {"from_on": day, "until_on": day + timedelta(days=2)}
    Absence.objects.create(stay=stay, reason="health", noted_at=ARRIVAL, **days)
    Guest.objects.create(stay=stay, name="Uma", announced_at=ARRIVAL, **days)
    departed(stay, by)
    close_file(stay.pk, by=by, at=DEPARTURE)
    return again(stay)


def test_photos_guests_and_reasons_go_day_by_day_and_the_rest_of_the_file_stays(
    lab, ada, sam, django_capture_on_commit_callbacks
):
    stay = lived(ada, sam)
    (key,) = CheckItem.objects.exclude(photo="").values_list("photo", flat=True)
    names = [pictures.path(key, size) for size in pictures.SIZES]
    assert all(map(default_storage.exists, names))
    rows = {
        "photos": CheckItem.objects.exclude(photo=""),
        "guests": Guest.objects.all(),
        "reasons": Absence.objects.filter(reason="health"),
    }
    with django_capture_on_commit_callbacks(execute=True):
        gone, left = gone_after(rows, DEPARTURE, (*range(1, 5), *range(171, 184)))
    assert (gone, left) == (dict.fromkeys(rows, 180), set())
    assert not any(map(default_storage.exists, names))
    assert CheckItem.objects.get(words="A scratch.").answer == "damaged"
    assert Absence.objects.get().nights == 2
    assert Stay.objects.get().is_closed
    assert len(told_of("data.about_to_go")) == 1
    (told,) = told_of("data.gone")
    assert told == {"stay": stay.pk, "what": {"guests": 1, "photos": 1, "reasons": 1}}


def test_a_file_that_was_opened_again_waits_anew(lab, ada, sam):
    stay = lived(ada, sam)
    assert forget(DEPARTURE + 179 * DAY) == 0
    reopen_file(stay.pk, by=sam, at=DEPARTURE + 179 * DAY)
    assert forget(DEPARTURE + 200 * DAY) == 0
    close_file(stay.pk, by=sam, at=DEPARTURE + 200 * DAY)
    assert forget(DEPARTURE + 379 * DAY) == 0
    assert len(told_of("data.about_to_go")) == 2
    assert forget(DEPARTURE + 380 * DAY) == 1
    assert not Guest.objects.exists()


def test_what_led_to_a_stay_goes_a_month_after_its_file_is_closed(lab, sam):
    person = applicant("Lin")
    application = applied(person, sam)
    offer = sent(application, sam)
    offers.accept_offer(offer.pk, by=person, at=OFFERED)
    booking = Application.objects.get().offers.get().booking
    rows = {"application": Application.objects.filter(pk=application.pk)}
    gone, _left = gone_after(rows, OFFERED, range(395, 402))
    assert not gone  # whatever time goes by, the file is not closed
    stay = open_stay(booking.pk, by=sam, at=OFFERED)
    Stay.objects.filter(pk=stay.pk).update(closed_at=OFFERED + 100 * DAY)
    gone, _left = gone_after(rows, OFFERED, (129, 130))
    assert gone == {"application": 130}
    assert Stay.objects.get().person == person
