"""Which applications there are, for whom."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from equipment.models import Feature
from labbooking.errors import NotThere
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.states import ApplicationState
from labbooking.residencies.calls.models import Call
from labbooking.residencies.calls.states import BY_THE_CLOCK
from labbooking.residencies.questions.queries import WITH_ANSWERS
from residents.models import User


def own(person: User, slug: str) -> Application | None:
    """Somebody's application for a call: the one that is alive, else the last withdrawn one."""
    rows = Application.objects.filter(person=person, call__slug=slug).select_related("call")
    found = list(rows.order_by("-pk"))
    alive = (each for each in found if each.state != ApplicationState.WITHDRAWN)
    return next(alive, found[0] if found else None)


def alive_of(person: User) -> QuerySet[Application]:
    """Of all calls, those that are not withdrawn, drafts too."""
    rows = Application.objects.filter(person=person)
    return rows.exclude(state=ApplicationState.WITHDRAWN)


def own_alive(person: User, slug: str) -> QuerySet[Application]:
    """Somebody's application for a call that is not withdrawn: there is one at most."""
    return alive_of(person).filter(call__slug=slug).select_related("call")


def applies(person: User, call: Call) -> bool:
    """Whether they have an application for it, a draft too."""
    return own_alive(person, call.slug).exists()


def no_such_application() -> NotThere:
    return NotThere(_("There is no such application."))


def handed_in(call: Call) -> QuerySet[Application]:
    """What staff read: not what somebody is still writing, nor what was withdrawn."""
    unread = [ApplicationState.DRAFT, ApplicationState.WITHDRAWN]
    rows = Application.objects.filter(call=call).exclude(state__in=unread)
    return rows.select_related("call", "person", "terms", "checked_by").order_by("code")


def in_full(applications: QuerySet[Application]) -> QuerySet[Application]:
    """With their answers and with what they need, in a few more queries for all of them."""
    return applications.prefetch_related("features_needed", *WITH_ANSWERS)


def nowhere_to_be_had(application: Application) -> list[Feature]:
    """What somebody needs, where no studio of the call has all of that: what none has, or else
    all of it."""
    needed = list(application.features_needed.all())
    if not needed:
        return []
    of_call = application.call.studios.prefetch_related("features")
    has = [{each.pk for each in studio.features.all()} for studio in of_call]
    if not has or any(all(each.pk in one for each in needed) for one in has):
        return []
    return [each for each in needed if not any(each.pk in one for one in has)] or needed


def alive_by_code(call: Call) -> dict[str, Application]:
    """All that may be named as a partner."""
    rows = Application.objects.filter(call=call).exclude(state=ApplicationState.WITHDRAWN)
    return {each.code: each for each in rows}


def says_needs(application: Application) -> bool:
    """In words, or by what a studio must have."""
    return bool(application.needs) or application.features_needed.exists()


def still_taken(call: Call, at: datetime) -> bool:
    """Whether something can be handed in, the grace included, which no page for applicants says."""
    return call.state in BY_THE_CLOCK and call.opens_at <= at < call.taken_until
