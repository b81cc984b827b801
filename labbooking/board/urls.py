"""Addresses of the timeline."""

from django.urls import path

from labbooking.board.views import basket, board

urlpatterns = [
    path("board/", board.board, name="board"),
    path("board/basket/", basket.basket, name="board_basket"),
]
