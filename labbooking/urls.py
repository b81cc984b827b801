"""Every address of the house."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from labbooking.site.health import healthz, readyz
from labbooking.site.styleguide import styleguide
from residents.access import for_staff

handler500 = "labbooking.site.unavailable.broken"

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("api/v1/", include("labbooking.api")),
    path("", include("residents.urls")),
    path("", include("labbooking.site.media_urls")),
    path("", include("labbooking.house.urls")),
    path("", include("labbooking.today.urls")),
    path("", include("labbooking.people.urls")),
    path("", include("labbooking.board.urls")),
    path("", include("labbooking.floorplan.urls")),
    path("", include("labbooking.bookings.urls")),
    path("", include("labbooking.inductions.urls")),
    path("", include("labbooking.residencies.blind.urls")),
    path("", include("labbooking.residencies.applications.urls")),
    path("", include("labbooking.residencies.calls.urls")),
    path("", include("labbooking.residencies.seasons.urls")),
    path("", include("labbooking.residencies.works.urls")),
    path("", include("labbooking.residencies.offers.urls")),
    path("", include("labbooking.residencies.stays.urls")),
    path("", include("labbooking.residencies.jury.urls")),
    path("", include("labbooking.desk.urls")),
    path("", include("labbooking.notifications.urls")),
    path("", include("labbooking.research.urls")),
    path("styleguide/", for_staff(styleguide), name="styleguide"),
    path("", include("labbooking.site.accounts")),
    path("language/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
]
handler429 = "residents.signin.later.too_many"
