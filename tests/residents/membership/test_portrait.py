"""Who accepts an invitation brings a portrait, though they are not signed in yet."""

from io import BytesIO
from random import Random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from labbooking.site.bodies import LARGEST_OF_STRANGERS
from residents.membership.invitations import invite, take_back
from residents.membership.links import invitation_path
from residents.membership.wanted import Wanted
from residents.models import User
from tests.residents.membership.test_by_passkey import PATH, options
from tests.residents.signin.soft_key import SoftKey

pytestmark = pytest.mark.django_db

ACCEPTS = {"name": "Lin", "password": "wind over the lake", "language": "en"}


def portrait():
    """Larger than what strangers may send: noise, which no format makes smaller."""
    written, side = BytesIO(), 300
    noise = Random(1).randbytes(side * side * 3)
    Image.frombytes("RGB", (side, side), noise).save(written, "PNG")
    assert len(written.getvalue()) > LARGEST_OF_STRANGERS
    return SimpleUploadedFile("lin.png", written.getvalue(), "image/png")


@pytest.fixture
def invitation(lab, sam, client, settings, tmp_path):
    """Opened in the client's browser."""
    settings.MEDIA_ROOT = tmp_path
    made = invite(Wanted("lin@daig.example", language="en"), by=sam, at=timezone.now())
    client.get(invitation_path(made))
    return made


def test_the_portrait_comes_with_the_account(invitation, client):
    assert client.post("/invitation/", {**ACCEPTS, "portrait": portrait()}).status_code == 302
    assert User.objects.get(email="lin@daig.example").portrait_url


def test_it_comes_with_an_account_that_begins_with_a_passkey_too(invitation, client):
    page = client.get(PATH, secure=True).content.decode()
    sent = {"name": "Lin", "language": "en", "credential": SoftKey().made(options(page))}
    answer = client.post(PATH, {**sent, "portrait": portrait()}, secure=True)
    assert answer.status_code == 201
    assert User.objects.get(email="lin@daig.example").portrait_url


def test_of_an_account_that_could_not_be_no_picture_stays(invitation, client, tmp_path):
    taken = {**ACCEPTS, "name": "Sam", "portrait": portrait()}
    assert client.post("/invitation/", taken).status_code == 422
    assert [each for each in tmp_path.rglob("*") if each.is_file()] == []


def test_it_is_taken_nowhere_else_and_not_once_the_link_is_over(invitation, sam, client):
    assert client.post("/login/", {"portrait": portrait()}).status_code == 413
    take_back(invitation.pk, by=sam, at=timezone.now())
    assert client.post("/invitation/", {**ACCEPTS, "portrait": portrait()}).status_code == 413
