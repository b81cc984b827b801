"""The small print: what came with the house until staff write it anew."""

from __future__ import annotations

from email.utils import parseaddr
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from equipment.actions import write_text
from equipment.models import HouseText
from equipment.text_forms import TextForm
from residents.access import for_staff
from residents.models import User


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    name = _name(slug)
    text = HouseText.objects.filter(slug=slug).first()
    mail = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    template = "about/text.html" if text else f"about/{slug}.html"
    return render(request, template, {"slug": slug, "name": name, "text": text, "mail": mail})


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Both languages in one form."""
    name = _name(slug)
    if request.method != "POST":
        text = HouseText.objects.filter(slug=slug).first()
        form, status = TextForm(initial=model_to_dict(text) if text else None), 200
    else:
        form, status = TextForm(request.POST), 422
        if form.is_valid():
            by = cast("User", request.user)
            write_text(slug, form.cleaned_data, by=by, at=timezone.now())
            messages.success(request, _("The text is changed."))
            return redirect("page", slug)
    context = {"slug": slug, "name": name, "form": form}
    return render(request, "about/edit.html", context, status=status)


def _name(slug: str) -> str:
    """What a page is called in footers and headings; there are no others."""
    if slug not in HouseText.Slug.values:
        raise Http404
    return str(HouseText.Slug(slug).label)
