"""Addresses of stays: for who stays, and for staff."""

from django.urls import path

from labbooking.residencies.stays.pages import house, lists, views

urlpatterns = [
    path("stays/", views.stays, name="stays"),
    path("stays/terms/", house.stay_terms, name="stay_terms"),
    path("stays/inventory/", house.inventories, name="inventories"),
    path("stays/inventory/<slug:slug>/", house.inventory, name="inventory"),
    path("stays/open/<int:pk>/", views.open_file, name="open_stay"),
    path("stays/<int:pk>/", views.stay, name="stay"),
    path("stays/<int:pk>/lists/<slug:kind>/", lists.check_list, name="check_list"),
    path("stays/<int:pk>/papers/<slug:kind>/", views.stay_paper, name="stay_paper"),
    path("stays/<int:pk>/<slug:act>/", views.stay_act, name="stay_act"),
]
