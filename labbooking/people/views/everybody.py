"""`/people/`: everybody who has an account, for those who look after them; for all others who book
here the people who said they may be seen."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from labbooking.people.forms import PeopleFilter
from labbooking.people.views.of_the_house import of_the_house
from residents.access import PersonRequest, for_role
from residents.models import OF_THE_TEAM, Role
from residents.signin.asking.queries import waiting

AT_ONCE = 25


@never_cache
@require_safe
@for_role(Role.CREATIVE, *OF_THE_TEAM)
def people(request: PersonRequest) -> HttpResponseBase:
    if request.user.role not in OF_THE_TEAM:
        return of_the_house(request)
    form = PeopleFilter(request.GET)
    pages = Paginator(form.people(timezone.now()), AT_ONCE)
    context = {
        "form": form,
        "page": pages.get_page(request.GET.get("page")),
        "others": _without_page(request),
        "asking": waiting().count(),
    }
    return render(request, "people/everybody.html", context)


def _without_page(request: PersonRequest) -> str:
    """What was asked, for the addresses of the other pages."""
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()
