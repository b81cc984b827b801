"""The house rules of a type, for staff to change; what that would mean is shown first."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from equipment.actions import Overtaken, drafted
from equipment.forms.rules import RulesForm
from equipment.models import ResourceType
from labbooking.bookings.rules.change_impact import misfits
from labbooking.bookings.rules.full_wording import sentences
from labbooking.house.change_rules import change_rules
from residents.access import PersonRequest, for_staff


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def house_rules(request: PersonRequest, slug: str) -> HttpResponse:
    """POST shows what new rules would refuse; with `save` it makes them the rules.

    htmx asks while somebody types, and gets what they would come to alone.
    """
    of_type = get_object_or_404(ResourceType.objects.select_related("rules"), slug=slug)
    if of_type.rules is None:
        raise Http404
    form = RulesForm(request.POST if request.method == "POST" else None, rules=of_type.rules)
    if request.method != "POST":
        return _show(request, of_type, form)
    if not form.is_valid():
        return _show(request, of_type, form, status=400)
    if "save" not in request.POST:
        return _preview(request, of_type, form)
    return _save(request, of_type, form)


def _save(request: PersonRequest, of_type: ResourceType, form: RulesForm) -> HttpResponse:
    by, based_on = request.user, form.cleaned_data["based_on"]
    try:
        rules = change_rules(
            of_type, form.fields_of_rules, by=by, at=timezone.now(), based_on=based_on
        )
    except Overtaken as error:
        form.add_error(None, error)
        return _show(request, of_type, form, status=409)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return _show(request, of_type, form, status=400)
    message = _("These are the rules from now on (version {version}).")
    messages.success(request, message.format(version=rules.version))
    return redirect(f"{reverse('house')}#{of_type.slug}")


def _preview(request: PersonRequest, of_type: ResourceType, form: RulesForm) -> HttpResponse:
    at = timezone.now()
    draft = drafted(of_type, form.fields_of_rules, at=at)
    told = {"misfits": misfits(draft, at=at), "sentences": sentences(draft), "is_preview": True}
    return _show(request, of_type, form, told=told)


def _show(
    request: PersonRequest,
    of_type: ResourceType,
    form: RulesForm,
    *,
    status: int = 200,
    told: Mapping[str, object] | None = None,
) -> HttpResponse:
    context = {"type": of_type, "form": form, **(told or {})}
    template = "house/_rules_outcome.html" if request.htmx else "house/rules_edit.html"
    return render(request, template, context, status=status)
