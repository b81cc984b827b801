"""Staff say what a booking of a kind asks: its questions, and the terms to accept."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from equipment import actions
from equipment.actions.terms import last_terms
from equipment.forms.intake import QuestionForm, TermsForm, words_of_question, words_of_terms
from equipment.forms.saving import DONE, OVERTAKEN, REFUSED, attempt, version_seen
from equipment.models import Question, QuestionKind, ResourceType, ShownTo, Terms
from labbooking.house.manage.pages.overview import way_of
from residents.access import PersonRequest, for_staff


@require_safe
@for_staff
def asks(request: PersonRequest, slug: str) -> HttpResponse:
    of_type = get_object_or_404(ResourceType, slug=slug)
    versions = list(of_type.terms.order_by("-version"))
    context = {
        "type": of_type,
        "questions": of_type.questions.filter(ended_at=None).order_by("order", "pk"),
        "ended": of_type.questions.exclude(ended_at=None).order_by("-ended_at", "-pk"),
        "terms": versions,
        "last": versions[0] if versions else None,
        "is_ahead": bool(versions) and versions[0].in_force_at > timezone.now(),
    }
    return render(request, "house/manage/asks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def new_question(request: PersonRequest, slug: str) -> HttpResponse:
    of_type = get_object_or_404(ResourceType, slug=slug)
    by, at = request.user, timezone.now()
    if request.method != "POST":
        usual = {"kind": QuestionKind.TEXT, "shown_to": ShownTo.STAFF}
        return _question_page(request, of_type, QuestionForm(initial=usual))
    form = QuestionForm(request.POST)
    status = _saved(form, lambda: actions.add_question(slug, form.said, by=by, at=at))
    if status != DONE:
        return _question_page(request, of_type, form, status=status)
    messages.success(request, _("The question has been added."))
    return redirect("kind_asks", slug)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def question(request: PersonRequest, key: str) -> HttpResponse:
    """What was typed stays where somebody was quicker; saving again puts it in its place."""
    asked = _asked(key)
    if request.method != "POST":
        form = QuestionForm(initial=words_of_question(asked))
        return _question_page(request, asked.type, form, asked, asked.version)
    form, based_on = QuestionForm(request.POST), version_seen(request.POST)
    by, at = request.user, timezone.now()

    def change() -> None:
        actions.change_question(key, form.said, by=by, at=at, based_on=based_on)

    status = _saved(form, change)
    if status != DONE:
        now = _asked(key)
        seen = now.version if status == OVERTAKEN else based_on
        return _question_page(request, asked.type, form, now, seen, status)
    messages.success(request, _("The question has been changed."))
    return redirect("kind_asks", asked.type.slug)


@require_POST
@for_staff
def order(request: PersonRequest, key: str) -> HttpResponse:
    asked, way = _asked(key), way_of(request.POST.get("to", ""))
    try:
        actions.order_question(key, way, by=request.user, at=timezone.now())
    except Question.DoesNotExist as gone:
        raise Http404 from gone
    return redirect("kind_asks", asked.type.slug)


@require_POST
@for_staff
def remove(request: PersonRequest, key: str) -> HttpResponse:
    asked, based_on = _asked(key), version_seen(request.POST)
    try:
        actions.remove_question(key, by=request.user, at=timezone.now(), based_on=based_on)
    except Question.DoesNotExist as gone:
        raise Http404 from gone
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The question has been removed. Earlier answers stay."))
    return redirect("kind_asks", asked.type.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def terms(request: PersonRequest, slug: str) -> HttpResponse:
    of_type, at = get_object_or_404(ResourceType, slug=slug), timezone.now()
    last = last_terms(of_type)
    if request.method != "POST":
        form = TermsForm(initial=words_of_terms(last, at))
        return _terms_page(request, of_type, form, last, last.version if last else 0)
    form, based_on = TermsForm(request.POST), version_seen(request.POST)
    by = request.user

    def change() -> None:
        moment = form.in_force_at(at)
        actions.set_terms(slug, form.texts, in_force_at=moment, by=by, at=at, based_on=based_on)

    status = _saved(form, change)
    if status != DONE:
        now = last_terms(of_type)
        seen = now.version if now and status == OVERTAKEN else based_on
        return _terms_page(request, of_type, form, now, seen, status)
    messages.success(request, _("The terms have been saved."))
    return redirect("kind_asks", slug)


def _saved(form: forms.Form, act: Callable[[], object]) -> int:
    try:
        return attempt(form, act) if form.is_valid() else REFUSED
    except (Question.DoesNotExist, ResourceType.DoesNotExist) as gone:
        raise Http404 from gone


def _asked(key: str) -> Question:
    return get_object_or_404(Question.objects.select_related("type"), key=key, ended_at=None)


def _question_page(
    request: PersonRequest,
    of_type: ResourceType,
    form: QuestionForm,
    asked: Question | None = None,
    based_on: int = 0,
    status: int = DONE,
) -> HttpResponse:
    now = asked if status == OVERTAKEN else None
    context = {"type": of_type, "form": form, "asked": asked, "based_on": based_on, "now": now}
    return render(request, "house/manage/question.html", context, status=status)


def _terms_page(
    request: PersonRequest,
    of_type: ResourceType,
    form: TermsForm,
    last: Terms | None,
    based_on: int,
    status: int = DONE,
) -> HttpResponse:
    now = last if status == OVERTAKEN else None
    context = {"type": of_type, "form": form, "based_on": based_on, "now": now}
    return render(request, "house/manage/terms.html", context, status=status)
