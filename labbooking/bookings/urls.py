"""Addresses of the pages about bookings, and of those anybody may look at."""

from django.urls import path

from labbooking.bookings.views import board, public

urlpatterns = [
    path("", public.front, name="front"),
    path("board/", board.board, name="board"),
    path("house/", public.house, name="house"),
    path("house/<slug:slug>/", public.resource, name="resource"),
    path("about/<slug:slug>/", public.page, name="page"),
]
