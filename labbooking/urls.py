"""Every address of the house."""

from django.urls import URLPattern, URLResolver, include, path

from labbooking.health import healthz, readyz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("api/v1/", include("labbooking.api")),
    path("", include("residents.urls")),
    path("", include("labbooking.media_urls")),
    path("", include("labbooking.bookings.urls")),
    path("", include("labbooking.notifications.urls")),
    path("", include("labbooking.research.urls")),
]
