"""Mails: a week before something goes, and once it has gone."""

import pytest
from django.core import mail

from labbooking.journal.kinds import hidden_from
from labbooking.journal.models import Entry
from labbooking.period import DAY, HOUR
from labbooking.research.exports.batches import entries_of
from labbooking.residencies.retention.actions import forget
from tests.bookings.days import said
from tests.notifications.post import tell
from tests.residencies.jury.judging import AFTER, a_closed_call, an_application, applicant
from tests.residencies.retention.test_applications import applied

pytestmark = pytest.mark.django_db
DECLINED = {"state": "declined", "decided_at": AFTER}


def letters(at):
    mail.outbox.clear()
    tell(at)
    return {each.to[0]: each for each in mail.outbox}


def test_whose_it_is_hears_of_it_before_and_after(lab, sam, signed_in):
    call = a_closed_call(sam, applications=0)
    sent = applied(call, {"declined": DECLINED})["declined"]
    who = sent.person
    forget(AFTER + 174 * DAY)
    letter = letters(AFTER + 174 * DAY + HOUR)[who.email]
    assert letter.subject == "Deleted soon: A summer in the Daig"
    assert "deletes what it has of this application after " in letter.body
    assert "/apply/summer/" in letter.body
    assert sent.code not in letter.body
    forget(AFTER + 181 * DAY)
    letter = letters(AFTER + 181 * DAY + HOUR)[who.email]
    assert letter.subject == "Deleted: A summer in the Daig"
    assert "A number stays" in letter.body
    assert "Your account goes too" in letter.body
    page = said(signed_in(sam).get("/calls/manage/summer/applications/"))
    assert "What is left of what was deleted" in page


def test_what_is_no_longer_so_is_not_told(lab, sam):
    call = a_closed_call(sam, applications=0)
    sent = applied(call, {"declined": DECLINED})["declined"]
    forget(AFTER + 174 * DAY)
    sent.refresh_from_db()
    sent.state = "reserve"
    sent.save(update_fields=["state"])
    assert letters(AFTER + 174 * DAY + HOUR) == {}


def test_a_draft_that_goes_leaves_no_number_and_who_applied_elsewhere_keeps_the_account(lab, sam):
    call, other = a_closed_call(sam, 0), a_closed_call(sam, 0, slug="autumn")
    who = applicant("Lin")
    an_application(call, 1, who, state="draft", submitted_at=None)
    an_application(other, 2, who)
    forget(AFTER + 40 * DAY)
    letter = letters(AFTER + 40 * DAY + HOUR)[who.email]
    assert "A number stays" not in letter.body
    assert "Your account" not in letter.body


def test_only_staff_read_of_it_in_the_journal_and_no_study_exports_it(lab, sam, ada):
    call = a_closed_call(sam, applications=0)
    sent = applied(call, {"declined": DECLINED})["declined"]
    forget(AFTER + 174 * DAY)
    forget(AFTER + 181 * DAY)
    kinds = {"data.about_to_go", "data.gone", "application.erased"}
    assert kinds <= set(Entry.objects.values_list("kind", flat=True))
    assert {"data.about_to_go", "data.gone"} <= hidden_from("creative") & hidden_from("applicant")
    assert not {"data.about_to_go", "data.gone"} & hidden_from("staff")
    assert not entries_of([str(sent.person.subject_key)])
