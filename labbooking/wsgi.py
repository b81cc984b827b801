"""What granian serves."""

import os

from django.core.wsgi import get_wsgi_application

from equipment.zone_check import refuse_another_zone
from labbooking.operations.postgresql.connection import give_up_in_time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "labbooking.settings")
give_up_in_time()
application = get_wsgi_application()
refuse_another_zone()
