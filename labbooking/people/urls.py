"""Addresses of the pages about people: for each other, and for those who look after the house."""

from django.urls import path

from labbooking.people.views import (
    asking,
    everybody,
    groups,
    invitations,
    membership,
    myself,
    of_the_house,
    one,
)

urlpatterns = [
    path("profile/data/", myself.data, name="my_data"),
    path("profile/data.json", myself.data_file, name="my_data_file"),
    path("profile/erasure/", myself.erasure, name="my_erasure"),
    path("profile/leave/", myself.leave_house, name="leave_house"),
    path("people/", everybody.people, name="people"),
    path("people/house/", of_the_house.of_the_house, name="people_of_the_house"),
    path("people/<int:pk>/", one.person, name="person"),
    path("people/<int:pk>/role/", membership.role, name="change_role"),
    path("people/<int:pk>/end/", membership.end, name="end_account"),
    path("people/<int:pk>/stay/", membership.stay, name="let_stay"),
    path("people/<int:pk>/join/", membership.join, name="join_accounts"),
    path("people/<int:pk>/erase/", membership.erase, name="erase_person"),
    path("people/groups/", groups.groups, name="groups"),
    path("people/groups/<int:pk>/add/", groups.add, name="add_to_group"),
    path("people/groups/<int:pk>/remove/<int:member>/", groups.remove, name="remove_from_group"),
    path("people/groups/<int:pk>/dissolve/", groups.dissolve, name="dissolve_group"),
    path("people/requests/", asking.requests, name="account_requests"),
    path("people/requests/<int:pk>/grant/", asking.grant_one, name="grant_account_request"),
    path("people/requests/<int:pk>/decline/", asking.decline_one, name="decline_account_request"),
    path("people/invitations/", invitations.invitations, name="invitations"),
    path("people/invitations/paste/", invitations.paste, name="paste_invitations"),
    path("people/invitations/<int:pk>/again/", invitations.again, name="invite_again"),
    path("people/invitations/<int:pk>/take-back/", invitations.back, name="take_back_invitation"),
]
