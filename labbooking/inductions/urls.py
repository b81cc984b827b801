"""Addresses of the desk's pages for inductions as appointments."""

from django.urls import path

from labbooking.inductions.pages import views

_SLOT = "desk/inductions/slots/<int:pk>/"

urlpatterns = [
    path("desk/inductions/offer/", views.offer, name="offer_induction"),
    path(_SLOT, views.slot, name="induction_slot"),
    path(f"{_SLOT}change/", views.change, name="change_induction_slot"),
    path(f"{_SLOT}call-off/", views.call_off, name="call_off_induction"),
    path(f"{_SLOT}tick-off/", views.tick_off_slot, name="tick_off_induction"),
    path(f"{_SLOT}places/<int:person_id>/remove/", views.take_off, name="remove_induction_place"),
]
