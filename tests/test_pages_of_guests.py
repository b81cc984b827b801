"""Who applies for a call or sits on a jury, and every page there is: one walk over the table in
test_pages_and_roles.py. What is added to it tomorrow is closed to them until it is named here."""

import pytest

from residents.models import Role
from tests import test_pages_and_roles as table
from tests.people import person
from tests.residents.signin.pages import LOGIN
from tests.test_pages_and_roles import GET, POST, body_of, path_of, state_of_the_house

pytestmark = pytest.mark.django_db

house = table.house
OF_ONESELF = {
    "apply/<slug:slug>/",
    "today/",
    "offers/",
    "profile/",
    "profile/data/",
    "profile/leave/",
    "profile/signin/",
    "accounts/reauthenticate/",
    "accounts/password/change/",
    "logout/",
}
DONE_ABOUT_ONESELF = {
    "profile/access/end/",
    "profile/calendar/renew/",
    "profile/erasure/",
    "profile/tokens/",
    "language/setlang/",
}


@pytest.mark.parametrize("role", [Role.APPLICANT, Role.JUROR])
def test_they_open_what_is_public_and_what_is_about_themselves(role, house, signed_in):
    browser, before = signed_in(person("Lin", role)), state_of_the_house()
    public = {route for route in GET if GET[route][0] == GET[route][-1] == 200}
    led_on = {route for route in GET if GET[route][-1] == LOGIN}

    shown = {each: browser.get(path_of(each, house)).status_code for each in GET}
    done = {each: browser.post(path_of(each, house), body_of(each)).status_code for each in POST}

    own = OF_ONESELF | ({"jury/"} if role == Role.JUROR else set())
    assert {route for route, status in shown.items() if status == 200} == public | own
    assert {route for route, status in shown.items() if status == LOGIN} == led_on
    assert {route for route, status in done.items() if status == 302} == DONE_ABOUT_ONESELF
    assert {*shown.values(), *done.values()} <= {200, 302, 400, 403, 404}
    assert browser.get("/admin/").status_code in {302, 404}
    assert state_of_the_house() == before
