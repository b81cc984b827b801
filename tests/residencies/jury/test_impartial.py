"""Whoever decides does not apply, and whoever applies or reads without names learns no name."""

import pytest
from django.utils import timezone

from labbooking.errors import NotAllowed
from labbooking.residencies.applications import actions as applying
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.states import ApplicationState
from labbooking.residencies.blind.actions import mask_words
from labbooking.residencies.blind.audience import page_for
from labbooking.residencies.jury import actions
from labbooking.residencies.jury.models import Juror, Jury
from labbooking.residencies.works.models import WorkPage
from residents.membership.ending import change_role
from residents.membership.history import roles_had
from residents.membership.invitations import accept, invite
from residents.membership.wanted import Wanted
from residents.models import Role
from tests.people import LONG_AGO, person
from tests.residencies.calling import NOW, a_call, open_at
from tests.residencies.jury.judging import LONG_AGO as CLOSED_LONG_AGO
from tests.residencies.jury.judging import a_closed_call, an_application, seated
from tests.residencies.works.applied import an_image, shows

pytestmark = pytest.mark.django_db
APPLY = "/apply/a-call/"
API = "/api/v1/calls/a-call/application"


def test_who_is_asked_to_a_jury_applies_for_its_call_by_no_door_and_for_another_they_do(
    lab, sam, ada, signed_in
):
    at = timezone.now()
    call = open_at(sam, at)
    actions.invite_juror("a-call", ada.email, by=sam, at=at)
    there = signed_in(ada)
    for answer in (there.get(APPLY), there.post(APPLY)):
        assert answer.status_code == 403
        assert f"write to {call.email}" in answer.content.decode()
        assert "Observing the house" not in answer.content.decode()
    refused = there.post(API, {}, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    assert not Application.objects.filter(person=ada).exists()

    open_at(sam, at, slug="other")
    assert there.post("/apply/other/").status_code == 302
    assert Application.objects.get(person=ada).call.slug == "other"


def test_nor_does_who_was_invited_to_the_house_for_it_or_whose_role_is_another_by_now(
    lab, sam, admin, jury
):
    a_call(sam)
    invitation = invite(Wanted("lu@x.example", role=Role.JUROR), by=admin, at=NOW)
    actions.invite_juror("summer", "lu@x.example", by=sam, at=NOW)
    lu = accept(invitation.pk, name="Lu", password="a-long-pass-phrase", language="en", at=NOW)
    seat = actions.invite_juror("summer", jury[0].email, by=sam, at=NOW)
    change_role(seat.person_id, Role.ADMIN, by=admin, at=NOW)
    seat.person.refresh_from_db()
    for each in (lu, seat.person):
        with pytest.raises(NotAllowed):
            applying.begin("summer", by=each, at=NOW)


def test_nor_who_has_ever_done_research(lab, sam, admin):
    once = person("Ru", Role.RESEARCHER)
    change_role(once.pk, Role.CREATIVE, by=admin, at=LONG_AGO)
    once.refresh_from_db()
    assert Role.RESEARCHER in roles_had(once)
    a_call(sam)
    with pytest.raises(NotAllowed):
        applying.begin("summer", by=once, at=NOW)


def test_who_has_applied_meanwhile_takes_no_seat_they_were_offered_before(lab, sam, ada, signed_in):
    call = a_closed_call(sam, 1, **CLOSED_LONG_AGO)
    actions.invite_juror("summer", ada.email, by=sam, at=timezone.now())
    own = an_application(call, 9, ada)
    there = signed_in(ada)
    answer = there.post("/jury/terms/summer/", follow=True)
    assert "does not decide on it" in answer.content.decode()
    assert Juror.objects.get().accepted_terms_at is None

    Application.objects.filter(pk=own.pk).update(state=ApplicationState.WITHDRAWN)
    there.post("/jury/terms/summer/")
    assert Juror.objects.get().accepted_terms_at is not None


def names_stand_here(code, browser):
    """Every door of staff on which applications stand with names."""
    pages, api = "/calls/manage/summer/applications", "/api/v1/calls/summer/applications"
    got = [
        browser.get(each)
        for each in (
            f"{pages}/", f"{pages}.csv", f"{pages}.json", f"{pages}/{code}/",
            f"{pages}/{code}/names/", f"{api}/", f"{api}/{code}",
        )
    ]  # fmt: skip
    return {each.status_code for each in got}, b"".join(each.content for each in got)


def test_of_staff_who_reads_without_names_learns_none_until_they_are_opened(
    lab, sam, kim, jury, signed_in
):
    call = a_closed_call(sam, 2, **CLOSED_LONG_AGO)
    # Asked is not yet reading: staff look before they agree.
    actions.invite_juror("summer", kim.email, by=sam, at=timezone.now())
    there = signed_in(kim)
    assert names_stand_here("code001", there)[0] == {200}
    actions.accept_jury_terms("summer", by=kim, at=timezone.now())
    status, told = names_stand_here("code001", there)
    assert status == {403}
    assert b"Artist" not in told
    for act in (
        lambda: applying.judge_eligibility("summer", "code001", eligible=True, by=kim, at=NOW),
        lambda: applying.hand_in_late("summer", "code001", "Post", by=kim, at=NOW),
        lambda: mask_words("summer", "code001", [], by=kim, at=NOW),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert names_stand_here("code001", signed_in(sam))[0] == {200}

    Jury.objects.update(identities_opened_at=timezone.now(), identities_reason="Asked")
    assert names_stand_here("code001", there)[0] == {200}
    Jury.objects.update(identities_opened_at=None, identities_reason="")
    type(call).objects.update(blind=False)
    assert names_stand_here("code001", there)[0] == {200}


def test_of_staff_who_applies_sees_nobody_they_compete_with(lab, sam, kim, signed_in):
    call = a_closed_call(sam, 2, **CLOSED_LONG_AGO)
    there = signed_in(kim)
    assert names_stand_here("code001", there)[0] == {200}
    an_application(call, 9, kim)
    status, told = names_stand_here("code001", there)
    assert (status, b"Artist" in told) == ({403}, False)


def test_nor_do_they_see_pictures_of_works_otherwise_than_the_jury_does(lab, sam, kim, ada):
    at = timezone.now()
    open_at(sam, at)
    applying.begin("a-call", by=ada, at=at)
    work = shows(ada, picture=an_image(), caption="Rope")
    # However it came to be handed in.
    Application.objects.filter(person=ada).update(
        state=ApplicationState.SUBMITTED, submitted_at=at, terms=work.application.call.terms.last()
    )
    page = WorkPage.objects.get(work=work)
    assert page_for(kim, work.key, page.number) == page
    seated(page.work.application.call, [kim], sam, at)
    assert page_for(kim, work.key, page.number) is None
    assert page_for(sam, work.key, page.number) == page
