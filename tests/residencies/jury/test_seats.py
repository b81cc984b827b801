"""Who sits on a jury, and who does not."""

import pytest
from django.core.exceptions import ValidationError

from labbooking.errors import NotAllowed, NotThere, WrongState
from labbooking.journal.kinds import OF_JURIES, WHO_SEES
from labbooking.journal.models import Entry
from labbooking.residencies.jury.actions import accept_jury_terms, invite_juror, remind
from labbooking.residencies.jury.models import Juror
from labbooking.residencies.jury.queries import seats_of
from residents.membership.ending import change_role
from residents.membership.history import roles_had
from residents.membership.invitations import accept, invite
from residents.membership.wanted import Wanted
from residents.models import Role
from tests.people import LONG_AGO, person
from tests.residencies.calling import NOW, a_call, a_draft
from tests.residencies.jury.judging import AFTER, a_closed_call, a_juror, an_application, seated

pytestmark = pytest.mark.django_db


def why(call, email, by, **more):
    with pytest.raises(ValidationError) as refused:
        invite_juror(call.slug, email, by=by, at=NOW, **more)
    return {name: " ".join(words) for name, words in refused.value.message_dict.items()}


def test_staff_name_creatives_staff_and_jurors_and_nobody_names_a_researcher(
    lab, sam, ada, kim, rui
):
    call, jo = a_call(sam), a_juror("Jo")
    for each in (jo, ada, kim):
        invite_juror("summer", each.email.upper(), by=sam, at=NOW)

    codes = {each.person.name: each.code for each in Juror.objects.select_related("person")}
    assert codes == {"Jo": "J1", "Ada": "J2", "Kim": "J3"}
    assert "researches" in why(call, rui.email, sam)["email"]
    assert "already" in why(call, jo.email, sam)["email"]
    assert "Nobody with this address" in why(call, "who@x.example", sam)["email"]
    with pytest.raises(NotAllowed):
        invite_juror("summer", jo.email, by=ada, at=NOW)


def test_who_researched_once_does_not_judge_and_who_judged_does_not_research(lab, sam, ada, admin):
    call = a_call(sam)
    once = person("Ru", Role.RESEARCHER)
    change_role(once.pk, Role.CREATIVE, by=admin, at=LONG_AGO)
    assert "researches" in why(call, once.email, sam)["email"]
    invite_juror("summer", ada.email, by=sam, at=NOW)
    assert Role.JUROR in roles_had(ada)


def test_who_applies_does_not_decide(lab, sam, ada, kim):
    call = a_closed_call(sam, 1)
    an_application(call, 9, ada)
    assert "applies" in why(call, ada.email, sam)["email"]


def test_there_is_one_chair(lab, sam, jury):
    call = a_call(sam)
    invite_juror("summer", jury[0].email, by=sam, at=NOW, is_chair=True)
    assert "chair" in why(call, jury[1].email, sam, is_chair=True)["is_chair"]


def test_a_draft_has_no_jury_and_who_was_not_asked_accepts_nothing(lab, sam, ada):
    a_draft(sam)
    with pytest.raises(WrongState):
        invite_juror("summer", ada.email, by=sam, at=NOW)
    with pytest.raises(NotThere):
        accept_jury_terms("summer", by=ada, at=NOW)


def test_who_is_invited_to_the_house_as_a_juror_has_the_seat_from_accepting_on(lab, sam, admin):
    call = a_call(sam)
    invitation = invite(Wanted("jo@x.example", role=Role.JUROR), by=admin, at=NOW)
    invite_juror("summer", "jo@x.example", by=sam, at=NOW)
    assert "already" in why(call, "jo@x.example", sam)["email"]
    jo = accept(invitation.pk, name="Jo", password="a-long-pass-phrase", language="en", at=NOW)
    assert seats_of(jo).get().person is None
    assert "already" in why(call, "jo@x.example", sam)["email"]

    assert accept_jury_terms("summer", by=jo, at=NOW).person == jo
    assert accept_jury_terms("summer", by=jo, at=AFTER).accepted_terms_at == NOW


def test_the_journal_names_nobody_and_shows_nobody_what_juries_do(lab, sam, jury):
    seated(a_call(sam), jury, sam, NOW)
    for entry in Entry.objects.filter(kind__startswith="juror."):
        assert set(entry.data) <= {"call", "role", "count"}
        assert entry.pk < 0
    assert all(WHO_SEES[kind] == frozenset() for kind in OF_JURIES)
    assert {kind.partition(".")[0] for kind in OF_JURIES} == {"juror", "review"}


def test_nobody_is_reminded_who_has_nothing_to_read(lab, sam, jury):
    seated(a_call(sam), jury, sam, NOW)
    with pytest.raises(WrongState):
        remind("summer", by=sam, at=AFTER)
