"""Tables of this room. Django reads them from here; each topic's folder holds its own."""

from labbooking.residencies.applications.models import Application
from labbooking.residencies.calls.models import Call, CallTerms, Criterion

__all__ = ["Application", "Call", "CallTerms", "Criterion"]
