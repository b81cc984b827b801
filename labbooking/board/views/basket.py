"""What is chosen on the board, in words: a part of its page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from labbooking.board.basket import Basket, basket_of, named, period_of


@never_cache
@require_safe
def basket(request: HttpRequest) -> HttpResponse:
    """`?resource=seat-1&resource=…&from=…&to=…`, as `/book/` takes them."""
    things = named(request.GET.getlist("resource"))
    asked = request.GET.get("from", ""), request.GET.get("to", "")
    period = period_of(*asked, things, things[0].zone) if things else None
    if period is None:
        unclear = Basket(_("Nothing can be booked at that time."), "")
        return render(request, "bookings/basket.html", {"basket": unclear}, status=400)
    told = basket_of(things, period, request.user, at=timezone.now())
    return render(request, "bookings/basket.html", {"basket": told})
