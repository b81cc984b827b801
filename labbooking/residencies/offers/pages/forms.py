"""What is typed about offers: by staff who send one, and by whoever answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from equipment.forms.texts import MomentField
from equipment.models import Kind, Resource
from labbooking.bookings.pages.inputs import DayField
from labbooking.lengths import LONGEST_DESCRIPTION, LONGEST_PARAGRAPH
from labbooking.residencies.applications.models import Application
from labbooking.residencies.calls.pages.fields import plain_lines
from labbooking.residencies.offers.spec import OfferSaid


def _words(longest: int, **more: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(max_length=longest, widget=area, **more)


class OfferForm(forms.Form):
    """An offer to the person of one application."""

    studio = forms.ChoiceField(label=gettext_lazy("Studio"))
    arrive = DayField(label=gettext_lazy("First night"))
    depart = DayField(label=gettext_lazy("Day of departure"))
    answer_by = MomentField(
        label=gettext_lazy("Answer by"),
        help_text=gettext_lazy("So long the studio is kept for them."),
    )
    words = _words(
        LONGEST_DESCRIPTION,
        label=gettext_lazy("A few words with it"),
        help_text=gettext_lazy("They stand in the e-mail and on the page of the offer."),
        required=False,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        application = options.pop("application")
        super().__init__(data, use_required_attribute=False, **options)
        fields: dict[str, Any] = dict(self.fields)
        fields["studio"].choices = studios_for(application)

    def said(self, application: Application) -> OfferSaid:
        """Only when the form is valid."""
        words = plain_lines(self.cleaned_data["words"])
        return OfferSaid(application.pk, **{**self.cleaned_data, "words": words})


def studios_for(application: Application) -> list[tuple[str, str]]:
    """Those of the call, or all there are, each with what it does not have of what is needed."""
    rows = Resource.objects.filter(type__kind=Kind.STUDIO, is_bookable=True)
    rows = rows.select_related("type").prefetch_related("features")
    of_call = set(application.call.studios.values_list("pk", flat=True))
    needed = list(application.features_needed.all())
    return [(each.slug, _named(each, needed)) for each in rows if not of_call or each.pk in of_call]


def _named(studio: Resource, needed: list[Any]) -> str:
    has = {each.pk for each in studio.features.all()}
    missing = [each.name for each in needed if each.pk not in has]
    if not missing:
        return studio.name
    words = gettext_lazy("{studio} (without: {what})")
    return str(words).format(studio=studio.name, what=", ".join(missing))


class WordsForm(forms.Form):
    """Why somebody declines, or when they could come instead."""

    words = _words(LONGEST_PARAGRAPH, label=gettext_lazy("In your words"), required=False)


class AnotherTimeForm(forms.Form):
    words = _words(LONGEST_PARAGRAPH, label=gettext_lazy("When could you come?"))

    def __init__(self, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(data, use_required_attribute=False, **options)


class CallBackForm(forms.Form):
    reason = _words(
        LONGEST_PARAGRAPH,
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("It is told to them as you write it."),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(data, use_required_attribute=False, **options)


class ProlongForm(forms.Form):
    until = MomentField(label=gettext_lazy("Answer by"))

    def __init__(self, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(data, use_required_attribute=False, **options)
