"""Addresses of offers: for whoever got one, and for staff who send them."""

from django.urls import path

from labbooking.residencies.offers.pages import answering, lists, sending

_ONE = "offers/<int:pk>/"

urlpatterns = [
    path("offers/", lists.offers, name="offers"),
    path("offers/new/<int:pk>/", sending.new, name="new_offer"),
    path("offers/reserve/<int:pk>/", sending.reserve, name="put_on_reserve"),
    path(_ONE, answering.offer, name="offer"),
    path(f"{_ONE}accept/", answering.accept, name="accept_offer"),
    path(f"{_ONE}decline/", answering.decline, name="decline_offer"),
    path(f"{_ONE}another-time/", answering.another_time, name="another_time"),
    path(f"{_ONE}prolong/", sending.prolong_offer, name="prolong_offer"),
    path(f"{_ONE}call-back/", sending.call_offer_back, name="call_offer_back"),
]
