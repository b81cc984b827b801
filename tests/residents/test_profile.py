"""What people say about themselves, and the tokens they hold."""

import re
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from labbooking import pictures
from residents.actions import change_profile
from residents.models import ApiToken
from residents.tokens import AT_MOST, issue, person_for
from tests.lab import berlin
from tests.people import PASSWORD

NOW = berlin("2026-11-23 09:00")


def upload(name="ada.png", size=(300, 200), encoding="PNG"):
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, encoding)
    return SimpleUploadedFile(name, out.getvalue())


def form(**changes):
    fields = {"name": "Ada L.", "about": "Light", "language": "en", "time_zone": "Europe/Lisbon"}
    return {**fields, **changes}


def test_people_say_who_they_are(ada, signed_in):
    answer = signed_in(ada).post(reverse("profile"), form())
    assert answer.status_code == 302
    ada.refresh_from_db()
    assert (ada.name, ada.about, ada.language, ada.time_zone) == (
        "Ada L.",
        "Light",
        "en",
        "Europe/Lisbon",
    )


def test_nobody_gives_themselves_a_role_or_another_address(ada, signed_in):
    more = {"role": "staff", "email": "x@daig.example", "is_superuser": "1", "subject_key": "1"}
    signed_in(ada).post(reverse("profile"), form(**more))
    ada.refresh_from_db()
    assert (ada.role, ada.email, ada.is_superuser) == ("creative", "ada@daig.example", False)


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"name": "x" * 121}, {"language": "xx"}, {"time_zone": "Europe/Daig"}],
)
def test_what_cannot_be_is_refused_and_what_was_typed_is_kept(ada, signed_in, wrong):
    answer = signed_in(ada).post(reverse("profile"), form(**{"about": "A long text"} | wrong))
    assert answer.status_code == 422
    assert "A long text" in answer.content.decode()
    ada.refresh_from_db()
    assert (ada.name, ada.about) == ("Ada", "")


def test_a_new_portrait_takes_the_old_ones_place(
    ada, signed_in, django_capture_on_commit_callbacks
):
    browser = signed_in(ada)
    keys = []
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            browser.post(reverse("profile"), form(portrait=upload()))
        ada.refresh_from_db()
        keys.append(ada.portrait)
    assert not default_storage.exists(pictures.path(keys[0], "medium"))
    assert default_storage.exists(pictures.path(keys[1], "medium"))
    assert ada.portrait_url in browser.get(reverse("profile")).content.decode()


def test_a_portrait_can_be_taken_away(ada, signed_in, django_capture_on_commit_callbacks):
    browser = signed_in(ada)
    browser.post(reverse("profile"), form(portrait=upload()))
    ada.refresh_from_db()
    key = ada.portrait
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(reverse("profile"), form(remove_portrait="on"))
    ada.refresh_from_db()
    assert ada.portrait == ""
    assert not default_storage.exists(pictures.path(key, "medium"))


def files(tmp_path):
    return [each for each in tmp_path.rglob("*") if each.is_file()]


def test_where_it_cannot_be_kept_no_file_of_it_stays(ada, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    said = {"name": "Ada", "about": "", "language": "en", "time_zone": "Europe/Berlin"}

    def gone_meanwhile(execute, sql, *more):
        if sql.startswith("UPDATE") and "residents_user" in sql:
            execute("DELETE FROM residents_user WHERE id = %s", [ada.pk], *more[1:])
        return execute(sql, *more)

    with connection.execute_wrapper(gone_meanwhile), pytest.raises(DatabaseError):
        change_profile(ada, **said, portrait=pictures.decode(upload()))
    assert files(tmp_path) == []


def test_one_that_cannot_be_deleted_does_not_take_the_new_one_along(
    ada, signed_in, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    browser = signed_in(ada)
    browser.post(reverse("profile"), form(portrait=upload()))
    for each in files(tmp_path):  # not what is deleted by this name
        each.unlink()
        (each / "in the way").mkdir(parents=True)
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(reverse("profile"), form(portrait=upload()))
    ada.refresh_from_db()
    assert default_storage.exists(pictures.path(ada.portrait, "medium"))


def test_saving_without_a_file_keeps_the_portrait(ada, signed_in):
    browser = signed_in(ada)
    browser.post(reverse("profile"), form(portrait=upload()))
    browser.post(reverse("profile"), form(name="Ada Again"))
    ada.refresh_from_db()
    assert (ada.name, bool(ada.portrait)) == ("Ada Again", True)


def test_a_file_that_is_no_picture_is_refused_beside_its_field(ada, signed_in):
    page = SimpleUploadedFile("ada.jpg", b"<script>alert(1)</script>", "image/jpeg")
    answer = signed_in(ada).post(reverse("profile"), form(portrait=page))
    assert answer.status_code == 422
    assert "portrait" in answer.context["form"].errors
    ada.refresh_from_db()
    assert (ada.name, ada.portrait) == ("Ada", "")


def test_the_page_speaks_the_language_just_chosen(ada, signed_in, settings):
    browser = signed_in(ada)
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    browser.post(reverse("profile"), form(language="de"))
    assert '<html lang="de"' in browser.get(reverse("profile")).content.decode()


@pytest.fixture
def just_in(client):
    """`just_in(ada)` is the browser of Ada, who has this moment signed in by her password."""

    def sign_in(somebody):
        client.post("/login/", {"login": somebody.email, "password": PASSWORD})
        return client

    return sign_in


def test_a_token_is_shown_once(ada, just_in):
    browser = just_in(ada)
    answer = browser.post(reverse("make_token"), {"token-name": "Calendar"})
    assert answer.status_code == 201
    assert "no-store" in answer["Cache-Control"]
    token = re.search(r"daig_[\w-]{43}", answer.content.decode())[0]
    assert person_for(token) == ada
    page = browser.get(reverse("profile")).content.decode()
    assert token not in page
    assert "Calendar" in page


def test_a_token_needs_a_name(ada, just_in):
    assert just_in(ada).post(reverse("make_token"), {"token-name": ""}).status_code == 422
    assert not ApiToken.objects.exists()


def test_who_signed_in_a_while_ago_says_the_password_first_and_loses_nothing(ada, signed_in):
    browser = signed_in(ada)
    first = browser.post(reverse("make_token"), {"token-name": "Calendar", "token-days": "30"})
    assert first.status_code == 302
    assert first.url.startswith("/accounts/reauthenticate/")
    assert not ApiToken.objects.exists()

    answer = browser.post(first.url, {"password": PASSWORD})

    assert answer.status_code == 201
    token = re.search(r"daig_[\w-]{43}", answer.content.decode())[0]
    assert person_for(token) == ada
    row = ApiToken.objects.get()
    assert (row.name, (row.expires_at - row.created_at).days) == ("Calendar", 30)


def test_one_chooses_how_far_a_token_reaches_and_reads_it_again(sam, just_in):
    browser = just_in(sam)
    page = browser.get(reverse("profile")).content.decode()
    for scope in ("read", "book", "staff"):
        assert f'value="{scope}"' in page
    said = {"token-name": "Screen", "token-scope": "book"}
    answer = browser.post(reverse("make_token"), said).content.decode()
    assert ApiToken.objects.get().scope == "book"
    row = answer[answer.index('class="row__name">Screen') :]
    assert "Book: it also books for you" in row[:400]


def test_where_nothing_is_said_a_token_reads(ada, just_in):
    just_in(ada).post(reverse("make_token"), {"token-name": "Screen"})
    assert ApiToken.objects.get().scope == "read"


def test_nobody_is_offered_or_given_a_scope_beyond_their_role(ada, just_in):
    browser = just_in(ada)
    assert 'value="staff"' not in browser.get(reverse("profile")).content.decode()
    answer = browser.post(reverse("make_token"), {"token-name": "Screen", "token-scope": "staff"})
    assert answer.status_code == 422
    assert not ApiToken.objects.exists()


def test_the_eleventh_token_is_refused_with_a_sentence(ada, just_in):
    for _ in range(AT_MOST):
        issue(ada, "Calendar", timezone.now())
    answer = just_in(ada).post(reverse("make_token"), {"token-name": "One more"})
    assert answer.status_code == 422
    assert "Revoke one of them first" in answer.content.decode()


def test_the_page_tells_until_when_a_token_lasts_and_when_it_was_used(ada, just_in):
    browser = just_in(ada)
    browser.post(reverse("make_token"), {"token-name": "Calendar", "token-days": "90"})
    page = browser.get(reverse("profile")).content.decode()
    assert "lasts until" in page
    assert "not used yet" in page
    ApiToken.objects.update(last_used_at=NOW)
    assert "last used on 23 November 2026" in browser.get(reverse("profile")).content.decode()


def test_people_revoke_their_own_tokens_and_no_others(ada, ben, signed_in):
    token = issue(ada, "Calendar", NOW)
    address = reverse("revoke_token", args=[ApiToken.objects.get().pk])
    assert signed_in(ben).post(address).status_code == 404
    assert person_for(token) == ada
    assert signed_in(ada).post(address).status_code == 302
    assert person_for(token) is None
    assert "Calendar" not in signed_in(ada).get(reverse("profile")).content.decode()


@pytest.mark.parametrize("name", ["make_token", "revoke_token"])
def test_tokens_change_by_post_only(ada, signed_in, name):
    address = reverse(name, args=[1] if name == "revoke_token" else [])
    assert signed_in(ada).get(address).status_code == 405


@pytest.mark.parametrize("name", ["profile", "make_token"])
def test_strangers_are_asked_to_sign_in(client, db, name):
    answer = client.post(reverse(name))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_a_change_needs_the_token_of_the_page(ada, signed_in):
    browser = signed_in(ada, enforce_csrf_checks=True)
    assert browser.post(reverse("profile"), form()).status_code == 403


def test_many_tokens_take_no_more_queries(ada, signed_in, django_assert_max_num_queries):
    browser = signed_in(ada)

    def queries():
        with django_assert_max_num_queries(20) as counted:
            browser.get(reverse("profile"))
        return len(counted)

    issue(ada, "one", NOW)
    with_one = queries()
    issue(ada, "two", NOW)
    issue(ada, "three", NOW)
    assert queries() == with_one
