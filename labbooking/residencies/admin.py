"""Calls, for administrators to look at: staff write them at `/calls/manage/`."""

from django.contrib import admin

from labbooking.admin_base import ReadOnlyAdmin, ReadOnlyInline
from labbooking.residencies.models import Call, CallTerms, Criterion


class CriterionInline(ReadOnlyInline):
    model = Criterion


class CallTermsInline(ReadOnlyInline):
    model = CallTerms


@admin.register(Call)
class CallAdmin(ReadOnlyAdmin):
    list_display = ("slug", "name_de", "name_en", "state", "opens_at", "closes_at")
    list_filter = ("state",)
    search_fields = ("slug", "name_de", "name_en")
    inlines = (CriterionInline, CallTermsInline)
