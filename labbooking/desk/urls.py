from django.urls import path

from labbooking.desk import (
    after_outage,
    approvers,
    calendars,
    closure_change,
    closures,
    inductions,
    reasons,
    views,
)

urlpatterns = [
    path("desk/", views.desk, name="desk"),
    path("desk/<int:pk>/check-in/", views.check_in, name="desk_check_in"),
    path("desk/<int:pk>/check-out/", views.check_out, name="desk_check_out"),
    path("desk/after-outage/", after_outage.after_outage, name="after_outage"),
    path("desk/after-outage/<int:pk>/settle/", after_outage.settle_one, name="settle_after_outage"),
    path("desk/approvers/", approvers.approvers, name="approvers"),
    path("desk/approvers/<slug:slug>/<int:pk>/remove/", approvers.remove, name="remove_approver"),
    path("desk/closures/", closures.closures, name="closures"),
    path("desk/closures/calendar/", calendars.calendar, name="calendar_closures"),
    path("desk/closures/<int:pk>/", closure_change.change, name="change_closure"),
    path("desk/closures/<int:pk>/reopen/", closures.reopen_closure, name="reopen_closure"),
    path("desk/reasons/", reasons.reasons, name="ready_reasons"),
    path("desk/reasons/<int:pk>/change/", reasons.change, name="change_reason"),
    path("desk/reasons/<int:pk>/remove/", reasons.remove, name="remove_reason"),
    path("desk/inductions/", inductions.inductions, name="inductions"),
    path("desk/inductions/<int:pk>/withdraw/", inductions.withdraw, name="withdraw_induction"),
]
