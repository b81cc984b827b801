"""Calls and offers, for administrators to look at: staff write and send them on the pages."""

from django.contrib import admin

from labbooking.admin_base import ReadOnlyAdmin, ReadOnlyInline
from labbooking.residencies.models import (
    Call,
    CallQuestion,
    CallTerms,
    Criterion,
    Offer,
    Place,
    SeasonPlan,
)


class CriterionInline(ReadOnlyInline):
    model = Criterion


class CallQuestionInline(ReadOnlyInline):
    model = CallQuestion


class CallTermsInline(ReadOnlyInline):
    model = CallTerms


@admin.register(Call)
class CallAdmin(ReadOnlyAdmin):
    list_display = ("slug", "name_de", "name_en", "state", "opens_at", "closes_at")
    list_filter = ("state",)
    search_fields = ("slug", "name_de", "name_en")
    inlines = (CriterionInline, CallQuestionInline, CallTermsInline)


@admin.register(Offer)
class OfferAdmin(ReadOnlyAdmin):
    list_display = ("application", "resource", "state", "sent_at", "answer_by")
    list_filter = ("state",)
    list_select_related = ("application__call", "resource")


class PlaceInline(ReadOnlyInline):
    model = Place


@admin.register(SeasonPlan)
class SeasonPlanAdmin(ReadOnlyAdmin):
    list_display = ("call", "version", "state", "aim", "made_at", "settled_at")
    list_filter = ("state", "aim")
    inlines = (PlaceInline,)
