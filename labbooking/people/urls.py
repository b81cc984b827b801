"""Addresses of the pages about people: for each other, and for those who look after the house."""

from django.urls import path

from labbooking.people.views import everybody, of_the_house, one

urlpatterns = [
    path("people/", everybody.people, name="people"),
    path("people/house/", of_the_house.of_the_house, name="people_of_the_house"),
    path("people/<int:pk>/", one.person, name="person"),
]
