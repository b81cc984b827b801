"""Addresses of the pages about bookings."""

from django.urls import path

from labbooking.bookings.pages.approvals.views import approvals
from labbooking.bookings.pages.book.views import book, exception, induction
from labbooking.bookings.pages.calendar import views as calendar
from labbooking.bookings.pages.inductions import views as inductions
from labbooking.bookings.pages.mine.views import act, detail, overview
from labbooking.bookings.pages.move.views import booking_move
from labbooking.bookings.pages.waitlist import views as waitlist

urlpatterns = [
    path("calendar/<uuid:key>.ics", calendar.calendar_feed, name="calendar_feed"),
    path("book/", book.book, name="book"),
    path("book/exception/", exception.exception, name="exception"),
    path("book/induction/<slug:slug>/", induction.ask_induction, name="ask_induction"),
    path("inductions/", inductions.appointments, name="induction_slots"),
    path("inductions/<int:pk>/take/", inductions.take, name="take_induction_place"),
    path("inductions/<int:pk>/give-back/", inductions.give_back, name="give_back_induction_place"),
    path("bookings/", overview.my_bookings, name="my_bookings"),
    path("bookings/<int:pk>.ics", calendar.booking_calendar, name="booking_calendar"),
    path("bookings/<int:pk>/", detail.booking, name="booking"),
    path("bookings/<int:pk>/move/", booking_move, name="booking_move"),
    path("bookings/<int:pk>/<slug:act>/", act.booking_act, name="booking_act"),
    path("waiting/", waitlist.waiting, name="waiting"),
    path("waiting/join/", waitlist.waiting_join, name="waiting_join"),
    path("waiting/<int:pk>/leave/", waitlist.waiting_leave, name="waiting_leave"),
    path("approvals/", approvals, name="approvals"),
]
