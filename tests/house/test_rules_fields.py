"""The fields in which staff type house rules: hours from and to, and numbers with their units."""

import re

import pytest

from tests.bookings.days import said
from tests.house.test_rules_page import rules_of, typed, url
from tests.lab import new_rules

pytestmark = pytest.mark.django_db


def test_hours_are_two_fields_and_twice_that_with_a_break(lab, sam, signed_in):
    client = signed_in(sam)
    page = said(client.get(url()))
    assert re.findall(r'name="open_0_\d" value="([^"]+)"', page) == ["07:00", "23:00"]
    assert page.count('name="open_0_') == 4

    week = {f"open_{day}_{part}": "" for day in range(7) for part in range(4)}
    week |= {"open_0_0": "08:00", "open_0_1": "12:00", "open_0_2": "13:00", "open_0_3": "00:00"}
    week |= {"same_every_day": ""}
    sent = {k: v for k, v in typed(client).items() if not k.startswith("open_")}
    half = client.post(url(), sent | week | {"open_2_0": "09:00", "save": "1"})
    assert half.status_code == 400
    assert "Say both: from when and to when." in said(half)

    client.post(url(), sent | week | {"save": "1"})
    assert rules_of().opening == [[["08:00", "12:00"], ["13:00", "24:00"]], *[[]] * 6]
    page = said(client.get(url()))
    assert 'name="open_0_3" value="00:00"' in page
    assert client.post(url(), typed(client, save="1")).status_code == 302
    assert rules_of().version == 2  # nothing was different


def test_every_day_the_same_is_said_once(lab, sam, signed_in):
    client = signed_in(sam)
    assert 'name="same_every_day" aria-describedby' not in said(client.get(url()))
    assert re.search(r'name="same_every_day"[^>]* checked', said(client.get(url())))

    client.post(url(), typed(client, open_0="10:00-18:00", same_every_day="on", save="1"))
    assert rules_of().opening == [[["10:00", "18:00"]]] * 7
    client.post(url(), typed(client, open_6="", same_every_day="", save="1"))
    assert rules_of().opening[6] == []
    assert not re.search(r'name="same_every_day"[^>]* checked', said(client.get(url())))


def test_what_is_wrong_on_a_day_that_does_not_count_is_in_nobodys_way(lab, sam, signed_in):
    client = signed_in(sam)
    wrong = {"open_0": "10:00-18:00", "open_1": "noon", "save": "1"}

    assert client.post(url(), typed(client, **wrong, same_every_day="")).status_code == 400
    assert client.post(url(), typed(client, **wrong, same_every_day="on")).status_code == 302
    assert rules_of().opening == [[["10:00", "18:00"]]] * 7
    unclear = typed(client, open_0="noon", same_every_day="on", save="1")
    assert client.post(url(), unclear).status_code == 400


def test_three_stretches_of_a_day_are_all_there(lab, sam, signed_in):
    day = [["07:00", "09:00"], ["10:00", "12:00"], ["13:00", "20:00"]]
    new_rules(lab["seat-1"].type, approval="automatic", opening=[day] * 7)
    client = signed_in(sam)

    assert said(client.get(url())).count('name="open_0_') == 6
    client.post(url(), typed(client, largest="3", save="1"))
    assert rules_of().opening == [day] * 7


@pytest.mark.parametrize("slug", ["seat", "studio", "ar-headset"])
def test_every_number_has_its_unit_beside_it(slug, lab, sam, signed_in):
    form = signed_in(sam).get(url(slug)).context["form"]

    numbers = [field for field in form if field.widget_type == "number"]
    assert len(numbers) > 10
    for field in numbers:
        assert field.field.unit, field.name
        words = f'class="field__unit" aria-hidden="true">{field.field.unit}<'
        assert words in field.as_field_group()
