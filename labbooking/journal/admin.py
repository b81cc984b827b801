"""The journal, to read. Nobody writes in it by hand, and the database refuses to rewrite it."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from labbooking.admin_base import ReadOnlyAdmin, ReadOnlyInline
from labbooking.journal.kinds import hidden_from
from labbooking.journal.models import Entry, EntryObject


class TouchedInline(ReadOnlyInline):
    model = EntryObject
    fields = ("type", "qualifier", "key")


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    list_display = ("at", "kind", "recorded_at")
    list_filter = ("kind",)
    search_fields = ("objects_touched__key",)
    date_hierarchy = "at"
    inlines = (TouchedInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Entry]:
        """What is between a person and a study is read by nobody here."""
        role = getattr(request.user, "role", "")
        return super().get_queryset(request).exclude(kind__in=hidden_from(role))
