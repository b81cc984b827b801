"""Addresses of juries: where jurors read, and where whoever decides does."""

from django.urls import path

from labbooking.residencies.jury.pages import acts, deciding, workspace

_ONE = "deciding/<slug:slug>/"

urlpatterns = [
    path("jury/", workspace.mine, name="jury"),
    path("jury/terms/<slug:slug>/", workspace.terms, name="jury_terms"),
    path("jury/<int:pk>/", workspace.review, name="review"),
    path("jury/<int:pk>/conflict/", workspace.conflict, name="jury_conflict"),
    path("jury/go/<slug:work>/", workspace.go, name="jury_go"),
    path(_ONE, deciding.deciding, name="deciding"),
    path(f"{_ONE}order.csv", deciding.order_file, name="order_file"),
    path(f"{_ONE}jury/", acts.people, name="jury_people"),
    path(f"{_ONE}jury/deal/", acts.deal, name="deal_tasks"),
    path(f"{_ONE}jury/remind/", acts.remind, name="remind_jurors"),
    path(f"{_ONE}open/", acts.open_results, name="open_results"),
    path(f"{_ONE}rank/", acts.rank, name="make_ranking"),
    path(f"{_ONE}choose/", acts.choose, name="choose_applications"),
    path(f"{_ONE}decline/", acts.decline, name="decline_applications"),
    path(f"{_ONE}names/", acts.names, name="open_identities"),
    path(f"{_ONE}reopen/<int:pk>/", acts.reopen, name="reopen_review"),
    path(f"{_ONE}order/<slug:code>/", deciding.written, name="reviews_of"),
    path(f"{_ONE}order/<slug:code>/move/", acts.move, name="move_in_ranking"),
]
