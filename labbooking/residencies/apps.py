from django.apps import AppConfig


class ResidenciesConfig(AppConfig):
    name = "labbooking.residencies"
    label = "residencies"
    verbose_name = "Residencies"
