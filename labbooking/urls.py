"""Every address of the house."""

from django.urls import URLPattern, URLResolver, include, path

from labbooking.health import healthz, readyz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("", include("labbooking.notifications.urls")),
]
