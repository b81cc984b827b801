"""Pages are compressed for who can read that; the board is still asked whether it has changed."""

import gzip

import pytest

pytestmark = pytest.mark.django_db

GZIP = {"Accept-Encoding": "gzip, deflate, br"}


def test_a_page_is_a_third_of_its_length_on_the_way(lab, client):
    plain, small = client.get("/board/"), client.get("/board/", headers=GZIP)

    assert "Content-Encoding" not in plain
    assert small["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in small["Vary"]
    assert gzip.decompress(small.content).startswith(b"<!doctype html>")
    assert len(small.content) < len(plain.content) / 3


def test_answers_of_the_api_are_left_as_they_are(lab, client):
    assert "Content-Encoding" not in client.get("/api/v1/openapi.json", headers=GZIP)


def test_what_holds_a_secret_is_not_compressed(ada, signed_in):
    """Every page repeats its own address, and a guess that is right would make it shorter."""
    ada_reads = signed_in(ada)
    key = str(ada.feed_key)

    right = ada_reads.get(f"/profile/?guess=/calendar/{key}", headers=GZIP)
    wrong = ada_reads.get(f"/profile/?guess=/calendar/{key[::-1]}", headers=GZIP)

    assert f"/calendar/{key}.ics" in right.content.decode()
    assert "Content-Encoding" not in right
    assert len(right.content) == len(wrong.content)


def test_a_board_that_has_not_changed_is_not_sent_again(lab, ada, signed_in):
    client = signed_in(ada)
    asked = {"X-Board": "sheet", **GZIP}

    tag = client.get("/board/", headers=asked)["ETag"]
    again = client.get("/board/", headers={**asked, "If-None-Match": tag})

    assert tag.startswith('W/"')
    assert again.status_code == 304
