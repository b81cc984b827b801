"""Juries by API: the order for whoever decides, and what a juror reads and writes."""

from labbooking.residencies.jury.api import tasks
from labbooking.residencies.jury.api.order import router

__all__ = ["router", "tasks"]
