"""What lets somebody in stands in no log of the proxy."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from residents.membership.invitations import invite
from residents.membership.links import invitation_path
from residents.membership.wanted import Wanted
from residents.signin.asking.actions import ask_for_account
from residents.signin.asking.links import request_path
from residents.signin.links import reset_path
from residents.signin.recovery.actions import agree, ask_for_recovery
from residents.signin.recovery.links import recovery_path

pytestmark = pytest.mark.django_db

CONF = Path(settings.ROOT) / "proxy/nginx.conf"


def logged(address):
    """As nginx maps it: the first pattern that matches, and otherwise all of it."""
    for pattern, told in re.findall(r'"~(\S+)"\s+"(\S+)";', CONF.read_text()):
        if re.search(pattern, address):
            return told
    return address


@pytest.fixture
def addresses(ada, sam, kim):
    """The address of everything that lets in whoever has it, with what is secret about it."""
    at = timezone.now()
    invited = invitation_path(invite(Wanted("lin@daig.example"), by=sam, at=at))
    asked = ask_for_recovery(ada.email, "Stands before me.", by=sam, at=at)
    anew = recovery_path(agree(asked.pk, by=kim, at=at))
    feed = reverse("calendar_feed", args=[ada.feed_key])
    wants = ask_for_account(email="mo@daig.example", name="Mo", language="en", words="?", at=at)
    return [invited, anew, feed, reset_path(ada), request_path(wants)]


def test_no_log_of_the_proxy_has_a_key(addresses):
    for address in addresses:
        key = re.split(r"/(?:invitation|anew|calendar|key|confirm)/", address)[1].strip("/")
        assert len(key) > 20, address
        assert key not in logged(address)
        assert key not in logged(f"{address}?lang=de")
    assert logged("/board/?day=2026-11-24") == "/board/?day=2026-11-24"
    assert logged("/invitation/") == "/invitation/"


def test_the_log_is_of_that_form_and_has_no_referrer():
    conf = CONF.read_text()
    (form,) = re.findall(r"log_format without_keys ([^;]+);", conf)
    assert "$path_without_key" in form
    assert not re.search(r"\$(request|request_uri|uri|args|http_referer)\b", form)
    assert re.search(r"access_log \S+ without_keys;", conf)
