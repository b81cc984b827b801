"""The page of the people of the house, for those who book here."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from labbooking.people.queries import people_of_the_house
from residents.access import PersonRequest, for_role
from residents.models import Role


@never_cache
@require_safe
@for_role(Role.CREATIVE, Role.STAFF)
def of_the_house(request: PersonRequest) -> HttpResponse:
    """Researchers know people by pseudonyms alone (G9), so this page is not for them."""
    return render(request, "people/of_the_house.html", {"people": people_of_the_house()})
