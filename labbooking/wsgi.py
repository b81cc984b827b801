"""What granian serves."""

import os

from django.core.wsgi import get_wsgi_application

from equipment.zone_check import refuse_another_zone

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "labbooking.settings")
application = get_wsgi_application()
refuse_another_zone()
