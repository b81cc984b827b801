"""Staff who apply, or read without names, neither see nor make offers of that call."""

import pytest
from django.utils import timezone

from labbooking.errors import NotAllowed
from labbooking.residencies.jury.models import Juror, Jury
from labbooking.residencies.offers import actions
from labbooking.residencies.offers.models import Offer
from tests.residencies.offers.offering import applied, around, said, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return timezone.now()


@pytest.fixture
def offer(lab, sam, ada, at):
    return sent(applied(ada, sam, call="autumn"), sam, at=at, **around(at))


@pytest.fixture
def waiting(offer, sam, ben):
    return applied(ben, sam, call="autumn", code="TAVI")


def competes(person, offer, sam):
    applied(person, sam, call="autumn", code="KIMI")


def reads_without_names(person, offer, sam):
    jury = Jury.objects.create(call=offer.application.call, made_at=offer.sent_at)
    Juror.objects.create(
        jury=jury, person=person, number=1, invited_at=offer.sent_at,
        accepted_terms_at=offer.sent_at,
    )  # fmt: skip


@pytest.mark.parametrize("involved", [competes, reads_without_names])
def test_of_a_call_in_which_they_are_involved_staff_see_and_make_no_offers(
    involved, offer, waiting, sam, kim, signed_in, at
):
    there = signed_in(kim)
    form, one = f"/offers/new/{waiting.pk}/", f"/offers/{offer.pk}/"
    assert there.get(form).status_code == 200
    assert "Ada" in there.get("/offers/").content.decode()

    involved(kim, offer, sam)
    assert there.get(form).status_code == 403
    for path in (one, f"{one}prolong/", f"{one}call-back/", f"/api/v1/offers/{offer.pk}"):
        assert there.get(path).status_code == 404
    listed = there.get("/offers/").content.decode()
    assert "Ada" not in listed
    assert "Ben" not in listed
    assert there.get("/api/v1/offers/").json()["items"] == []
    days = around(at)
    for act in (
        lambda: actions.send_offer(said(waiting, **days), by=kim, at=at),
        lambda: actions.tried_out(said(waiting, **days), by=kim, at=at),
        lambda: actions.put_on_reserve(waiting.pk, by=kim, at=at),
        lambda: actions.prolong(offer.pk, days["until"], by=kim, at=at),
        lambda: actions.call_back(offer.pk, "Water.", by=kim, at=at),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert Offer.objects.count() == 1
    assert signed_in(sam).get(form).status_code == 200


def test_an_offer_to_themselves_they_read_and_answer(lab, sam, kim, signed_in, at):
    own = sent(applied(kim, sam, call="autumn"), sam, at=at, **around(at))
    assert signed_in(kim).get(f"/offers/{own.pk}/").status_code == 200
    with pytest.raises(NotAllowed):
        actions.prolong(own.pk, around(at)["until"], by=kim, at=at)
    assert actions.refuse_offer(own.pk, by=kim, at=at).state == "refused"
