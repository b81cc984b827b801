"""The small print: what came with the house until staff write it anew."""

from __future__ import annotations

from datetime import datetime
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from equipment.actions import Overtaken, unwrite_text, write_text
from equipment.forms.texts import TextForm
from equipment.models import HouseText
from labbooking.house.default_texts import built_in
from labbooking.journal.models import EntryObject
from residents.access import PersonRequest, for_staff
from residents.models import User

TEXTS = ("title_de", "body_de", "title_en", "body_en")


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    name, text = _name(slug), _text(slug)
    context = {"slug": slug, "name": name, "text": text, "mail": _mail()}
    context["came_with_the_house"] = f"about/_{slug}.html"
    return render(request, "about/text.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def edit(request: PersonRequest, slug: str) -> HttpResponse:
    """Both languages in one form, which begins with what the page says now."""
    _name(slug)
    if request.method != "POST":
        return _editor(request, slug, TextForm(initial=_now(slug)))
    form = TextForm(request.POST)
    if not form.is_valid():
        return _editor(request, slug, form, status=422)
    words = {name: form.cleaned_data[name] for name in TEXTS}
    by, based_on = request.user, _moment(form.cleaned_data["based_on"])
    try:
        write_text(slug, words, by=by, at=timezone.now(), based_on=based_on)
    except Overtaken:
        return _overtaken(request, slug, form)
    messages.success(request, _("The text has been changed."))
    return redirect("page", slug)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def reset(request: PersonRequest, slug: str) -> HttpResponse:
    """GET asks whether the text that came with the house shall stand again; POST does it."""
    name, text = _name(slug), _text(slug)
    if request.method != "POST":
        return render(request, "about/reset.html", {"slug": slug, "name": name, "text": text})
    by, based_on = request.user, _moment(request.POST.get("based_on", ""))
    try:
        unwrite_text(slug, by=by, at=timezone.now(), based_on=based_on)
    except Overtaken as error:
        messages.warning(request, " ".join(error.messages))
        return redirect("edit_page", slug)
    messages.success(request, _("The page shows the original text again."))
    return redirect("page", slug)


def _overtaken(request: HttpRequest, slug: str, form: TextForm) -> HttpResponse:
    """What was typed stays, and beside it stands what the page says by now; saving again puts the
    one in the place of the other."""
    now = _now(slug)
    words = _("{name} has changed this text while you were writing. Your words are all here.")
    form.add_error(None, words.format(name=_last_writer(slug) or _("Somebody")))
    form.data = {name: form.data.get(name, "") for name in TEXTS} | {"based_on": now["based_on"]}
    return _editor(request, slug, form, now=now, status=409)


def _editor(
    request: HttpRequest, slug: str, form: TextForm, *, status: int = 200, now: Any = None
) -> HttpResponse:
    context = {"slug": slug, "name": _name(slug), "form": form, "now": now, "text": _text(slug)}
    return render(request, "about/edit.html", context, status=status)


def _now(slug: str) -> dict[str, str]:
    """What the page says now, as the form's fields."""
    text = _text(slug)
    if text is None:
        return built_in(slug, mail=_mail()) | {"based_on": ""}
    return model_to_dict(text, TEXTS) | {"based_on": text.changed_at.isoformat()}


def _last_writer(slug: str) -> User | None:
    actors = EntryObject.objects.filter(
        type=EntryObject.Type.SUBJECT,
        qualifier="actor",
        entry__kind="text.changed",
        entry__data__text=slug,
    )
    key = actors.order_by("-entry_id").values_list("key", flat=True).first()
    return User.objects.filter(subject_key=key).first() if key else None


def _moment(written: str) -> datetime | None:
    try:
        return parse_datetime(written)
    except ValueError:
        return None


def _text(slug: str) -> HouseText | None:
    return HouseText.objects.filter(slug=slug).first()


def _mail() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def _name(slug: str) -> str:
    """What a page is called in footers and headings; there are no others."""
    if slug not in HouseText.Slug.values:
        raise Http404
    return str(HouseText.Slug(slug).label)
