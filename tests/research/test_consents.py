"""Taking part is a person's own choice: off until they say yes, over when they say no."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse

from labbooking import guards
from labbooking.errors import NotThere, WrongState
from labbooking.journal.models import Entry, Untold
from labbooking.research.actions import give_consent, put_study, withdraw_consent
from labbooking.research.models import Consent, ConsentText
from labbooking.research.queries import consents_that_count, current_text
from tests.research.conftest import a_study
from tests.research.log import NOW, agrees

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def reworded(study):
    """The study with a second version of its text."""
    return put_study(
        study.slug,
        fields={},
        text_de="Neu.",
        text_en="New words.",
        researchers=list(study.researchers.all()),
        at=NOW,
    )


def taking_part(study):
    return [consent.person for consent in consents_that_count(study)]


def test_nobody_takes_part_unless_they_say_so(study, ada, ben):
    assert taking_part(study) == []

    agrees(ada, study)

    assert taking_part(study) == [ada]


def test_a_yes_to_one_study_is_none_to_another(study, rui, ada):
    other = a_study("other", rui)

    agrees(ada, study)

    assert taking_part(other) == []


def test_consent_is_given_and_withdrawn_on_the_page(study, ada, signed_in):
    browser = signed_in(ada)
    version = current_text(study).version

    assert "I agree." in browser.get("/consents/").content.decode()
    browser.post(reverse("consent_give", args=[study.slug]), {"version": version})
    assert taking_part(study) == [ada]

    answer = browser.post(reverse("consent_withdraw", args=[study.slug]), follow=True)
    assert taking_part(study) == []
    assert "You no longer take part" in answer.content.decode()


def test_looking_at_the_page_changes_nothing(study, ada, signed_in):
    browser = signed_in(ada)
    for name in ("consent_give", "consent_withdraw"):
        assert browser.get(reverse(name, args=[study.slug])).status_code == 405
    assert not Consent.objects.exists()


def test_the_page_says_what_is_recorded_and_who_reads_it(study, rui, ada, signed_in):
    page = signed_in(ada).get("/consents/").content.decode()

    assert "Rui" in page
    assert "planned_start" in page
    assert "Version 1 of this text" in page


def test_saying_yes_twice_is_saying_it_once(study, ada):
    first, second = agrees(ada, study), agrees(ada, study, LATER)

    assert first == second
    assert Entry.objects.filter(kind="consent.given").count() == 1


def test_withdrawing_twice_is_withdrawing_once(study, ada):
    agrees(ada, study)
    for _ in range(2):
        withdraw_consent(study.slug, by=ada, at=LATER)

    assert Entry.objects.filter(kind="consent.withdrawn").count() == 1


def test_what_was_said_is_kept(study, ada):
    agrees(ada, study)
    withdraw_consent(study.slug, by=ada, at=LATER)
    agrees(ada, study, LATER)

    said = [(each.given_at, each.withdrawn_at) for each in Consent.objects.order_by("pk")]
    assert said == [(NOW, LATER), (LATER, None)]


def test_a_new_text_ends_every_yes_until_it_is_given_anew(study, ada, signed_in):
    agrees(ada, study)
    reworded(study)

    assert taking_part(study) == []
    page = signed_in(ada).get("/consents/").content.decode()
    assert "The text has changed since you agreed" in page
    assert "New words." in page

    agrees(ada, study, LATER)
    assert taking_part(study) == [ada]


def test_the_same_text_loaded_again_ends_nothing(study, rui, ada):
    agrees(ada, study)
    a_study("futurework", rui)

    assert taking_part(study) == [ada]


def test_nobody_agrees_to_a_text_they_have_not_read(study, ada, signed_in):
    reworded(study)

    with pytest.raises(WrongState):
        give_consent(study.slug, by=ada, version=1, at=NOW)

    answer = signed_in(ada).post(reverse("consent_give", args=[study.slug]), {"version": 1})
    assert answer.status_code == 409
    assert "The text has changed meanwhile" in answer.content.decode()


@pytest.mark.parametrize("version", ["", "x", "0", "9" * 40])
def test_a_yes_to_no_text_is_refused(study, ada, signed_in, version):
    answer = signed_in(ada).post(reverse("consent_give", args=[study.slug]), {"version": version})

    assert answer.status_code in {400, 409}
    assert taking_part(study) == []


@pytest.mark.parametrize("who", ["sam", "rui", "admin"])
def test_only_creatives_can_consent(study, who, request):
    somebody = request.getfixturevalue(who)

    with pytest.raises(NotThere):
        agrees(somebody, study)
    with pytest.raises(NotThere):
        withdraw_consent(study.slug, by=somebody, at=NOW)


def test_a_creative_who_joins_the_staff_takes_part_no_longer(study, ada):
    """They could not open the page to withdraw."""
    agrees(ada, study)
    ada.role = "staff"
    ada.save()

    assert taking_part(study) == []


def test_a_closed_study_takes_nobody_in_but_lets_everybody_go(study, ada, ben, signed_in):
    agrees(ada, study)
    study.is_open = False
    study.save()

    with pytest.raises(NotThere):
        agrees(ben, study)
    assert study.name not in signed_in(ben).get("/consents/").content.decode()
    signed_in(ada).post(reverse("consent_withdraw", args=[study.slug]))
    assert taking_part(study) == []


def test_the_database_lets_no_second_yes_stand_beside_the_first(study, ada):
    consent = agrees(ada, study)

    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(study=study, person=ada, text=consent.text, given_at=LATER)


def test_a_text_never_changes(study):
    text = current_text(study)
    text.text_en = "I agree to everything."

    with pytest.raises(ValidationError):
        text.save()
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        ConsentText.objects.update(text_en="I agree to everything.")


DELETED = "DELETE FROM research_consenttext"
TRUNCATED = "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE research_consenttext CASCADE"
REPLACED = (
    "INSERT OR REPLACE INTO research_consenttext"
    " (id, study_id, version, text_de, text_en, made_at)"
    " SELECT {id}, study_id, version, 'Alles.', 'All.', made_at FROM research_consenttext"
)


@pytest.mark.parametrize(
    "sql",
    [
        DELETED,
        pytest.param(REPLACED.format(id="id"), marks=pytest.mark.only_sqlite),
        pytest.param(REPLACED.format(id="id + 1"), marks=pytest.mark.only_sqlite),
        pytest.param(TRUNCATED, marks=pytest.mark.only_postgresql),
    ],
)
def test_a_text_is_neither_deleted_nor_replaced(study, sql):
    with (
        pytest.raises(DatabaseError, match="never changes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)

    assert current_text(study).text_en == "I agree."


@pytest.mark.django_db(transaction=True)
def test_flushing_the_database_empties_texts_and_journal_and_guards_them_again(study, ada):
    agrees(ada, study)

    call_command("flush", interactive=False, verbosity=0)

    assert not ConsentText.objects.exists()
    assert not Entry.objects.exists()
    assert guards.missing(connection) == []


def test_consents_are_entries_nobody_is_told_of(study, ada):
    agrees(ada, study)
    withdraw_consent(study.slug, by=ada, at=LATER)

    assert list(Entry.objects.order_by("at").values_list("kind", flat=True)) == [
        "consent.given",
        "consent.withdrawn",
    ]
    assert not Untold.objects.exists()


def test_the_page_asks_as_much_for_three_studies_as_for_one(
    study, rui, ada, signed_in, django_assert_max_num_queries
):
    browser = signed_in(ada)
    agrees(ada, study)
    with django_assert_max_num_queries(30) as one:
        browser.get("/consents/")
    for slug in ("second", "third"):
        agrees(ada, a_study(slug, rui))
    with django_assert_max_num_queries(len(one)):
        assert "third" in browser.get("/consents/").content.decode()
