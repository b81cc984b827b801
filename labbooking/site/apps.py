from django.contrib.admin.apps import AdminConfig


class HouseAdminConfig(AdminConfig):
    default_site = "labbooking.site.admin_site.HouseAdminSite"
