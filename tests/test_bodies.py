"""Nobody makes the house read more than it has use for."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from labbooking.site.bodies import LARGEST_BODY, LARGEST_OF_STRANGERS

pytestmark = pytest.mark.django_db


class Unread:
    """A body that must not be asked for."""

    def read(self, *_):
        raise AssertionError("was read")

    readline = read


def sends(client, path, length, kind="multipart/form-data; boundary=x"):
    body = {"wsgi.input": Unread(), "CONTENT_LENGTH": str(length), "CONTENT_TYPE": kind}
    return client.generic("POST", path, **body)


@pytest.mark.parametrize("path", ["/profile/", "/login/", "/house/seat-1/photo/", "/nowhere/"])
def test_a_strangers_upload_is_refused_unread(lab, client, path):
    assert sends(client, path, LARGEST_OF_STRANGERS + 1).status_code == 413


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "image/png", "text/plain"])
def test_too_much_is_refused_unread_whoever_sends_it(ada, signed_in, kind):
    assert sends(signed_in(ada), "/profile/", LARGEST_BODY + 1, kind).status_code == 413


def test_the_api_says_so_as_a_problem(client):
    answer = sends(client, "/api/v1/bookings/", LARGEST_BODY + 1, "application/json")
    assert answer.status_code == 413
    assert answer.json()["code"] == "too_large"


@pytest.mark.parametrize("length", ["-1", "x", "9" * 30])
def test_a_length_that_is_none_is_too_much(client, length):
    assert sends(client, "/login/", length).status_code in {400, 413}


def test_a_strangers_small_file_is_not_kept_either(lab, client):
    file = SimpleUploadedFile("a.png", b"x" * 1000)
    answer = client.post("/login/", {"portrait": file})
    assert not answer.wsgi_request.FILES


def test_a_signed_in_persons_picture_still_comes_in(ada, signed_in):
    file = SimpleUploadedFile("a.png", b"x" * 1000, "image/png")
    answer = signed_in(ada).post("/profile/", {"name": "Ada", "portrait": file})
    assert "cannot use this picture" in answer.content.decode()
