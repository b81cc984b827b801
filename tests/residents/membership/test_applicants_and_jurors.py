"""Who applies, or sits on a jury, and is nothing else here: how they come to that role, who looks
after them, and what they have."""

from importlib import import_module
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import timezone, translation

from labbooking.bookings import actions
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.errors import NotAllowed, Refused
from labbooking.people import pasted
from residents.membership.ending import change_role, end_account
from residents.membership.invitations import invite
from residents.membership.models import Invitation
from residents.membership.wanted import Wanted
from residents.models import Role, Scope, User
from residents.privacy.erase import erase
from residents.signin.devices.limits import longest, longest_idle
from residents.signin.models import SecondFactorRule, UniversityRole
from residents.tokens.scopes import scopes_of
from tests.api.program import Program
from tests.bookings.days import hours, said
from tests.people import PASSWORD, person

pytestmark = pytest.mark.django_db

GUESTS = (Role.APPLICANT, Role.JUROR)
NOW = timezone.now()


@pytest.mark.parametrize("role", GUESTS)
def test_nobody_is_moved_into_it(role, ada, sam, admin):
    for by in (sam, admin):
        with pytest.raises(Refused, match="keeps its role"):
            change_role(ada.pk, role, by=by, at=NOW)
    assert User.objects.get(pk=ada.pk).role == Role.CREATIVE


@pytest.mark.parametrize("role", GUESTS)
def test_the_administrators_site_moves_nobody_into_it_either(role, admin, ada, just_signed_in):
    User.objects.filter(pk=admin.pk).update(language="en")
    fields = {"email": ada.email, "name": "Ada", "language": "en", "time_zone": "Europe/Berlin"}

    sent = {**fields, "role": role, "is_active": "on"}
    browser = just_signed_in(admin)
    answer = browser.post(f"/admin/residents/user/{ada.pk}/change/", sent, follow=True)

    assert "keeps its role" in said(answer)
    assert User.objects.get(pk=ada.pk).role == Role.CREATIVE


def test_the_administrators_site_makes_no_applicant(admin, just_signed_in):
    User.objects.filter(pk=admin.pk).update(language="en")
    fields = {"email": "lin@daig.example", "name": "Lin", "language": "en"}
    fields |= {"usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}

    answer = just_signed_in(admin).post(
        "/admin/residents/user/add/", {**fields, "role": "applicant"}
    )

    assert "comes with an application alone" in said(answer)
    assert not User.objects.filter(email="lin@daig.example").exists()


def test_nobody_is_invited_to_apply_and_jurors_by_administrators_alone(sam, admin):
    for by in (sam, admin, None):
        with pytest.raises(NotAllowed, match="comes with an application alone"):
            invite(Wanted("lin@x.example", role="applicant"), by=by, at=NOW)
    with pytest.raises(NotAllowed, match="Only administrators"):
        invite(Wanted("jo@x.example", role="juror"), by=sam, at=NOW)

    assert invite(Wanted("jo@x.example", role="juror"), by=admin, at=NOW).role == Role.JUROR
    with pytest.raises(CommandError):
        call_command("invite", "lin@x.example", "--role", "applicant", stdout=StringIO())
    assert Invitation.objects.count() == 1


def test_a_pasted_line_says_why_nobody_is_invited_to_apply(admin):
    with translation.override("en"):
        (line,) = pasted.read("lin@x.example, Lin, applicant", by=admin, at=NOW, language="en")

    assert not line.is_good
    assert "comes with an application alone" in " ".join(line.objections)


def test_forms_offer_only_what_can_be_given(admin, sam, ada, lab, signed_in):
    lin = person("Lin", Role.APPLICANT)
    invites = signed_in(admin).get("/people/invitations/").context["form"].fields["role"].choices
    assert [value for value, _label in invites] == [
        "creative",
        "staff",
        "researcher",
        "admin",
        "juror",
    ]
    for by, others in ((admin, ["staff", "researcher", "admin"]), (sam, [])):
        roles = signed_in(by).get(f"/people/{ada.pk}/").context["roles"]
        assert [value for value, _label in roles] == others
    roles = signed_in(sam).get(f"/people/{lin.pk}/").context["roles"]
    assert [value for value, _label in roles] == ["creative"]


def test_a_university_makes_neither(db):
    choices = {value for value, _label in UniversityRole._meta.get_field("role").choices}
    assert choices == {"creative", "staff", "researcher"}


@pytest.mark.parametrize("role", GUESTS)
def test_who_has_applied_or_judged_does_no_research(role, admin):
    lin = person("Lin", role)
    with pytest.raises(Refused, match="cannot do research here"):
        change_role(lin.pk, Role.RESEARCHER, by=admin, at=NOW)
    change_role(lin.pk, Role.CREATIVE, by=admin, at=NOW)
    with pytest.raises(Refused, match="cannot do research here"):
        change_role(lin.pk, Role.RESEARCHER, by=admin, at=NOW)


@pytest.mark.parametrize("role", GUESTS)
def test_staff_look_after_them(role, sam, lab, signed_in):
    lin = person("Lin", role)
    browser = signed_in(sam)

    assert browser.get(f"/people/{lin.pk}/").context["looks_after"]
    assert [each.name for each in browser.get("/people/", {"role": role}).context["page"]] == [
        "Lin"
    ]
    change_role(lin.pk, Role.CREATIVE, by=sam, at=NOW)
    assert User.objects.get(pk=lin.pk).may_book


@pytest.mark.parametrize("role", GUESTS)
def test_they_end_and_are_erased_like_everybody(role, sam):
    lin = person("Lin", role)

    end_account(lin.pk, by=sam, at=NOW)
    erase(lin.pk, by=sam, at=NOW)

    lin.refresh_from_db()
    assert (lin.name, lin.is_active, bool(lin.erased_at)) == ("", False, True)


@pytest.mark.parametrize("role", GUESTS)
def test_they_book_nothing_and_nobody_books_for_them(role, lab, sam):
    lin = person("Lin", role)
    seat = BookingSpec(hours(10), ("seat-1",))

    for act in (actions.request, actions.hold, actions.join):
        for by in (lin, sam):
            with pytest.raises(NotAllowed):
                act(seat, by=by, person=lin, at=NOW)


@pytest.mark.parametrize("role", GUESTS)
def test_their_tokens_only_read(role, lab):
    program = Program(person("Lin", role))

    assert scopes_of(role) == (Scope.READ,)
    assert program.get("me").json()["role"] == role
    assert program.get("bookings/").json()["items"] == []
    assert program.post("bookings/", {}).status_code == 403


@pytest.mark.parametrize("role", GUESTS)
def test_they_stay_signed_in_as_long_as_creatives(role):
    assert (longest(role), longest_idle(role)) == (longest("creative"), longest_idle("creative"))


@pytest.mark.parametrize("role", GUESTS)
def test_administrators_may_ask_them_for_a_second_factor_and_nobody_does_yet(role):
    """By the rows that a migration leaves, which are gone after some tests."""
    SecondFactorRule.objects.filter(role=role).delete()
    migration = import_module("residents.signin.migrations.0008_applicants_and_jurors")
    migration.ask_nothing_of_them(apps, None)

    assert SecondFactorRule.objects.get(role=role).grace_days is None


@pytest.mark.parametrize(
    ("role", "words"), [(Role.JUROR, "on the jury of a call"), (Role.APPLICANT, "for a residency")]
)
def test_they_are_told_what_their_account_is_for_and_led_nowhere_else(role, words, lab, signed_in):
    shown = said(signed_in(person("Lin", role)).get("/today/"))

    assert words in shown
    for elsewhere in ("/bookings/", "/desk/", "/research/", "/people/", "/book/"):
        assert f'href="{elsewhere}"' not in shown
