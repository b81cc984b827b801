"""Where works are put together."""

from django.urls import path

from labbooking.residencies.works.pages import views

_WORKS = "apply/<slug:slug>/works/"

urlpatterns = [
    path(_WORKS, views.works, name="application_works"),
    path(f"{_WORKS}add/<slug:kind>/", views.add, name="add_work"),
    path(f"{_WORKS}<slug:work>/", views.change, name="change_work"),
]
