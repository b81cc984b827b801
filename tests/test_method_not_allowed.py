"""Where only forms lead, a link leads to a page with a way on."""

import pytest

pytestmark = pytest.mark.django_db


def test_who_follows_a_link_to_an_act_meets_a_page(ada, signed_in):
    answer = signed_in(ada).get("/waiting/join/")

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "Behind this door something is done, not shown." in answer.content.decode()
    assert 'href="/bookings/"' in answer.content.decode()


def test_programs_and_other_methods_are_answered_as_before(ada, signed_in):
    assert signed_in(ada).post("/board/").content == b""
    assert signed_in(ada).get("/api/v1/bookings/1/cancel")["content-type"] == (
        "application/problem+json"
    )
