"""What every admin page of the house stands on: only named look-ups, since every look-up is a
question, and whoever may ask any question of a table can read what its pages do not show."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.db.models import Model
from django.http import HttpRequest

_OF_FILTERS = ("", "__exact", "__isnull", "__in", "__gte", "__lt", "__id__exact", "__pk__exact")
_OF_DATES = ("__year", "__month", "__day", "__gte", "__lt")


class HouseAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """An address may filter by what the list's own filters and dates ask, and by nothing else."""

    more_lookups: ClassVar[tuple[str, ...]] = ()

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        return lookup in self._named_lookups(request)

    def _named_lookups(self, request: HttpRequest | None) -> set[str]:
        filters = self.get_list_filter(request) if request else self.list_filter
        names = [each if isinstance(each, str) else _name(each) for each in filters]
        named = {f"{name}{end}" for name in names for end in _OF_FILTERS}
        dates = {f"{self.date_hierarchy}{end}" for end in _OF_DATES} if self.date_hierarchy else ()
        return {*named, *dates, *self.more_lookups}


def _name(list_filter: Any) -> str:
    """Of a filter with its own class, which comes alone or after the name of its field."""
    if isinstance(list_filter, tuple | list):
        return str(list_filter[0])
    return str(getattr(list_filter, "parameter_name", ""))


def is_of_the_house(page: type[BaseModelAdmin[Model]] | None) -> bool:
    return page is not None and issubclass(page, HouseAdmin)


class ReadOnlyAdmin(HouseAdmin):
    """Shows and never changes: where an action is the way in, it is the only way in."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class ReadOnlyInline(admin.TabularInline):  # type: ignore[type-arg]
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
