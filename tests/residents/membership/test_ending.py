"""Roles change and accounts end: who may say so, and that the house keeps its keys."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from labbooking.celery import app
from labbooking.errors import DomainError, NotAllowed, Refused, WrongState
from labbooking.journal.models import Entry
from labbooking.period import DAY
from residents.membership.ending import change_role, end_account, end_what_is_due, let_stay
from residents.membership.invitations import accept, invite
from residents.membership.wanted import Wanted
from residents.models import Role, User
from residents.privacy.erase import erase
from residents.signin.accounts import change_account
from residents.tasks import end_accounts
from residents.tokens import issue, person_for
from tests.bookings.days import said
from tests.bookings.races.test_races import race
from tests.people import person

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def kinds():
    return list(Entry.objects.order_by("at", "recorded_at").values_list("kind", flat=True))


@pytest.fixture
def root(db):
    return person("Root", Role.ADMIN, is_superuser=True)


def test_an_administrator_gives_roles_and_it_is_an_entry(ada, admin):
    given = change_role(ada.pk, Role.STAFF, by=admin, at=NOW)

    ada.refresh_from_db()
    assert given.role == ada.role == Role.STAFF
    entry = Entry.objects.get()
    assert (entry.kind, entry.data) == ("role.changed", {"before": "creative", "after": "staff"})


def test_the_right_to_open_the_administrators_site_comes_and_goes_with_the_role(ada, admin):
    change_role(ada.pk, Role.ADMIN, by=admin, at=NOW)
    assert User.objects.get(pk=ada.pk).is_superuser
    change_role(ada.pk, Role.CREATIVE, by=admin, at=NOW)
    assert not User.objects.get(pk=ada.pk).is_superuser


@pytest.mark.parametrize("role", [Role.STAFF, Role.ADMIN, Role.RESEARCHER])
def test_staff_give_no_role_and_nobody_one_to_themselves(role, ada, sam, admin):
    for by, to in ((sam, ada), (sam, sam), (admin, admin), (ada, ada), (sam, admin)):
        before = to.role
        with pytest.raises(NotAllowed):
            change_role(to.pk, role, by=by, at=NOW)
        assert User.objects.get(pk=to.pk).role == before
    assert kinds() == []


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        (Role.RESEARCHER, Role.STAFF),
        (Role.RESEARCHER, Role.ADMIN),
        (Role.STAFF, Role.RESEARCHER),
        (Role.ADMIN, Role.RESEARCHER),
        (Role.APPLICANT, Role.RESEARCHER),
        (Role.JUROR, Role.RESEARCHER),
    ],
)
def test_nobody_researches_and_is_on_the_team(was, becomes, admin):
    somebody = person("Else", was, is_superuser=was == Role.ADMIN)
    with pytest.raises(Refused, match="cannot do research here and be on the team"):
        change_role(somebody.pk, becomes, by=admin, at=NOW)


def test_not_by_two_steps_either(rui, admin):
    change_role(rui.pk, Role.CREATIVE, by=admin, at=NOW)
    with pytest.raises(Refused):
        change_role(rui.pk, Role.STAFF, by=admin, at=NOW)
    change_role(rui.pk, Role.RESEARCHER, by=admin, at=NOW)


def test_what_somebody_was_invited_as_counts(admin):
    made = invite(Wanted("lin@x.example", role=Role.STAFF), by=admin, at=NOW)
    lin = accept(made.pk, name="Lin", password="wind over the lake", language="en", at=NOW)
    change_role(lin.pk, Role.CREATIVE, by=admin, at=NOW)
    with pytest.raises(Refused):
        change_role(lin.pk, Role.RESEARCHER, by=admin, at=NOW)


def test_a_name_that_another_has_is_no_name_for_somebody_who_decides(ada, admin):
    twin = person("Á d a", email="twin@daig.example")
    with pytest.raises(ValidationError, match="already has that name"):
        change_role(twin.pk, Role.STAFF, by=admin, at=NOW)


def test_a_role_changed_while_its_owner_works_counts_with_the_next_request(
    lab, sam, admin, signed_in
):
    browser = signed_in(sam)
    assert browser.get("/desk/").status_code == 200
    change_role(sam.pk, Role.CREATIVE, by=admin, at=NOW)
    assert browser.get("/desk/").status_code == 404


@pytest.mark.parametrize("by", ["sam", "admin"])
def test_who_is_ended_is_out_at_once_and_nothing_lets_them_back_in(by, ada, request, signed_in):
    by, browser, token = request.getfixturevalue(by), signed_in(ada), issue(ada, "laptop", NOW)

    end_account(ada.pk, by=by, at=NOW)

    assert browser.get("/profile/").status_code == 302
    assert person_for(token) is None
    let_stay(ada.pk, by=by, at=NOW)
    assert browser.get("/profile/").status_code == 302
    assert person_for(token) is None
    assert kinds()[-2:] == ["account.deactivated", "account.activated"]


def test_staff_end_creatives_alone(ada, ben, sam, kim, rui, admin):
    for somebody in (kim, rui, admin):
        with pytest.raises(NotAllowed):
            end_account(somebody.pk, by=sam, at=NOW)
    for somebody in (ben, rui):
        with pytest.raises(NotAllowed):
            end_account(ada.pk, by=somebody, at=NOW)


@pytest.mark.parametrize("until", [None, NOW + 90 * DAY])
def test_nobody_who_looks_after_nobody_says_when_their_own_account_ends(until, ada, sam):
    end_account(ada.pk, by=sam, at=NOW, until=NOW + 3 * DAY)
    for somebody in (ada, sam):
        with pytest.raises(NotAllowed):
            end_account(somebody.pk, by=somebody, at=NOW, until=until)
    ada.refresh_from_db()
    assert (ada.is_active, ada.stays_until) == (True, NOW + 3 * DAY)


def test_the_last_administrator_stays(admin, root):
    end_account(root.pk, by=admin, at=NOW)
    for act in (
        lambda: end_account(admin.pk, by=admin, at=NOW),
        lambda: end_account(admin.pk, by=admin, at=NOW, until=NOW + DAY),
    ):
        with pytest.raises(Refused, match="last administrator"):
            act()
    assert User.objects.get(pk=admin.pk).is_active


def test_who_leaves_on_a_day_is_no_other_administrator(admin, root):
    end_account(root.pk, by=admin, at=NOW, until=NOW + DAY)
    with pytest.raises(Refused, match="last administrator"):
        end_account(admin.pk, by=admin, at=NOW)


def test_the_administrators_site_asks_the_same_rules(admin, rui, just_signed_in):
    User.objects.filter(pk=admin.pk).update(language="en")
    browser = just_signed_in(admin)
    fields = {"email": admin.email, "name": "Admin", "language": "en", "time_zone": "Europe/Berlin"}

    for role in ("creative", "admin"):
        sent = {**fields, "role": role}  # without is_active: may not sign in
        answer = browser.post(f"/admin/residents/user/{admin.pk}/change/", sent, follow=True)
        assert "is the last administrator" in said(answer)
    sent = {**fields, "email": rui.email, "name": "Rui", "role": "staff", "is_active": "on"}
    answer = browser.post(f"/admin/residents/user/{rui.pk}/change/", sent, follow=True)

    assert "cannot do research here and be on the team" in said(answer)
    assert User.objects.get(pk=admin.pk).is_active
    assert User.objects.get(pk=rui.pk).role == Role.RESEARCHER


def test_who_was_stopped_meanwhile_changes_no_account(ada, admin, root):
    end_account(admin.pk, by=root, at=NOW)
    ada.name = "Adele"
    with pytest.raises(NotAllowed):
        change_account(ada, by=admin, at=NOW)


def test_the_administrators_site_brings_nobody_back_who_is_erased(ada, admin):
    before = User.objects.get(pk=ada.pk)
    end_account(ada.pk, by=admin, at=NOW)
    erase(ada.pk, by=admin, at=NOW)
    with pytest.raises(WrongState, match="erased already"):
        change_account(before, by=admin, at=NOW)
    with pytest.raises(WrongState, match="erased already"):
        change_role(ada.pk, Role.STAFF, by=admin, at=NOW)
    now = User.objects.get(pk=ada.pk)
    assert (now.name, now.is_active, now.role) == ("", False, "creative")
    assert now.subject_key != before.subject_key


def test_the_administrators_site_keeps_what_was_said_while_its_page_was_open(ada, admin, sam):
    before = User.objects.get(pk=ada.pk)
    end_account(ada.pk, by=sam, at=NOW, until=NOW + DAY)
    User.objects.filter(pk=ada.pk).update(shown_to_people=True, erasure_asked_at=NOW)
    before.about = "Klang"
    change_account(before, by=admin, at=NOW)
    now = User.objects.get(pk=ada.pk)
    assert (now.about, now.shown_to_people) == ("Klang", True)
    assert (now.stays_until, now.erasure_asked_at) == (NOW + DAY, NOW)


def test_an_end_that_is_set_comes_with_its_time_and_not_before(ada, sam):
    until = NOW + 3 * DAY
    end_account(ada.pk, by=sam, at=NOW, until=until)

    assert end_what_is_due(at=until - timedelta(seconds=1)) == 0
    assert User.objects.get(pk=ada.pk).is_active
    assert end_what_is_due(at=until) == 1
    assert end_what_is_due(at=until) == 0
    ada.refresh_from_db()
    assert (ada.is_active, ada.stays_until) == (False, None)
    assert kinds() == ["account.end_set", "account.deactivated"]


def test_a_day_that_has_passed_ends_nothing(ada, sam):
    for until in (NOW, NOW - DAY):
        with pytest.raises(Refused, match="That day has passed"):
            end_account(ada.pk, by=sam, at=NOW, until=until)
    assert User.objects.get(pk=ada.pk).is_active


def test_an_end_that_is_set_is_taken_back(ada, sam):
    end_account(ada.pk, by=sam, at=NOW, until=NOW + DAY)
    let_stay(ada.pk, by=sam, at=NOW)
    assert end_what_is_due(at=NOW + DAY) == 0
    with pytest.raises(WrongState):
        let_stay(ada.pk, by=sam, at=NOW)


def test_an_account_that_has_ended_does_not_end_again(ada, sam):
    end_account(ada.pk, by=sam, at=NOW)
    with pytest.raises(WrongState, match="has ended already"):
        end_account(ada.pk, by=sam, at=NOW)


def test_the_clock_shows_nobody_out_who_is_the_last_to_hold_the_keys(admin):
    User.objects.filter(pk=admin.pk).update(stays_until=NOW)
    assert end_what_is_due(at=NOW) == 0
    assert User.objects.get(pk=admin.pk).is_active


def outcome(act):
    try:
        act()
    except DomainError as error:
        return error.code
    return "done"


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_end_each_other_leave_one():
    for number in range(5):
        User.objects.filter(role=Role.ADMIN).update(role=Role.CREATIVE, is_superuser=False)
        pair = [
            person(f"{name}{number}", Role.ADMIN, is_superuser=True) for name in ("Root", "Boss")
        ]

        def run(index, pair=pair):
            by = User.objects.get(pk=pair[index].pk)
            return outcome(lambda: end_account(pair[1 - index].pk, by=by, at=NOW))

        ends = race(run, [0, 1])

        assert sorted(ends) == ["done", "not_allowed"]
        assert User.objects.filter(role=Role.ADMIN, is_active=True).count() == 1


def test_beat_asks_for_it_every_minute():
    (asked,) = (
        each for each in app.conf.beat_schedule.values() if each["task"].startswith("residents.")
    )
    assert asked["task"] == end_accounts.name
    assert asked["schedule"] <= 60


def test_the_task_shows_out_who_stayed_until_now(ada):
    User.objects.filter(pk=ada.pk).update(stays_until=timezone.now())
    assert end_accounts() == 1
    assert not User.objects.get(pk=ada.pk).is_active
