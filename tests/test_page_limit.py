"""One network asks for so many pages and no more; nobody else waits for it."""

import pytest
from django.core.cache import cache

from tests.windows import three_an_hour

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def few(settings):
    cache.clear()
    settings.PAGE_RATE = three_an_hour()
    yield
    cache.clear()


def statuses(client, *addresses, path="/about/imprint/"):
    return [client.get(path, REMOTE_ADDR=address).status_code for address in addresses]


def test_too_many_pages_are_told_when_to_come_again(client):
    assert statuses(client, *["192.0.2.1"] * 3) == [200] * 3

    answer = client.get("/about/imprint/", REMOTE_ADDR="192.0.2.1")

    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 3600
    assert "Please wait" in answer.content.decode()
    assert statuses(client, "192.0.2.2") == [200]


def test_one_household_of_the_sixth_protocol_is_one_network(client):
    mine = [f"2001:db8::{last}" for last in range(1, 5)]

    assert statuses(client, *mine) == [200, 200, 200, 429]
    assert statuses(client, "2001:db8:0:1::1") == [200]


@pytest.mark.parametrize("path", ["/api/v1/resources/", "/healthz"])
def test_what_is_no_page_is_not_counted(client, lab, path):
    assert statuses(client, *["192.0.2.1"] * 5, path=path) == [200] * 5
