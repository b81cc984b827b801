"""A passkey from nothing to signing in, with the browser's own virtual authenticator."""

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import expect

from residents.membership.links import invitation_path
from residents.models import User
from tests.invited import lin_is_invited
from tests.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

VIRTUAL = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(browser, browser_context_args, live_server):
    # Passkeys are for hosts with a name.
    url = live_server.url.replace("127.0.0.1", "localhost")
    context = browser.new_context(**{**browser_context_args, "base_url": url})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": VIRTUAL})
    yield page
    context.close()


def test_a_passkey_is_added_signs_in_shows_who_one_is_and_is_removed(page, ada, lab):
    page.goto("/login/")
    page.get_by_label("Email").fill(ada.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.goto("/profile/signin/passkeys/add/")
    page.get_by_label("Name").fill("my laptop")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    page.get_by_role("link", name="I have them").click()
    expect(page.get_by_role("link", name="Rename my laptop")).to_be_visible()

    page.goto("/logout/")
    page.get_by_role("button", name="Sign out").last.click()
    page.goto("/login/?next=/profile/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="Ada")).to_be_visible()

    # The password alone is not enough any more; the passkey stands in for its second half.
    page.context.clear_cookies()
    page.goto("/login/")
    page.get_by_label("Email").fill(ada.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="And your code")).to_be_visible()
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/today/")

    page.goto("/accounts/reauthenticate/passkey/?next=/profile/signin/")
    page.get_by_role("button", name="Use my passkey").click()
    page.get_by_role("link", name="Remove my laptop").click()
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("The passkey is removed.")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "de"])
def test_an_invitation_is_accepted_with_a_passkey_that_signs_in_from_then_on(
    page, language, sam, lab
):
    said = IN_WORDS[language]
    page.goto(invitation_path(lin_is_invited(sam, language)))
    page.get_by_role("link", name=said["with"]).click()
    page.get_by_role("button", name=said["with"]).click()
    expect(page.get_by_role("heading", name=said["codes"])).to_be_visible()
    lin = User.objects.get(name="Lin")
    assert not lin.has_usable_password()
    assert lin.language == language
    assert Authenticator.objects.filter(user=lin, type="webauthn").count() == 1

    page.context.clear_cookies()
    page.goto("/login/?next=/profile/")
    page.locator("form[data-passkey] button").click()
    expect(page.get_by_role("heading", name="Lin")).to_be_visible()


IN_WORDS = {
    "en": {"with": "Come in with a passkey", "codes": "Your recovery codes"},
    "de": {"with": "Mit einem Passkey hereinkommen", "codes": "Deine Ersatzcodes"},
}
