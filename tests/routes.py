"""Every address of the house, as the URL configuration has it."""

from django.urls import URLPattern, get_resolver


def addresses(patterns=None, prefix=""):
    """The whole pattern of each address and its name: `("bookings/<int:pk>/", "booking")`."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        whole = prefix + str(each.pattern)
        if isinstance(each, URLPattern):
            yield whole, each.name
        else:
            yield from addresses(each.url_patterns, whole)


def not_listed(found, listed):
    """What is there and not in a table, and what a table lists and is not there."""
    return sorted(set(found) ^ set(listed))
