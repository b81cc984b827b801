from django.urls import path

from labbooking.notifications import views

urlpatterns = [
    path("desk/mail/", views.lab_mail, name="lab_mail"),
    path("desk/mail/again/", views.send_everything_again, name="send_all_mails_again"),
    path("desk/mail/<int:pk>/again/", views.send_one_again, name="send_mail_again"),
    path("desk/mail/<int:pk>/drop/", views.drop_one, name="drop_mail"),
    path("desk/mail/<slug:name>/", views.one_mail, name="one_mail"),
]
