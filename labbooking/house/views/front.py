"""The front page: what the house is, what is free today, and what goes on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from equipment.queries import on_the_front_page
from labbooking.board.address import BoardAddress
from labbooking.bookings.availability.next_free import next_free
from labbooking.bookings.availability.resource_days import all_resources, read
from labbooking.bookings.availability.status_now import type_statuses
from labbooking.bookings.availability.wording import counted, listed
from labbooking.house.people_here import works_here
from labbooking.house.views.resources import _next_days
from labbooking.when import lab_zone


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    at, zone = timezone.now(), lab_zone()
    lab = read(all_resources(), _next_days(at, zone), zone, at=at)
    kept = type_statuses(lab, zone, at)
    singles = [each for each in kept if not each.lines[0].is_whole]
    inventory = listed([counted(each.type, len(each.lines)) for each in singles])
    free, today = next_free(lab, zone, at), at.astimezone(zone).date()
    announced = on_the_front_page(at)
    open_now = (each for each in announced if each.is_call and each.url and each.starts_at <= at)
    context = {
        "open_call": next(open_now, None),
        "standings": kept,
        "inventory": capfirst(inventory),
        "free": free,
        "board_url": BoardAddress(free.day).url if free.day > today else reverse("board"),
        "announcements": announced,
        "people": works_here(at, zone),
    }
    return render(request, "front.html", context)
