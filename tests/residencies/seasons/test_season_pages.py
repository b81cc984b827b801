"""The page of a season, as staff use it without JavaScript."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from labbooking.residencies.applications.models import Application
from labbooking.residencies.jury.models import Juror, Jury
from labbooking.residencies.jury.tasks.models import ReviewTask
from labbooking.residencies.offers.actions import call_back, send_offer
from labbooking.residencies.offers.models import Offer
from labbooking.residencies.offers.spec import OfferSaid
from labbooking.residencies.seasons import actions
from labbooking.residencies.seasons.actions import solving
from labbooking.residencies.seasons.actions.fixing import ByHand
from labbooking.residencies.seasons.inputs import season_of
from labbooking.residencies.seasons.models import FixedPlace, SeasonPlan
from tests.inductions.offered import code_of
from tests.residencies.seasons.applying import a_closed_call, apply

pytestmark = pytest.mark.django_db
PAGE = "/season/a-call/"


@pytest.fixture
def call(lab, sam, now):
    return a_closed_call(sam, now)


def worked(now, steps=1):
    """So many steps of the worker: a plan, what others would give, why somebody has no place."""
    for _ in range(steps):
        assert solving.work(now)


def codes(plan):
    return set(plan.places.values_list("application__code", flat=True))


def words(answer):
    return " ".join(answer.content.decode().split())


def test_from_solving_to_settling_by_forms_alone(call, sam, client, now):
    client.force_login(sam)
    assert "No application has been admitted yet." in words(client.get(PAGE))
    for code in ("LARK", "WREN", "DOVE"):
        apply(call, code)
    answer = client.post(f"{PAGE}solve/", {"aim": "order"})
    assert answer["Location"] == f"{PAGE}?plan=1"
    assert "The worker is at it" in words(client.get(PAGE))
    assert client.post(f"{PAGE}solve/", {"aim": "order"}).status_code == 409
    worked(now, steps=3)
    page = words(client.get(PAGE))
    assert "Proven: nobody was passed over" in page
    assert page.count("100 %") == 1
    assert "2 people are placed" in page
    assert "1 person is not placed" in page
    assert "would have to go" in page
    assert "What the other aims would give" in page
    assert "The same people." in page


def test_placing_by_hand_comparing_and_settling_with_a_reason(call, sam, client, now):
    client.force_login(sam)
    for code in ("LARK", "WREN", "DOVE"):
        apply(call, code)
    actions.ask_for_plan("a-call", by=sam, at=now)
    worked(now)
    (left,) = {"LARK", "WREN", "DOVE"} - codes(SeasonPlan.objects.get())
    day = season_of(call, now).weeks.day(4).isoformat()
    said = {"code": left, "how": "at", "studio": "studio-1", "starts_on": day, "weeks": 4}
    assert client.post(f"{PAGE}fix/", {**said, "weeks": 7}).status_code == 422
    assert client.post(f"{PAGE}fix/", said).status_code == 302
    client.post(f"{PAGE}solve/", {"aim": "order"})
    worked(now)
    both = words(client.get(f"{PAGE}?plan=2&with=1"))
    assert 'id="plan-1"' in both
    assert 'id="plan-2"' in both
    first, second = SeasonPlan.objects.order_by("version")
    (gone,) = codes(first) - codes(second)
    assert f"Beside plan 1: as many people, as many points. In: {left}. Out: {gone}." in both
    refused = client.post(f"{PAGE}settle/", {"version": 2})
    assert refused.status_code == 422
    assert "say why it is taken" in words(refused)
    assert client.post(f"{PAGE}settle/", {"version": 2, "reason": "Dove asked."}).status_code == 302
    assert "Dove asked." in words(client.get(PAGE))
    assert SeasonPlan.objects.get(version=2).settled_by == sam
    client.post(f"{PAGE}unfix/", {"code": left})
    assert not FixedPlace.objects.exists()


def test_a_season_is_staffs_alone_and_bad_input_is_told(call, ada, sam, client, now):
    apply(call, "LARK")
    for who in (ada, AnonymousUser()):
        client.logout()
        if who is ada:
            client.force_login(ada)
        for act in ("", "aim/", "solve/", "fix/", "unfix/", "settle/"):
            asked = client.post if act else client.get
            assert asked(f"{PAGE}{act}").status_code in {302, 404}
    assert not SeasonPlan.objects.exists()
    client.force_login(sam)
    for act, said in {
        "solve/": {"aim": "love"},
        "aim/": {"aim": "love"},
        "fix/": {"code": "NOBODY", "how": "at"},
        "settle/": {"version": "x"},
    }.items():
        assert client.post(f"{PAGE}{act}", said).status_code == 422
    assert client.post(f"{PAGE}settle/", {"version": 7}).status_code == 404
    for code in ("NOBODY", "\0"):
        assert client.post(f"{PAGE}unfix/", {"code": code}).status_code == 302
    assert client.get(f"{PAGE}?plan=x&with=99999999999").status_code == 200
    assert client.get("/season/nothing/").status_code == 404


def test_what_cannot_be_is_said_on_the_page(call, sam, client, now):
    for code in ("LARK", "WREN"):
        apply(call, code, weeks_min=8, weeks_wished=8, weeks_max=8)
        actions.fix("a-call", code, ByHand("in"), by=sam, at=now)
    actions.ask_for_plan("a-call", by=sam, at=now)
    worked(now)
    client.force_login(sam)
    page = words(client.get(PAGE))
    assert "This cannot hold together: what is fixed of LARK and what is fixed of WREN." in page


def test_ten_people_are_looked_up_as_one(call, sam, client, now, django_assert_max_num_queries):
    client.force_login(sam)
    counts = []
    for number in range(4):
        apply(call, f"LARK{number}", weeks_min=2, weeks_wished=2, weeks_max=2)
        if number in (0, 3):
            actions.ask_for_plan("a-call", by=sam, at=now)
            worked(now)
            with django_assert_max_num_queries(40) as asked:
                client.get(PAGE)
            counts.append(len(asked))
    assert counts[0] == counts[1]


def test_from_a_settled_plan_each_offer_is_prepared_and_sent_by_a_person(call, sam, client, now):
    lark, wren = apply(call, "LARK", state="chosen"), apply(call, "WREN")
    plan = actions.ask_for_plan("a-call", by=sam, at=now)
    worked(now)
    client.force_login(sam)
    assert "Prepare the offer" not in words(client.get(PAGE))
    actions.settle_plan("a-call", 1, by=sam, at=now)
    page = client.get(PAGE)
    assert "not chosen by the jury" in words(page)
    place = plan.places.get(application=lark)
    (link,) = re.findall(r'href="(/offers/new/[^"]+)"', page.content.decode())
    form = client.get(link.replace("&amp;", "&")).context["form"]
    assert form.initial["studio"] == "studio-1"
    assert (form.initial["arrive"], form.initial["depart"]) == (place.starts_on, place.ends_on)
    assert not Offer.objects.exists()
    # What a link says wrongly is left out.
    strange = client.get(f"/offers/new/{lark.pk}/?studio=nowhere&arrive=9999-99-99&depart=%00")
    assert strange.context["form"].initial["arrive"] == lark.arrival_wished
    until = now + timedelta(days=14)
    said = OfferSaid(lark.pk, "studio-1", place.starts_on, place.ends_on, until)
    offer = send_offer(said, by=sam, at=now)
    page = words(client.get(PAGE))
    assert f'open<br><a href="/offers/{offer.pk}/">Look at the offer' in page
    call_back(offer.pk, "A mistake.", by=sam, at=now)
    later = place.starts_on + timedelta(days=7), place.ends_on - timedelta(days=7)
    assert "called back<br>" in words(client.get(PAGE))
    send_offer(OfferSaid(lark.pk, "studio-1", *later, until), by=sam, at=now)
    assert "open, for another place or time" in words(client.get(PAGE))
    assert wren.state == "eligible"


def chaired(call, chair, juror, now):
    jury = Jury.objects.create(call=call, lot="4711", made_at=now)
    for number, who in enumerate((chair, juror), 1):
        Juror.objects.create(
            jury=jury, person=who, number=number, is_chair=who is chair,
            invited_at=now, accepted_terms_at=now,
        )  # fmt: skip
    return jury


def test_the_chair_of_the_jury_plans_without_names_and_sends_nothing(call, ada, ben, client, now):
    apply(call, "LARK", state="chosen")
    chaired(call, ada, ben, now)
    client.force_login(ben)
    assert client.get(PAGE).status_code == 404
    assert client.post(f"{PAGE}aim/", {"aim": "points"}).status_code == 404
    client.force_login(ada)
    assert 'href="/season/a-call/"' in words(client.get("/deciding/a-call/"))
    assert client.post(f"{PAGE}aim/", {"aim": "points"}).status_code == 302
    page = words(client.get(PAGE))
    assert "before the results of the jury were open" in page
    assert 'value="points" id="chosen_aim_1" checked' in page.replace(" required", "")
    client.post(f"{PAGE}solve/", {"aim": "order"})
    worked(now)
    assert client.post(f"{PAGE}settle/", {"version": 1}).status_code == 302
    page = words(client.get(PAGE))
    assert "not sent yet" in page
    assert "/offers/new/" not in page
    assert "lark@" not in page


def test_a_chair_who_has_applied_or_has_yet_to_review_sees_no_plan(call, ada, ben, client, now):
    wren, jury = apply(call, "WREN"), chaired(call, ada, ben, now)
    seat = jury.jurors.get(is_chair=True)
    reads = ReviewTask.objects.create(juror=seat, application=wren, given_at=now)
    client.force_login(ada)
    assert client.get(PAGE).status_code == 200
    jury.results_opened_at = now
    jury.save()
    assert client.get(PAGE).status_code == 404
    assert code_of(actions.choose_aim, "a-call", "weeks", by=ada, at=now) == "not_allowed"
    reads.delete()
    assert client.get(PAGE).status_code == 200
    days = {"begun_at": now, "changed_at": now}
    Application.objects.create(call=call, person=ada, code="OWN", state="draft", **days)
    assert client.get(PAGE).status_code == 404
