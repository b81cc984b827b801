"""Pages about oneself."""

from django.urls import path

from residents import views
from residents.membership import views as membership

urlpatterns = [
    path("invitation/", membership.accept_invitation, name="accept_invitation"),
    path("invitation/<str:token>/", membership.open_link, name="open_invitation"),
    path("profile/", views.profile, name="profile"),
    path("profile/calendar/renew/", views.renew_calendar, name="renew_calendar"),
    path("profile/access/end/", views.end_my_access, name="end_my_access"),
    path("profile/tokens/", views.make_token, name="make_token"),
    path("profile/tokens/<int:pk>/revoke/", views.revoke_token, name="revoke_token"),
]
