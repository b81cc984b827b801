"""Bookings and closures, to look at. They change by their actions alone, so that the rules are
asked, the journal is written and people are told."""

from __future__ import annotations

from django.contrib import admin
from schedule.models import Calendar, Event, Rule

from labbooking.admin_base import ReadOnlyAdmin, ReadOnlyInline
from labbooking.bookings.models import (
    Allocation,
    ApprovalStep,
    Approver,
    Booking,
    BookingGroup,
    BookingStep,
    Closure,
    Membership,
    Participant,
    Series,
)


class Allocations(ReadOnlyInline):
    model = Allocation
    fields = ("resource", "whole", "starts_at", "ends_at", "guarded_until", "active", "let_go_at")


class Participants(ReadOnlyInline):
    model = Participant
    fields = ("person", "added_at")


class Steps(ReadOnlyInline):
    model = BookingStep
    fields = ("number", "step", "is_yes", "answered_by", "answered_at", "void_at")


@admin.register(Booking)
class BookingAdmin(ReadOnlyAdmin):
    list_display = ("pk", "person", "state", "starts_at", "ends_at", "requested_at")
    list_filter = ("state",)
    list_select_related = ("person",)
    search_fields = ("person__name", "person__email")
    date_hierarchy = "starts_at"
    inlines = (Allocations, Participants, Steps)


class Members(ReadOnlyInline):
    model = Membership
    fields = ("person", "joined_at")


@admin.register(BookingGroup)
class BookingGroupAdmin(ReadOnlyAdmin):
    list_display = ("name",)
    inlines = (Members,)


@admin.register(ApprovalStep)
class ApprovalStepAdmin(ReadOnlyAdmin):
    list_display = ("type", "place", "name_de", "name_en", "hours", "retired_at")
    list_select_related = ("type",)
    list_filter = ("type",)


@admin.register(Approver)
class ApproverAdmin(ReadOnlyAdmin):
    list_display = ("type", "step", "person", "is_deputy")
    list_select_related = ("type", "step", "person")
    list_filter = ("type", "is_deputy")


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


admin.site.register((Calendar, Event, Rule), ReadOnlyAdmin)
