"""Staff and administrators can see nothing of the research, by whatever door they try."""

import pytest
from django.apps import apps
from django.contrib import admin as admin_site
from django.contrib.auth.models import Permission
from django.urls import get_resolver, reverse

from labbooking.journal.kinds import KINDS, PRIVATE, TOLD
from labbooking.period import WEEK
from labbooking.research.actions import make_summary
from labbooking.research.figures.weekly import count_people_of_the_week
from tests.people import person
from tests.research.conftest import a_study
from tests.research.log import agrees, an_export
from tests.research.test_summaries import MADE_AT, MONDAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def addresses(study, rui):
    """Every page of the research with something behind it: name -> (address, method)."""
    figures = a_study("house-figures", rui, house_figures=True)
    make_summary(figures, MONDAY, at=MADE_AT)
    export = an_export(study, rui)
    return {
        "research": (reverse("research"), "get"),
        "study": (reverse("study", args=[study.slug]), "get"),
        "study_export": (reverse("study_export", args=[study.slug]), "post"),
        "codebook": (reverse("codebook", args=[study.slug]), "get"),
        "summary": (reverse("summary", args=[figures.slug, MONDAY]), "get"),
        "export_download": (reverse("export_download", args=[export.pk]), "post"),
        "consents": (reverse("consents"), "get"),
        "consent_give": (reverse("consent_give", args=[study.slug]), "post"),
        "consent_withdraw": (reverse("consent_withdraw", args=[study.slug]), "post"),
    }


OWN = {"consents", "consent_give", "consent_withdraw"}
PERIOD = {"first": "2026-11-01", "last": "2026-11-30", "version": 1}


def asked(browser, addresses):
    return {
        name: getattr(browser, method)(url, PERIOD if method == "post" else None).status_code
        for name, (url, method) in addresses.items()
    }


def test_every_address_of_the_research_is_in_this_test(addresses):
    routes = get_resolver("labbooking.research.urls").reverse_dict
    assert {name for name in routes if isinstance(name, str)} == set(addresses)


@pytest.mark.parametrize("who", ["sam", "admin"])
def test_for_staff_and_administrators_there_is_nothing(addresses, who, request, signed_in):
    browser = signed_in(request.getfixturevalue(who))

    assert set(asked(browser, addresses).values()) == {404}


def test_for_researchers_of_other_studies_there_is_only_their_own_list(addresses, signed_in, study):
    stranger = person("Uli", "researcher")
    a_study("other", stranger)
    browser = signed_in(stranger)

    statuses = asked(browser, addresses)

    assert statuses.pop("research") == 200
    assert set(statuses.values()) == {404}
    assert study.slug not in browser.get("/research/").content.decode()


def test_creatives_have_their_own_consents_and_nothing_else(addresses, ada, signed_in):
    statuses = asked(signed_in(ada), addresses)

    assert {name for name, status in statuses.items() if status != 404} == OWN


def test_the_studys_researchers_have_all_but_consents(addresses, rui, signed_in):
    statuses = asked(signed_in(rui), addresses)

    assert {name for name, status in statuses.items() if status == 404} == OWN


def test_who_is_not_signed_in_is_asked_to(addresses, client):
    for name, (url, method) in addresses.items():
        answer = getattr(client, method)(url)
        assert answer.status_code == 302, name
        assert answer["Location"].startswith(f"{reverse('account_login')}?next=")


def test_no_model_of_the_research_is_in_the_admin_or_has_a_permission():
    models = set(apps.get_app_config("research").get_models())

    assert not models & set(admin_site.site._registry)
    assert not Permission.objects.filter(content_type__app_label="research").exists()


def test_consent_entries_are_marked_as_nobodys_business():
    assert {kind for kind in KINDS if kind.startswith("consent.")} == PRIVATE
    assert not PRIVATE & TOLD


def test_the_study_page_never_says_how_many_take_part_below_five(study, five, rui, signed_in):
    browser = signed_in(rui)
    for each in five[:4]:
        agrees(each, study)
    count_people_of_the_week(MADE_AT)
    assert "Fewer than 5 people" in browser.get("/research/futurework/").content.decode()

    agrees(five[4], study)
    count_people_of_the_week(MADE_AT + WEEK)
    assert "5 people took part" in browser.get("/research/futurework/").content.decode()


def test_no_page_of_the_study_names_who_takes_part(study, rui, signed_in):
    zoe = person("Zoë Ångström")
    agrees(zoe, study)
    browser = signed_in(rui)

    for url in ("/research/", "/research/futurework/"):
        assert "Zoë" not in browser.get(url).content.decode()


def test_nothing_of_the_research_is_called_anonymous(study, rui, ada, signed_in):
    pages = [signed_in(rui).get("/research/futurework/"), signed_in(ada).get("/consents/")]
    for page in pages:
        assert "anonym" not in page.content.decode().lower()
