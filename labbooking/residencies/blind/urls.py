"""What a jury will see: for who applies, where staff hide words of it, and its pictures."""

from django.urls import path

from labbooking.residencies.blind.pages import pictures, views

urlpatterns = [
    path("apply/<slug:slug>/preview/", views.preview, name="preview_application"),
    path(
        "calls/manage/<slug:slug>/applications/<slug:code>/names/",
        views.names,
        name="application_names",
    ),
    path("works/<slug:work>/<int:number>/<slug:size>.webp", pictures.picture, name="work_picture"),
]
