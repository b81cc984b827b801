"""The pages on which people tell about themselves and hold their API tokens."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from residents.access import PersonRequest
from residents.actions import change_profile, renew_feed
from residents.forms import USUAL_DAYS, ProfileForm, TokenForm
from residents.models import User
from residents.signin.fresh import wants_fresh_sign_in
from residents.signin.passwords import end_access
from residents.tokens import AT_MOST, in_use, issue, revoke
from residents.tokens.scopes import as_far_as, told


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: PersonRequest) -> HttpResponse:
    person = request.user
    if request.method != "POST":
        return _page(request, person)
    # The form fills in the instance it validates: a copy, so that the page's own person stays true.
    form = ProfileForm(request.POST, request.FILES, instance=User.objects.get(pk=person.pk))
    if not form.is_valid():
        return _page(request, person, form=form, status=422)
    try:
        person = change_profile(person, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, person, form=form, status=422)
    with translation.override(person.language):
        messages.success(request, _("Your profile is saved."))
    response = redirect("profile")
    # The person has just chosen a language; what this browser chose before gives way to it.
    response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    return response


@login_required
@never_cache
@require_POST
@wants_fresh_sign_in
def make_token(request: PersonRequest) -> HttpResponse:
    """The token is in this answer and nowhere else, so there is no redirect."""
    person = request.user
    form = TokenForm(person.role, request.POST, prefix="token")
    if not form.is_valid():
        return _page(request, person, token_form=form, status=422)
    said = form.cleaned_data
    lasts = timedelta(days=said["days"] or USUAL_DAYS)
    try:
        token = issue(person, said["name"], timezone.now(), scope=said["scope"], lasts=lasts)
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, person, token_form=form, status=422)
    return _page(request, person, token=token, status=201)


@login_required
@require_POST
def renew_calendar(request: PersonRequest) -> HttpResponse:
    renew_feed(request.user, at=timezone.now())
    messages.success(request, _("Your calendar has a new address. The old one shows nothing more."))
    return redirect(f"{reverse('profile')}#calendar")


@login_required
@require_POST
def end_my_access(request: PersonRequest) -> HttpResponse:
    """For who has lost a device or told a token to somebody: all ends but this one session."""
    person = request.user
    end_access(person, by=person, at=timezone.now())
    update_session_auth_hash(request, person)
    messages.success(request, _("You are signed out everywhere else, and old tokens have ended."))
    return redirect("profile")


@login_required
@require_POST
def revoke_token(request: PersonRequest, pk: int) -> HttpResponse:
    if not revoke(pk, person=request.user, at=timezone.now()):
        raise Http404(_("There is no such token."))
    messages.success(request, _("The token is revoked: nobody gets in with it any more."))
    return redirect("profile")


def _page(
    request: HttpRequest,
    person: User,
    *,
    form: ProfileForm | None = None,
    token_form: TokenForm | None = None,
    token: str = "",
    status: int = 200,
) -> HttpResponse:
    at = timezone.now()
    inductions = person.inductions.order_by("topic", "-given_at")
    context = {
        "form": form or ProfileForm(instance=person),
        "token_form": token_form or TokenForm(person.role, prefix="token"),
        "token": token,
        "tokens": [
            {"token": each, "reach": told(as_far_as(each.scope, person.role), person.role)}
            for each in in_use(person, at).order_by("-created_at", "-pk")
        ],
        "most_tokens": AT_MOST,
        "inductions": [each for each in inductions if each.holds_at(at)],
        "portrait": person.portrait_url,
        "calendar_url": settings.PUBLIC_URL + reverse("calendar_feed", args=[person.feed_key]),
    }
    return render(request, "residents/profile.html", context, status=status)
