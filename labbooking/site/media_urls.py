"""Where pictures are found."""

from django.urls import re_path

from labbooking.pictures import KEY
from labbooking.site.media import picture

urlpatterns = [
    re_path(
        rf"^media/pictures/(?P<key>{KEY})-(?P<size>small|medium|large)\.webp$",
        picture,
        name="picture",
    ),
]
