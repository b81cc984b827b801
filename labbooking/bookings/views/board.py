"""The board: all resources on one timeline, for anybody to look at."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def board(request: HttpRequest) -> HttpResponse:
    return render(request, "bookings/board.html")
