"""Addresses of calls: for anybody to read, and where staff write them."""

from django.urls import path

from labbooking.residencies.calls.pages import acts, manage, views

_ONE = "calls/manage/<slug:slug>/"

urlpatterns = [
    path("calls/", views.calls, name="calls"),
    path("calls/manage/", manage.overview, name="manage_calls"),
    path("calls/manage/new/", manage.new, name="new_call"),
    path(_ONE, manage.change, name="change_call"),
    path(f"{_ONE}preview/", manage.preview, name="preview_call"),
    path(f"{_ONE}publish/", acts.publish_call, name="publish_call"),
    path(f"{_ONE}call-off/", acts.call_off_call, name="call_off_call"),
    path(f"{_ONE}close/", acts.close_call, name="close_call"),
    path(f"{_ONE}archive/", acts.archive_call, name="archive_call"),
    path("calls/<slug:slug>/", views.call, name="call"),
    path("calls/<slug:slug>/deadline.ics", views.call_deadline, name="call_deadline"),
]
