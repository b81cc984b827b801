"""Bookings and closures, to look at. They change by their actions alone, so that the rules are
asked, the journal is written and people are told."""

from __future__ import annotations

from typing import Any

import schedule.admin  # noqa: F401 - registers what is taken over below
from django.contrib import admin
from django.forms import ModelChoiceField
from django.http import HttpRequest
from schedule.models import (
    Calendar,
    CalendarRelation,
    Event,
    EventRelation,
    Occurrence,
    Rule,
)

from labbooking.bookings.models import Allocation, Approver, Booking, Closure, Series
from labbooking.readonly import ReadOnlyAdmin, ReadOnlyInline
from residents.models import Role, User


class Allocations(ReadOnlyInline):
    model = Allocation
    fields = ("resource", "whole", "starts_at", "ends_at", "guarded_until", "active")


@admin.register(Booking)
class BookingAdmin(ReadOnlyAdmin):
    list_display = ("pk", "person", "state", "starts_at", "ends_at", "requested_at")
    list_filter = ("state",)
    list_select_related = ("person",)
    search_fields = ("person__name", "person__email")
    date_hierarchy = "starts_at"
    inlines = (Allocations,)


@admin.register(Approver)
class ApproverAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Who decides on a type, and who stands in. Without anybody, all staff decide."""

    list_display = ("type", "person", "is_deputy")
    list_select_related = ("type", "person")
    list_filter = ("type", "is_deputy")

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField[Any] | None:
        if db_field.name == "person":
            kwargs["queryset"] = User.objects.filter(role=Role.STAFF, is_active=True)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Closure)
class ClosureAdmin(ReadOnlyAdmin):
    list_display = ("reason_de", "reason_en", "starts_at", "ends_at", "made_by")
    list_select_related = ("made_by",)
    date_hierarchy = "starts_at"
    inlines = (Allocations,)


@admin.register(Series)
class SeriesAdmin(ReadOnlyAdmin):
    list_display = ("rrule", "time_zone", "event")
    list_select_related = ("event", "rule")


for model in (Calendar, CalendarRelation, Event, EventRelation, Occurrence, Rule):
    if admin.site.is_registered(model):
        admin.site.unregister(model)
for kept in (Calendar, Event, Rule):
    admin.site.register(kept, ReadOnlyAdmin)
