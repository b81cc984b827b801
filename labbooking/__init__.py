"""Booking and scheduling for a house where artists live and work."""

from labbooking.celery import app as celery_app

__all__ = ["celery_app"]
