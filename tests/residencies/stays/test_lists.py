"""The list of what is in a studio: begun, filled in with photos, confirmed by both."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from PIL import Image

from equipment.actions import Overtaken
from labbooking import pictures
from labbooking.errors import NotAllowed, NotThere, WrongState
from labbooking.residencies.stays.checklists.actions import (
    Found,
    begin_list,
    confirm_list,
    fill_in,
)
from labbooking.residencies.stays.checklists.inventory import inventory_of, write_inventory
from labbooking.residencies.stays.checklists.models import CheckList
from labbooking.residencies.stays.checklists.queries import compared, list_of
from labbooking.residencies.stays.models import Stay
from residents.privacy.registry import holdings
from tests.residencies.stays.staying import (
    ARRIVAL,
    DEPARTURE,
    NOW,
    THINGS,
    a_photo,
    a_stay,
    arrived,
    departed,
    things_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files_here(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def stay(lab, ada, sam):
    things_in(sam)
    return arrived(a_stay(ada, sam), sam)


def lines(stay, kind="arrival"):
    return {each.label_en: each for each in list_of(stay, kind).items.all()}


def test_an_inventory_keeps_what_is_called_as_before(lab, ada, sam):
    bed, lamp = things_in(sam)
    with pytest.raises(NotAllowed):
        write_inventory("studio-1", (), by=ada, at=NOW, based_on=THINGS)
    with pytest.raises(NotThere):
        write_inventory("seat-1", THINGS, by=sam, at=NOW, based_on=())
    with pytest.raises(Overtaken):
        write_inventory("studio-1", THINGS[:1], by=sam, at=NOW, based_on=())
    new = (("Tisch", "Table"), THINGS[0])
    made = write_inventory("studio-1", new, by=sam, at=NOW, based_on=THINGS)
    assert [each.label_en for each in made] == ["Table", "Bed"]
    assert made[1] == bed
    lamp.refresh_from_db()
    assert lamp.retired_at == NOW
    for wrong in ((("Bett", ""),), (THINGS[0], THINGS[0]), ((201 * "x", "x"),), (("a\0", "b"),)):
        with pytest.raises(ValidationError):
            write_inventory("studio-1", wrong, by=sam, at=NOW, based_on=new)
    assert inventory_of(lab["studio-1"]) == made


def test_a_list_is_made_once_somebody_is_here_and_keeps_its_words(lab, ada, ben, sam):
    stay = a_stay(ada, sam)
    with pytest.raises(WrongState):
        begin_list(stay.pk, "arrival", by=ada, at=NOW)
    arrived(stay, sam)
    with pytest.raises(WrongState, match="written down"):
        begin_list(stay.pk, "arrival", by=ada, at=ARRIVAL)
    things_in(sam)
    with pytest.raises(NotThere):
        begin_list(stay.pk, "arrival", by=ben, at=ARRIVAL)
    with pytest.raises(NotThere):
        begin_list(stay.pk, "nothing", by=ada, at=ARRIVAL)
    made = begin_list(stay.pk, "arrival", by=ada, at=ARRIVAL)
    assert begin_list(stay.pk, "arrival", by=sam, at=ARRIVAL) == made
    write_inventory("studio-1", (("Bett", "Bed"),), by=sam, at=ARRIVAL, based_on=THINGS)
    assert list(lines(stay)) == ["Bed", "Lamp"]


def test_both_confirm_the_same_thing_and_a_change_voids_it(stay, ada, sam):
    begin_list(stay.pk, "arrival", by=ada, at=ARRIVAL)
    who = {"by": ada, "at": ARRIVAL}
    bed, lamp = lines(stay).values()
    seen = fill_in(stay.pk, "arrival", {bed.pk: Found("ok")}, **who, based_on=1)
    with pytest.raises(WrongState, match="everything"):
        confirm_list(stay.pk, "arrival", **who, based_on=seen)
    broken = {lamp.pk: Found("damaged", "No bulb.")}
    with pytest.raises(Overtaken):
        fill_in(stay.pk, "arrival", broken, **who, based_on=1)
    seen = fill_in(stay.pk, "arrival", broken, **who, based_on=seen)
    confirm_list(stay.pk, "arrival", **who, based_on=seen)
    confirm_list(stay.pk, "arrival", by=sam, at=ARRIVAL, based_on=seen)
    assert CheckList.objects.get().is_confirmed
    assert fill_in(stay.pk, "arrival", broken, **who, based_on=seen) == seen
    assert CheckList.objects.get().is_confirmed, "the same once more is no change"
    fill_in(stay.pk, "arrival", {lamp.pk: Found("missing")}, by=sam, at=ARRIVAL, based_on=seen)
    made = CheckList.objects.get()
    assert (made.seen_by_resident_at, made.seen_by_staff_at) == (None, None)
    with pytest.raises(Overtaken):
        confirm_list(stay.pk, "arrival", **who, based_on=seen)
    for wrong in (Found("perfect"), Found("ok", 501 * "x"), Found("ok", "\0")):
        with pytest.raises(ValidationError):
            fill_in(stay.pk, "arrival", {bed.pk: wrong}, **who, based_on=made.revision)


def test_departure_shows_how_it_was_on_arrival(stay, ada, sam, django_capture_on_commit_callbacks):
    begin_list(stay.pk, "arrival", by=ada, at=ARRIVAL)
    lamp = lines(stay)["Lamp"]
    said = {lamp.pk: Found("damaged", "No bulb.", pictures.decode(a_photo()))}
    seen = fill_in(stay.pk, "arrival", said, by=ada, at=ARRIVAL, based_on=1)
    departed(stay, sam)
    begin_list(stay.pk, "departure", by=sam, at=DEPARTURE)
    now = {each.now.label_en: each for each in compared(list_of(stay, "departure"))}
    assert (now["Lamp"].before.words, now["Lamp"].now.answer) == ("No bulb.", "")
    first = lines(stay)["Lamp"].photo
    name = pictures.path(first, "large")
    with default_storage.open(name) as file:
        assert b"CANARY" not in file.read()
        file.seek(0)
        assert not Image.open(file).getexif()
    assert "ada-at-home" not in name
    with django_capture_on_commit_callbacks(execute=True):
        again = {lamp.pk: Found("damaged", "No bulb.", pictures.decode(a_photo("blue")))}
        fill_in(stay.pk, "arrival", again, by=ada, at=DEPARTURE, based_on=seen)
    assert not default_storage.exists(name), "the photo before goes"


def test_a_photo_that_was_refused_leaves_no_file(stay, ada, sam, tmp_path):
    begin_list(stay.pk, "arrival", by=ada, at=ARRIVAL)
    lamp = lines(stay)["Lamp"]
    said = {lamp.pk: Found("damaged", "", pictures.decode(a_photo()))}
    with pytest.raises(Overtaken):
        fill_in(stay.pk, "arrival", said, by=ada, at=ARRIVAL, based_on=9)
    assert not [each for each in tmp_path.rglob("*") if each.is_file()]


def test_who_is_erased_leaves_no_words_and_no_photos(
    stay, ada, sam, tmp_path, django_capture_on_commit_callbacks
):
    begin_list(stay.pk, "arrival", by=ada, at=ARRIVAL)
    lamp = lines(stay)["Lamp"]
    said = {lamp.pk: Found("damaged", "No bulb.", pictures.decode(a_photo()))}
    fill_in(stay.pk, "arrival", said, by=ada, at=ARRIVAL, based_on=1)
    with django_capture_on_commit_callbacks(execute=True):
        for holding in holdings():
            if holding.model == "residencies.CheckItem" and "person" in holding.person:
                holding.of(ada).delete()
    assert not [each for each in tmp_path.rglob("*") if each.is_file()]
    assert Stay.objects.exists()
