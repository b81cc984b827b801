"""Calls by API: for whoever lists residencies, and for staff who write them."""

from labbooking.residencies.calls.api import writing
from labbooking.residencies.calls.api.reading import router

__all__ = ["router", "writing"]
