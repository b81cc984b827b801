"""Staff read what was handed in, judge it, and take it elsewhere."""

import csv
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.bookings.days import said
from tests.notifications.post import tell, text
from tests.residencies.applications.applying import CALL, PAGE, a_draft, close, handed_in, of

pytestmark = pytest.mark.django_db
MANAGE = f"/calls/manage/{CALL}/applications/"


def test_staff_read_what_was_handed_in_and_judge_it(call, ada, ben, sam, signed_in, now, mailbox):
    one = handed_in(ada, now, needs="A ramp.")
    a_draft(ben, now, title="Unfinished")
    staff = signed_in(sam)
    page = said(staff.get(MANAGE))
    assert one.code in page
    assert "Ada" in page
    assert "1 more is being written" in page
    assert "Unfinished" not in page
    assert "Admit" not in said(staff.get(f"{MANAGE}{one.code}/"))
    assert staff.post(f"{MANAGE}{one.code}/judge/", {"eligible": 1}).status_code == 409
    close(call)
    assert staff.get(f"{MANAGE}{of(ben).code}/").status_code == 404
    page = said(staff.get(f"{MANAGE}{one.code}/"))
    assert "A ramp." in page
    assert "Admit to the jury" in page
    assert staff.post(f"{MANAGE}{one.code}/judge/", {"ineligible": 1}).status_code == 422
    told = {"ineligible": 1, "reason": "Too late for us."}
    assert staff.post(f"{MANAGE}{one.code}/judge/", told).url == MANAGE
    tell(timezone.now())
    assert any("Too late for us." in text(each) for each in mailbox.mails)
    mailbox.empty()
    assert "Too late for us." in said(signed_in(ada).get(PAGE))
    staff.post(f"{MANAGE}{one.code}/judge/", {"eligible": 1, "reason": "We were wrong."})
    tell(timezone.now())
    assert "takes part after all" in text(mailbox.only())


def test_staff_take_in_a_draft_and_take_all_of_it_elsewhere(
    call, ada, ben, nia, sam, signed_in, now
):
    one = handed_in(ada, now, title="=SUM(A1)")
    draft, staff = a_draft(ben, now).code, signed_in(sam)
    close(call)
    assert draft in said(staff.get(MANAGE))
    assert "Take in the draft" in said(staff.get(f"{MANAGE}{draft}/hand-in/"))
    answer = staff.post(f"{MANAGE}{draft}/hand-in/", {"reason": "Outage"})
    assert answer.url == f"{MANAGE}{draft}/"
    assert "taken in late: Outage" in said(staff.get(answer.url))
    table = staff.get(f"/calls/manage/{CALL}/applications.csv").content.decode("utf-8-sig")
    rows = {row["code"]: row for row in csv.DictReader(io.StringIO(table))}
    assert rows[one.code]["title"] == "'=SUM(A1)"
    assert rows[one.code]["email"] == ada.email
    told = json.loads(staff.get(f"/calls/manage/{CALL}/applications.json").content)
    assert {each["code"] for each in told["applications"]} == {one.code, draft}
    for address in (MANAGE, f"{MANAGE}{one.code}/", f"/calls/manage/{CALL}/applications.csv"):
        assert signed_in(nia).get(address).status_code == 404


def test_three_applications_cost_as_many_queries_as_one(call, ada, ben, nia, sam, signed_in, now):
    staff = signed_in(sam)
    pages = (MANAGE, f"/calls/manage/{CALL}/applications.csv")

    def queries():
        with CaptureQueriesContext(connection) as counted:
            for page in pages:
                assert staff.get(page).status_code == 200
        return len(counted)

    handed_in(ada, now)
    staff.get(MANAGE)
    one = queries()
    handed_in(ben, now)
    handed_in(nia, now)
    assert queries() == one
