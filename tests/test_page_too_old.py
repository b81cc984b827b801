"""A form without its CSRF token is refused on a page that leads back to where the form stood."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("came_from", "back"),
    [
        ("http://testserver/bookings/?page=2", "/bookings/?page=2"),
        ("https://elsewhere.example/bookings/", "/"),
        ("", "/"),
    ],
)
def test_it_leads_back_to_where_the_form_stood(ada, came_from, back):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada)

    answer = client.post("/waiting/join/", headers={"Referer": came_from})

    assert answer.status_code == 403
    assert f'href="{back}">Open the page afresh' in answer.content.decode()
