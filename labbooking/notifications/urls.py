from django.urls import path

from labbooking.notifications import views

urlpatterns = [
    path("desk/mail/", views.lab_mail, name="lab_mail"),
    path("desk/mail/<slug:name>/", views.one_mail, name="one_mail"),
]
