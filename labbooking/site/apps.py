from django.contrib.admin.apps import AdminConfig
from django.core import checks

from labbooking.site import public_checks


class HouseAdminConfig(AdminConfig):
    default_site = "labbooking.site.admin_site.HouseAdminSite"

    def ready(self) -> None:
        super().ready()
        checks.register(public_checks.demo_in_public, checks.Tags.security, deploy=True)
