"""Addresses of applications: one's own, and where staff read them."""

from django.urls import path

from labbooking.residencies.applications.pages import acts, door, draft, staff

_APPLY = "apply/<slug:slug>/"
_ALL = "calls/manage/<slug:slug>/applications/"
_ONE = f"{_ALL}<slug:code>/"

urlpatterns = [
    path(_APPLY, draft.apply, name="apply"),
    path(f"{_APPLY}sent/", door.sent, name="apply_link_sent"),
    path(f"{_APPLY}link/<str:token>/", door.open_link, name="open_apply_link"),
    path(f"{_APPLY}come/", door.come, name="come_to_apply"),
    path(f"{_APPLY}submit/", acts.submit, name="submit_application"),
    path(f"{_APPLY}take-back/", acts.take_back, name="take_back_application"),
    path(f"{_APPLY}withdraw/", acts.withdraw, name="withdraw_application"),
    path(f"{_APPLY}discard/", acts.discard, name="discard_application"),
    path(f"{_APPLY}needs/", acts.erase_needs, name="erase_needs"),
    path(_ALL, staff.applications, name="call_applications"),
    path("calls/manage/<slug:slug>/applications.csv", staff.as_csv, name="applications_csv"),
    path("calls/manage/<slug:slug>/applications.json", staff.as_json, name="applications_json"),
    path(_ONE, staff.application, name="call_application"),
    path(f"{_ONE}judge/", staff.judge, name="judge_application"),
    path(f"{_ONE}hand-in/", staff.late, name="hand_in_late"),
]
