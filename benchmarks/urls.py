"""Every address of the house, and one that does nothing, to measure the others against."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from labbooking.urls import urlpatterns as house


@csrf_exempt
def nothing(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [path("bench/ok", nothing), *house]
