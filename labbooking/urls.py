"""Every address of the house."""

from django.urls import URLPattern, URLResolver, path

from labbooking.health import healthz, readyz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]
