"""What staff write down once for all stays: what goes for them, and what belongs to a studio."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from equipment.forms.confirming import READS_AND_ACTS, submit
from equipment.forms.saving import DONE, OVERTAKEN, version_seen
from equipment.models import Resource
from labbooking.lengths import LONGEST_LINE
from labbooking.residencies.calls.pages.fields import area, plain_lines
from labbooking.residencies.stays.actions.terms import write_terms
from labbooking.residencies.stays.checklists.inventory import (
    Line,
    inventory_of,
    lines_of,
    write_inventory,
)
from labbooking.residencies.stays.models import (
    LEAST_KEPT_OF_STAYS,
    LONGEST_CONTRACT,
    MOST_KEPT_OF_STAYS,
    MOST_NIGHTS,
    StayTerms,
)
from labbooking.residencies.stays.pages.forms import MOST_EUROS
from labbooking.residencies.stays.queries import newest_terms, studios
from residents.access import PersonRequest, for_staff

LONGEST_INVENTORY = 50_000


def _count(label: Any, most: int, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=most, **more)


def _line(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=LONGEST_LINE, **more)


class StayTermsForm(forms.Form):
    text_de = area(gettext_lazy("Contract in German"), "de", LONGEST_CONTRACT, 10)
    text_en = area(gettext_lazy("Contract in English"), "en", LONGEST_CONTRACT, 10)
    deposit = forms.DecimalField(
        label=gettext_lazy("Deposit"), min_value=0, max_value=MOST_EUROS, decimal_places=2
    )
    presence_of = _count(gettext_lazy("Residents are here for"), MOST_NIGHTS)
    presence_parts = forms.IntegerField(
        label=gettext_lazy("of so many nights"), min_value=1, max_value=MOST_NIGHTS
    )
    excused_count = forms.BooleanField(
        label=gettext_lazy("Nights that staff excuse count as present"), required=False
    )
    guests_at_once = _count(gettext_lazy("Guests at a time"), 20)
    guest_nights = _count(gettext_lazy("Nights of guests in all"), MOST_NIGHTS)
    report_days = _count(gettext_lazy("Days for the report after departure"), MOST_NIGHTS)
    keep_days = forms.IntegerField(
        label=gettext_lazy("Days after the file is closed until photos and guests’ names go"),
        min_value=LEAST_KEPT_OF_STAYS, max_value=MOST_KEPT_OF_STAYS,
        help_text=gettext_lazy("Why somebody was away goes then too."),
    )  # fmt: skip
    giver_name = _line(gettext_lazy("Who gives the home"))
    giver_address = _line(gettext_lazy("Their address"))
    owner_name = _line(
        gettext_lazy("Who owns it"), help_text=gettext_lazy("Only if it is somebody else.")
    )
    owner_address = _line(gettext_lazy("The owner’s address"))
    home_address = _line(gettext_lazy("Address of the house"))

    use_required_attribute = False

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        fields: dict[str, Any] = dict(self.fields)
        fields["deposit"].unit = gettext_lazy("euros")

    @property
    def said(self) -> dict[str, Any]:
        """Only when the form is valid."""
        typed = dict(self.cleaned_data)
        typed["deposit_cents"] = int(typed.pop("deposit") * 100)
        return {
            name: plain_lines(value) if isinstance(value, str) else value
            for name, value in typed.items()
        }


def _typed(terms: StayTerms) -> dict[str, Any]:
    found = {name: getattr(terms, name) for name in StayTerms.SAID}
    return {**found, "deposit": Decimal(terms.deposit_cents) / 100}


@READS_AND_ACTS
@for_staff
def stay_terms(request: PersonRequest) -> HttpResponse:
    newest = newest_terms()
    version = newest.version if newest else 0
    if request.method != "POST":
        form = StayTermsForm(initial=_typed(newest or StayTerms(version=0)))
        return _terms_page(request, form, version)
    form, based_on = StayTermsForm(request.POST), version_seen(request.POST)
    by, at = request.user, timezone.now()

    def act() -> None:
        write_terms(form.said, by=by, at=at, based_on=based_on)

    told = _("It is saved, and goes for what is signed from now on.")
    if (status := submit(request, form, act, told)) == DONE:
        return redirect("stays")
    seen = version if status == OVERTAKEN else based_on
    return _terms_page(request, form, seen, status)


def _terms_page(
    request: PersonRequest, form: StayTermsForm, based_on: int, status: int = DONE
) -> HttpResponse:
    context = {"form": form, "based_on": based_on}
    return render(request, "stays/terms.html", context, status=status)


class InventoryForm(forms.Form):
    lines_de = area(
        gettext_lazy("What belongs to it, in German"), "de", LONGEST_INVENTORY, 12,
        help_text=gettext_lazy("One thing a line."),
    )  # fmt: skip
    lines_en = area(
        gettext_lazy("What belongs to it, in English"), "en", LONGEST_INVENTORY, 12,
        help_text=gettext_lazy("The same things in the same order."),
    )  # fmt: skip
    based_on = forms.CharField(
        required=False, max_length=2 * LONGEST_INVENTORY, strip=False, widget=forms.HiddenInput
    )

    @property
    def lines(self) -> list[Line]:
        """Only when the form is valid."""
        german, english = (
            [each.strip() for each in self.cleaned_data[name].splitlines() if each.strip()]
            for name in ("lines_de", "lines_en")
        )
        missing = max(len(german), len(english))
        german += [""] * (missing - len(german))
        english += [""] * (missing - len(english))
        return list(zip(german, english, strict=True))

    @property
    def read(self) -> list[Line]:
        """What was there when the page was made."""
        rows = (each.split("\t") for each in self.cleaned_data["based_on"].splitlines())
        return [(each[0], each[1]) for each in rows if len(each) == 2]


@require_safe
@for_staff
def inventories(request: PersonRequest) -> HttpResponse:
    return render(request, "stays/inventories.html", {"studios": studios()})


@READS_AND_ACTS
@for_staff
def inventory(request: PersonRequest, slug: str) -> HttpResponse:
    studio = get_object_or_404(studios(), slug=slug)
    lines = lines_of(inventory_of(studio))
    if request.method != "POST":
        return _inventory_page(request, studio, InventoryForm(initial=_as_text(lines)))
    form, by, at = InventoryForm(request.POST), request.user, timezone.now()

    def act() -> None:
        write_inventory(slug, form.lines, by=by, at=at, based_on=form.read)

    told = _("It is saved. Lists made from now on have it so.")
    if (status := submit(request, form, act, told)) == DONE:
        return redirect("inventories")
    if status == OVERTAKEN:
        data = request.POST.copy()
        data["based_on"] = _as_text(lines)["based_on"]
        errors, form = form.errors, InventoryForm(data)
        form.errors.update(errors)
    return _inventory_page(request, studio, form, status)


def _as_text(lines: list[Line]) -> dict[str, str]:
    return {
        "lines_de": "\n".join(german for german, _english in lines),
        "lines_en": "\n".join(english for _german, english in lines),
        "based_on": "\n".join("\t".join(each) for each in lines),
    }


def _inventory_page(
    request: PersonRequest, studio: Resource, form: InventoryForm, status: int = DONE
) -> HttpResponse:
    context = {"studio": studio, "form": form}
    return render(request, "stays/inventory.html", context, status=status)
