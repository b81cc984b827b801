"""The pages at the door: what they ask for is said once, and none is a dead end."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/login/", "/accounts/password/reset/"])
def test_a_field_is_named_by_its_label_alone(path, client, db):
    page = client.get(path).content.decode()

    assert '<label class="field__label"' in page
    assert "placeholder" not in page


def test_no_field_for_a_new_password_is_named_twice(ada, signed_in):
    assert "placeholder" not in signed_in(ada).get("/accounts/password/change/").content.decode()


@pytest.mark.parametrize("path", ["/login/", "/accounts/inactive/"])
def test_who_has_no_account_learns_whom_to_ask(path, client):
    page = client.get(path).content.decode()

    assert page.count('href="/about/imprint/"') == 2


def test_the_page_for_signing_in_does_not_lead_to_itself(client):
    assert ">Sign in</a>" not in client.get("/login/").content.decode()
    assert ">Sign in</a>" in client.get("/board/").content.decode()


def test_who_has_no_password_chooses_a_first_one_by_a_link(ada, signed_in):
    """As who moved in by a university."""
    ada.set_unusable_password()
    ada.save()
    answer = signed_in(ada).get("/accounts/password/change/", follow=True)
    assert answer.redirect_chain == [("/accounts/password/reset/", 302)]
    assert "You have no password yet." in answer.content.decode()
