"""The team answers who asks for an account by API: the same acts as in the browser."""

import pytest

from residents.membership.models import Invitation
from tests.api.program import Program, is_problem
from tests.invited import a_request_for_an_account


@pytest.fixture
def staff(lab, sam):
    return Program(sam)


def test_who_waits_is_listed_and_invited(staff):
    lin, mo = a_request_for_an_account("lin"), a_request_for_an_account("mo")
    items = staff.get("account-requests/").json()["items"]
    assert [(each["id"], each["name"]) for each in items] == [(lin.pk, "Lin"), (mo.pk, "Mo")]
    assert items[0]["words"] == "I carve wood."

    told = staff.post(f"account-requests/{lin.pk}/grant").json()
    assert (told["answer"], told["invitation"]) == ("yes", Invitation.objects.get().pk)
    is_problem(staff.post(f"account-requests/{lin.pk}/grant"), 409, "wrong_state")
    no = staff.post(f"account-requests/{mo.pk}/decline", {"reason": "We are full."}).json()
    assert no["answer"] == "no"
    assert staff.get("account-requests/").json()["items"] == []


def test_what_is_not_there_is_not_answered(staff):
    is_problem(staff.post("account-requests/999/grant"), 404, "not_found")
    is_problem(staff.post("account-requests/999/decline"), 404, "not_found")
    body = {"reason": "x" * 501}
    is_problem(
        staff.post(f"account-requests/{a_request_for_an_account('lin').pk}/decline", body),
        400,
        "malformed",
    )
