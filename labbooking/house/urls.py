"""Addresses of the pages about the house, most of them for anybody to look at."""

from django.urls import include, path

from labbooking.house.views import announcements, front, needs, resources, rules, texts, type_page

urlpatterns = [
    path("", front.front, name="front"),
    path("house/", resources.house, name="house"),
    path("house/manage/", include("labbooking.house.manage.urls")),
    path("house/rules/<slug:slug>/", rules.house_rules, name="house_rules"),
    path("house/kinds/<slug:slug>/", type_page.resource_type, name="resource_type"),
    path("house/kinds/<slug:slug>/photo/", resources.type_photo, name="type_photo"),
    path("house/announcements/", announcements.announcements, name="announcements"),
    path("house/announcements/<int:pk>/", announcements.change, name="announcement_change"),
    path("house/announcements/<int:pk>/remove/", announcements.remove, name="announcement_remove"),
    path("house/announcements/<int:pk>/needs/", needs.needs, name="announcement_needs"),
    path("house/<slug:slug>/", resources.resource, name="resource"),
    path("house/<slug:slug>/photo/", resources.photo, name="photo"),
    path("about/<slug:slug>/", texts.page, name="page"),
    path("about/<slug:slug>/edit/", texts.edit, name="edit_page"),
    path("about/<slug:slug>/reset/", texts.reset, name="reset_page"),
]
