"""The address people land on after they signed in."""

from django.urls import path

from labbooking.today.views import today

urlpatterns = [path("today/", today, name="today")]
