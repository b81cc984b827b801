"""Addresses of the floor plan."""

from django.urls import path

from labbooking.floorplan import views

urlpatterns = [
    path("plan/", views.plan, name="plan"),
    path("plan/<slug:slug>/", views.place, name="plan_place"),
]
