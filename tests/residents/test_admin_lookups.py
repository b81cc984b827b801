"""Every look-up is a question, and an administrator may ask only those the pages themselves ask:
no secret is guessed letter by letter, nobody learns who consented."""

import pytest
from django.contrib import admin as django_admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from labbooking.admin_base import HouseAdmin

REGISTERED = django_admin.site._registry
SECRETS = ("password", "subject_key", "feed_key", "digest", "key", "secret", "session_key")


def address(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def questions(model):
    """What nobody asks from a page: along every reverse relation, and for what a secret begins
    with, here and one relation further."""
    fields = model._meta.get_fields()
    relations = [each for each in fields if each.is_relation and each.related_model]
    for each in relations:
        yield f"{each.name}__isnull", "False"
        yield f"{each.name}__gt", "0"
        for further in each.related_model._meta.get_fields():
            yield f"{each.name}__{further.name}__isnull", "False"
            if further.name in SECRETS:
                yield f"{each.name}__{further.name}__startswith", "a"
    for each in fields:
        if each.concrete:
            yield f"{each.name}__startswith", "a"
            yield f"{each.name}__regex", "^a"
    yield "pk__gt", "0"


def test_every_page_stands_on_the_one_base():
    assert REGISTERED
    assert not [page for page in REGISTERED.values() if not isinstance(page, HouseAdmin)]


def test_no_page_of_another_package_is_served():
    labels = {model._meta.label for model in REGISTERED}
    assert not labels & {"account.EmailAddress", "account.EmailConfirmation", "auth.Group"}


@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model._meta.label)
def test_a_question_no_page_asks_is_refused(model, admin, signed_in, rf):
    page = REGISTERED[model]
    request = rf.get("/")
    request.user = admin
    asked = list(dict.fromkeys(questions(model)))
    assert len(asked) > 5
    # What the page's own filters ask is no secret: it stands in its links.
    shown = {f"{each}__isnull" for each in page.list_filter}
    allowed = [each for each in asked if page.lookup_allowed(*each, request)]
    assert {lookup for lookup, _value in allowed} <= shown
    refused = next(each for each in asked if each not in allowed)
    assert signed_in(admin).get(address(model), dict([refused])).status_code == 400


@pytest.mark.parametrize(
    "question",
    ["consents__isnull", "feed_key__startswith", "subject_key__startswith", "password__startswith"],
)
def test_nothing_is_even_asked_of_the_database(question, admin, ada, signed_in):
    browser = signed_in(admin)
    people = next(model for model in REGISTERED if model._meta.label == "residents.User")
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(address(people), {question: "False"})
    assert answer.status_code == 400
    name = question.split("__")[0]
    told = [
        each["sql"] for each in asked if "consent" in each["sql"] or f'{name}" LIKE' in each["sql"]
    ]
    assert not told


@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model._meta.label)
def test_the_filters_of_each_page_work(model, admin, ada, lab, signed_in):
    """Each link that stands beside a list leads to a list."""
    browser = signed_in(admin)
    answer = browser.get(address(model))
    filters = answer.context["cl"].filter_specs
    for each in filters:
        for choice in each.choices(answer.context["cl"]):
            assert browser.get(address(model) + choice["query_string"]).status_code == 200
    hierarchy = REGISTERED[model].date_hierarchy
    if hierarchy:
        dated = {
            f"{hierarchy}__year": "2026",
            f"{hierarchy}__month": "11",
            f"{hierarchy}__day": "3",
        }
        assert browser.get(address(model), dated).status_code == 200


def test_the_administrators_site_has_no_door_of_its_own(client, ada, admin, signed_in):
    answer = client.post("/admin/login/", {"username": admin.email, "password": "daig-demo"})
    assert answer.status_code == 302
    assert answer.url.startswith("/login/?next=")
    assert "_auth_user_id" not in client.session
    assert signed_in(ada).get("/admin/login/").status_code == 403
    assert signed_in(admin).get("/admin/login/").url == "/admin/"
    assert signed_in(admin).get("/admin/password_change/").url == "/accounts/password/change/"
