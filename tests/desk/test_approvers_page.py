"""Staff name who decides on a type and who stands in, and take them off again."""

import pytest
from django.urls import reverse
from django.utils import timezone

from equipment.models import ResourceType
from labbooking.bookings.actions.approvers import name_approver, remove_approver
from labbooking.bookings.approvals.approvers import deciders
from labbooking.bookings.models import Approver
from labbooking.errors import Malformed, NotAllowed, NotThere
from labbooking.journal.models import Entry
from residents.models import User
from tests.bookings.days import said

pytestmark = pytest.mark.django_db


def name(person, by, slug="ar-headset", *, deputy=False):
    return name_approver(slug, person, is_deputy=deputy, by=by, at=timezone.now())


def decided_by(slug="ar-headset"):
    found = deciders().get(ResourceType.objects.get(slug=slug).pk)
    return ([str(e) for e in found.approvers], [str(e) for e in found.deputies]) if found else None


def test_who_is_named_decides_and_the_journal_keeps_it(lab, sam, kim):
    name(kim, sam)
    assert decided_by() == (["Kim"], [])
    entry = Entry.objects.get(kind="approver.named")
    assert entry.data == {"type": "ar-headset", "is_deputy": False}
    assert set(entry.objects_touched.values_list("key", "qualifier")) == {
        (str(kim.subject_key), "person"),
        (str(sam.subject_key), "actor"),
    }


def test_who_decides_can_stand_in_instead_and_back(lab, sam, kim):
    name(kim, sam)
    name(kim, sam, deputy=True)
    assert decided_by() == ([], ["Kim"])
    name(kim, sam)
    assert decided_by() == (["Kim"], [])
    assert Approver.objects.count() == 1


def test_what_is_so_already_is_not_told_again(lab, sam, kim):
    name(kim, sam)
    name(kim, sam)
    assert Entry.objects.filter(kind="approver.named").count() == 1


def test_taken_off_all_staff_decide_again(lab, sam, kim):
    name(kim, sam)
    remove_approver("ar-headset", kim, by=sam, at=timezone.now())
    assert decided_by() is None
    assert Entry.objects.filter(kind="approver.removed").count() == 1
    with pytest.raises(NotThere):
        remove_approver("ar-headset", kim, by=sam, at=timezone.now())


def test_only_staff_name_and_are_named(lab, ada, sam, kim, admin):
    for by in (ada, admin):
        with pytest.raises(NotAllowed):
            name(kim, by)
    User.objects.filter(pk=kim.pk).update(is_active=False)
    for person in (ada, User.objects.get(pk=kim.pk)):
        with pytest.raises(Malformed):
            name(person, sam)
    with pytest.raises(NotThere):
        name(sam, sam, "kiln")
    assert not Approver.objects.exists()


# The page


def post(browser, person, rank="approver", slug="ar-headset"):
    body = {"type": slug, "person": person.pk, "rank": rank}
    return browser.post(reverse("approvers"), body, follow=True)


def test_staff_name_rank_and_take_off_on_the_page(lab, sam, kim, signed_in):
    browser = signed_in(sam)
    assert "All staff decide, because nobody is named." in said(browser.get("/desk/approvers/"))

    done = post(browser, kim)
    assert done.redirect_chain == [("/desk/approvers/#ar-headset", 302)]
    assert "Kim decides from now on." in said(done)
    assert "Kim is a deputy from now on." in said(post(browser, kim, "deputy"))
    assert decided_by() == ([], ["Kim"])

    address = reverse("remove_approver", args=["ar-headset", kim.pk])
    assert "Kim is no longer on that list." in said(browser.post(address, follow=True))
    assert "no longer on that list" in said(browser.post(address, follow=True))


def test_what_cannot_be_says_so(lab, ada, sam, signed_in):
    browser = signed_in(sam)
    assert post(browser, ada).status_code == 422
    assert browser.post(reverse("approvers"), {"type": "seat"}).status_code == 422
    assert post(browser, sam, slug="kiln").status_code == 404
    assert not Approver.objects.exists()


def test_who_has_left_is_shown_as_such_and_can_be_taken_off(lab, sam, kim, signed_in):
    name(kim, sam)
    User.objects.filter(pk=kim.pk).update(is_active=False)
    page = said(signed_in(sam).get("/desk/approvers/"))
    assert "no longer staff" in page
    assert "Let them decide" not in page
    assert reverse("remove_approver", args=["ar-headset", kim.pk]) in page


def test_desk_and_queue_lead_there(lab, sam, signed_in):
    for path in ("/desk/", "/approvals/"):
        assert 'href="/desk/approvers/"' in said(signed_in(sam).get(path))


def test_many_approvers_take_no_more_queries(
    lab, sam, kim, signed_in, django_assert_max_num_queries
):
    browser = signed_in(sam)

    def queries():
        with django_assert_max_num_queries(12) as counted:
            browser.get("/desk/approvers/")
        return len(counted)

    name(kim, sam)
    queries()
    with_one = queries()
    name(sam, sam)
    name(kim, sam, "studio", deputy=True)
    name(kim, sam, "seat")
    assert queries() == with_one
