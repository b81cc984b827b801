"""The desk's page for inductions: who has been shown what, and until when it holds."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from labbooking.bookings.pages.inputs import DayField
from labbooking.inductions.queries import for_the_desk, where_they_go
from labbooking.inductions.validity import topics, valid_until
from labbooking.period import day_end
from labbooking.when import lab_zone, short_day
from residents.access import PersonRequest, for_staff
from residents.actions import give_induction, withdraw_induction
from residents.induction_requests import open_requests
from residents.models import Induction, Role, User


class InductionForm(forms.Form):
    person = forms.ModelChoiceField(
        label=gettext_lazy("Who?"),
        empty_label=gettext_lazy("Choose somebody"),
        queryset=User.objects.filter(is_active=True, role__in=[Role.CREATIVE, Role.STAFF]).order_by(
            "name"
        ),
    )
    topic = forms.ChoiceField(label=gettext_lazy("On what?"))
    until = DayField(
        label=gettext_lazy("Until when?"),
        required=False,
        help_text=gettext_lazy("Left empty, it is as the house rules say."),
    )

    def __init__(self, topics: dict[str, str], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        cast("forms.ChoiceField", self.fields["topic"]).choices = list(topics.items())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if last := cleaned.get("until"):
            cleaned["valid_until"] = day_end(last, lab_zone())
        return cleaned


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def inductions(request: PersonRequest) -> HttpResponse:
    names = topics()
    if request.method != "POST":
        return _page(request, InductionForm(names), names)
    form = InductionForm(names, request.POST)
    if not form.is_valid():
        return _page(request, form, names, status=422)
    by, at = request.user, timezone.now()
    topic = form.cleaned_data["topic"]
    until = form.cleaned_data.get("valid_until") or valid_until(topic, at)
    try:
        given = give_induction(form.cleaned_data["person"], topic, by=by, at=at, valid_until=until)
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, form, names, status=422)
    words = _("{person} is inducted: {topic}. It is valid until {day}.")
    day = short_day(until, lab_zone(), at=at)
    messages.success(request, words.format(person=given.person, topic=names[topic], day=day))
    return redirect("inductions")


@require_POST
@for_staff
def withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    try:
        given = withdraw_induction(pk, by=request.user, at=timezone.now())
    except Induction.DoesNotExist:
        raise Http404(_("There is no such induction.")) from None
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("inductions")
    words = _("{person} is no longer inducted on {topic}.")
    topic = topics().get(given.topic, given.topic)
    messages.success(request, words.format(person=given.person, topic=topic))
    return redirect("inductions")


def _page(
    request: HttpRequest, form: InductionForm, names: dict[str, str], *, status: int = 200
) -> HttpResponse:
    at = timezone.now()
    holding = Induction.objects.filter(
        Q(valid_until=None) | Q(valid_until__gt=at), withdrawn_at=None, given_at__lte=at
    )
    rows = holding.select_related("person").order_by(
        "person__name", "topic", F("valid_until").desc(nulls_first=True)
    )
    context = {
        "form": form,
        "asked": _asked(names, at),
        "slots": [
            {"slot": each, "topic": names.get(each.topic, each.topic), "begun": each.has_begun(at)}
            for each in for_the_desk(at)
        ],
        "rows": [{"induction": each, "topic": names.get(each.topic, each.topic)} for each in rows],
    }
    return render(request, "desk/inductions.html", context, status=status)


def _asked(names: dict[str, str], at: datetime) -> list[dict[str, object]]:
    """Who waits for one, and where they have taken a place meanwhile."""
    asked = [each for each in open_requests(at) if each.topic in names]
    goes = where_they_go([each.person for each in asked], at) if asked else {}
    return [
        {
            "request": each,
            "topic": names[each.topic],
            "slot": goes.get((each.person.pk, each.topic)),
        }
        for each in asked
    ]
