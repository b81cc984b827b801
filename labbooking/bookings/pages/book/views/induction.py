"""Asking for the induction that a house rule wants to see, from where one learns of it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from equipment.models import ResourceType
from labbooking.bookings.pages.back_link import booking_page, way_back
from residents.actions import request_induction
from residents.models import User


@require_POST
def ask_induction(request: HttpRequest, slug: str) -> HttpResponse:
    """Tells the desk, and leads back to the page that booked with all that was typed there."""
    by, at = request.user, timezone.now()
    page = booking_page(request.POST, at)
    if not isinstance(by, User):
        return redirect_to_login(page)
    if not by.may_book or not ResourceType.objects.filter(rules__induction=slug).exists():
        raise Http404(_("There is no such induction."))
    try:
        request_induction(slug, by=by, at=at)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, _("The desk knows that you would like an induction."))
    return redirect(way_back(request, page))
