from django.urls import path

from labbooking.desk import views

urlpatterns = [
    path("desk/", views.desk, name="desk"),
    path("desk/<int:pk>/check-in/", views.check_in, name="desk_check_in"),
    path("desk/<int:pk>/check-out/", views.check_out, name="desk_check_out"),
]
