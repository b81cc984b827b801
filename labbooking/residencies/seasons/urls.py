"""Addresses of the plan of a season, for whoever plans it."""

from django.urls import path

from labbooking.residencies.seasons.pages import acts, views

_ONE = "season/<slug:slug>/"

urlpatterns = [
    path(_ONE, views.season, name="season"),
    path(f"{_ONE}aim/", acts.choose_aim, name="choose_aim"),
    path(f"{_ONE}solve/", acts.solve, name="solve_season"),
    path(f"{_ONE}fix/", acts.fix_place, name="fix_place"),
    path(f"{_ONE}unfix/", acts.unfix_place, name="unfix_place"),
    path(f"{_ONE}settle/", acts.settle, name="settle_season"),
]
