"""Addresses at which staff change what there is in the house."""

from django.urls import path

from equipment.models import Resource, ResourceType
from labbooking.house.manage.pages import (
    files,
    intake,
    overview,
    retire,
    steps,
    stickers,
    types,
    units,
)

KIND, THING = {"things": ResourceType}, {"things": Resource}

urlpatterns = [
    path("", overview.manage, name="manage"),
    path("kinds/", types.new_type, name="new_type"),
    path("kinds/<slug:slug>/", types.change, name="manage_type"),
    path("kinds/<slug:slug>/order/", overview.type_order, name="type_order"),
    path("kinds/<slug:slug>/steps/", steps.steps, name="approval_steps"),
    path("kinds/<slug:slug>/more/", units.new_unit, name="new_unit"),
    path("kinds/<slug:slug>/retire/", retire.retire_type, name="retire_type"),
    path("kinds/<slug:slug>/back/", retire.bring_type_back, name="type_back"),
    path("things/<slug:slug>/", units.change, name="manage_unit"),
    path("things/<slug:slug>/order/", overview.unit_order, name="unit_order"),
    path("things/<slug:slug>/retire/", retire.retire_unit, name="retire_unit"),
    path("things/<slug:slug>/back/", retire.bring_unit_back, name="unit_back"),
    path("kinds/<slug:slug>/asks/", intake.asks, name="kind_asks"),
    path("kinds/<slug:slug>/asks/new/", intake.new_question, name="new_question"),
    path("kinds/<slug:slug>/terms/", intake.terms, name="kind_terms"),
    path("questions/<slug:key>/", intake.question, name="change_question"),
    path("questions/<slug:key>/order/", intake.order, name="question_order"),
    path("questions/<slug:key>/remove/", intake.remove, name="remove_question"),
    path("kinds/<slug:slug>/files/", files.files, KIND, name="kind_files"),
    path("kinds/<slug:slug>/photos/", files.add_photo, KIND, name="kind_photos"),
    path("kinds/<slug:slug>/manuals/", files.add_manual, KIND, name="kind_manuals"),
    path("things/<slug:slug>/files/", files.files, THING, name="thing_files"),
    path("things/<slug:slug>/photos/", files.add_photo, THING, name="thing_photos"),
    path("things/<slug:slug>/manuals/", files.add_manual, THING, name="thing_manuals"),
    path("stickers/", stickers.stickers, name="stickers"),
    path("photos/<int:pk>/", files.photo, name="change_photo"),
    path("manuals/<int:pk>/", files.manual, name="change_manual"),
]
