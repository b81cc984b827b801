"""Plans as staff ask for them, as the worker makes them, and as people settle them."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from equipment.actions import Overtaken
from equipment.models import Feature, Resource
from labbooking.bookings.actions.closures import close
from labbooking.bookings.models import Booking
from labbooking.journal.models import Entry
from labbooking.period import Period
from labbooking.residencies.jury.models import Jury
from labbooking.residencies.jury.ranking.models import Ranking, RankLine
from labbooking.residencies.offers.actions import call_back, send_offer
from labbooking.residencies.offers.spec import OfferSaid
from labbooking.residencies.seasons import actions, process
from labbooking.residencies.seasons.actions import solving
from labbooking.residencies.seasons.actions.fixing import ByHand
from labbooking.residencies.seasons.aims import aim_of, is_late
from labbooking.residencies.seasons.inputs import season_of
from labbooking.residencies.seasons.instances import instance_of_season, standing
from labbooking.residencies.seasons.models import SeasonPlan
from labbooking.residencies.seasons.weeks import arriving
from tests.inductions.offered import code_of
from tests.residencies.calling import open_at
from tests.residencies.seasons.applying import WEEK, a_closed_call, apply

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(lab, sam, now):
    return a_closed_call(sam, now)


def kinds():
    return list(
        Entry.objects.filter(kind__startswith="plan.").order_by("pk").values_list("kind", flat=True)
    )


def solved(plan, at):
    """By the worker's next step."""
    solving.work(at)
    plan.refresh_from_db()
    return plan


def test_from_the_question_to_a_settled_plan(call, sam, ada, now):
    for number in range(3):
        apply(call, f"LARK{number}")
    apply(call, "DRAFT", state="draft", submitted_at=None)
    assert code_of(actions.ask_for_plan, "a-call", by=ada, at=now) == "not_allowed"
    plan = actions.ask_for_plan("a-call", by=sam, at=now)
    assert code_of(actions.ask_for_plan, "a-call", by=sam, at=now) == "wrong_state"
    assert (plan.version, plan.state) == (1, "waiting")
    solved(plan, now)
    assert (plan.state, plan.others, plan.answer["explained"]) == ("proposed", None, False)
    while solving.work(now):
        plan.refresh_from_db()
    assert (plan.state, plan.answer["proven"], plan.answer["explained"]) == ("proposed", True, True)
    places = list(plan.places.order_by("starts_on"))
    assert [(each.weeks, each.fit) for each in places] == [(4, 100), (4, 84)]
    assert [each.starts_on for each in places] == [call.season_from, call.season_from + 4 * WEEK]
    # The studio is made ready for a day, so that the next can arrive on Monday.
    assert places[0].ends_on == places[1].starts_on - timedelta(days=1)
    assert plan.whys.count() == 1
    assert set(plan.others) == {"points", "weeks"}
    assert actions.ask_for_plan("a-call", by=sam, at=now) == plan
    settled = actions.settle_plan("a-call", 1, by=sam, at=now)
    assert (settled.state, settled.settled_by) == ("settled", sam)
    assert code_of(actions.settle_plan, "a-call", 1, by=sam, at=now) == "wrong_state"
    assert kinds() == ["plan.asked", "plan.proposed", "plan.settled"]
    assert not Booking.objects.filter(person__applications__call=call).exists()


def test_what_differs_from_the_jurys_order_needs_a_reason_and_what_is_not_proven_a_yes(
    call, sam, now
):
    apply(call, "LARK")
    first = solved(actions.ask_for_plan("a-call", by=sam, at=now), now)
    second = solved(actions.ask_for_plan("a-call", aim="points", by=sam, at=now), now)
    with pytest.raises(ValidationError):
        actions.settle_plan("a-call", second.version, " ", by=sam, at=now)
    actions.settle_plan("a-call", second.version, "More people.", by=sam, at=now)
    first.answer["proven"] = False
    first.save()
    with pytest.raises(ValidationError):
        actions.settle_plan("a-call", first.version, by=sam, at=now)
    # Who was placed is now part of the question, so the older plan has to be made anew.
    with pytest.raises(Overtaken):
        actions.settle_plan("a-call", first.version, unproven=True, by=sam, at=now)
    third = solved(actions.ask_for_plan("a-call", by=sam, at=now), now)
    actions.settle_plan("a-call", third.version, by=sam, at=now)
    second.refresh_from_db()
    assert second.state == "superseded"


def test_what_has_changed_since_is_planned_anew(call, sam, now):
    lark = apply(call, "LARK")
    plan = solved(actions.ask_for_plan("a-call", by=sam, at=now), now)
    lark.state = "withdrawn"
    lark.save()
    apply(call, "WREN")
    with pytest.raises(Overtaken):
        actions.settle_plan("a-call", 1, by=sam, at=now)
    assert actions.ask_for_plan("a-call", by=sam, at=now) != plan


def test_nobody_is_planned_where_the_house_would_refuse(call, sam, now):
    apply(call, "LARK", weeks_min=2, weeks_wished=2, weeks_max=8)
    studio = Resource.objects.select_related("type__rules").get(slug="studio-1")
    for first, weeks in ((0, 3), (6, 1)):
        start = arriving(studio, call.season_from + first * WEEK)
        closing = Period(start, start + weeks * WEEK - timedelta(days=2))
        close([studio], closing, reason_de="Bau", reason_en="Works", by=sam, at=now)
    season = season_of(call, now)
    assert season.closed[studio.pk] == {0, 1, 2, 6}
    plan = solved(actions.ask_for_plan("a-call", by=sam, at=now), now)
    (place,) = plan.places.all()
    assert (place.starts_on, place.weeks) == (call.season_from + 4 * WEEK, 2)


def test_what_is_fixed_by_hand_is_kept_and_what_contradicts_itself_is_named(call, sam, now):
    for code in ("LARK", "WREN"):
        apply(call, code, weeks_min=6, weeks_wished=6)
    first = season_of(call, now).weeks.day(2)
    said = ByHand("at", "studio-1", first, 6)
    actions.fix("a-call", "WREN", said, by=sam, at=now)
    assert code_of(actions.fix, "a-call", "LARK", said, by=sam, at=now) == "slot_taken"
    for wrong in (
        ByHand("at", "seat-1", first, 6),
        ByHand("at", "studio-1", first + timedelta(days=1), 6),
        ByHand("at", "studio-1", first, 7),
        ByHand("at", "studio-1", None, None),
    ):
        with pytest.raises(ValidationError):
            actions.fix("a-call", "LARK", wrong, by=sam, at=now)
    assert code_of(actions.fix, "a-call", "NOBODY", said, by=sam, at=now) == "not_found"
    plan = solved(actions.ask_for_plan("a-call", by=sam, at=now), now)
    (place,) = plan.places.select_related("application")
    assert (place.application.code, place.starts_on, place.fixed) == ("WREN", first, True)
    actions.fix("a-call", "LARK", ByHand("in"), by=sam, at=now)
    failed = solved(actions.ask_for_plan("a-call", by=sam, at=now), now)
    assert failed.state == "failed"
    assert failed.answer["contradiction"] == ["fixed LARK", "fixed WREN"]
    actions.unfix("a-call", "LARK", by=sam, at=now)
    assert actions.ask_for_plan("a-call", by=sam, at=now) == plan


def test_who_has_an_offer_keeps_the_place_and_whoever_declined_is_gone(call, sam, now):
    lark, wren = apply(call, "LARK"), apply(call, "WREN")
    plan = solved(actions.ask_for_plan("a-call", by=sam, at=now), now)
    actions.settle_plan("a-call", plan.version, by=sam, at=now)
    wren.state, lark.state = "refused", "chosen"
    wren.save(), lark.save()
    # People may offer another time than the plan says: what is booked stands.
    first, last = call.season_from + 3 * WEEK, call.season_from + 7 * WEEK - timedelta(days=1)
    until = now + timedelta(days=14)
    offer = send_offer(OfferSaid(lark.pk, "studio-1", first, last, until), by=sam, at=now)
    apply(call, "DOVE", weeks_min=2, weeks_wished=2)
    assert code_of(actions.fix, "a-call", "LARK", ByHand("out"), by=sam, at=now) == "wrong_state"
    again = solved(actions.ask_for_plan("a-call", keep=True, by=sam, at=now), now)
    where = {each.application.code: each.starts_on for each in again.places.all()}
    assert where == {"LARK": first, "DOVE": call.season_from}
    there = ByHand("at", "studio-1", call.season_from + 5 * WEEK, 2)
    assert code_of(actions.fix, "a-call", "DOVE", there, by=sam, at=now) == "slot_taken"
    call_back(offer.pk, "A mistake.", by=sam, at=now)
    assert not season_of(call, now).promises


def test_a_pair_is_one_only_where_both_say_so(call, sam, now):
    apply(call, "LARK", partner_code="WREN")
    apply(call, "WREN", partner_code="LARK")
    apply(call, "DOVE", partner_code="LARK")
    apply(call, "SWAN", partner_code="SWAN")
    instance = instance_of_season(season_of(call, now), aim="order")
    partners = {each.code: each.partner for each in instance.wishes}
    assert partners == {"LARK": "WREN", "WREN": "LARK", "DOVE": "", "SWAN": ""}


def test_the_jurys_order_counts_once_the_results_are_open(call, now):
    lark, wren, dove = (apply(call, code) for code in ("LARK", "WREN", "DOVE"))
    jury = Jury.objects.create(call=call, lot="4711", made_at=now)
    ranking = Ranking.objects.create(jury=jury, made_at=now)
    for place, application, value in ((1, wren, 3.5), (2, lark, 4.126)):
        numbers = dict.fromkeys(("value", "low", "high", "mean", "median"), value)
        RankLine.objects.create(
            ranking=ranking, application=application, place=place, computed=place, spread=0,
            count=3, **numbers,
        )  # fmt: skip
    assert standing(call) == {}
    jury.results_opened_at = now
    jury.save()
    instance = instance_of_season(season_of(call, now), aim="order")
    found = {each.code: (each.place, each.points) for each in instance.wishes}
    assert found == {"WREN": (1, 350), "LARK": (2, 413), dove.code: (3, 0)}
    assert instance.lot == "4711"


def test_the_solver_is_asked_with_the_grid_the_cushion_and_the_limits_of_the_call(lab, sam, now):
    call = a_closed_call(
        sam, now, arrival_weekdays=[0, 3], arrival_every_weeks=3, cushion_days=10,
        disciplines_at_once_max=[2, None], disciplines_floor=[0, 1],
    )  # fmt: skip
    apply(call, "LARK", discipline=1)
    season = season_of(call, now)
    instance = instance_of_season(season, aim="order")
    assert instance.arrivals == (0, 3, 6)
    # A day to make the studio ready, as its rules say, and ten more.
    assert (season.weeks.cushion, season.weeks.lead, instance.cushion) == (1, 4, 1)
    assert [(each.name, each.at_once_max, each.floor) for each in instance.disciplines] == [
        ("0", 2, 0), ("1", None, 1),
    ]  # fmt: skip
    # Of weeks that have begun nothing is asked any more.
    later = now + (call.season_from - now.date()) + 4 * WEEK
    assert season_of(call, later).arrivals == (6,)


def test_what_counts_is_chosen_and_it_is_on_record_whether_that_was_late(call, sam, ada, now):
    jury = Jury.objects.create(call=call, lot="4711", made_at=now)
    chosen = actions.choose_aim("a-call", "points", by=sam, at=now)
    assert (aim_of(call), is_late(chosen)) == ("points", False)
    jury.results_opened_at = now + timedelta(days=1)
    jury.save()
    actions.choose_aim("a-call", "points", by=sam, at=now + WEEK)
    assert not is_late(actions.choose_aim("a-call", "points", by=sam, at=now + WEEK))
    assert is_late(actions.choose_aim("a-call", "weeks", by=sam, at=now + WEEK))
    assert kinds() == ["plan.aim_chosen"] * 2
    with pytest.raises(ValidationError):
        actions.choose_aim("a-call", "love", by=sam, at=now)
    assert code_of(actions.choose_aim, "a-call", "order", by=ada, at=now) == "not_allowed"


def test_only_studios_with_all_that_is_needed_are_thought_of(lab, sam, now):
    call = a_closed_call(sam, now, studios=("studio-1", "studio-2"))
    feature = Feature.objects.create(slug="ramp", name_de="Rampe", name_en="Ramp")
    Resource.objects.get(slug="studio-2").features.add(feature)
    apply(call, "LARK").features_needed.add(feature)
    apply(call, "WREN")
    instance = instance_of_season(season_of(call, now), aim="order")
    studios = {each.code: each.studios for each in instance.wishes}
    assert studios == {"LARK": ("studio-2",), "WREN": ("studio-1", "studio-2")}


def test_a_solver_that_dies_fails_the_plan_and_nothing_else(call, sam, now, settings, monkeypatch):
    apply(call, "LARK")
    monkeypatch.setattr(process, "COMMAND", ("/bin/false",))
    plan = solved(actions.ask_for_plan("a-call", by=sam, at=now), now)
    assert (plan.state, plan.answer["failed"]) == ("failed", "solver")
    assert kinds() == ["plan.asked", "plan.failed"]
    lost = actions.ask_for_plan("a-call", by=sam, at=now)
    SeasonPlan.objects.filter(pk=lost.pk).update(state="solving", begun_at=now)
    solving.work(now + solving.GIVEN_UP + timedelta(seconds=1))
    lost.refresh_from_db()
    assert lost.state == "failed"


def test_a_season_is_planned_once_its_call_has_closed(lab, sam, now):
    call = open_at(sam, now, "early")
    apply(call, "LARK")
    assert code_of(actions.ask_for_plan, "early", by=sam, at=now) == "wrong_state"
    a_closed_call(sam, now, slug="empty")
    assert code_of(actions.ask_for_plan, "empty", by=sam, at=now) == "wrong_state"
