from django.urls import path

from labbooking.notifications import views

urlpatterns = [
    path("calendar/<uuid:key>.ics", views.calendar_feed, name="calendar_feed"),
    path("bookings/<int:pk>.ics", views.booking_calendar, name="booking_calendar"),
    path("desk/mail/", views.lab_mail, name="lab_mail"),
    path("desk/mail/<slug:name>/", views.one_mail, name="one_mail"),
]
