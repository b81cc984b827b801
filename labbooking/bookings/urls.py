"""Addresses of the pages about bookings, and of those anybody may look at."""

from django.urls import path

from labbooking.bookings.views import (
    acts,
    announcements,
    approvals,
    basket,
    board,
    book,
    exception,
    induction,
    mine,
    move,
    plan,
    public,
    rules,
    texts,
    waiting,
)

urlpatterns = [
    path("", public.front, name="front"),
    path("board/", board.board, name="board"),
    path("board/basket/", basket.basket, name="board_basket"),
    path("plan/", plan.plan, name="plan"),
    path("plan/<slug:slug>/", plan.place, name="plan_place"),
    path("book/", book.book, name="book"),
    path("book/exception/", exception.exception, name="exception"),
    path("book/induction/<slug:slug>/", induction.ask_induction, name="ask_induction"),
    path("bookings/", mine.my_bookings, name="my_bookings"),
    path("bookings/<int:pk>/", mine.booking, name="booking"),
    path("bookings/<int:pk>/move/", move.booking_move, name="booking_move"),
    path("bookings/<int:pk>/<slug:act>/", acts.booking_act, name="booking_act"),
    path("waiting/", waiting.waiting, name="waiting"),
    path("waiting/join/", waiting.waiting_join, name="waiting_join"),
    path("waiting/<int:pk>/leave/", waiting.waiting_leave, name="waiting_leave"),
    path("approvals/", approvals.approvals, name="approvals"),
    path("house/", public.house, name="house"),
    path("house/rules/<slug:slug>/", rules.house_rules, name="house_rules"),
    path("house/announcements/", announcements.announcements, name="announcements"),
    path("house/announcements/<int:pk>/remove/", announcements.remove, name="announcement_remove"),
    path("house/<slug:slug>/", public.resource, name="resource"),
    path("house/<slug:slug>/photo/", public.photo, name="photo"),
    path("about/<slug:slug>/", texts.page, name="page"),
    path("about/<slug:slug>/edit/", texts.edit, name="edit_page"),
]
