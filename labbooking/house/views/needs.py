"""What an event needs is blocked for as long as it lasts: staff say what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from equipment.forms.things import by_kind
from equipment.models import Announcement, AnnouncementKind, Resource
from labbooking.bookings.closures.queries import in_the_way
from labbooking.errors import DomainError, SlotTaken
from labbooking.house.events import block, blocked_by, left_of
from residents.access import PersonRequest, for_staff


class NeedsForm(forms.Form):
    """The things an event needs, by their short names."""

    things = forms.MultipleChoiceField(
        label=gettext_lazy("What does it need?"),
        help_text=gettext_lazy("Nobody can book these while it lasts. It may need nothing."),
        widget=forms.CheckboxSelectMultiple, required=False,
    )  # fmt: skip

    def __init__(
        self, data: Mapping[str, Any] | None, *, there: list[Resource], blocked: list[Resource]
    ) -> None:
        initial = {"things": [each.slug for each in blocked]}
        super().__init__(data, initial=initial, use_required_attribute=False)
        self.there = there
        fields: dict[str, Any] = dict(self.fields)
        fields["things"].choices = by_kind(there)

    @property
    def resources(self) -> list[Resource]:
        """Only when the form is valid."""
        return [each for each in self.there if each.slug in self.cleaned_data["things"]]


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def needs(request: PersonRequest, pk: int) -> HttpResponse:
    """POST blocks what is ticked and nothing else; what stands in the way is listed."""
    event = get_object_or_404(Announcement, pk=pk, kind=AnnouncementKind.EVENT)
    there = list(Resource.objects.select_related("type").order_by("type__order", "order", "slug"))
    posted = request.POST if request.method == "POST" else None
    form = NeedsForm(posted, there=there, blocked=blocked_by(pk))
    if not form.is_bound:
        return _page(request, event, form)
    if not form.is_valid():
        return _page(request, event, form, 422)
    try:
        block(pk, form.resources, by=request.user, at=timezone.now())
    except Announcement.DoesNotExist as gone:
        raise Http404 from gone
    except DomainError as error:
        form.add_error(None, error.detail)
        return _page(request, event, form, error.status)
    messages.success(request, _("It is kept for the event, and the board shows it."))
    return redirect("announcement_change", pk)


def _page(
    request: PersonRequest, event: Announcement, form: NeedsForm, status: int = 200
) -> HttpResponse:
    left = left_of(event, timezone.now()) if status == SlotTaken.status else None
    bookings = in_the_way(form.resources, left) if left else []
    context = {"event": event, "form": form, "bookings": bookings}
    return render(request, "house/announcement_needs.html", context, status=status)
