"""Where pictures and manuals are found."""

from django.urls import re_path

from labbooking.pictures import KEY
from labbooking.site.media import manual, picture

urlpatterns = [
    re_path(
        rf"^media/pictures/(?P<key>{KEY})-(?P<size>small|medium|large)\.webp$",
        picture,
        name="picture",
    ),
    re_path(rf"^media/manuals/(?P<key>{KEY})\.pdf$", manual, name="manual"),
]
