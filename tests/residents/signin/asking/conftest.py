"""A house in which people may ask for an account."""

import pytest
from django.core.cache import cache

from labbooking.notifications.tasks import plan_and_deliver
from tests.invited import people_may_ask


@pytest.fixture(autouse=True)
def may_ask(db):
    cache.clear()
    people_may_ask()
    yield
    cache.clear()


@pytest.fixture
def mails(mailoutbox):
    """What has been sent since it was last asked for."""

    def sent():
        plan_and_deliver()
        new, mailoutbox[:] = list(mailoutbox), []
        return new

    return sent
